/* One incoming SSRC: counted, kept, gathered to frames, and passed on. */

/* Where this number is kept: late ones may lie before the first, so it may be negative. */
static Came *place_for(const Source *self, int64_t ext) {
    return &self->came[ext & (self->ring - 1)];
}

/* The packet of a sequence number near the newest, if it is still there. */
static Came *find(const Source *self, uint16_t seq) {
    if (self->top < 0) return NULL;
    int64_t ext = self->top + distance(seq, self->top, 16);
    Came *came = place_for(self, ext);
    return came->ext == ext ? came : NULL;
}

/* RFC 3550 A.8, as pysource.Source counts. */
static void count_jitter(Source *self, uint32_t ts, double now) {
    double transit = now * self->clock_hz - ts;
    if (!isnan(self->transit)) {
        int64_t step = distance((int64_t)transit, (int64_t)self->transit, 32);
        self->jitter += ((double)(step < 0 ? -step : step) - self->jitter) / 16;
    }
    self->transit = transit;
}

typedef struct {
    const uint8_t *payload;
    int size, marker, pt, level; /* level: -1 where it is not said */
    uint16_t seq;
    uint32_t ts, ssrc;
} Rtp;

/* The packet in its place, looked at; NULL where memory is out. */
static Came *keep_came(Source *self, int64_t ext, const Rtp *rtp, double now) {
    Came *came = place_for(self, ext);
    if (!came->octets || came->room < rtp->size) {
        int size = rtp->size < 256 ? 256 : rtp->size < 1200 ? 1200 : rtp->size;
        uint8_t *larger = PyMem_Realloc(came->octets, (size_t)size);
        if (!larger) return came->ext = NOBODY, NULL;
        came->octets = larger;
        came->room = (uint16_t)size;
    }
    if (rtp->size) memcpy(came->octets, rtp->payload, (size_t)rtp->size);
    came->ext = ext;
    came->at = now;
    came->ts = rtp->ts;
    came->size = (uint16_t)rtp->size;
    came->marker = (uint8_t)rtp->marker;
    look(came, self->codec);
    if (came->pid < 0) return came;
    came->picture = self->picture < 0 ? came->pid
                                      : self->picture + distance(came->pid, self->picture, came->bits);
    if (came->picture > self->picture) self->picture = came->picture;
    return came;
}

static void ungather(Plane *plane, Source *self) {
    Source **link = &plane->gathered;
    while (*link && *link != self) link = &(*link)->next_gathered;
    if (*link) *link = self->next_gathered;
    self->gathered = NULL;
    plane->waiting = plane->gathered != NULL;
}

/* Those who wait for this source begin with its first key frame among these packets. */
static void begin_waiting(Source *self, Came *const *came, int count) {
    int key = 0;
    while (key < count && !came[key]->key) key++;
    for (int n = 0; key < count && n < self->takers.count; n++) {
        Stream *stream = self->takers.all[n];
        if (stream->current == (PyObject *)self || stream->wanted != (PyObject *)self) continue;
        begin(stream, self, came[key]);
        stream->from = key;
    }
}

/* Give out a frame, or what has come of it. */
static void deliver(Plane *plane, Source *self, double now) {
    Came *came[MOST];
    uint8_t stamp[3];
    int count = self->pending_count, ports = plane->socket_count;
    for (int n = 0; n < count; n++) {
        came[n] = &self->came[self->pending[n]];
        came[n]->gathered = 0;
    }
    self->pending_count = 0;
    if (self->gathered) ungather(plane, self);
    put_send_time(stamp, now);
    begin_waiting(self, came, count);
    for (int port = -1; port < ports; port++)
        for (int k = 0; k < self->takers.count; k++) {
            Stream *stream = self->takers.all[k];
            if (stream->current != (PyObject *)self) continue;
            int by = stream->line && reachable(stream->line) ? stream->line->socket : -1;
            if (by != port) continue;
            for (int n = stream->from; n < count; n++) pass(plane, stream, came[n], stamp, now);
            stream->from = 0;
        }
}

