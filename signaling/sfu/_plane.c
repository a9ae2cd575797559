/* The forwarding plane in C: what pyplane.py says, at a third of the cost.
 *
 * The kernel's way from a send to the wire is the dear part (2.7 us a packet alone), so the packets
 * of one frame for one subscriber go down it as one buffer that the kernel cuts up (UDP GSO), and
 * many such buffers as one sendmmsg.  Packets are sealed by libsrtp itself, at the address that
 * pylibsrtp gives: its state stays the only one, and Python seals RTX and RTCP with it too.
 *
 * Everything happens under the GIL and calls no Python code: the longest forward takes about a
 * millisecond, and nobody else in a worker is waiting.
 */
#define _GNU_SOURCE
#define PY_SSIZE_T_CLEAN
#define Py_LIMITED_API 0x030b0000
#include <Python.h>
#include <structmember.h>

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/udp.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>

#ifndef UDP_SEGMENT
#define UDP_SEGMENT 103 /* linux/udp.h */
#endif

enum {
    LONGEST_PLAIN = 1500 - 28 - 16, /* bytes, as in dtls.py */
    LONGEST_SEALED = 1500,
    LONGEST_BLOCK = 512,        /* bytes of header extensions; two of 255 are the most */
    LONGEST_DESCRIPTOR = 6,     /* bytes (RFC 7741 4.2) */
    MOST = 64,                  /* packets forwarded at a time, as in plane.py */
    KEPT = 1024, KEPT_SEALED = 128, /* packets: as SIZE and SIZE_SEALED of history.py */
    BEHIND = 1000, AHEAD = 3000, /* as in rewrite.py */
    SOCKETS = 64,
    QUEUE = 256 * 1024,         /* bytes sealed and not yet sent: what a core's cache holds */
    MESSAGES = 512,             /* packets in them */
    SEGMENTS = 60, SEGMENTS_SIZE = 60000, /* packets and bytes in a GSO send: below 64, 65508 */
    FRAME = 960,                /* as in opus.py */
};

typedef int (*protect_function)(void *srtp, void *packet, int *size);

/* PyArg_ParseTuple for what may be no tuple at all. */
static int read_tuple(PyObject *tuple, const char *format, ...) {
    va_list into;
    if (!PyTuple_Check(tuple)) {
        PyErr_Format(PyExc_TypeError, "not a tuple: %R", tuple);
        return 0;
    }
    va_start(into, format);
    int good = PyArg_VaParse(tuple, format, into);
    va_end(into);
    return good;
}

/* ---- A subscriber's line ---- */

typedef struct {
    PyObject_HEAD
    PyObject *keys; /* a dtls.Keys; keeps the two pointers alive */
    void *srtp;
    protect_function protect;
    struct sockaddr_in to;
    int socket;    /* its number; -1: we do not know where to send */
    int segmented; /* GSO has not been refused on the way there */
} Line;

static PyTypeObject *line_type, *stream_type;

static void let_go(PyObject *self) {
    PyTypeObject *type = Py_TYPE(self);
    PyObject_Free(self);
    Py_DECREF(type);
}

static void line_free(Line *self) {
    Py_XDECREF(self->keys);
    let_go((PyObject *)self);
}

static PyObject *line_key(Line *self, PyObject *keys) {
    PyObject *session, *handle;
    unsigned long long srtp, protect;
    if (!read_tuple(keys, "OOKK:key", &session, &handle, &srtp, &protect)) return NULL;
    PyObject *old = self->keys;
    self->keys = Py_NewRef(keys);
    self->srtp = (void *)(uintptr_t)srtp;
    self->protect = (protect_function)(uintptr_t)protect;
    Py_XDECREF(old);
    Py_RETURN_NONE;
}

