/* See memo.h. When the room is full everything is forgotten: what is common comes back soon. */
#include "memo.h"

#include <stdlib.h>
#include <string.h>

enum { SLOTS = 1 << 17, MOST = SLOTS / 4 * 3, ROOM = 3 << 20, FARTHEST = 64, PLACE_BITS = 24 };

int make_memo(Memo *memo, uint64_t seed)
{
    memo->slots = calloc(SLOTS, sizeof *memo->slots);
    memo->room = calloc(ROOM, sizeof *memo->room);
    memo->seed = seed;
    return memo->slots && memo->room ? 0 : -1;
}

void drop_memo(Memo *memo)
{
    free(memo->slots);
    free(memo->room);
}

void prepare_memo(Memo *memo, uint32_t candidates)
{
    if (memo->entries + 2 <= MOST && (uint64_t)memo->taken + (uint64_t)candidates * 4 <= ROOM)
        return;
    memset(memo->slots, 0, SLOTS * sizeof *memo->slots);
    memo->taken = memo->entries = 0;
}

static inline uint64_t home_of(const Memo *memo, uint64_t key)
{
    uint64_t mixed = (key ^ memo->seed) * 0x9E3779B97F4A7C15ULL;
    return mixed >> 40;
}

void fetch_memo(const Memo *memo, uint64_t key)
{
    __builtin_prefetch(&memo->slots[home_of(memo, key) % SLOTS]);
}

const uint8_t *look_up(const Memo *memo, uint64_t key)
{
    const uint64_t home = home_of(memo, key);
    for (uint64_t step = 0; step < FARTHEST; step++) {
        const uint64_t slot = memo->slots[(home + step) % SLOTS];
        if (slot >> PLACE_BITS == key && slot)
            return memo->room + (slot & ((1ULL << PLACE_BITS) - 1)) - 1;
        if (!slot)
            return NULL;
    }
    return NULL;
}

uint8_t *keep_under(Memo *memo, uint64_t key, uint32_t candidates)
{
    const uint64_t home = home_of(memo, key);
    if (memo->entries >= MOST || (uint64_t)memo->taken + (uint64_t)candidates * 2 > ROOM)
        return NULL;
    for (uint64_t step = 0; step < FARTHEST; step++) {
        uint64_t *slot = &memo->slots[(home + step) % SLOTS];
        if (*slot)
            continue;
        uint8_t *place = memo->room + memo->taken;
        *slot = key << PLACE_BITS | (memo->taken + 1);
        memo->taken += candidates * 2;
        memo->entries++;
        return place;
    }
    return NULL;
}
