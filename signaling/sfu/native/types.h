/* What the plane in C is made of.  One translation unit: _plane.c includes the parts in order.
 *
 * Who keeps whom alive: the table of addresses its lines, a line its plane, keys and sources, a
 * stream its line and its sources.  Back the other way all pointers are borrowed.
 */
#define _GNU_SOURCE
#define PY_SSIZE_T_CLEAN
#define Py_LIMITED_API 0x030b0000
#include <Python.h>
#include <structmember.h>

#include <arpa/inet.h>
#include <errno.h>
#include <math.h>
#include <netinet/in.h>
#include <netinet/udp.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>

#ifndef UDP_SEGMENT
#define UDP_SEGMENT 103 /* linux/udp.h */
#endif

enum {
    CONTRACT = 6,               /* of plane.py: another number, and Python serves */
    LONGEST_PLAIN = 1500 - 28 - 16, /* bytes, as in dtls.py */
    LONGEST_SEALED = 1500,
    LONGEST_BLOCK = 512,        /* bytes of header extensions; two of 255 are the most */
    LONGEST_DESCRIPTOR = 6,     /* bytes (RFC 7741 4.2); of VP9 up to its numbers */
    DATAGRAM = 2048,            /* bytes read of one */
    SHORTEST = 13,              /* bytes, as in plane.py */
    MOST_SENDERS = 64,          /* SSRCs a client's keys have opened packets of, as in plane.py */
    AT_A_TIME = 64,             /* datagrams read before others of the loop have their turn */
    MOST = 64,                  /* packets of a source gathered, as in plane.py */
    RING_VIDEO = 1024, RING_SOUND = 128, /* packets kept of a source; powers of two */
    WENT_VIDEO = 512, WENT_SEALED_VIDEO = 128, WENT_SOUND = 64, /* and of what went out */
    WINDOW = 1024,              /* newest numbers of which is known whether they were left out */
    BEHIND = 1000, AHEAD = 3000, /* as in rewrite.py */
    MOST_TOLD = 64,             /* missing packets told of at a time */
    SOCKETS = 64,
    QUEUE = 96 * 1024,          /* bytes sealed and not yet sent: what a core's cache holds */
    MESSAGES = 64,              /* packets in them: nobody waits while more are sealed */
    SEGMENTS = 60, SEGMENTS_SIZE = 60000, /* packets and bytes in a GSO send: below 64, 65508 */
    FRAME = 960,                /* as in opus.py */
    TIMES = 4,                  /* resends of a packet, as in history.py */
    FLOOR_BPS = 100000, LINK_BPS = 1000000, /* as in history.py */
    REPORTS = 40,               /* sender reports in a datagram, of 28 bytes each */
    HELD_LEAST = 64 * 1024,     /* bytes a pacer may always hold back */
    BURST_LEAST = 3000,         /* bytes that may go at once: two packets */
    PROBED = 64,                /* newest packets that a probe repeats */
    ALL_LAYERS = 7,
    TAPE_PT = 96,
    NONCE = 12,                 /* bytes (RFC 7714 8.1) */
};
static const double RESEND_GAP = 0.03, RESEND_SHARE = 0.25, RESEND_BURST = 0.2; /* history.py */
static const double PACE_BURST = 0.02, PACE_HELD = 0.4; /* seconds of the rate */
static const int64_t NOBODY = INT64_MIN;
static const uint64_t MOST_BPS = UINT64_C(1) << 40;
static const double NTP_EPOCH = 2208988800.0;

typedef int (*srtp_function)(void *srtp, void *packet, int *size);
typedef enum { OPUS, VP8, H264, VP9, AV1, CODECS } Codec;

typedef struct Plane Plane;
typedef struct Line Line;
typedef struct Source Source;
typedef struct Stream Stream;

/* What seals without libsrtp, as gcm.Gcm has it; no context: libsrtp seals. */
typedef struct {
    void *context;
    uint8_t salt[NONCE];
    void (*end)(void *context);
    int (*begin)(void *context, const void *cipher, void *engine, const uint8_t *key,
                 const uint8_t *nonce, int sealing);
    int (*turn)(void *context, uint8_t *out, const uint8_t *in, unsigned size);
    int (*control)(void *context, int what, int size, void *out);
} Gcm;