static PyObject *line_aim(Line *self, PyObject *address) {
    const char *ip;
    int port, number;
    struct in_addr parsed;
    if (!read_tuple(address, "sii:aim", &ip, &port, &number)) return NULL;
    if (inet_pton(AF_INET, ip, &parsed) != 1 || port < 0 || port > 65535 || number < 0 ||
        number >= SOCKETS) {
        PyErr_SetString(PyExc_ValueError, "no such address");
        return NULL;
    }
    memset(&self->to, 0, sizeof self->to);
    self->to.sin_family = AF_INET;
    self->to.sin_port = htons((uint16_t)port);
    self->to.sin_addr = parsed;
    self->socket = number;
    self->segmented = 1;
    Py_RETURN_NONE;
}

static PyMethodDef line_methods[] = {{"key", (PyCFunction)line_key, METH_O, NULL},
    {"aim", (PyCFunction)line_aim, METH_O, NULL}, {0}};
static PyType_Slot line_slots[] = {{Py_tp_dealloc, line_free}, {Py_tp_methods, line_methods}, {0}};
static PyType_Spec line_spec = {"signaling.sfu._plane.Line", sizeof(Line), 0,
                                Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION, line_slots};

/* ---- One packet that came, read from codecs.Arrival ---- */

typedef struct {
    double at;
    PyObject *payload; /* borrowed: the list of arrivals outlives the call */
    const uint8_t *octets;
    Py_ssize_t size;
    uint32_t ts, length;
    int pid, tl0; /* -1: none */
    uint16_t seq;
    uint8_t marker;
    uint8_t bits, head, pid_at, tl0_at; /* of the VP8 descriptor; head: its bytes, 0 without one */
} Packet;

/* -1 with an exception where it is not what vp8.describe makes. */
static int read_descriptor(PyObject *picture, Packet *packet) {
    PyObject *key, *tl0;
    int head, pid, pid_at, bits, tl0_at;
    if (!read_tuple(picture, "OiiiiOi:picture", &key, &head, &pid, &pid_at, &bits, &tl0, &tl0_at))
        return -1;
    long index = tl0 == Py_None ? -1 : PyLong_AsLong(tl0);
    if (PyErr_Occurred()) return -1;
    int behind = pid_at + (bits == 15 ? 2 : 1);
    if (head > LONGEST_DESCRIPTOR || head > packet->size || pid < 0 || pid_at < 1 ||
        behind > head || (bits != 7 && bits != 15) || index > 255 || index < -1 ||
        (index >= 0 && (tl0_at < behind || tl0_at >= head))) {
        PyErr_SetString(PyExc_ValueError, "a descriptor that does not fit its payload");
        return -1;
    }
    packet->head = (uint8_t)head;
    packet->pid = pid;
    packet->tl0 = (int)index;
    packet->pid_at = (uint8_t)pid_at;
    packet->bits = (uint8_t)bits;
    packet->tl0_at = (uint8_t)tl0_at;
    return 0;
}

static int read_arrival(PyObject *arrival, Packet *packet) {
    PyObject *rtp, *key, *picture, *rest, *extensions, *payload;
    int marker, pt, seq;
    unsigned int ts, ssrc, length;
    char *octets;
    if (!read_tuple(arrival, "OdOOOI:arrival", &rtp, &packet->at, &key, &picture, &rest, &length) ||
        !read_tuple(rtp, "piiIIOO:rtp", &marker, &pt, &seq, &ts, &ssrc, &extensions, &payload))
        return -1;
    if (PyBytes_AsStringAndSize(payload, &octets, &packet->size) < 0) return -1;
    packet->payload = payload;
    packet->octets = (const uint8_t *)octets;
    packet->marker = (uint8_t)marker;
    packet->seq = (uint16_t)seq;
    packet->ts = ts;
    packet->length = length;
    packet->pid = packet->tl0 = -1;
    packet->head = packet->bits = packet->pid_at = packet->tl0_at = 0;
    return picture == Py_None ? 0 : read_descriptor(picture, packet);
}

