/* A subscriber's stream: endless, whatever flows in it.  Numbers as in rewrite.py. */

static void forget(Stream *self) {
    for (int n = 0; self->sealed && n < self->ring; n++) PyMem_Free(self->sealed[n].octets);
    PyMem_Free(self->sealed);
    PyMem_Free(self->went);
    self->sealed = NULL;
    self->went = NULL;
}

/* The bytes themselves are kept where there is no RTX. */
static int keeps_sealed(const Stream *self) { return !self->rtx_pt; }

/* Other payload types from here on; without RTX other things are kept. */
static void speak_on(Stream *self) {
    int kept_sealed = keeps_sealed(self);
    self->pt = self->next_pt;
    self->rtx_pt = self->next_rtx_pt;
    if (keeps_sealed(self) != kept_sealed) forget(self);
    self->ring = !self->video ? WENT_SOUND : keeps_sealed(self) ? WENT_SEALED_VIDEO : WENT_VIDEO;
}

/* The same at a seam: nothing from before a key frame is worth sending again. */
static void speak(Stream *self) {
    if (self->video || self->rtx_pt) forget(self);
    speak_on(self);
}

/* The place of an outgoing number in what is kept, or NULL: of a tape nothing comes again. */
static Went *place_of(Stream *self, uint16_t out) {
    if (!self->went && self->line) self->went = PyMem_Calloc((size_t)self->ring, sizeof(Went));
    return self->went ? &self->went[out % self->ring] : NULL;
}

/* ---- Layers that are left out ---- */

/* The first picture behind a seam gets the number behind our last. */
static void begin_pictures(Stream *self, const Came *came) {
    clear(&self->pictures_skipped, came->picture - 1);
    self->picture_shift = self->picture - self->pictures_skipped.top;
    if (came->tl0 >= 0) self->tl0_shift = (uint8_t)(self->tl0 + 1 - came->tl0);
    self->pictured = 1;
}

/* Is this packet of a picture that the subscriber does not get?  Decided at a picture's first. */
static int leave_out(Stream *self, const Came *came) {
    Skipped *pictures = &self->pictures_skipped;
    if (came->pid < 0) return 0;
    if (!self->pictured) begin_pictures(self, came);
    if (came->picture <= pictures->top)
        return is_skipped(pictures, came->picture) || came->tid > self->layers;
    int least = self->sparse ? self->layers : self->limit; /* U of VP9, Y of VP8 */
    if (self->limit < self->layers || came->key || (came->sync && came->tid <= least))
        self->layers = self->limit;
    if (came->tid <= self->layers) return 0;
    advance(pictures, came->picture);
    mark(pictures, came->picture);
    if (!self->sparse) self->picture_shift--;
    return 1;
}

static void skip(Stream *self, const Came *came, int64_t ahead) {
    if (ahead <= 0) return;
    advance(&self->packets_skipped, came->ext);
    mark(&self->packets_skipped, came->ext);
    self->shift--;
}

typedef struct {
    int64_t number;
    uint32_t ts;
    uint16_t pid;
    uint8_t tl0;
} Place;

static void place_picture(Stream *self, const Came *came, Place *out) {
    Skipped *pictures = &self->pictures_skipped;
    int64_t number = came->picture + self->picture_shift;
    if (!self->sparse) number += skipped_since(pictures, came->picture);
    out->pid = (uint16_t)(number & 0x7FFF);
    out->tl0 = came->tl0 < 0 ? self->tl0 : (uint8_t)(came->tl0 + self->tl0_shift);
    if (number > self->picture) self->picture = number; /* late ones fill holes, even the newest */
    if (came->picture <= pictures->top) return;
    advance(pictures, came->picture);
    self->tl0 = out->tl0;
}

/* What pysplice.Splice does by frames: 0 for a packet that goes nowhere: from before the seam, or of a layer
 * that is left out. */