/* One direction's libsrtp, as dtls.Keys has it. */
typedef struct {
    PyObject *kept; /* keeps the pointers alive; NULL before the handshake */
    void *srtp;
    srtp_function protect, unprotect, protect_rtcp, unprotect_rtcp;
    Gcm gcm;
} Keys;

/* A packet that came, opened; its payload is the source's until its place is needed again. */
typedef struct {
    int64_t ext; /* sequence number without wrapping; NOBODY: the place is free */
    int64_t picture; /* its picture id without wrapping, where pid says there is one */
    double at;
    uint8_t *octets;
    uint32_t ts, length; /* length: RTP units it sounds */
    uint16_t size, room;
    int16_t pid, tl0;                           /* -1: none */
    uint8_t marker, key, tid, sync;             /* tid, sync (Y, U): temporal layers */
    uint8_t bits, head, pid_at, tl0_at;         /* of the descriptor; head: its bytes, or 0 */
    uint8_t gathered;                           /* waits for the rest of its frame */
} Came;

typedef struct {
    Stream **all;
    int count, room;
} Streams;

struct Source {
    PyObject_HEAD
    uint32_t ssrc;
    Codec codec;
    int clock_hz, level_id, ring, loud, tids;
    unsigned long long packets, octets, repaired;
    int64_t base, top, picture; /* the highest picture id; -1 before the first */
    double jitter, transit, last_at, key_at;
    int64_t key_first; /* number of the first packet of the newest key frame, or NOBODY */
    uint32_t last_ts, key_ts;
    Came *came;
    uint16_t pending[MOST]; /* places in `came` of a frame that is not whole yet */
    int pending_count;
    Streams takers;        /* those it feeds, and those that wait for its next key frame */
    Plane *gathered;       /* not NULL: in that plane's list of unfinished frames */
    Source *next_gathered;
};

/* A number that was given out: for which packet, and how it looked; or its sealed bytes are kept. */
enum { NOWHERE, AS_PACKET, AS_SEALED };
typedef struct {
    uint16_t out, source, pid;
    uint8_t tl0, there, asked, tries;
    uint32_t tried_ms;
} Went;

/* The newest numbers of a source, and which of them were left out. */
typedef struct {
    int64_t top;
    int any;
    uint8_t bits[WINDOW / 8];
} Skipped;

typedef struct {
    uint8_t *octets;
    uint16_t size, room;
} Sealed;

struct Stream {
    PyObject_HEAD
    Line *line; /* NULL: a tape */
    Plane *plane;
    PyObject *current, *wanted; /* Sources */
    PyObject *tape;             /* a list, of a tape */
    uint8_t *block;             /* header extensions */
    int block_size, time_at;
    uint32_t ssrc, rtx_ssrc;
    int video, pt, rtx_pt, next_pt, next_rtx_pt, diverted, limit, layers, from;
    int64_t rtx_top, epoch; /* epoch: what the client takes for 0; of RTX it is 0 */
    /* rewrite.Row, of packets and of pictures; what Python counts without end has 64 bits. */
    int64_t top, floor, shift;
    uint32_t ts, ts_shift;
    int64_t picture, picture_shift;
    uint8_t tl0, tl0_shift, pictured; /* picture ids have begun since the seam */
    uint8_t sparse;                   /* pictures that are left out leave holes, as in rewrite.py */
    Skipped packets_skipped, pictures_skipped; /* their tops: the source's newest numbers */
    Skipped sealed_once, rtx_sealed; /* of our own numbers, since there are keys */
    double at;              /* below 0: no packet yet */
    unsigned int length;
    unsigned long long packets, octets, switches, asked, resent;
    double loss, reported_at;
    int lost;
    unsigned int jitter, reached;
    Went *went; /* a ring; NULL until something is sent: most slots stay empty all lesson */
    Sealed *sealed;
    int ring;
};

typedef struct Held {
    struct Held *next;
    int size;
    uint8_t octets[];
} Held;

typedef struct {
    uint32_t ssrc;
    Source *source;
    int repairs;
} Known;