/* vp8.renumber: a 7-bit picture id becomes one of 15 bits, so it may grow by a byte. */
static int renumber(const Packet *packet, uint16_t pid, uint8_t tl0, uint8_t *out) {
    int at = packet->pid_at, behind = at + (packet->bits == 15 ? 2 : 1);
    memcpy(out, packet->octets, (size_t)at);
    out[at++] = (uint8_t)(0x80 | pid >> 8);
    out[at++] = (uint8_t)pid;
    memcpy(out + at, packet->octets + behind, (size_t)(packet->head - behind));
    if (packet->tl0 >= 0) out[at + packet->tl0_at - behind] = tl0;
    return at + packet->head - behind;
}

/* ---- A subscriber's stream ---- */

typedef struct {
    PyObject *octets; /* of what was sealed; or the payload that came, shared by all subscribers */
    uint32_t ts;
    uint16_t seq;
    uint8_t head[LONGEST_DESCRIPTOR + 1]; /* in place of the payload's first `skip` bytes */
    uint8_t head_size, skip, marker, sealed;
} Kept;

typedef struct {
    PyObject_HEAD
    Line *line;
    uint8_t *block; /* header extensions */
    int block_size, time_at;
    uint32_t ssrc;
    int pt, sealed;
    /* rewrite.Numbers and rewrite.Pictures; what Python counts without end has 64 bits here. */
    int64_t top, floor, source_top, shift;
    uint32_t ts, ts_shift;
    int64_t picture, picture_source, picture_shift;
    uint8_t tl0, tl0_shift;
    double at; /* below 0: no packet yet */
    unsigned int length;
    unsigned long long packets, octets;
    Kept *kept; /* a ring; NULL until something is sent: most slots stay empty all lesson */
    int ring;
} Stream;

static void forget(Stream *self) {
    for (int n = 0; self->kept && n < self->ring; n++) Py_XDECREF(self->kept[n].octets);
    PyMem_Free(self->kept);
    self->kept = NULL;
}

static void stream_free(Stream *self) {
    forget(self);
    PyMem_Free(self->block);
    Py_XDECREF((PyObject *)self->line);
    let_go((PyObject *)self);
}

/* rewrite.distance: the signed way between two wrapping numbers. */
static int64_t distance(int64_t to, int64_t since, int bits) {
    int64_t half = (int64_t)1 << (bits - 1);
    return ((to - since + half) & (2 * half - 1)) - half;
}

static int goes_on(const Stream *self, uint16_t seq) {
    int64_t way = distance(seq, self->source_top, 16);
    return -BEHIND < way && way < AHEAD;
}

static PyObject *stream_continues(Stream *self, PyObject *seq) {
    long number = PyLong_AsLong(seq);
    if (PyErr_Occurred()) return NULL;
    return PyBool_FromLong(goes_on(self, (uint16_t)number));
}

static PyObject *stream_begin(Stream *self, PyObject *args) {
    int seq, pid, tl0;
    unsigned int ts;
    long long step;
    PyObject *picture;
    if (!PyArg_ParseTuple(args, "iILO:begin", &seq, &ts, &step, &picture)) return NULL;
    if (picture != Py_None) {
        if (!read_tuple(picture, "ii:picture", &pid, &tl0)) return NULL;
        self->picture_source = (int64_t)pid - 1;
        self->picture_shift = self->picture - self->picture_source;
        if (tl0 >= 0) self->tl0_shift = (uint8_t)(self->tl0 + 1 - tl0);
    }
    self->source_top = (int64_t)(uint16_t)seq - 1;
    self->shift = self->top - self->source_top;
    self->floor = self->top + 1;
    self->ts_shift = self->ts + (uint32_t)step - ts;
    Py_RETURN_NONE;
}

static PyObject *stream_speak(Stream *self, PyObject *args, PyObject *named) {
    static char *names[] = {"pt", "sealed", NULL};
    int pt, sealed;
    if (!PyArg_ParseTupleAndKeywords(args, named, "i$p:speak", names, &pt, &sealed)) return NULL;
    self->pt = pt & 127;
    if (sealed != self->sealed) {
        forget(self);
        self->sealed = sealed;
        self->ring = sealed ? KEPT_SEALED : KEPT;
    }
    Py_RETURN_NONE;
}

