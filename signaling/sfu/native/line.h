/* A client, as Python sees it. */

static void close_keys(Keys *keys) {
    if (keys->gcm.context) keys->gcm.end(keys->gcm.context);
    Py_CLEAR(keys->kept);
    memset(keys, 0, sizeof *keys);
}

static void forget_known(Line *self, const Source *source) {
    int kept = 0;
    for (int n = 0; n < self->known_count; n++) {
        if (source && self->known[n].source != source) self->known[kept++] = self->known[n];
        else Py_DECREF((PyObject *)self->known[n].source);
    }
    self->known_count = kept;
}

static void line_end(Line *self) {
    close_keys(&self->out);
    close_keys(&self->in);
    forget_known(self, NULL);
    self->socket = -1;
    while (self->held) drop_held(self);
}

static void line_free(Line *self) {
    line_end(self);
    PyMem_Free(self->known);
    PyMem_Free(self->streams.all);
    Py_XDECREF((PyObject *)self->plane);
    let_go((PyObject *)self);
}

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

/* gcm.Gcm, or None: -1 with an exception where it is neither, or memory is out. */
static int read_gcm(PyObject *given, Gcm *gcm) {
    const uint8_t *key, *salt;
    Py_ssize_t key_size, salt_size;
    unsigned long long at[6];
    memset(gcm, 0, sizeof *gcm);
    if (given == Py_None) return 0;
    if (!read_tuple(given, "y#y#KKKKKK:key", &key, &key_size, &salt, &salt_size, &at[0], &at[1],
                    &at[2], &at[3], &at[4], &at[5]))
        return -1;
    if (key_size != 16 || salt_size != NONCE)
        return PyErr_SetString(PyExc_ValueError, "no key of AES-128-GCM"), -1;
    memcpy(gcm->salt, salt, NONCE);
    gcm->end = (void *)(uintptr_t)at[1];
    gcm->begin = (void *)(uintptr_t)at[3];
    gcm->turn = (void *)(uintptr_t)at[4];
    gcm->control = (void *)(uintptr_t)at[5];
    void *(*make)(void) = (void *)(uintptr_t)at[0];
    const void *(*cipher)(void) = (void *)(uintptr_t)at[2];
    gcm->context = make();
    if (gcm->context && gcm->begin(gcm->context, cipher(), NULL, key, NULL, 1) == 1) return 0;
    if (gcm->context) gcm->end(gcm->context);
    return PyErr_NoMemory(), -1;
}

/* dtls.Keys: -1 with an exception where it is none. */
static int read_keys(PyObject *given, Keys *keys) {
    PyObject *session, *handle, *gcm;
    unsigned long long srtp, at[4];
    *keys = (Keys){0};
    if (!read_tuple(given, "OOKKKKKO:key", &session, &handle, &srtp, &at[0], &at[1], &at[2], &at[3],
                    &gcm) ||
        read_gcm(gcm, &keys->gcm) < 0)
        return -1;
    keys->kept = Py_NewRef(given);
    keys->srtp = (void *)(uintptr_t)srtp;
    keys->protect = (srtp_function)(uintptr_t)at[0];
    keys->unprotect = (srtp_function)(uintptr_t)at[1];
    keys->protect_rtcp = (srtp_function)(uintptr_t)at[2];
    keys->unprotect_rtcp = (srtp_function)(uintptr_t)at[3];
    return 0;
}

/* New keys: the client counts how often numbers have wrapped from 0 again.  And a key frame that
 * came during the handshake was lost on it: it needs another. */
static void begin_anew(Stream *stream) {
    stream->epoch = stream->top & ~(int64_t)0xFFFF;
    stream->rtx_top &= 0xFFFF;
    clear(&stream->sealed_once, 0);
    clear(&stream->rtx_sealed, 0);
    halt(stream);
}

static PyObject *line_key(Line *self, PyObject *args) {
    PyObject *sending, *receiving;
    Keys out, in;
    if (!PyArg_ParseTuple(args, "OO:key", &sending, &receiving) || read_keys(sending, &out) < 0)
        return NULL;
    if (read_keys(receiving, &in) < 0) return close_keys(&out), NULL;
    Keys old_out = self->out, old_in = self->in;
    self->out = out;
    self->in = in;
    self->sender_count = 0;
    close_keys(&old_out);
    close_keys(&old_in);
    for (int n = 0; n < self->streams.count; n++) begin_anew(self->streams.all[n]);
    Py_RETURN_NONE;
}

/* (ip, port, number of the socket): -1 with an exception where it is none. */
static int read_address(PyObject *address, struct sockaddr_in *to, int *number) {
    const char *ip;
    int port;
    if (!read_tuple(address, "sii:address", &ip, &port, number)) return -1;
    memset(to, 0, sizeof *to);
    to->sin_family = AF_INET;
    to->sin_port = htons((uint16_t)port);
    if (inet_pton(AF_INET, ip, &to->sin_addr) != 1 || port < 0 || port > 65535 || *number < 0 ||
        *number >= SOCKETS)
        return PyErr_SetString(PyExc_ValueError, "no such address"), -1;
    return 0;
}

static PyObject *line_aim(Line *self, PyObject *address) {
    struct sockaddr_in to;
    int number;
    if (read_address(address, &to, &number) < 0) return NULL;
    self->to = to;
    self->socket = number;
    self->segmented = 1;
    Py_RETURN_NONE;
}

static PyObject *line_send(Line *self, PyObject *octets) {
    char *data;
    Py_ssize_t size;
    if (PyBytes_AsStringAndSize(octets, &data, &size) < 0) return NULL;
    return PyBool_FromLong(size && send_now(self->plane, self, data, (size_t)size));
}

