/* What a forwarder must know of a payload: as picture.py, vp8.py, vp9.py, av1.py, h264.py and opus.py
 * say it. */

/* A picture id of 7 or 15 bits; what is cut off counts as 0, and is too short later. */
static int read_pid(const Came *came, int at, int *bits) {
    int first = at < came->size ? came->octets[at] : 0;
    int second = at + 1 < came->size ? came->octets[at + 1] : 0;
    *bits = first & 0x80 ? 15 : 7;
    return *bits == 15 ? (first & 0x7F) << 8 | second : first;
}

static void read_vp8(Came *came) {
    const uint8_t *data = came->octets;
    int size = 1, flags = 0, pid = -1, bits = 0;
    if (!came->size) return;
    if (data[0] & 0x80) {
        if (came->size < 2) return;
        size = 2;
        flags = data[1];
    }
    int pid_at = size;
    if (flags & 0x80) {
        pid = read_pid(came, size, &bits);
        size += bits == 15 ? 2 : 1;
    }
    int tl0_at = size, layers_at = size + (flags >> 6 & 1);
    size = layers_at + ((flags & 0x30) != 0);
    if (came->size <= size) return;
    came->key = (data[0] & 0x10) && !(data[0] & 7) && !(data[size] & 1);
    if (pid < 0) return;
    came->pid = (int16_t)pid;
    came->bits = (uint8_t)bits;
    came->head = (uint8_t)size;
    came->pid_at = (uint8_t)pid_at;
    came->tl0_at = (uint8_t)tl0_at;
    if (flags & 0x40) came->tl0 = data[tl0_at];
    if (flags & 0x20) {
        came->tid = data[layers_at] >> 6;
        came->sync = data[layers_at] >> 5 & 1;
    }
}

/* Where the scalability structure ends, which key frames bring (RFC 9628 4.2.1); it may be cut. */
static int behind_structure(const uint8_t *data, int size, int at) {
    int head = data[at++];
    if (head & 0x10) at += 4 * ((head >> 5) + 1);
    if (!(head & 0x08) || at >= size) return at;
    for (int pictures = data[at++]; pictures && at < size; pictures--) at += 1 + (data[at] >> 2 & 3);
    return at;
}

static void read_vp9(Came *came) {
    const uint8_t *data = came->octets;
    int pid = -1, bits = 0, layer = 0, at = 1;
    if (!came->size) return;
    int flags = data[0], layered = (flags & 0x20) != 0, numbered = (flags & 0x30) == 0x20;
    if (flags & 0x80) {
        pid = read_pid(came, at, &bits);
        at += bits == 15 ? 2 : 1;
    }
    int tl0_at = at + layered, size = tl0_at + numbered;
    if (came->size <= size) return;
    if (layered) layer = data[at];
    if ((flags & 0x48) == 0x08 && !(layer & 0x0E)) { /* predicted by nothing; its first packet */
        int frame = flags & 2 ? behind_structure(data, came->size, size) : size;
        came->key = frame < came->size && (data[frame] & 0xCC) == 0x80;
    }
    if (pid < 0) return;
    came->pid = (int16_t)pid;
    came->bits = (uint8_t)bits;
    came->head = (uint8_t)(numbered ? size : at);
    came->pid_at = 1;
    came->tl0_at = (uint8_t)tl0_at;
    if (numbered) came->tl0 = data[tl0_at];
    came->tid = (uint8_t)(layer >> 5);
    came->sync = layer >> 4 & 1;
}

enum { H264_IDR = 5, H264_SPS = 7, H264_STAP_A = 24, H264_FU_A = 28 };

static int h264_begins(int kind) { return kind == H264_IDR || kind == H264_SPS; }

static int h264_key(const uint8_t *data, int size) {
    if (!size) return 0;
    int kind = data[0] & 31;
    if (kind == H264_FU_A) return size > 1 && data[1] & 0x80 && h264_begins(data[1] & 31);
    if (kind != H264_STAP_A) return h264_begins(kind);
    for (int at = 1; at + 2 < size; at += 2 + get16(data + at))
        if (h264_begins(data[at + 2] & 31)) return 1;
    return 0;
}

/* opus.duration (RFC 6716 3.1, 3.2). */
static uint32_t opus_length(const uint8_t *data, int size) {
    static const uint32_t silk[] = {480, 960, 1920, 2880}, hybrid[] = {480, 960},
                          celt[] = {120, 240, 480, 960};
    if (!size) return FRAME;
    int config = data[0] >> 3, code = data[0] & 3;
    uint32_t frame = config < 12 ? silk[config & 3] : config < 16 ? hybrid[config & 1]
                                                                  : celt[config & 3];
    uint32_t frames = code == 0 ? 1 : code < 3 ? 2 : size > 1 ? data[1] & 63 : 1;
    uint32_t length = frame * frames;
    return length < 120 ? 120 : length > 5760 ? 5760 : length;
}

/* Fill in what the codec says; `octets`, `size` are there. */
static void look(Came *came, Codec codec) {
    came->pid = came->tl0 = -1;
    came->key = came->tid = came->sync = came->head = came->bits = 0;
    came->pid_at = came->tl0_at = 0;
    came->length = 0;
    switch (codec) {
    case OPUS:
        came->key = came->size > 0;
        came->length = opus_length(came->octets, came->size);
        break;
    case VP8: read_vp8(came); break;
    case VP9: read_vp9(came); break;
    case AV1: came->key = came->size > 1 && (came->octets[0] & 0x88) == 0x08; break;
    case H264: came->key = (uint8_t)h264_key(came->octets, came->size); break;
    case CODECS: break;
    }
}

/* picture.cut and picture.numbers: a 7-bit picture id becomes one of 15 bits, so it may grow by a byte. */
static int renumber(const Came *came, uint16_t pid, uint8_t tl0, uint8_t *out) {
    int at = came->pid_at, behind = at + (came->bits == 15 ? 2 : 1);
    memcpy(out, came->octets, (size_t)at);
    out[at++] = (uint8_t)(0x80 | pid >> 8);
    out[at++] = (uint8_t)pid;
    memcpy(out + at, came->octets + behind, (size_t)(came->head - behind));
    if (came->tl0 >= 0) out[at + came->tl0_at - behind] = tl0;
    return at + came->head - behind;
}