static PyObject *stream_forget(Stream *self, PyObject *Py_UNUSED(none)) {
    return forget(self), Py_NewRef(Py_None);
}

static PyObject *stream_recall(Stream *self, PyObject *number) {
    long seq = PyLong_AsLong(number);
    if (seq == -1 && PyErr_Occurred()) return NULL;
    const Kept *kept = self->kept ? &self->kept[(uint16_t)seq % self->ring] : NULL;
    if (!kept || !kept->octets || kept->seq != seq) Py_RETURN_NONE;
    if (kept->sealed) return Py_NewRef(kept->octets);
    char *octets;
    Py_ssize_t size;
    if (PyBytes_AsStringAndSize(kept->octets, &octets, &size) < 0) return NULL;
    PyObject *payload = PyBytes_FromStringAndSize(NULL, size - kept->skip + kept->head_size);
    if (!payload) return NULL;
    char *out = PyBytes_AsString(payload);
    memcpy(out, kept->head, kept->head_size);
    memcpy(out + kept->head_size, octets + kept->skip, (size_t)(size - kept->skip));
    return Py_BuildValue("NIN", PyBool_FromLong(kept->marker), (unsigned int)kept->ts, payload);
}

static PyObject *stream_at(Stream *self, void *Py_UNUSED(closure)) {
    if (self->at < 0) Py_RETURN_NONE;
    return PyFloat_FromDouble(self->at);
}

static PyMethodDef stream_methods[] = {{"continues", (PyCFunction)stream_continues, METH_O, NULL},
    {"begin", (PyCFunction)stream_begin, METH_VARARGS, NULL},
    {"speak", (PyCFunction)(void (*)(void))stream_speak, METH_VARARGS | METH_KEYWORDS, NULL},
    {"forget", (PyCFunction)stream_forget, METH_NOARGS, NULL},
    {"recall", (PyCFunction)stream_recall, METH_O, NULL}, {0}};
static PyMemberDef stream_members[] = {{"ts", T_UINT, offsetof(Stream, ts), READONLY, NULL},
    {"length", T_UINT, offsetof(Stream, length), READONLY, NULL},
    {"packets", T_ULONGLONG, offsetof(Stream, packets), READONLY, NULL},
    {"octets", T_ULONGLONG, offsetof(Stream, octets), READONLY, NULL}, {0}};
static PyGetSetDef stream_values[] = {{"at", (getter)stream_at, NULL, NULL, NULL}, {0}};
static PyType_Slot stream_slots[] = {
    {Py_tp_dealloc, stream_free}, {Py_tp_methods, stream_methods},
    {Py_tp_members, stream_members}, {Py_tp_getset, stream_values}, {0, NULL}};
static PyType_Spec stream_spec = {"signaling.sfu._plane.Stream", sizeof(Stream), 0,
                                  Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION,
                                  stream_slots};

/* numbering.Numbering.place: 0 for a packet from before the seam. */
typedef struct {
    uint32_t ts;
    uint16_t seq, pid;
    uint8_t tl0;
} Place;

static int place(Stream *self, const Packet *packet, Place *out) {
    int64_t ahead = distance(packet->seq, self->source_top, 16);
    int64_t number = self->source_top + ahead + self->shift;
    if (number < self->floor) return 0;
    out->seq = (uint16_t)number;
    out->ts = packet->ts + self->ts_shift;
    if (ahead > 0) {
        self->source_top += ahead;
        self->top = number;
        self->ts = out->ts;
    }
    if (out->seq == (uint16_t)self->top) {
        self->length = packet->length;
        self->at = packet->at;
    }
    if (packet->pid < 0) return 1;
    ahead = distance(packet->pid, self->picture_source, packet->bits);
    number = self->picture_source + ahead + self->picture_shift;
    out->pid = (uint16_t)(number & 0x7FFF);
    out->tl0 = packet->tl0 < 0 ? self->tl0 : (uint8_t)(packet->tl0 + self->tl0_shift);
    if (ahead > 0) {
        self->picture_source += ahead;
        self->picture = number;
        self->tl0 = out->tl0;
    }
    return 1;
}

