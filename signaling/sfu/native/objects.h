/* Sources and streams, as Python sees them. */

static void source_free(Source *self) {
    if (self->gathered) ungather(self->gathered, self);
    for (int n = 0; self->came && n < self->ring; n++) PyMem_Free(self->came[n].octets);
    PyMem_Free(self->came);
    PyMem_Free(self->takers.all);
    let_go((PyObject *)self);
}

static PyObject *source_loudest(Source *self, PyObject *Py_UNUSED(none)) {
    int loudest = self->loud;
    self->loud = 127;
    return PyLong_FromLong(loudest);
}

/* A number of 16 bits; -1 with an exception where it is none. */
static int read_number(PyObject *given) {
    long number = PyLong_AsLong(given);
    if (number == -1 && PyErr_Occurred()) return -1;
    return (uint16_t)number;
}

static PyObject *source_has(Source *self, PyObject *given) {
    int seq = read_number(given);
    return seq < 0 ? NULL : PyBool_FromLong(find(self, (uint16_t)seq) != NULL);
}

static PyMethodDef source_methods[] = {{"loudest", (PyCFunction)source_loudest, METH_NOARGS, NULL},
                                       {"has", (PyCFunction)source_has, METH_O, NULL}, {0}};
static PyMemberDef source_members[] = {
    MEMBER(Source, ssrc, T_UINT), MEMBER(Source, packets, T_ULONGLONG),
    MEMBER(Source, octets, T_ULONGLONG), MEMBER(Source, base, T_LONGLONG),
    MEMBER(Source, top, T_LONGLONG), MEMBER(Source, jitter, T_DOUBLE),
    MEMBER(Source, last_at, T_DOUBLE), MEMBER(Source, last_ts, T_UINT),
    MEMBER(Source, key_at, T_DOUBLE), MEMBER(Source, repaired, T_ULONGLONG),
    MEMBER(Source, tids, T_INT), {0}};
static PyType_Slot source_slots[] = {{Py_tp_dealloc, source_free}, {Py_tp_methods, source_methods},
                                     {Py_tp_members, source_members}, {0, NULL}};
static PyType_Spec source_spec = {"signaling.sfu._plane.Source", sizeof(Source), 0,
                                  Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION,
                                  source_slots};

static const char *const CODEC_NAMES[CODECS] = {"opus", "VP8", "H264", "VP9", "AV1"};

static Source *new_source(uint32_t ssrc, Codec codec, int level_id) {
    Source *source = (Source *)PyType_GenericAlloc(source_type, 0);
    if (!source) return NULL;
    source->ring = codec == OPUS ? RING_SOUND : RING_VIDEO;
    source->came = PyMem_Calloc((size_t)source->ring, sizeof(Came));
    if (!source->came) {
        Py_DECREF((PyObject *)source);
        return (Source *)PyErr_NoMemory();
    }
    for (int n = 0; n < source->ring; n++) source->came[n].ext = NOBODY;
    source->ssrc = ssrc;
    source->codec = codec;
    source->clock_hz = codec == OPUS ? 48000 : 90000;
    source->level_id = level_id;
    source->loud = 127;
    source->tids = 1;
    source->base = source->top = source->picture = -1;
    source->last_at = source->key_at = -1;
    source->key_first = NOBODY;
    source->transit = NAN;
    return source;
}

/* ---- Streams ---- */

static void stream_free(Stream *self) {
    leave(self, self->current);
    leave(self, self->wanted);
    if (self->line) take_out(&self->line->streams, self);
    forget(self);
    PyMem_Free(self->block);
    Py_XDECREF(self->current);
    Py_XDECREF(self->wanted);
    Py_XDECREF(self->tape);
    Py_XDECREF((PyObject *)self->line);
    let_go((PyObject *)self);
}

static int read_pt(int pt) { return pt & 127; }