static PyObject *line_control(Line *self, PyObject *octets) {
    char *data;
    Py_ssize_t size;
    if (PyBytes_AsStringAndSize(octets, &data, &size) < 0) return NULL;
    return PyBool_FromLong(send_control(self->plane, self, (const uint8_t *)data, (size_t)size));
}

static PyObject *line_pace(Line *self, PyObject *bps) {
    double rate = PyFloat_AsDouble(bps);
    if (PyErr_Occurred()) return NULL;
    self->pace = rate > 0 ? rate / 8 : 0;
    Py_RETURN_NONE;
}

static PyObject *line_drop(Line *self, PyObject *Py_UNUSED(none)) {
    for (; self->held; drop_held(self)) self->plane->refused++;
    Py_RETURN_NONE;
}

/* The stream whose newest packets a probe repeats: pictures with RTX, the latest. */
static Stream *probed(const Line *self) {
    Stream *best = NULL;
    for (int n = 0; n < self->streams.count; n++) {
        Stream *stream = self->streams.all[n];
        if (stream->rtx_pt && stream->current && stream->went && (!best || stream->at > best->at))
            best = stream;
    }
    return best;
}

static PyObject *line_probe(Line *self, PyObject *args) {
    int wanted, went = 0, count = 0;
    double now;
    const Went *kept[PROBED];
    if (!PyArg_ParseTuple(args, "id:probe", &wanted, &now)) return NULL;
    Stream *stream = reachable(self) ? probed(self) : NULL;
    for (int k = 0; stream && k < stream->ring && count < PROBED; k++) {
        const Went *one = recall(stream, (uint16_t)(stream->top - k));
        if (one && repairable(stream, one)) kept[count++] = one;
    }
    for (int n = 0; count && went < wanted && n < PROBED; n++) {
        const Went *one = kept[n % count];
        went += send_rtx(self->plane, stream, one, find((Source *)stream->current, one->source),
                         FREE, now);
    }
    drain(self->plane);
    return PyLong_FromLong(went);
}

/* rtcp.sender_report; the stream's time at this moment. */
static void write_report(const Stream *stream, double now, uint64_t ntp, uint8_t *out) {
    double since = (now - stream->at) * (stream->video ? 90000 : 48000);
    out[0] = 0x80;
    out[1] = SR;
    put16(out + 2, 6);
    put32(out + 4, stream->ssrc);
    put32(out + 8, (uint32_t)(ntp >> 32));
    put32(out + 12, (uint32_t)ntp);
    put32(out + 16, stream->ts + (uint32_t)(int64_t)since);
    put32(out + 20, (uint32_t)stream->packets);
    put32(out + 24, (uint32_t)stream->octets);
}

static PyObject *line_report(Line *self, PyObject *args) {
    double now, wall;
    uint8_t out[REPORTS * 28];
    int size = 0;
    if (!PyArg_ParseTuple(args, "dd:report", &now, &wall)) return NULL;
    double seconds = wall + NTP_EPOCH, whole_seconds = (double)(uint64_t)seconds;
    uint64_t ntp = (uint64_t)seconds << 32 | (uint64_t)((seconds - whole_seconds) * 4294967296.0);
    for (int n = 0; n < self->streams.count; n++) {
        if (self->streams.all[n]->at < 0) continue;
        write_report(self->streams.all[n], now, ntp, out + size);
        size += 28;
        if (size < REPORTS * 28) continue;
        send_control(self->plane, self, out, (size_t)size);
        size = 0;
    }
    if (size) send_control(self->plane, self, out, (size_t)size);
    self->ntp_offset = seconds - now;
    Py_RETURN_NONE;
}

static PyObject *line_close(Line *self, PyObject *Py_UNUSED(none)) {
    line_end(self);
    Py_RETURN_NONE;
}

static PyObject *line_keyed(Line *self, void *Py_UNUSED(closure)) {
    return PyBool_FromLong(self->out.kept != NULL);
}

static PyGetSetDef line_values[] = {{"keyed", (getter)line_keyed, NULL, NULL, NULL}, {0}};
static PyMethodDef line_methods[] = {
    {"key", (PyCFunction)line_key, METH_VARARGS, NULL},
    {"aim", (PyCFunction)line_aim, METH_O, NULL},
    {"send", (PyCFunction)line_send, METH_O, NULL},
    {"control", (PyCFunction)line_control, METH_O, NULL},
    {"pace", (PyCFunction)line_pace, METH_O, NULL},
    {"drop", (PyCFunction)line_drop, METH_NOARGS, NULL},
    {"probe", (PyCFunction)line_probe, METH_VARARGS, NULL},
    {"report", (PyCFunction)line_report, METH_VARARGS, NULL},
    {"close", (PyCFunction)line_close, METH_NOARGS, NULL}, {0}};
#define MEMBER(type, name, kind) {#name, kind, offsetof(type, name), READONLY, NULL}
static PyMemberDef line_members[] = {
    MEMBER(Line, remb, T_ULONGLONG), MEMBER(Line, remb_at, T_DOUBLE), MEMBER(Line, rtt, T_DOUBLE),
    MEMBER(Line, malformed, T_ULONGLONG), MEMBER(Line, heard_at, T_DOUBLE),
    MEMBER(Line, octets, T_ULONGLONG), MEMBER(Line, resent, T_ULONGLONG),
    MEMBER(Line, waiting, T_ULONGLONG), {0}};
static PyType_Slot line_slots[] = {{Py_tp_dealloc, line_free}, {Py_tp_methods, line_methods},
                                   {Py_tp_members, line_members}, {Py_tp_getset, line_values},
                                   {0, NULL}};
static PyType_Spec line_spec = {"signaling.sfu._plane.Line", sizeof(Line), 0,
                                Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION, line_slots};
