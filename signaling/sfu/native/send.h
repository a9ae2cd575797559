/* The way out: sealed packets are queued, packets of one size to one client become one send that
 * the kernel cuts up (UDP GSO), and many such sends one sendmmsg.  A client on a thin line has a
 * pacer: pictures beyond its rate wait, so that a key frame does not fill the line.
 */

static void count_sent(Plane *self, Line *line, unsigned packets, size_t octets) {
    self->sent += packets;
    line->octets += octets;
}

/* Each packet of a run by itself: what every kernel and every way can do. */
static void send_plainly(Plane *self, const Port *port, const Run *run) {
    for (uint32_t at = 0; at < run->size; at += run->segment) {
        size_t size = run->size - at < run->segment ? run->size - at : run->segment;
        self->sends++;
        const struct sockaddr *to = (const struct sockaddr *)&run->line->to;
        ssize_t went = sendto(port->fd, self->queue + run->at + at, size, MSG_DONTWAIT, to,
                              sizeof run->line->to);
        if (went < 0) self->refused++;
        else count_sent(self, run->line, 1, size);
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
static void drain(Plane *self) {
    int count = self->run_count, n = 0;
    Port *port = &self->ports[self->port];
    for (int k = 0; k < count; k++) write_message(self, k);
    while (n < count) {
        self->sends++;
        struct mmsghdr *next = self->messages + n;
        int went = port->many ? sendmmsg(port->fd, next, (unsigned)(count - n), MSG_DONTWAIT)
                   : sendmsg(port->fd, &next->msg_hdr, MSG_DONTWAIT) < 0 ? -1 : 1;
        if (went < 0 && errno == EINTR) continue;
        for (int k = n; k < n + went; k++) {
            count_sent(self, self->runs[k].line, self->runs[k].packets, self->runs[k].size);
            if (self->runs[k].packets > 1) port->segmented = 1;
        }
        if (went <= 0) send_again(self, port, &self->runs[n], went < 0 ? errno : EIO);
        n += went > 0 ? went : 1;
    }
    self->run_count = self->packet_count = 0;
    self->queued = 0;
}

/* Where the next sealed packet may be written: LONGEST_SEALED bytes. */
static uint8_t *room(Plane *self) {
    if (self->queued + LONGEST_SEALED > QUEUE || self->packet_count == MESSAGES) drain(self);
    return self->queue + self->queued;
}

/* A sealed packet lies at the queue's end: lengthen the last run with it, or begin another. */
static void append(Plane *self, Line *line, int size) {
    const Port *port = &self->ports[self->port];
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

static int reachable(const Line *line) {
    return line->socket >= 0 && line->socket < line->plane->socket_count;
}

/* ---- The pacer ---- */

static void refill(Line *line, double now) {
    double most = line->pace * PACE_BURST;
    if (most < BURST_LEAST) most = BURST_LEAST;
    if (now > line->tokens_at) line->tokens += (now - line->tokens_at) * line->pace;
    line->tokens_at = now;
    if (line->tokens > most) line->tokens = most;
}

enum { FREE, CHARGED, PATIENT }; /* probes; sound and resends; pictures */

/* May so many bytes go now?  Sound always may, and is paid for all the same. */
static int may_go(Line *line, int size, int manner, double now) {
    if (manner == FREE || (line->pace <= 0 && !line->held)) return 1;
    refill(line, now);
    if (manner == PATIENT && (line->held || line->tokens < size)) return 0;
    line->tokens -= size;
    return 1;
}

static void hold(Plane *self, Line *line, const uint8_t *sealed, int size) {
    double most = line->pace * PACE_HELD > HELD_LEAST ? line->pace * PACE_HELD : HELD_LEAST;
    Held *held = (double)line->waiting + size > most ? NULL : PyMem_Malloc(sizeof *held + (size_t)size);
    if (!held) { /* it would come too late, or memory is out: lost, like on the way */
        self->refused++;
        return;
    }
    held->next = NULL;
    held->size = size;
    memcpy(held->octets, sealed, (size_t)size);
    if (line->held) line->held_last->next = held;
    else line->held = held;
    line->held_last = held;
    line->waiting += (unsigned long long)size;
    self->pacing = 1;
    if (line->listed) return;
    line->listed = 1;
    line->next_held = self->holding;
    self->holding = (Line *)Py_NewRef((PyObject *)line);
}

/* A sealed packet lies at the queue's end: let it go, or let it wait. */
static void dispatch(Plane *self, Line *line, int size, int manner, double now) {
    if (!reachable(line)) return;
    if (line->socket != self->port && self->run_count) { /* another socket's are before it */
        uint8_t *was = self->queue + self->queued;
        drain(self);
        memmove(self->queue, was, (size_t)size);
    }
    self->port = line->socket;
    if (may_go(line, size, manner, now)) append(self, line, size);
    else hold(self, line, self->queue + self->queued, size);
}

static void release_one(Plane *self, Line *line) {
    Held *held = line->held;
    if (line->socket != self->port && self->run_count) drain(self);
    self->port = line->socket;
    memcpy(room(self), held->octets, (size_t)held->size);
    append(self, line, held->size);
}

static void drop_held(Line *line) {
    Held *held = line->held;
    line->held = held->next;
    line->waiting -= (unsigned long long)held->size;
    PyMem_Free(held);
}

static void release(Plane *self, Line *line, double now) {
    refill(line, now);
    while (line->held && (line->pace <= 0 || line->tokens >= line->held->size)) {
        line->tokens -= line->held->size;
        if (reachable(line)) release_one(self, line);
        drop_held(line);
    }
}

/* Let go what its lines can take by now. */
static void pump(Plane *self, double now) {
    Line **link = &self->holding;
    while (*link) {
        Line *line = *link;
        release(self, line, now);
        if (line->held) {
            link = &line->next_held;
            continue;
        }
        drain(self); /* before the line may go */
        *link = line->next_held;
        line->listed = 0;
        Py_DECREF((PyObject *)line);
    }
    drain(self);
    self->pacing = self->holding != NULL;
}

/* ---- Single datagrams ---- */

/* A datagram as it is; 0: the kernel did not take it. */
static int send_now(Plane *self, Line *line, const void *data, size_t size) {
    if (!reachable(line)) return 0;
    const struct sockaddr *to = (const struct sockaddr *)&line->to;
    self->sends++;
    if (sendto(self->ports[line->socket].fd, data, size, MSG_DONTWAIT, to, sizeof line->to) < 0)
        return self->refused++, 0;
    count_sent(self, line, 1, size);
    return 1;
}

/* RTCP: sealed and sent. */
static int send_control(Plane *self, Line *line, const uint8_t *plain, size_t size) {
    uint8_t sealed[LONGEST_SEALED];
    int length = (int)size;
    if (!line->out.kept || size < 8 || size > LONGEST_PLAIN) return 0;
    memcpy(sealed, plain, size);
    if (line->out.protect_rtcp(line->out.srtp, sealed, &length)) return self->failed++, 0;
    if (line->pace > 0 || line->held) line->tokens -= length;
    return send_now(self, line, sealed, (size_t)length);
}