static int place(Stream *self, const Came *came, Place *out) {
    int64_t ahead = came->ext - self->packets_skipped.top;
    out->number = came->ext + self->shift + skipped_since(&self->packets_skipped, came->ext);
    if (out->number < self->floor) return 0;
    if (leave_out(self, came)) return skip(self, came, ahead), 0;
    out->ts = came->ts + self->ts_shift;
    if (out->number > self->top) self->top = out->number;
    if (ahead > 0) {
        advance(&self->packets_skipped, came->ext);
        self->ts = out->ts;
        self->length = came->length;
        self->at = came->at;
    }
    if (came->pid >= 0) place_picture(self, came, out);
    return 1;
}

/* RTP header and extensions, as cover.Cover.wrap makes them; -> their bytes. */
static int write_head(const Stream *self, uint8_t *out, int marker, int pt, uint16_t seq,
                      uint32_t ts, uint32_t ssrc, const uint8_t *stamp) {
    out[0] = self->block_size ? 0x90 : 0x80;
    out[1] = (uint8_t)(marker << 7 | pt);
    put16(out + 2, seq);
    put32(out + 4, ts);
    put32(out + 8, ssrc);
    if (self->block_size) memcpy(out + 12, self->block, (size_t)self->block_size);
    if (self->time_at >= 0) memcpy(out + 12 + self->time_at, stamp, 3);
    return 12 + self->block_size;
}

/* The whole plain packet; its size, or 0 where it is too long. */
static int write_packet(const Stream *self, const Came *came, const Place *where,
                        const uint8_t *stamp, uint8_t *out) {
    int rest = came->size - came->head;
    if (12 + self->block_size + LONGEST_DESCRIPTOR + 1 + rest > LONGEST_SEALED) return 0;
    int at = write_head(self, out, came->marker, self->pt, (uint16_t)where->number, where->ts,
                        self->ssrc, stamp);
    if (came->head) at += renumber(came, where->pid, where->tl0, out + at);
    memcpy(out + at, came->octets + came->head, (size_t)rest);
    return at + rest > LONGEST_PLAIN ? 0 : at + rest;
}

/* Keep a packet for a NACK.  Sound has no RTX: the very same bytes go again.  Sealing its number
 * once more with another send time would use a GCM nonce twice (RFC 7714 8.1). */
static void keep_sealed(Stream *self, uint16_t out, const uint8_t *octets, int size) {
    if (!self->sealed) self->sealed = PyMem_Calloc((size_t)self->ring, sizeof(Sealed));
    if (!self->sealed) return;
    Sealed *kept = &self->sealed[out % self->ring];
    if (kept->room < size) {
        uint8_t *larger = PyMem_Realloc(kept->octets, (size_t)size);
        if (!larger) return (void)(kept->size = 0);
        kept->octets = larger;
        kept->room = (uint16_t)size;
    }
    memcpy(kept->octets, octets, (size_t)size);
    kept->size = (uint16_t)size;
}

static void keep(Stream *self, int64_t number, Went how, const uint8_t *sealed, int size) {
    Went *went = self->top - number < self->ring ? place_of(self, (uint16_t)number) : NULL;
    if (!went) return; /* older than what is kept; or out of memory: it cannot come again */
    *went = how;
    went->out = (uint16_t)number;
    if (how.there == AS_SEALED) keep_sealed(self, went->out, sealed, size);
}

/* A plain packet as it goes on tape: (when it came, RTP). */
static void tape(Stream *self, const Came *came, const Place *where) {
    uint8_t head[12 + LONGEST_DESCRIPTOR + 1];
    if (!came->size) return;
    int at = write_head(self, head, came->marker, TAPE_PT, (uint16_t)where->number, where->ts, 0,
                        NULL);
    if (came->head) at += renumber(came, where->pid, where->tl0, head + at);
    int rest = came->size - came->head;
    PyObject *octets = PyBytes_FromStringAndSize(NULL, at + rest);
    PyObject *pair = octets ? Py_BuildValue("dO", came->at, octets) : NULL;
    if (pair) {
        memcpy(PyBytes_AsString(octets), head, (size_t)at);
        memcpy(PyBytes_AsString(octets) + at, came->octets + came->head, (size_t)rest);
    }
    if (!pair || PyList_Append(self->tape, pair) < 0) PyErr_Clear();
    Py_XDECREF(octets);
    Py_XDECREF(pair);
}

