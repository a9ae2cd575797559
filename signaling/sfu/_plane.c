/* The plane in C: what plane.py promises, as pyplane.py does it, at a fraction of the cost.
 *
 * The kernel's way from a send to the wire is the dear part (2.7 us a packet alone), so the packets
 * of one frame for one subscriber go down it as one buffer that the kernel cuts up (UDP GSO), and
 * many such buffers as one sendmmsg.  On the way in no packet becomes a Python object, unless there
 * is something in it that only Python can answer.  Packets are opened by libsrtp, at the addresses
 * that pylibsrtp gives, and sealed by it or by the OpenSSL in it.
 *
 * Everything happens under the GIL and calls no Python code: the longest call takes about a
 * millisecond, and nobody else in a worker is waiting.
 */
#include "native/types.h"

#include "native/payload.h"
#include "native/window.h"
#include "native/seal.h"
#include "native/send.h"
#include "native/stream.h"
#include "native/source.h"
#include "native/control.h"
#include "native/gate.h"
#include "native/line.h"
#include "native/objects.h"

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
    if (!self->inbox) self->inbox = PyMem_Malloc(AT_A_TIME * DATAGRAM);
    return self->queue && self->inbox ? 0 : (PyErr_NoMemory(), -1);
}

static void end_holding(Plane *self) {
    while (self->holding) {
        Line *line = self->holding;
        self->holding = line->next_held;
        line->listed = 0;
        Py_DECREF((PyObject *)line);
    }
    self->pacing = 0;
}

static void plane_free(Plane *self) {
    while (self->gathered) ungather(self, self->gathered);
    end_holding(self);
    unbind_all(self);
    PyMem_Free(self->queue);
    PyMem_Free(self->inbox);
    let_go((PyObject *)self);
}

static PyObject *plane_close(Plane *self, PyObject *Py_UNUSED(none)) {
    self->socket_count = 0; /* the numbers of closed sockets are soon those of other files */
    end_holding(self);
    unbind_all(self);
    Py_RETURN_NONE;
}

static PyObject *plane_line(Plane *self, PyObject *Py_UNUSED(none)) {
    Line *line = (Line *)PyType_GenericAlloc(line_type, 0);
    if (!line) return NULL;
    line->plane = (Plane *)Py_NewRef((PyObject *)self);
    line->socket = -1;
    line->remb_at = line->rtt = line->heard_at = -1;
    return (PyObject *)line;
}

/* From now on packets of the line with this SSRC are the source's; steals nothing. */
static int make_known(Line *line, uint32_t ssrc, Source *source, int repairs) {
    for (int n = 0; n < line->known_count; n++)
        if (line->known[n].ssrc == ssrc) {
            Source *old = line->known[n].source;
            line->known[n] = (Known){ssrc, (Source *)Py_NewRef((PyObject *)source), repairs};
            Py_DECREF((PyObject *)old);
            return 0;
        }
    if (line->known_count == line->known_room) {
        int room = line->known_room ? 2 * line->known_room : 4;
        Known *larger = PyMem_Realloc(line->known, (size_t)room * sizeof *larger);
        if (!larger) return PyErr_NoMemory(), -1;
        line->known = larger;
        line->known_room = room;
    }
    line->known[line->known_count++] =
        (Known){ssrc, (Source *)Py_NewRef((PyObject *)source), repairs};
    return 0;
}

static PyObject *plane_source(Plane *Py_UNUSED(self), PyObject *args, PyObject *named) {
    static char *names[] = {"line", "ssrc", "codec", "level_id", NULL};
    Line *line;
    unsigned int ssrc;
    const char *codec;
    int level_id = 0, which = 0;
    if (!PyArg_ParseTupleAndKeywords(args, named, "O!Is|$i:source", names, line_type, &line, &ssrc,
                                     &codec, &level_id))
        return NULL;
    while (which < CODECS && strcmp(codec, CODEC_NAMES[which])) which++;
    if (which == CODECS) return PyErr_Format(PyExc_ValueError, "no such codec: %s", codec);
    Source *source = new_source(ssrc, (Codec)which, level_id);
    if (source && make_known(line, ssrc, source, 0) < 0) Py_CLEAR(source);
    return (PyObject *)source;
}

