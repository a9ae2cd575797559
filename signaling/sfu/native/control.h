/* RTCP that comes: asks for packets are answered from what is kept, reports become a few numbers,
 * and only the rest is told (RFC 3550 6, RFC 4585 6, REMB).
 */

enum { SR = 200, RR = 201, BYE = 203, FEEDBACK = 205, PAYLOAD = 206 };

static Stream *stream_of(const Line *line, uint32_t ssrc) {
    for (int n = 0; n < line->streams.count; n++)
        if (line->streams.all[n]->ssrc == ssrc) return line->streams.all[n];
    return NULL;
}

/* history.Allowance.spend: resends may take a share of the line, and a moment in advance. */
static int spend(Line *line, int octets, double now) {
    double debt = line->debt - (now - line->debt_at);
    double link = line->remb ? (double)line->remb : LINK_BPS;
    if (line->pace > 0 && line->pace * 8 < link) link = line->pace * 8;
    if (link < FLOOR_BPS) link = FLOOR_BPS;
    line->debt = debt > 0 ? debt : 0;
    line->debt_at = now;
    if (line->debt > RESEND_BURST) return 0;
    line->debt += octets * 8 / (RESEND_SHARE * link);
    return 1;
}

/* May it be sent again now?  A packet that four resends did not bring will not come, and one round
 * trip must pass before the next. */
static int may_again(Went *went, double now) {
    uint32_t ms = (uint32_t)(uint64_t)(now * 1000);
    double since = (ms - went->tried_ms) / 1000.0;
    if (went->tries >= TIMES || (went->tries && since < RESEND_GAP * went->tries)) return 0;
    went->tries++;
    went->tried_ms = ms;
    return 1;
}

/* The packet as it came, if it can be sent as RTX: two bytes are put in front of it. */
static const Came *repairable(const Stream *stream, const Went *went) {
    if (went->there != AS_PACKET || !stream->current) return NULL;
    const Came *came = find((Source *)stream->current, went->source);
    int longer = came && came->bits == 7 ? 3 : 2;
    return came && 12 + stream->block_size + came->size + longer <= LONGEST_PLAIN ? came : NULL;
}

/* RFC 4588 4: a stream of its own, the old number in front of the payload. */
static int send_rtx(Plane *plane, Stream *stream, const Went *went, const Came *came, int manner,
                    double now) {
    Line *line = stream->line;
    uint8_t stamp[3], *out = room(plane);
    int rest = came->size - came->head;
    if (!line->out.kept) return 0;
    put_send_time(stamp, now);
    int head = write_head(stream, out, came->marker, stream->rtx_pt, (uint16_t)++stream->rtx_top,
                          came->ts + stream->ts_shift, stream->rtx_ssrc, stamp);
    put16(out + head, went->out);
    int at = head + 2;
    if (came->head) at += renumber(came, went->pid, went->tl0, out + at);
    memcpy(out + at, came->octets + came->head, (size_t)rest);
    int size = at + rest;
    if (seal(&line->out, &stream->rtx_sealed, out, &size, head, stream->rtx_top))
        return plane->failed++, 0;
    dispatch(plane, line, size, manner, now); /* it does not wait behind what is new */
    return size;
}

static int send_sealed(Plane *plane, Stream *stream, const Sealed *kept, double now) {
    memcpy(room(plane), kept->octets, kept->size);
    dispatch(plane, stream->line, kept->size, CHARGED, now);
    return kept->size;
}

/* The packet of this number that went out, or NULL where it is not kept any more. */
static Went *recall(const Stream *stream, uint16_t seq) {
    Went *went = stream->went ? &stream->went[seq % stream->ring] : NULL;
    int age = (uint16_t)(stream->top - seq);
    return went && went->there && went->out == seq && age < stream->ring ? went : NULL;
}