static void put32(uint8_t *out, uint32_t value) {
    value = htonl(value);
    memcpy(out, &value, 4);
}

/* The whole plain packet, as cover.Cover.wrap makes it; its size, or 0 where it is too long.
 * `out` holds LONGEST_SEALED bytes; `head` gets the descriptor that was written. */
static int write_packet(const Stream *self, const Packet *packet, const Place *where,
                        const uint8_t *sent, uint8_t *out, uint8_t *head, int *head_size) {
    Py_ssize_t rest = packet->size - packet->head;
    *head_size = packet->head ? renumber(packet, where->pid, where->tl0, head) : 0;
    Py_ssize_t size = 12 + self->block_size + *head_size + rest;
    if (size > LONGEST_PLAIN) return 0;
    out[0] = self->block_size ? 0x90 : 0x80;
    out[1] = (uint8_t)(packet->marker << 7 | self->pt);
    out[2] = (uint8_t)(where->seq >> 8);
    out[3] = (uint8_t)where->seq;
    put32(out + 4, where->ts);
    put32(out + 8, self->ssrc);
    if (self->block_size) memcpy(out + 12, self->block, (size_t)self->block_size);
    if (self->time_at >= 0) memcpy(out + 12 + self->time_at, sent, 3);
    out += 12 + self->block_size;
    memcpy(out, head, (size_t)*head_size);
    memcpy(out + *head_size, packet->octets + packet->head, (size_t)rest);
    return (int)size;
}

/* Keep a packet for a NACK.  Sound has no RTX: the very same bytes go again.  Sealing its number
 * once more with another send time would use a GCM nonce twice (RFC 7714 8.1). */
static void keep(Stream *self, const Packet *packet, const Place *where, const uint8_t *head,
                 int head_size, const uint8_t *sealed, int sealed_size) {
    if (!self->kept) self->kept = PyMem_Calloc((size_t)self->ring, sizeof(Kept));
    PyObject *octets = self->sealed ? PyBytes_FromStringAndSize((const char *)sealed, sealed_size)
                                    : Py_NewRef(packet->payload);
    if (!self->kept || !octets) { /* out of memory: it cannot come again, that is all */
        PyErr_Clear();
        Py_XDECREF(octets);
        return;
    }
    Kept *kept = &self->kept[where->seq % self->ring];
    Py_XDECREF(kept->octets);
    kept->octets = octets;
    kept->ts = where->ts;
    kept->seq = where->seq;
    memcpy(kept->head, head, (size_t)head_size);
    kept->head_size = (uint8_t)head_size;
    kept->skip = packet->head;
    kept->marker = packet->marker;
    kept->sealed = (uint8_t)self->sealed;
}

/* ---- The plane ---- */

typedef struct {
    Line *line; /* borrowed from a stream in the flow */
    uint32_t at, size;
    uint16_t segment, packets; /* all are `segment` bytes long, but the last may be shorter */
} Run;

typedef struct {
    int fd, segments, segmented; /* GSO: not known to fail; known to work */
    int many;                    /* sendmmsg is there */
} Port;

typedef struct {
    PyObject_HEAD
    const char *name;
    Port ports[SOCKETS];
    int socket_count;
    unsigned long long sent, refused, failed, sends, unsegmented;
    uint8_t *queue;
    Run runs[MESSAGES];
    int run_count, packet_count;
    uint32_t queued;
    struct mmsghdr messages[MESSAGES];
    struct iovec parts[MESSAGES];
    union { /* aligned as the kernel wants it */
        struct cmsghdr header;
        char octets[CMSG_SPACE(sizeof(uint16_t))];
    } control[MESSAGES];
} Plane;