static void gather(Plane *plane, Source *self, Came *came, double now) {
    came->gathered = 1;
    self->pending[self->pending_count++] = (uint16_t)(came - self->came);
    if (came->marker || self->codec == OPUS || self->pending_count == MOST)
        return deliver(plane, self, now);
    if (self->gathered) return;
    Source **last = &plane->gathered;
    while (*last) last = &(*last)->next_gathered;
    *last = self;
    self->next_gathered = NULL;
    self->gathered = plane;
    plane->waiting = 1;
}

/* Everybody waits for the next key frame. */
static void start_anew(Source *self) {
    for (int n = self->takers.count - 1; n >= 0; n--) /* who shows it no more, leaves */
        if (self->takers.all[n]->current == (PyObject *)self) halt(self->takers.all[n]);
}

static void move_top(Plane *plane, Source *self, int64_t ext, int64_t ahead) {
    if (ahead > 1) {
        int count = ahead - 1 > MOST_TOLD ? MOST_TOLD : (int)ahead - 1;
        tell(plane, Py_BuildValue("sOii", "gap", self, (int)(uint16_t)(ext - count), count));
    }
    self->top = ext;
}

/* Where a packet belongs: its number without wrapping, or NOBODY for one that has been here, or that
 * is older than what is kept. */
static int64_t number(Plane *plane, Source *self, uint16_t seq, double now, int repaired) {
    if (self->top < 0) return self->base = self->top = seq;
    int64_t ahead = distance(seq, self->top, 16), ext = self->top + ahead;
    if (ahead <= -BEHIND || ahead >= AHEAD) { /* another beginning, not loss (RFC 3550 A.1) */
        if (repaired) return NOBODY;
        if (self->pending_count) deliver(plane, self, now);
        start_anew(self);
        self->transit = NAN;
        for (int n = 0; n < self->ring; n++) self->came[n].ext = NOBODY;
        ext = self->top + ((seq - self->top) & 0xFFFF);
        self->base = ext - (int64_t)self->packets;
        return self->top = ext;
    }
    if (place_for(self, ext)->ext >= ext) return NOBODY;
    if (place_for(self, ext)->gathered) deliver(plane, self, now); /* it would lose its place */
    if (ahead > 0) move_top(plane, self, ext, ahead);
    return ext;
}

static void count(Source *self, const Rtp *rtp, double now, int newest) {
    self->packets++;
    self->octets += (unsigned long long)rtp->size;
    count_jitter(self, rtp->ts, now);
    if (rtp->level >= 0 && rtp->level < self->loud && self->codec == OPUS) self->loud = rtp->level;
    if (!newest) return;
    self->last_at = now;
    self->last_ts = rtp->ts;
}

static void note_key(Source *self, const Came *came, double now) {
    self->key_at = now;
    int other = came->ts != self->key_ts, later = came->ext > self->key_first;
    if (self->key_first != NOBODY && other != later) return;
    self->key_first = came->ext;
    self->key_ts = came->ts;
}

/* The number behind the newest key frame; NOBODY where not all of that is kept. */
static int64_t key_end(const Source *self) {
    if (self->key_first == NOBODY) return NOBODY;
    for (int64_t n = self->key_first;; n++) {
        const Came *came = place_for(self, n);
        if (came->ext != n || came->ts != self->key_ts) return NOBODY;
        if (came->marker) return n + 1;
    }
}

/* The newest key frame down one stream in which nothing flows, and nothing behind it. */
static int show_still(Stream *stream, double now) {
    uint8_t stamp[3];
    Source *source = (Source *)stream->wanted;
    int64_t end = source && !stream->current && stream->video ? key_end(source) : NOBODY;
    if (end == NOBODY || stream->diverted) return 0;
    Plane *plane = stream->line ? stream->line->plane : NULL;
    put_send_time(stamp, now);
    begin(stream, source, place_for(source, source->key_first));
    for (int64_t n = source->key_first; n < end; n++)
        pass(plane, stream, place_for(source, n), stamp, now);
    if (plane) drain(plane);
    halt(stream);
    return 1;
}