/* 0: this line has had its share, which is so from the first that was refused on. */
static int resend(Plane *plane, Stream *stream, uint16_t seq, int going, double now) {
    Went *went = recall(stream, seq);
    if (!went) return 1;
    const Sealed *kept = went->there == AS_SEALED && stream->sealed
                             ? &stream->sealed[seq % stream->ring] : NULL;
    const Came *came = repairable(stream, went);
    if (!came && !(kept && kept->size)) return 1;
    int size = came ? came->size + (came->bits == 7) : kept->size;
    stream->asked += !went->asked;
    went->asked = 1;
    if (!going) return 0;
    if (!may_again(went, now)) return 1;
    if (!spend(stream->line, size, now)) return 0;
    stream->resent++;
    stream->line->resent++;
    if (came) send_rtx(plane, stream, went, came, CHARGED, now);
    else send_sealed(plane, stream, kept, now);
    return 1;
}

/* Each pair names one packet and a mask of the sixteen behind it (RFC 4585 6.2.1). */
static void take_nack(Plane *plane, Line *line, const uint8_t *body, int size, double now) {
    Stream *stream = size < 16 ? NULL : stream_of(line, get32(body + 8));
    int going = 1;
    for (int at = 12; stream && at + 4 <= size; at += 4) {
        uint16_t first = get16(body + at), mask = get16(body + at + 2);
        for (int k = -1; k < 16; k++) {
            if (k >= 0 && !(mask >> k & 1)) continue;
            going = resend(plane, stream, (uint16_t)(first + 1 + k), going, now) && going;
        }
    }
}

/* Report blocks about our streams (RFC 3550 6.4.1). */
static void take_blocks(Line *line, const uint8_t *at, int count, double now) {
    for (; count > 0; count--, at += 24) {
        Stream *stream = stream_of(line, get32(at));
        if (!stream) continue;
        stream->loss = at[4] / 256.0;
        stream->lost = (int)((get32(at + 4) & 0xFFFFFF) ^ 0x800000) - 0x800000;
        stream->reached = get32(at + 8);
        stream->jitter = get32(at + 12);
        stream->reported_at = now;
        uint32_t middle = (uint32_t)(uint64_t)((now + line->ntp_offset) * 65536);
        uint32_t trip = middle - get32(at + 16) - get32(at + 20);
        if (get32(at + 16) && line->ntp_offset > 0 && trip < 0x80000000) line->rtt = trip / 65536.0;
    }
}

static void take_remb(Line *line, const uint8_t *body, int size, double now) {
    if (size < 20 || memcmp(body + 12, "REMB", 4)) return;
    uint32_t value = get32(body + 16);
    int exponent = value >> 18 & 63;
    uint64_t mantissa = value & 0x3FFFF;
    line->remb = exponent > 40 || mantissa << exponent > MOST_BPS ? (mantissa ? MOST_BPS : 0)
                                                                 : mantissa << exponent;
    line->remb_at = now;
}

/* One message; 1 where there is something in it for Python. */
static int take_message(Plane *plane, Line *line, const uint8_t *body, int size, double now) {
    int kind = body[1], count = body[0] & 31;
    switch (kind) {
    case SR:
    case RR: {
        int at = kind == SR ? 28 : 8;
        if (count > (size - at) / 24) count = (size - at) / 24;
        if (size > at) take_blocks(line, body + at, count, now);
        return kind == SR;
    }
    case BYE: return 1;
    case FEEDBACK:
        if (count == 1) take_nack(plane, line, body, size, now);
        return 0;
    case PAYLOAD:
        if (count == 15) take_remb(line, body, size, now);
        return count == 1 || count == 4;
    default: return 0;
    }
}

/* rtcp.parse_rtcp: nothing is done where the lengths do not fit. */
static int whole(const uint8_t *plain, int size) {
    int at = 0;
    while (at < size) {
        if (at + 8 > size || plain[at] >> 6 != 2) return 0;
        at += 4 * (get16(plain + at + 2) + 1);
        if (at > size) return 0;
    }
    return 1;
}

/* An opened compound (or reduced-size) packet of this client. */
static void take_control(Plane *plane, Line *line, const uint8_t *plain, int size, double now) {
    int wanted = 0;
    if (!whole(plain, size)) {
        line->malformed++;
        return;
    }
    for (int at = 0; at < size;) {
        int length = 4 * (get16(plain + at + 2) + 1);
        wanted |= take_message(plane, line, plain + at, length, now);
        at += length;
    }
    if (wanted)
        tell(plane, Py_BuildValue("sOy#", "control", line, (const char *)plain, (Py_ssize_t)size));
}