static int plane_init(Plane *self, PyObject *args, PyObject *named) {
    static char *names[] = {"sockets", NULL};
    PyObject *sockets;
    if (!PyArg_ParseTupleAndKeywords(args, named, "O!:Plane", names, &PyList_Type, &sockets))
        return -1;
    Py_ssize_t count = PyList_Size(sockets);
    if (count > SOCKETS) count = SOCKETS; /* more than aim() takes: never asked for */
    for (Py_ssize_t n = 0; n < count; n++) {
        long fd = PyLong_AsLong(PyList_GetItem(sockets, n));
        if (fd == -1 && PyErr_Occurred()) return -1;
        self->ports[n] = (Port){.fd = (int)fd, .segments = 1, .segmented = 0, .many = 1};
    }
    self->name = "c";
    self->socket_count = (int)count;
    if (!self->queue) self->queue = PyMem_Malloc(QUEUE);
    return self->queue ? 0 : (PyErr_NoMemory(), -1);
}

static void plane_free(Plane *self) {
    PyMem_Free(self->queue);
    let_go((PyObject *)self);
}

static PyObject *plane_line(Plane *Py_UNUSED(self), PyObject *Py_UNUSED(none)) {
    Line *line = (Line *)PyType_GenericAlloc(line_type, 0);
    if (line) line->socket = -1;
    return (PyObject *)line;
}

static PyObject *plane_stream(Plane *Py_UNUSED(self), PyObject *args) {
    Line *line;
    const char *block;
    Py_ssize_t size;
    int time_at;
    unsigned int ssrc, seq, ts, pid, tl0;
    if (!PyArg_ParseTuple(args, "O!Iy#i(IIII):stream", line_type, &line, &ssrc, &block, &size,
                          &time_at, &seq, &ts, &pid, &tl0))
        return NULL;
    if (size > LONGEST_BLOCK || size % 4 || time_at < -1 || (time_at >= 0 && time_at + 3 > size)) {
        PyErr_SetString(PyExc_ValueError, "no such block of extensions");
        return NULL;
    }
    Stream *stream = (Stream *)PyType_GenericAlloc(stream_type, 0);
    if (!stream) return NULL;
    stream->line = (Line *)Py_NewRef((PyObject *)line);
    stream->block = PyMem_Malloc(size ? (size_t)size : 1);
    if (!stream->block) {
        Py_DECREF(stream);
        return PyErr_NoMemory();
    }
    memcpy(stream->block, block, (size_t)size);
    stream->block_size = (int)size;
    stream->time_at = time_at;
    stream->ssrc = ssrc;
    stream->top = seq;
    stream->floor = stream->top + 1;
    stream->ts = ts;
    stream->picture = pid;
    stream->tl0 = (uint8_t)tl0;
    stream->at = -1;
    stream->length = FRAME;
    stream->ring = KEPT;
    return (PyObject *)stream;
}

/* Each packet of a run by itself: what every kernel and every way can do. */
static void send_plainly(Plane *self, const Port *port, const Run *run) {
    for (uint32_t at = 0; at < run->size; at += run->segment) {
        size_t size = run->size - at < run->segment ? run->size - at : run->segment;
        self->sends++;
        const struct sockaddr *to = (const struct sockaddr *)&run->line->to;
        ssize_t went = sendto(port->fd, self->queue + run->at + at, size, MSG_DONTWAIT, to,
                              sizeof run->line->to);
        *(went < 0 ? &self->refused : &self->sent) += 1;
    }
}

/* A message that did not go.  Some hosts and ways answer so where they cannot cut (no checksums
 * in hardware, a smaller MTU): that way, and a socket where it never worked, does without. */
static void send_again(Plane *self, Port *port, Run *run, int error) {
    int cut = error == EIO || error == EINVAL || error == EOPNOTSUPP || error == EMSGSIZE;
    if (run->packets > 1 && run->line->segmented && cut) {
        run->line->segmented = 0;
        port->segments = port->segmented;
        self->unsegmented++;
        send_plainly(self, port, run);
    } else if (error == ENOSYS && port->many) {
        port->many = 0;
        send_plainly(self, port, run);
    } else {
        self->refused += run->packets;
    }
}

