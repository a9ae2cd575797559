/* The way in: datagrams are read many at a time, and only what comes from an address whose check
 * authenticated is opened.  What needs more than that is told.
 */

static uint64_t key_of(uint32_t ip, uint16_t port, int number) {
    return (uint64_t)ntohl(ip) << 32 | (uint64_t)ntohs(port) << 16 | (uint64_t)(number + 1);
}

static Bound *slot_for(const Plane *self, uint64_t key) {
    uint64_t mask = (uint64_t)self->bound_room - 1, at = key * UINT64_C(0x9E3779B97F4A7C15) >> 20;
    while (self->bound[at & mask].key && self->bound[at & mask].key != key) at++;
    return &self->bound[at & mask];
}

static Line *bound_to(const Plane *self, uint64_t key) {
    return self->bound_room ? slot_for(self, key)->line : NULL;
}

static int grow(Plane *self) {
    int was = self->bound_room, room = was ? 2 * was : 64;
    Bound *old = self->bound, *larger = PyMem_Calloc((size_t)room, sizeof *larger);
    if (!larger) return PyErr_NoMemory(), -1;
    self->bound = larger;
    self->bound_room = room;
    for (int n = 0; n < was; n++)
        if (old[n].key) *slot_for(self, old[n].key) = old[n];
    PyMem_Free(old);
    return 0;
}

static int bind_line(Plane *self, uint64_t key, Line *line) {
    if (2 * self->bound_count >= self->bound_room && grow(self) < 0) return -1;
    Bound *bound = slot_for(self, key);
    Line *old = bound->line;
    if (!bound->key) self->bound_count++;
    bound->key = key;
    bound->line = (Line *)Py_NewRef((PyObject *)line);
    Py_XDECREF((PyObject *)old);
    return 0;
}

/* Those behind in the chain move up, or they could not be found any more. */
static void unbind(Plane *self, uint64_t key) {
    Bound *bound = self->bound_room ? slot_for(self, key) : NULL;
    if (!bound || !bound->key) return;
    Line *line = bound->line;
    *bound = (Bound){0};
    self->bound_count--;
    for (int at = (int)(bound - self->bound) + 1;; at++) {
        Bound moved = self->bound[at & (self->bound_room - 1)];
        if (!moved.key) break;
        self->bound[at & (self->bound_room - 1)] = (Bound){0};
        *slot_for(self, moved.key) = moved;
    }
    Py_DECREF((PyObject *)line);
}

static void unbind_all(Plane *self) {
    for (int n = 0; n < self->bound_room; n++) Py_XDECREF((PyObject *)self->bound[n].line);
    PyMem_Free(self->bound);
    self->bound = NULL;
    self->bound_room = self->bound_count = 0;
}

static int has_sender(const Line *line, uint32_t ssrc) {
    for (int n = 0; n < line->sender_count; n++)
        if (line->senders[n] == ssrc) return 1;
    return 0;
}

/* An SRTP or SRTCP datagram as this client's (told apart by RFC 5761 4); it is opened where it
 * lies.  -> did it authenticate? */
static int open_datagram(Plane *self, Line *line, uint8_t *data, int size, double now) {
    int long_enough = size >= SHORTEST;
    int control = long_enough && data[1] >= 192 && data[1] <= 223;
    uint32_t ssrc = long_enough ? get32(data + (control ? 4 : 8)) : 0;
    int known = long_enough && has_sender(line, ssrc);
    if (!line->in.kept || !long_enough || size > LONGEST_SEALED ||
        (!known && line->sender_count == MOST_SENDERS) ||
        (control ? line->in.unprotect_rtcp : line->in.unprotect)(line->in.srtp, data, &size)) {
        line->malformed++;
        return 0;
    }
    if (!known) line->senders[line->sender_count++] = ssrc;
    line->heard_at = now;
    (control ? take_control : take_rtp)(self, line, data, size, now);
    return 1;
}

static void tell_datagram(Plane *self, const uint8_t *data, int size,
                          const struct sockaddr_in *sender, int number) {
    char ip[INET_ADDRSTRLEN];
    if (!inet_ntop(AF_INET, &sender->sin_addr, ip, sizeof ip)) return;
    tell(self, Py_BuildValue("sy#(sii)", "datagram", (const char *)data, (Py_ssize_t)size, ip,
                             (int)ntohs(sender->sin_port), number));
}

/* STUN from anywhere; DTLS and packets from where a check authenticated; packets from elsewhere
 * are told, for a NAT may have given a client another port (RFC 7983 says which is which). */
static void admit(Plane *self, uint8_t *data, int size, const struct sockaddr_in *sender,
                  int number, double now) {
    if (size < SHORTEST) {
        self->dropped++;
        return;
    }
    Line *line = bound_to(self, key_of(sender->sin_addr.s_addr, sender->sin_port, number));
    int packet = data[0] >= 128 && data[0] < 192, dtls = data[0] >= 20 && data[0] < 64;
    if (packet && line) open_datagram(self, line, data, size, now);
    else if (packet || data[0] < 4 || (dtls && line)) tell_datagram(self, data, size, sender, number);
    else self->dropped++;
}

static void prepare_inbox(Plane *self) {
    for (int n = 0; n < AT_A_TIME; n++) {
        self->incoming_parts[n] = (struct iovec){self->inbox + n * DATAGRAM, DATAGRAM};
        self->incoming[n].msg_hdr = (struct msghdr){
            .msg_name = &self->senders[n], .msg_namelen = sizeof self->senders[n],
            .msg_iov = &self->incoming_parts[n], .msg_iovlen = 1};
    }
}

static void receive(Plane *self, int number, double now) {
    prepare_inbox(self);
    int count = recvmmsg(self->ports[number].fd, self->incoming, AT_A_TIME, MSG_DONTWAIT, NULL);
    for (int n = 0; n < count; n++) {
        self->received++;
        admit(self, self->inbox + n * DATAGRAM, (int)self->incoming[n].msg_len, &self->senders[n],
              number, now);
    }
    drain(self);
}
