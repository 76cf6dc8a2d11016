/* Look-ups in a fuse table; the twin of _fuse.py. */
#ifndef QC_FUSE_H
#define QC_FUSE_H

#include <stddef.h>
#include <stdint.h>

enum { CODES = 257 }; /* a code is a value + 1; 0 stands for "not in the table" */

typedef struct {
    const uint16_t *high;
    const uint8_t *low; /* NULL where a cell has 16 bits */
    int segment_bits, value_bits, fingerprint_bits;
    uint64_t segments, seed;
} Fuse;

/* Where the three cells of a key lie, and what must stand in their high bits. */
typedef struct {
    uint32_t at[3], fingerprint;
} Place;

static inline Place place_of(const Fuse *fuse, uint64_t key)
{
    uint64_t mixed = (key + fuse->seed) * 0x9E3779B97F4A7C15ULL;
    mixed ^= mixed >> 32;
    mixed *= 0xBF58476D1CE4E5B9ULL;
    mixed ^= mixed >> 29;
    const uint64_t size = 1ULL << fuse->segment_bits, mask = size - 1;
    const uint64_t start = (((mixed >> 44) * fuse->segments) >> 20) << fuse->segment_bits;
    Place p;
    p.at[0] = (uint32_t)(start + (mixed & mask));
    p.at[1] = (uint32_t)(start + size + ((mixed >> 14) & mask));
    p.at[2] = (uint32_t)(start + size + size + ((mixed >> 28) & mask));
    p.fingerprint = (uint32_t)((mixed * 0x94D049BB133111EBULL) >> (64 - fuse->fingerprint_bits));
    return p;
}

/* Where to look a little later; most keys are refused by the high plane alone. */
static inline Place fetch(const Fuse *fuse, uint64_t key)
{
    Place p = place_of(fuse, key);
    for (int i = 0; i < 3; i++)
        __builtin_prefetch(&fuse->high[p.at[i]]);
    return p;
}

static inline int code_at(const Fuse *fuse, const Place *p)
{
    uint32_t word = (uint32_t)(fuse->high[p->at[0]] ^ fuse->high[p->at[1]] ^ fuse->high[p->at[2]]);
    if (fuse->low) {
        if (fuse->value_bits >= 8 && word >> (fuse->value_bits - 8) != p->fingerprint)
            return 0;
        word = (word << 8) | (uint32_t)(fuse->low[p->at[0]] ^ fuse->low[p->at[1]] ^ fuse->low[p->at[2]]);
    }
    if (word >> fuse->value_bits != p->fingerprint)
        return 0;
    return (int)(word & ((1u << fuse->value_bits) - 1)) + 1;
}

static inline int code_of(const Fuse *fuse, uint64_t key)
{
    Place p = place_of(fuse, key);
    return code_at(fuse, &p);
}

static inline uint64_t pair_key(int left, int right)
{
    return ((uint64_t)left << 16) | (uint64_t)right;
}

static inline uint64_t triple_key(int first, int second, int third)
{
    return ((uint64_t)first << 32) | ((uint64_t)second << 16) | (uint64_t)third;
}

#endif