static PyObject *stream_show(Stream *self, PyObject *args) {
    PyObject *source;
    int pt, rtx_pt;
    if (!PyArg_ParseTuple(args, "Oii:show", &source, &pt, &rtx_pt)) return NULL;
    if (source == Py_None) source = NULL;
    if (source && Py_TYPE(source) != source_type) {
        PyErr_SetString(PyExc_TypeError, "a source of this plane, or None");
        return NULL;
    }
    self->next_pt = read_pt(pt);
    self->next_rtx_pt = read_pt(rtx_pt);
    int again = source == self->wanted;
    if (!again && self->wanted != self->current) leave(self, self->wanted);
    if (!source) {
        leave(self, self->current);
        set(&self->current, NULL);
    } else if (!again && source != self->current &&
               add(&((Source *)source)->takers, self) < 0) {
        return NULL;
    }
    set(&self->wanted, source);
    if (source && source == self->current) speak_on(self);
    Py_RETURN_NONE;
}

static PyObject *stream_restart(Stream *self, PyObject *Py_UNUSED(none)) {
    halt(self);
    Py_RETURN_NONE;
}

static PyObject *stream_still(Stream *self, PyObject *given) {
    double now = PyFloat_AsDouble(given);
    return PyErr_Occurred() ? NULL : PyBool_FromLong(show_still(self, now));
}

static PyObject *stream_limit(Stream *self, PyObject *given) {
    long tid = PyLong_AsLong(given);
    if (tid == -1 && PyErr_Occurred()) return NULL;
    self->limit = tid < 0 ? 0 : tid > ALL_LAYERS ? ALL_LAYERS : (int)tid;
    Py_RETURN_NONE;
}

static PyObject *stream_divert(Stream *self, PyObject *given) {
    int on = PyObject_IsTrue(given);
    if (on < 0) return NULL;
    int over = self->diverted && !on;
    self->diverted = on;
    return over ? stream_restart(self, NULL) : Py_NewRef(Py_None); /* its numbers were others */
}

/* -> bytes of the sealed packet, 0 where there is none. */
static int seal_own(Stream *self, const char *payload, Py_ssize_t size, const int *head,
                    double now, uint8_t *out) {
    uint8_t stamp[3];
    Line *line = self->line;
    if (!line || !line->out.kept || 12 + self->block_size + size > LONGEST_PLAIN) return 0;
    put_send_time(stamp, now);
    int at = write_head(self, out, head[0], head[1], (uint16_t)(self->top + 1), self->ts,
                        self->ssrc, stamp);
    memcpy(out + at, payload, (size_t)size);
    int whole_size = at + (int)size;
    int64_t index = self->top + 1 - self->epoch;
    return seal(&line->out, &self->sealed_once, out, &whole_size, at, index) ? 0 : whole_size;
}

static PyObject *stream_emit(Stream *self, PyObject *args, PyObject *named) {
    static char *names[] = {"ts", "payload", "pt", "marker", "length", "now", NULL};
    unsigned int ts, length;
    const char *payload;
    Py_ssize_t size;
    int pt, marker;
    double now;
    uint8_t out[LONGEST_SEALED];
    if (!PyArg_ParseTupleAndKeywords(args, named, "Iy#$ipId:emit", names, &ts, &payload, &size,
                                     &pt, &marker, &length, &now))
        return NULL;
    self->ts = ts;
    self->at = now;
    self->length = length;
    int head[] = {marker, read_pt(pt)}, sealed = seal_own(self, payload, size, head, now, out);
    if (!sealed) {
        if (self->line) self->line->plane->failed++;
        return PyBytes_FromStringAndSize("", 0);
    }
    keep(self, ++self->top, (Went){.there = AS_SEALED}, out, sealed);
    self->packets++;
    self->octets += (unsigned long long)size;
    Plane *plane = self->line->plane;
    memcpy(room(plane), out, (size_t)sealed);
    dispatch(plane, self->line, sealed, CHARGED, now);
    drain(plane);
    return PyBytes_FromStringAndSize((const char *)out, sealed);
}

