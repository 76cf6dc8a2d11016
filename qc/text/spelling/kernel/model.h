/* A spelling table and its calibration as the kernel holds them: the numbers of _table.py, _scoring.py
 * and _calibration.py, in double precision. */
#ifndef QC_MODEL_H
#define QC_MODEL_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>

#include "fuse.h"
#include "memo.h"

enum { BREAK_, COMMA, NUMBER, FOREIGN, NAME, HYPHEN, FIRST_WORD };
enum { CAPITAL = 1, UPPER = 2 };
enum { SLIPS = 19, FEATURES = 79, BUFFERS = 20, MOST_UNITS = 1024, LOGS = 64 };

#define DISCOUNT 0.75

/* What the first comparison of a candidate needs of its entry, in single precision. */
typedef struct {
    float novelty, spread, share; /* share: one in so many occurrences */
} Rough;

typedef struct {
    double unigrams, novelty, spread, log_unigrams, log_before, capital_share;
} Word;

typedef struct {
    PyObject_HEAD
    Py_buffer buffers[BUFFERS];
    int used, vocabulary, units, seeds;
    Word *words;
    Rough *rough;
    Fuse bigrams, trigrams;
    double pairs[CODES], triples[CODES]; /* counts by code */
    double pair_logs[CODES], triple_logs[CODES], kept[CODES]; /* kept: mass of the shorter n-gram */
    double logs[LOGS]; /* log(1 + n) */
    const uint32_t *starts;
    const uint16_t *candidates;
    const uint8_t *slips;
    uint32_t widest; /* most candidates of one word */
    Memo memo;
    double costs[SLIPS], likelihoods[SLIPS];  /* likelihood: exp(cost) */
    double mean[FEATURES], scale[FEATURES], zero[FEATURES]; /* zero: a feature of 0, scaled */
    double *hidden, *resting, *output;        /* [feature][seed and unit], [seed and unit] twice */
    double *linear, *rest;                    /* [seed][feature], [seed]; at rest: all features 0 */
} Model;

extern PyTypeObject ModelType;

/* What nobody can foresee who writes a text (module.c). */
uint64_t seed_of_process(void);

/* P(right | left) of a pair seen so often; log of it: pair_log of _scoring.py */
static inline double chance_of_pair(const Model *m, int left, int right, double count)
{
    const Word *word = &m->words[left];
    double seen = count > DISCOUNT ? (count - DISCOUNT) / word->unigrams : 0.0;
    return seen + word->spread * m->words[right].novelty + 1e-12;
}

/* Probability of a mistake, from a row of features (network.c). `room` holds MOST_UNITS numbers. */
double probability(const Model *m, const double *row, double *room);

/* The method Model.suspects (suspects.c). */
PyObject *model_suspects(Model *m, PyObject *args);
extern const char suspects_doc[];

#endif