/* Tell whoever is outside; out of memory means that they do not hear of it. */
static void tell(Plane *self, PyObject *event) {
    if (!event || !self->events || PyList_Append(self->events, event) < 0) PyErr_Clear();
    Py_XDECREF(event);
}

/* Sound that others make packets of: numbers are theirs, time is ours. */
static void divert(Plane *self, Stream *stream, const Came *came) {
    if (!came->size || came->ext + stream->shift < stream->floor) return; /* from before the seam */
    tell(self, Py_BuildValue("sOiINy#d", "voice", stream, (int)(uint16_t)came->ext,
                             (unsigned int)(came->ts + stream->ts_shift),
                             PyBool_FromLong(came->marker), (const char *)came->octets,
                             (Py_ssize_t)came->size, came->at));
}

/* One packet down one stream: numbered, written, sealed, kept, queued. */
static void pass(Plane *self, Stream *stream, const Came *came, const uint8_t *stamp, double now) {
    Place where = {0};
    Line *line = stream->line;
    if (stream->diverted) return divert(self, stream, came);
    if (!place(stream, came, &where)) return;
    if (!line) return tape(stream, came, &where);
    if (!line->out.kept) return;
    uint8_t *out = room(self);
    int size = write_packet(stream, came, &where, stamp, out);
    int head = 12 + stream->block_size;
    int64_t index = where.number - stream->epoch;
    /* What was refused is not encrypted: such a packet must never go out. */
    if (!size || seal(&line->out, &stream->sealed_once, out, &size, head, index) ||
        size > LONGEST_SEALED) {
        self->failed++;
        return;
    }
    keep(stream, where.number,
         (Went){.source = (uint16_t)came->ext, .pid = where.pid, .tl0 = where.tl0,
                .there = keeps_sealed(stream) ? AS_SEALED : AS_PACKET},
         out, size);
    stream->packets++;
    stream->octets += (unsigned long long)came->size;
    dispatch(self, line, size, stream->video ? PATIENT : CHARGED, now);
}

/* ---- Seams ---- */

static void leave(Stream *self, PyObject *source) {
    if (source) take_out(&((Source *)source)->takers, self);
}

static void set(PyObject **at, PyObject *value) {
    PyObject *old = *at;
    *at = value ? Py_NewRef(value) : NULL;
    Py_XDECREF(old);
}

/* RTP units from our last packet to this one: time goes on between two sources.  Sound goes on in
 * whole Opus frames and never overlaps, as in pysplice.py. */
static uint32_t step(const Stream *self, double now, int clock_hz) {
    if (self->at < 0) return 0;
    double units = (now - self->at) * clock_hz;
    int64_t whole = units < 1 ? 1 : units < 9e15 ? (int64_t)units : 1;
    if (self->video) return (uint32_t)whole;
    whole = (whole + FRAME / 2) / FRAME * FRAME;
    return (uint32_t)(whole < self->length ? (int64_t)self->length : whole);
}

/* Go on with this source from this packet; it is one to begin with. */
static void begin(Stream *self, Source *source, const Came *came) {
    if (self->current && self->current != (PyObject *)source) leave(self, self->current);
    set(&self->current, (PyObject *)source);
    self->ts_shift = self->ts + step(self, came->at, source->clock_hz) - came->ts;
    clear(&self->packets_skipped, came->ext - 1);
    self->shift = self->top - self->packets_skipped.top;
    self->floor = self->top + 1;
    self->pictured = 0;
    self->sparse = source->codec == VP9;
    self->layers = self->limit;
    self->switches++;
    speak(self);
}

/* What flows stops until the next key frame of what is wanted. */
static void halt(Stream *self) {
    if (self->current != self->wanted) leave(self, self->current);
    set(&self->current, NULL);
}
