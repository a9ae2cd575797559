/* The newest numbers of a row, and which of them are marked: left out, or sealed already. */

static int is_skipped(const Skipped *self, int64_t n) {
    return self->top - n < WINDOW && self->bits[(n & (WINDOW - 1)) >> 3] >> (n & 7) & 1;
}

static void advance(Skipped *self, int64_t to) {
    int64_t from = to - self->top > WINDOW ? to - WINDOW : self->top;
    for (int64_t n = from + 1; self->any && n <= to; n++)
        self->bits[(n & (WINDOW - 1)) >> 3] &= (uint8_t)~(1 << (n & 7));
    self->top = to;
}

static void mark(Skipped *self, int64_t n) {
    self->bits[(n & (WINDOW - 1)) >> 3] |= (uint8_t)(1 << (n & 7));
    self->any = 1;
}

/* How many newer ones were left out: by so many more was this one's number not shifted yet. */
static int64_t skipped_since(const Skipped *self, int64_t n) {
    int64_t count = 0, from = self->top - n < WINDOW ? n : self->top - WINDOW;
    for (int64_t k = from + 1; self->any && k <= self->top; k++) count += is_skipped(self, k);
    return count;
}

static void clear(Skipped *self, int64_t top) { *self = (Skipped){.top = top}; }