static void write_message(Plane *self, int n) {
    const Run *run = &self->runs[n];
    struct msghdr *head = &self->messages[n].msg_hdr;
    self->parts[n] = (struct iovec){self->queue + run->at, run->size};
    memset(head, 0, sizeof *head);
    head->msg_name = &run->line->to;
    head->msg_namelen = sizeof run->line->to;
    head->msg_iov = &self->parts[n];
    head->msg_iovlen = 1;
    if (run->packets == 1) return;
    head->msg_control = &self->control[n];
    head->msg_controllen = sizeof self->control[n];
    struct cmsghdr *control = CMSG_FIRSTHDR(head);
    control->cmsg_level = IPPROTO_UDP;
    control->cmsg_type = UDP_SEGMENT;
    control->cmsg_len = CMSG_LEN(sizeof(uint16_t));
    memcpy(CMSG_DATA(control), &run->segment, sizeof(uint16_t));
}

/* Send all that is queued. */
static void drain(Plane *self, Port *port) {
    int count = self->run_count, n = 0;
    for (int k = 0; k < count; k++) write_message(self, k);
    while (n < count) {
        self->sends++;
        struct mmsghdr *next = self->messages + n;
        int went = port->many ? sendmmsg(port->fd, next, (unsigned)(count - n), MSG_DONTWAIT)
                   : sendmsg(port->fd, &next->msg_hdr, MSG_DONTWAIT) < 0 ? -1 : 1;
        if (went < 0 && errno == EINTR) continue;
        for (int k = n; k < n + went; k++) {
            self->sent += self->runs[k].packets;
            if (self->runs[k].packets > 1) port->segmented = 1;
        }
        if (went <= 0) send_again(self, port, &self->runs[n], went < 0 ? errno : EIO);
        n += went > 0 ? went : 1;
    }
    self->run_count = self->packet_count = 0;
    self->queued = 0;
}

/* A sealed packet lies at the queue's end: lengthen the last run with it, or begin another. */
static void enqueue(Plane *self, const Port *port, Line *line, int size) {
    Run *run = self->run_count ? &self->runs[self->run_count - 1] : NULL;
    int full = !run || run->line != line || !line->segmented || !port->segments ||
               run->size % run->segment || size > run->segment || run->packets >= SEGMENTS ||
               run->size + (uint32_t)size > SEGMENTS_SIZE;
    if (full) {
        run = &self->runs[self->run_count++];
        *run = (Run){.line = line, .at = self->queued, .segment = (uint16_t)size};
    }
    run->size += (uint32_t)size;
    run->packets++;
    self->packet_count++;
    self->queued += (uint32_t)size;
}

/* One packet down one stream: numbered, written, sealed, kept, queued.  `port` may be NULL. */
static void pass(Plane *self, Stream *stream, const Packet *packet, const uint8_t *sent,
                 Port *port) {
    Place where = {0};
    Line *line = stream->line;
    if (!place(stream, packet, &where) || !line->keys) return;
    if (self->queued + LONGEST_SEALED > QUEUE || self->packet_count == MESSAGES) drain(self, port);
    uint8_t *out = self->queue + self->queued, head[LONGEST_DESCRIPTOR + 1];
    int head_size, size = write_packet(stream, packet, &where, sent, out, head, &head_size);
    /* libsrtp may refuse, and then it has not encrypted: such a packet must never go out. */
    if (!size || line->protect(line->srtp, out, &size) || size > LONGEST_SEALED) {
        self->failed++;
        return;
    }
    keep(stream, packet, &where, head, head_size, out, size);
    stream->packets++;
    stream->octets += (unsigned long long)packet->size;
    if (port) enqueue(self, port, line, size);
}

/* All streams that leave by one socket; -1: those that leave by none.  The owners of streams
 * with which some packet does not go on are added to `strays`. */
