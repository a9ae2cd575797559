/* Sealing: by libsrtp, or by OpenSSL itself where the cipher is AES-128-GCM.  libsrtp looks its
 * streams up, shifts a window of numbers that we never repeat, and guesses how often they have
 * wrapped, which we know: 0.4 us a packet of 1.0 (measured).
 */

enum { TAG = 16, GET_TAG = 0x10 }; /* EVP_CTRL_AEAD_GET_TAG */

/* RFC 7714 8.1: `index` counts the stream's packets without wrapping since the keys were made. */
static void write_nonce(const Gcm *gcm, const uint8_t *packet, int64_t index, uint8_t *out) {
    memset(out, 0, 2);
    memcpy(out + 2, packet + 8, 4);
    put32(out + 6, (uint32_t)(index >> 16));
    put16(out + 10, (uint16_t)index);
    for (int n = 0; n < NONCE; n++) out[n] ^= gcm->salt[n];
}

/* A nonce that comes twice gives the key away: it is refused, and so is what is too old to know. */
static int is_fresh(Skipped *sealed, int64_t index) {
    if (index <= sealed->top && (sealed->top - index >= WINDOW || is_skipped(sealed, index)))
        return 0;
    if (index > sealed->top) advance(sealed, index);
    mark(sealed, index);
    return 1;
}

/* The packet, of whose bytes the first `head` stay readable, in its place; 0: good. */
static int seal(Keys *keys, Skipped *sealed, uint8_t *packet, int *size, int head, int64_t index) {
    const Gcm *gcm = &keys->gcm;
    uint8_t nonce[NONCE];
    if (!gcm->context) return keys->protect(keys->srtp, packet, size);
    if (index < 0 || index >> 48 || *size < head || !is_fresh(sealed, index)) return 1;
    write_nonce(gcm, packet, index, nonce);
    if (gcm->begin(gcm->context, NULL, NULL, NULL, nonce, 1) != 1 ||
        gcm->turn(gcm->context, NULL, packet, (unsigned)head) < 0 ||
        gcm->turn(gcm->context, packet + head, packet + head, (unsigned)(*size - head)) < 0 ||
        gcm->turn(gcm->context, NULL, NULL, 0) < 0 ||
        gcm->control(gcm->context, GET_TAG, TAG, packet + *size) != 1)
        return 1;
    *size += TAG;
    return 0;
}