struct Line {
    PyObject_HEAD
    Plane *plane;
    Keys out, in;
    struct sockaddr_in to;
    int socket;    /* its number; -1: we do not know where to send */
    int segmented; /* GSO has not been refused on the way there */
    Known *known;
    int known_count, known_room;
    uint32_t senders[MOST_SENDERS];
    int sender_count;
    Streams streams;
    unsigned long long remb, malformed, octets, resent;
    double remb_at, rtt, heard_at;
    double debt, debt_at;      /* history.Allowance */
    double pace, tokens, tokens_at; /* bytes a second, bytes */
    Held *held, *held_last;
    unsigned long long waiting; /* bytes held */
    int listed;                 /* in the plane's list of those that hold */
    Line *next_held;
    double ntp_offset; /* from `now` to seconds since 1900, as of our last report; 0: none */
};

typedef struct {
    Line *line; /* borrowed: it is in the call that queued it, or in the table */
    uint32_t at, size;
    uint16_t segment, packets; /* all are `segment` bytes long, but the last may be shorter */
} Run;

typedef struct {
    int fd, segments, segmented; /* GSO: not known to fail; known to work */
    int many;                    /* sendmmsg is there */
} Port;

typedef struct {
    uint64_t key; /* ip, port, socket; 0: free */
    Line *line;
} Bound;

struct Plane {
    PyObject_HEAD
    const char *name;
    Port ports[SOCKETS];
    int socket_count, port; /* port: through which what is queued goes */
    unsigned long long sent, refused, failed, sends, unsegmented, dropped, received;
    char waiting, pacing;
    PyObject *events; /* where this call's go; NULL outside */
    Source *gathered;
    Line *holding;
    Bound *bound; /* open addressing; a power of two */
    int bound_room, bound_count;
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
    uint8_t *inbox; /* AT_A_TIME datagrams */
    struct mmsghdr incoming[AT_A_TIME];
    struct iovec incoming_parts[AT_A_TIME];
    struct sockaddr_in senders[AT_A_TIME];
};

static PyTypeObject *line_type, *source_type, *stream_type;

static void let_go(PyObject *self) {
    PyTypeObject *type = Py_TYPE(self);
    PyObject_Free(self);
    Py_DECREF(type);
}

static uint16_t get16(const uint8_t *at) { return (uint16_t)(at[0] << 8 | at[1]); }
static uint32_t get32(const uint8_t *at) { return (uint32_t)get16(at) << 16 | get16(at + 2); }
static void put16(uint8_t *out, uint16_t value) {
    out[0] = (uint8_t)(value >> 8);
    out[1] = (uint8_t)value;
}
static void put32(uint8_t *out, uint32_t value) {
    put16(out, (uint16_t)(value >> 16));
    put16(out + 2, (uint16_t)value);
}

/* rewrite.distance: the signed way between two wrapping numbers. */
static int64_t distance(int64_t to, int64_t since, int bits) {
    int64_t half = (int64_t)1 << (bits - 1);
    return ((to - since + half) & (2 * half - 1)) - half;
}

/* packet.abs_send_time: 24 bits of seconds, 18 of them behind the point. */
static void put_send_time(uint8_t *out, double now) {
    uint64_t value = (uint64_t)(now * 262144);
    out[0] = (uint8_t)(value >> 16);
    out[1] = (uint8_t)(value >> 8);
    out[2] = (uint8_t)value;
}

/* -1 with MemoryError. */
static int add(Streams *to, Stream *stream) {
    if (to->count == to->room) {
        int room = to->room ? 2 * to->room : 4;
        Stream **all = PyMem_Realloc(to->all, (size_t)room * sizeof *all);
        if (!all) return PyErr_NoMemory(), -1;
        to->all = all;
        to->room = room;
    }
    to->all[to->count++] = stream;
    return 0;
}

/* The order of the others stays: both planes send in the same. */
static void take_out(Streams *from, const Stream *stream) {
    int kept = 0;
    for (int n = 0; n < from->count; n++)
        if (from->all[n] != stream) from->all[kept++] = from->all[n];
    from->count = kept;
}