static PyObject *plane_repair(Plane *Py_UNUSED(self), PyObject *args) {
    Line *line;
    unsigned int ssrc;
    Source *source;
    if (!PyArg_ParseTuple(args, "O!IO!:repair", line_type, &line, &ssrc, source_type, &source) ||
        make_known(line, ssrc, source, 1) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *plane_drop(Plane *Py_UNUSED(self), PyObject *args) {
    Line *line;
    Source *source;
    if (!PyArg_ParseTuple(args, "O!O!:drop", line_type, &line, source_type, &source)) return NULL;
    source->pending_count = 0;
    if (source->gathered) ungather(source->gathered, source);
    forget_known(line, source);
    Py_RETURN_NONE;
}

static PyObject *plane_stream(Plane *Py_UNUSED(self), PyObject *args, PyObject *named) {
    static char *names[] = {"line", "ssrc", "rtx_ssrc", "block", "time_at", "start", "kind", NULL};
    Line *line;
    const char *block, *kind;
    Py_ssize_t size;
    int time_at, video;
    unsigned int ssrc, rtx_ssrc, seq, ts, pid, tl0;
    if (!PyArg_ParseTupleAndKeywords(args, named, "O!IIy#i(IIII)$s:stream", names, line_type, &line,
                                     &ssrc, &rtx_ssrc, &block, &size, &time_at, &seq, &ts, &pid,
                                     &tl0, &kind) ||
        (video = is_video(kind)) < 0)
        return NULL;
    if (size > LONGEST_BLOCK || size % 4 || time_at < -1 || (time_at >= 0 && time_at + 3 > size)) {
        PyErr_SetString(PyExc_ValueError, "no such block of extensions");
        return NULL;
    }
    Stream *stream = new_stream(video);
    uint8_t *copy = stream ? PyMem_Malloc(size ? (size_t)size : 1) : NULL;
    if (!copy || add(&line->streams, stream) < 0) {
        PyMem_Free(copy);
        Py_XDECREF((PyObject *)stream);
        return PyErr_Occurred() ? NULL : PyErr_NoMemory();
    }
    memcpy(copy, block, (size_t)size);
    stream->line = (Line *)Py_NewRef((PyObject *)line);
    stream->block = copy;
    stream->block_size = (int)size;
    stream->time_at = time_at;
    stream->ssrc = ssrc;
    stream->rtx_ssrc = rtx_ssrc;
    stream->rtx_top = (uint16_t)seq;
    stream->top = seq;
    stream->floor = stream->top + 1;
    stream->ts = ts;
    stream->picture = pid;
    stream->tl0 = (uint8_t)tl0;
    return (PyObject *)stream;
}

static PyObject *plane_tape(Plane *Py_UNUSED(self), PyObject *given) {
    PyObject *octets = PyUnicode_AsUTF8String(given);
    if (!octets) return NULL;
    int video = is_video(PyBytes_AsString(octets));
    Py_DECREF(octets);
    return video < 0 ? NULL : new_tape(video);
}

static PyObject *plane_bind(Plane *self, PyObject *args) {
    PyObject *address;
    Line *line;
    struct sockaddr_in from;
    int number;
    if (!PyArg_ParseTuple(args, "OO!:bind", &address, line_type, &line) ||
        read_address(address, &from, &number) < 0 ||
        bind_line(self, key_of(from.sin_addr.s_addr, from.sin_port, number), line) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *plane_unbind(Plane *self, PyObject *address) {
    struct sockaddr_in from;
    int number;
    if (read_address(address, &from, &number) < 0) return NULL;
    unbind(self, key_of(from.sin_addr.s_addr, from.sin_port, number));
    Py_RETURN_NONE;
}

/* What happens from here on is told in the list that is returned. */
static PyObject *attend(Plane *self) { return self->events = PyList_New(0); }

static PyObject *heard(Plane *self) {
    PyObject *events = self->events;
    drain(self);
    self->events = NULL;
    return events;
}

static PyObject *plane_receive(Plane *self, PyObject *args) {
    int number;
    double now;
    if (!PyArg_ParseTuple(args, "id:receive", &number, &now) || !attend(self)) return NULL;
    if (number >= 0 && number < self->socket_count) receive(self, number, now);
    return heard(self);
}

static PyObject *plane_feed(Plane *self, PyObject *args) {
    Line *line;
    const char *data;
    Py_ssize_t size;
    double now;
    uint8_t opened[DATAGRAM];
    if (!PyArg_ParseTuple(args, "O!y#d:feed", line_type, &line, &data, &size, &now) ||
        !attend(self))
        return NULL;
    memcpy(opened, data, size > DATAGRAM ? DATAGRAM : (size_t)size);
    int good = open_datagram(self, line, opened, size > DATAGRAM ? DATAGRAM : (int)size, now);
    return Py_BuildValue("NN", PyBool_FromLong(good), heard(self));
}

static PyObject *plane_inject(Plane *self, PyObject *args) {
    Line *line;
    const char *plain;
    Py_ssize_t size;
    double now;
    if (!PyArg_ParseTuple(args, "O!y#d:inject", line_type, &line, &plain, &size, &now)) return NULL;
    if (size > LONGEST_SEALED) return PyErr_Format(PyExc_ValueError, "no packet is so long");
    if (!attend(self)) return NULL;
    take_rtp(self, line, (const uint8_t *)plain, (int)size, now);
    return heard(self);
}

static PyObject *plane_flush(Plane *self, PyObject *given) {
    double now = PyFloat_AsDouble(given);
    if (PyErr_Occurred()) return NULL;
    while (self->gathered) deliver(self, self->gathered, now);
    drain(self);
    Py_RETURN_NONE;
}

static PyObject *plane_pump(Plane *self, PyObject *given) {
    double now = PyFloat_AsDouble(given);
    if (PyErr_Occurred()) return NULL;
    pump(self, now);
    Py_RETURN_NONE;
}

#define NAMED(function) (PyCFunction)(void (*)(void))function, METH_VARARGS | METH_KEYWORDS
static PyMethodDef plane_methods[] = {
    {"line", (PyCFunction)plane_line, METH_NOARGS, NULL},
    {"source", NAMED(plane_source), NULL},
    {"repair", (PyCFunction)plane_repair, METH_VARARGS, NULL},
    {"drop", (PyCFunction)plane_drop, METH_VARARGS, NULL},
    {"stream", NAMED(plane_stream), NULL},
    {"tape", (PyCFunction)plane_tape, METH_O, NULL},
    {"bind", (PyCFunction)plane_bind, METH_VARARGS, NULL},
    {"unbind", (PyCFunction)plane_unbind, METH_O, NULL},
    {"receive", (PyCFunction)plane_receive, METH_VARARGS, NULL},
    {"feed", (PyCFunction)plane_feed, METH_VARARGS, NULL},
    {"inject", (PyCFunction)plane_inject, METH_VARARGS, NULL},
    {"flush", (PyCFunction)plane_flush, METH_O, NULL},
    {"pump", (PyCFunction)plane_pump, METH_O, NULL},
    {"close", (PyCFunction)plane_close, METH_NOARGS, NULL}, {0}};
static PyMemberDef plane_members[] = {
    MEMBER(Plane, name, T_STRING), MEMBER(Plane, sent, T_ULONGLONG),
    MEMBER(Plane, refused, T_ULONGLONG), MEMBER(Plane, failed, T_ULONGLONG),
    MEMBER(Plane, sends, T_ULONGLONG), MEMBER(Plane, unsegmented, T_ULONGLONG),
    MEMBER(Plane, dropped, T_ULONGLONG), MEMBER(Plane, received, T_ULONGLONG),
    MEMBER(Plane, waiting, T_BOOL), MEMBER(Plane, pacing, T_BOOL), {0}};
static PyType_Slot plane_slots[] = {
    {Py_tp_init, plane_init}, {Py_tp_dealloc, plane_free}, {Py_tp_methods, plane_methods},
    {Py_tp_members, plane_members}, {0, NULL}};
static PyType_Spec plane_spec = {"signaling.sfu._plane.Plane", sizeof(Plane), 0, Py_TPFLAGS_DEFAULT,
                                 plane_slots};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "_plane", .m_size = -1};

static PyTypeObject *made(PyType_Spec *spec) { return (PyTypeObject *)PyType_FromSpec(spec); }

PyMODINIT_FUNC PyInit__plane(void) {
    PyObject *self = PyModule_Create(&module);
    line_type = made(&line_spec);
    source_type = made(&source_spec);
    stream_type = made(&stream_spec);
    PyTypeObject *plane_type = made(&plane_spec);
    if (!self || !line_type || !source_type || !stream_type || !plane_type ||
        PyModule_AddType(self, line_type) < 0 || PyModule_AddType(self, source_type) < 0 ||
        PyModule_AddType(self, stream_type) < 0 || PyModule_AddType(self, plane_type) < 0 ||
        PyModule_AddIntConstant(self, "CONTRACT", CONTRACT) < 0) {
        Py_XDECREF(self);
        return NULL;
    }
    Py_DECREF(plane_type);
    return self;
}
