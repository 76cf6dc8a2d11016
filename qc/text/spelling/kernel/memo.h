/* What was found out about the candidates of a word beside one neighbour: pairs of words come again and
 * again, so most of the look-ups were made before. Used with the interpreter's lock held only. */
#ifndef QC_MEMO_H
#define QC_MEMO_H

#include <stdint.h>

/* Two numbers for each candidate: its chance beside the neighbour, rounded up (see `raised`), and the
 * code of the pair, at most MOST_CODE. */
typedef struct {
    const uint8_t *chances, *codes;
} Side;

enum { MOST_CODE = 255 };

typedef struct {
    uint64_t *slots; /* open addressing: key << 24 | place + 1; 0: free */
    uint8_t *room;
    uint32_t taken, entries;
} Generation;

/* Two generations: when the young one is full the old one is forgotten, and the two change places. What
 * is found in the old one is kept in the young one again. */
typedef struct {
    Generation young, old;
    uint64_t seed;
} Memo;

int make_memo(Memo *memo, uint64_t seed);
void drop_memo(Memo *memo);

/* Makes sure that two more sides fit, so that the first is still there once the second is kept. */
void prepare_memo(Memo *memo, uint32_t candidates);

/* To be called some time before `look_up`. */
void fetch_memo(const Memo *memo, uint64_t key);

/* Where the numbers of a key lie, or NULL. */
const uint8_t *look_up(Memo *memo, uint64_t key, uint32_t candidates);

/* Where the numbers of a key are to be written, or NULL where they cannot be kept. */
uint8_t *keep_under(Memo *memo, uint64_t key, uint32_t candidates);

#endif
