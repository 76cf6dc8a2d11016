/* See memo.h. */
#include "memo.h"

#include <stdlib.h>
#include <string.h>

enum { SLOTS = 1 << 16, MOST = SLOTS / 4 * 3, ROOM = 5 << 19, FARTHEST = 64, PLACE_BITS = 24 };

static int make_generation(Generation *g)
{
    g->slots = calloc(SLOTS, sizeof *g->slots);
    g->room = malloc(ROOM);
    return g->slots && g->room ? 0 : -1;
}

int make_memo(Memo *memo, uint64_t seed)
{
    memo->seed = seed;
    return make_generation(&memo->young) < 0 || make_generation(&memo->old) < 0 ? -1 : 0;
}

void drop_memo(Memo *memo)
{
    free(memo->young.slots);
    free(memo->young.room);
    free(memo->old.slots);
    free(memo->old.room);
}

static int has_room(const Generation *g, uint32_t sides, uint64_t candidates)
{
    return g->entries + sides <= MOST && g->taken + sides * candidates * 2 <= ROOM;
}

void prepare_memo(Memo *memo, uint32_t candidates)
{
    if (has_room(&memo->young, 2, candidates))
        return;
    const Generation old = memo->old;
    memo->old = memo->young;
    memo->young = (Generation){old.slots, old.room, 0, 0};
    memset(old.slots, 0, SLOTS * sizeof *old.slots);
}

static inline uint64_t home_of(const Memo *memo, uint64_t key)
{
    return ((key ^ memo->seed) * 0x9E3779B97F4A7C15ULL) >> 40;
}

void fetch_memo(const Memo *memo, uint64_t key)
{
    __builtin_prefetch(&memo->young.slots[home_of(memo, key) % SLOTS]);
}

static uint8_t *find_in(const Generation *g, uint64_t home, uint64_t key)
{
    for (uint64_t step = 0; step < FARTHEST; step++) {
        const uint64_t slot = g->slots[(home + step) % SLOTS];
        if (!slot)
            return NULL;
        if (slot >> PLACE_BITS == key)
            return g->room + (slot & ((1ULL << PLACE_BITS) - 1)) - 1;
    }
    return NULL;
}

const uint8_t *look_up(Memo *memo, uint64_t key, uint32_t candidates)
{
    const uint64_t home = home_of(memo, key);
    const uint8_t *found = find_in(&memo->young, home, key);
    if (found || !(found = find_in(&memo->old, home, key)))
        return found;
    uint8_t *again = keep_under(memo, key, candidates);
    if (!again)
        return found;
    return memcpy(again, found, (size_t)candidates * 2);
}

uint8_t *keep_under(Memo *memo, uint64_t key, uint32_t candidates)
{
    Generation *g = &memo->young;
    const uint64_t home = home_of(memo, key);
    if (!has_room(g, 1, candidates))
        return NULL;
    for (uint64_t step = 0; step < FARTHEST; step++) {
        uint64_t *slot = &g->slots[(home + step) % SLOTS];
        if (*slot)
            continue;
        uint8_t *place = g->room + g->taken;
        *slot = key << PLACE_BITS | (g->taken + 1);
        g->taken += candidates * 2;
        g->entries++;
        return place;
    }
    return NULL;
}