static int forward_by(Plane *self, int number, PyObject *flow, const Packet *packets, int count,
                      const uint8_t *sent, PyObject *strays) {
    PyObject *owner, *value;
    Py_ssize_t position = 0;
    Port *port = number < 0 ? NULL : &self->ports[number];
    while (PyDict_Next(flow, &position, &owner, &value)) {
        if (Py_TYPE(value) != stream_type) {
            PyErr_SetString(PyExc_TypeError, "streams of this plane only");
            return -1;
        }
        Stream *stream = (Stream *)value;
        int by = stream->line->socket;
        if ((by < self->socket_count ? by : -1) != number) continue;
        int strayed = 0;
        for (int n = 0; n < count; n++) {
            if (goes_on(stream, packets[n].seq)) pass(self, stream, &packets[n], sent, port);
            else strayed = 1;
        }
        if (strayed && PyList_Append(strays, owner) < 0) return -1;
    }
    if (port) drain(self, port);
    return 0;
}

static PyObject *plane_forward(Plane *self, PyObject *args) {
    PyObject *flow, *arrivals;
    const char *sent;
    Py_ssize_t sent_size;
    Packet packets[MOST];
    if (!PyArg_ParseTuple(args, "O!O!y#:forward", &PyDict_Type, &flow, &PyList_Type, &arrivals,
                          &sent, &sent_size))
        return NULL;
    Py_ssize_t count = PyList_Size(arrivals);
    if (count > MOST || sent_size != 3) {
        PyErr_SetString(PyExc_ValueError, "too many packets, or no abs-send-time");
        return NULL;
    }
    for (Py_ssize_t n = 0; n < count; n++)
        if (read_arrival(PyList_GetItem(arrivals, n), &packets[n]) < 0) return NULL;
    PyObject *strays = PyList_New(0);
    if (!strays) return NULL;
    const uint8_t *stamp = (const uint8_t *)sent;
    for (int number = -1; number < self->socket_count; number++) {
        if (forward_by(self, number, flow, packets, (int)count, stamp, strays) == 0) continue;
        self->run_count = self->packet_count = 0; /* what is queued has lost its lines */
        self->queued = 0;
        Py_DECREF(strays);
        return NULL;
    }
    return strays;
}

static PyObject *plane_close(Plane *self, PyObject *Py_UNUSED(none)) {
    /* The numbers of closed sockets are soon those of other files. */
    self->socket_count = 0;
    Py_RETURN_NONE;
}

static PyMethodDef plane_methods[] = {{"line", (PyCFunction)plane_line, METH_NOARGS, NULL},
    {"stream", (PyCFunction)plane_stream, METH_VARARGS, NULL},
    {"forward", (PyCFunction)plane_forward, METH_VARARGS, NULL},
    {"close", (PyCFunction)plane_close, METH_NOARGS, NULL}, {0}};
#define COUNT(name) {#name, T_ULONGLONG, offsetof(Plane, name), READONLY, NULL}
static PyMemberDef plane_members[] = {{"name", T_STRING, offsetof(Plane, name), READONLY, NULL},
    COUNT(sent), COUNT(refused), COUNT(failed), COUNT(sends), COUNT(unsegmented), {0}};
static PyType_Slot plane_slots[] = {
    {Py_tp_init, plane_init}, {Py_tp_dealloc, plane_free}, {Py_tp_methods, plane_methods},
    {Py_tp_members, plane_members}, {0, NULL}};
static PyType_Spec plane_spec = {"signaling.sfu._plane.Plane", sizeof(Plane), 0, Py_TPFLAGS_DEFAULT,
                                 plane_slots};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "_plane", .m_size = -1};

PyMODINIT_FUNC PyInit__plane(void) {
    PyObject *made = PyModule_Create(&module);
    line_type = (PyTypeObject *)PyType_FromSpec(&line_spec);
    stream_type = (PyTypeObject *)PyType_FromSpec(&stream_spec);
    PyTypeObject *plane_type = (PyTypeObject *)PyType_FromSpec(&plane_spec);
    if (!made || !line_type || !stream_type || !plane_type ||
        PyModule_AddType(made, line_type) < 0 || PyModule_AddType(made, stream_type) < 0 ||
        PyModule_AddType(made, plane_type) < 0) {
        Py_XDECREF(made);
        return NULL;
    }
    Py_DECREF(plane_type);
    return made;
}