static PyObject *stream_stamp(Stream *self, PyObject *given) {
    unsigned long long ts = PyLong_AsUnsignedLongLongMask(given);
    if (PyErr_Occurred()) return NULL;
    return PyLong_FromUnsignedLong((uint32_t)ts + self->ts_shift);
}

static PyObject *stream_fetch(Stream *self, PyObject *Py_UNUSED(none)) {
    PyObject *fresh = PyList_New(0), *fetched = self->tape;
    if (!fresh || !fetched) return fresh;
    self->tape = fresh;
    return fetched;
}

static PyObject *stream_at(Stream *self, void *Py_UNUSED(closure)) {
    if (self->at < 0) Py_RETURN_NONE;
    return PyFloat_FromDouble(self->at);
}

static PyMethodDef stream_methods[] = {
    {"show", (PyCFunction)stream_show, METH_VARARGS, NULL},
    {"restart", (PyCFunction)stream_restart, METH_NOARGS, NULL},
    {"still", (PyCFunction)stream_still, METH_O, NULL},
    {"limit", (PyCFunction)stream_limit, METH_O, NULL},
    {"divert", (PyCFunction)stream_divert, METH_O, NULL},
    {"emit", (PyCFunction)(void (*)(void))stream_emit, METH_VARARGS | METH_KEYWORDS, NULL},
    {"stamp", (PyCFunction)stream_stamp, METH_O, NULL},
    {"fetch", (PyCFunction)stream_fetch, METH_NOARGS, NULL}, {0}};
static PyMemberDef stream_members[] = {
    MEMBER(Stream, ssrc, T_UINT), MEMBER(Stream, current, T_OBJECT),
    MEMBER(Stream, wanted, T_OBJECT), MEMBER(Stream, ts, T_UINT), MEMBER(Stream, length, T_UINT),
    MEMBER(Stream, packets, T_ULONGLONG), MEMBER(Stream, octets, T_ULONGLONG),
    MEMBER(Stream, switches, T_ULONGLONG), MEMBER(Stream, asked, T_ULONGLONG),
    MEMBER(Stream, resent, T_ULONGLONG), MEMBER(Stream, loss, T_DOUBLE),
    MEMBER(Stream, lost, T_INT), MEMBER(Stream, jitter, T_UINT), MEMBER(Stream, top, T_LONGLONG),
    MEMBER(Stream, reached, T_UINT),
    MEMBER(Stream, reported_at, T_DOUBLE), {0}};
static PyGetSetDef stream_values[] = {{"at", (getter)stream_at, NULL, NULL, NULL}, {0}};
static PyType_Slot stream_slots[] = {
    {Py_tp_dealloc, stream_free}, {Py_tp_methods, stream_methods},
    {Py_tp_members, stream_members}, {Py_tp_getset, stream_values}, {0, NULL}};
static PyType_Spec stream_spec = {"signaling.sfu._plane.Stream", sizeof(Stream), 0,
                                  Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION,
                                  stream_slots};

/* "audio" or "video": -1 with an exception where it is neither. */
static int is_video(const char *kind) {
    if (!strcmp(kind, "video")) return 1;
    if (!strcmp(kind, "audio")) return 0;
    return PyErr_Format(PyExc_ValueError, "no such kind: %s", kind), -1;
}

static Stream *new_stream(int video) {
    Stream *stream = (Stream *)PyType_GenericAlloc(stream_type, 0);
    if (!stream) return NULL;
    stream->video = video;
    stream->time_at = -1;
    stream->limit = stream->layers = ALL_LAYERS;
    stream->at = stream->reported_at = -1;
    stream->length = FRAME;
    stream->ring = video ? WENT_SEALED_VIDEO : WENT_SOUND;
    stream->floor = 1;
    return stream;
}

static PyObject *new_tape(int video) {
    Stream *stream = new_stream(video);
    if (stream && !(stream->tape = PyList_New(0))) Py_CLEAR(stream);
    return (PyObject *)stream;
}