/* A packet of this source came, by itself or in another's place (`repaired`). */
static void take(Plane *plane, Source *self, const Rtp *rtp, double now, int repaired) {
    int64_t was = self->top, ext = number(plane, self, rtp->seq, now, repaired);
    Came *came = ext == NOBODY ? NULL : keep_came(self, ext, rtp, now);
    if (!came) {
        plane->dropped++;
        return;
    }
    if (repaired) self->repaired++;
    else count(self, rtp, now, ext > was);
    if (came->key && self->codec != OPUS) note_key(self, came, now);
    if (came->tid >= self->tids) self->tids = came->tid + 1;
    gather(plane, self, came, now);
}

/* RFC 4588 4: the old number stands in front of the payload. */
static void repair(Plane *plane, Source *self, Rtp *rtp, double now) {
    if (rtp->size < 2) { /* a probe */
        plane->dropped++;
        return;
    }
    rtp->seq = get16(rtp->payload);
    rtp->payload += 2;
    rtp->size -= 2;
    take(plane, self, rtp, now, 1);
}

/* The loudness of RFC 6464 in a block of extensions (RFC 8285), or -1. */
static int read_level(const uint8_t *at, const uint8_t *end, int profile, int wanted) {
    int two = (profile & 0xFFF0) == 0x1000;
    if (profile != 0xBEDE && !two) return -1;
    while (at < end) {
        if (!*at) {
            at++;
            continue;
        }
        if (!two && *at >> 4 == 15) return -1;
        if (two && at + 1 >= end) return -1;
        int id = two ? at[0] : at[0] >> 4, size = two ? at[1] : (at[0] & 15) + 1;
        const uint8_t *value = at + (two ? 2 : 1);
        if (value + size > end) return -1;
        if (id == wanted) return size ? value[0] & 127 : -1;
        at = value + size;
    }
    return -1;
}

/* packet.parse_rtp: 0 where it is shorter than it says. */
static int parse_rtp(const uint8_t *data, int size, int level_id, Rtp *rtp) {
    if (size < 12 || data[0] >> 6 != 2) return 0;
    int at = 12 + 4 * (data[0] & 15), end = size;
    rtp->level = -1;
    if (data[0] & 0x10) {
        if (at + 4 > size) return 0;
        int begin = at + 4, profile = get16(data + at);
        at = begin + 4 * get16(data + at + 2);
        if (at > size) return 0;
        if (level_id) rtp->level = read_level(data + begin, data + at, profile, level_id);
    }
    if (data[0] & 0x20) end -= data[size - 1];
    if (end < at) return 0;
    rtp->marker = data[1] >> 7;
    rtp->pt = data[1] & 127;
    rtp->seq = get16(data + 2);
    rtp->ts = get32(data + 4);
    rtp->ssrc = get32(data + 8);
    rtp->payload = data + at;
    rtp->size = end - at;
    return 1;
}

static const Known *known(const Line *line, uint32_t ssrc) {
    for (int n = 0; n < line->known_count; n++)
        if (line->known[n].ssrc == ssrc) return &line->known[n];
    return NULL;
}

/* An opened RTP packet of this client. */
static void take_rtp(Plane *plane, Line *line, const uint8_t *plain, int size, double now) {
    Rtp rtp;
    const Known *whose = size < 12 ? NULL : known(line, get32(plain + 8));
    if (!parse_rtp(plain, size, whose ? whose->source->level_id : 0, &rtp)) {
        line->malformed++;
        return;
    }
    if (!whose)
        tell(plane, Py_BuildValue("sOy#", "unknown", line, (const char *)plain, (Py_ssize_t)size));
    else if (whose->repairs) repair(plane, whose->source, &rtp, now);
    else take(plane, whose->source, &rtp, now, 0);
}
