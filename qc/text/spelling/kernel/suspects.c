/* Suspects of a document and their probabilities: the twin of Speller.suspects, that is of
 * _suspects.py, _scoring.py and of the correction of neighbours in _speller.py.
 *
 * Chances are multiplied where those modules add logarithms; logarithms are taken of what a suspect
 * is described by. All in double precision: the two agree to some 1e-12. */
#include "model.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define UNKNOWN_LOG -8.0
#define PAIR_LIMIT -14.0
#define MARGIN_LIMIT -11.0
#define WIDEST_GAP 20.0

enum { REACH = 2, BATCH = 32, LONG = 2000, SOON = 2 };

typedef struct {
    const int32_t *starts, *ends;
    const int8_t *shapes;
    const uint8_t *open, *broken;
    Py_ssize_t size, extras;
    int32_t *words; /* own copies, checked */
    int32_t *extra; /* rows of piece, number, slip, ordered by piece */
    Memo *memo;     /* or NULL */
    uint8_t *scratch;
} Document;

/* The numbers of the pieces between REACH breaks on either side, neighbours corrected, with the
 * codes of their pairs and triples: pairs[i] is that of ids[i] and ids[i + 1]. */
typedef struct {
    int32_t *ids;
    int16_t *pairs, *triples;
} Line;

/* How a word fits a place: codes of its n-grams, and chances (logarithms in _scoring.py). */
typedef struct {
    int left, right, before, around, after;
    double left_pair, right_pair, left_triple, right_triple;
} Fit;

typedef struct {
    int piece, best, second, slip, known; /* known: `chance` is that of `row` */
    double margin, gap, chance;
    Fit own, other;
    double row[FEATURES];
} Suspect;

typedef struct {
    Suspect *all;
    Py_ssize_t size, room;
} Suspects;

/* ---- the n-grams of the document ------------------------------------------------------------ */

static void fill_pairs(const Model *m, Line *line, Py_ssize_t from, Py_ssize_t to)
{
    Place places[BATCH];
    for (Py_ssize_t at = from; at < to; at += BATCH) {
        Py_ssize_t count = to - at < BATCH ? to - at : BATCH;
        for (Py_ssize_t k = 0; k < count; k++)
            places[k] = fetch(&m->bigrams, pair_key(line->ids[at + k], line->ids[at + k + 1]));
        for (Py_ssize_t k = 0; k < count; k++)
            line->pairs[at + k] = (int16_t)code_at(&m->bigrams, &places[k]);
    }
}

/* A triple is looked up where both its pairs were seen, and does not span the end of a phrase. */
static void fill_triples(const Model *m, Line *line, Py_ssize_t from, Py_ssize_t to)
{
    Place places[BATCH];
    for (Py_ssize_t at = from; at < to; at += BATCH) {
        Py_ssize_t count = to - at < BATCH ? to - at : BATCH;
        for (Py_ssize_t k = 0; k < count; k++) {
            const int32_t *ids = &line->ids[at + k];
            line->triples[at + k] = line->pairs[at + k] && line->pairs[at + k + 1] && ids[1] != BREAK_;
            if (line->triples[at + k])
                places[k] = fetch(&m->trigrams, triple_key(ids[0], ids[1], ids[2]));
        }
        for (Py_ssize_t k = 0; k < count; k++)
            if (line->triples[at + k])
                line->triples[at + k] = (int16_t)code_at(&m->trigrams, &places[k]);
    }
}

static void line_of(const Model *m, const Document *d, Line *line)
{
    for (int k = 0; k < REACH; k++)
        line->ids[k] = line->ids[d->size + REACH + k] = BREAK_;
    memcpy(line->ids + REACH, d->words, sizeof *line->ids * (size_t)d->size);
    fill_pairs(m, line, 0, d->size + 3);
    fill_triples(m, line, 0, d->size + 2);
}

static void change(const Model *m, Line *line, Py_ssize_t piece, int word)
{
    line->ids[piece + REACH] = word;
    fill_pairs(m, line, piece + 1, piece + 3);
    fill_triples(m, line, piece, piece + 3);
}

/* ---- one word in its place ------------------------------------------------------------------ */

/* P(third | first, second) from P(third | second) */
static inline double chance_of_triple(const Model *m, int pair, int middle, int triple, double shorter)
{
    double kept = middle == BREAK_ ? 1.0 : m->kept[pair];
    double total = pair ? m->pairs[pair] : 1.0;
    double seen = triple > 1 ? (m->triples[triple] - 1.0) / total : 0.0;
    return (seen < 1.0 ? seen : 1.0) * (1.0 - 0.5 * kept) + kept * shorter + 1e-12;
}

/* `ids` and `pairs` of the line from the second piece on the left; `last` is P(right2 | right). */
static inline void fit_triples(
    const Model *m, const int32_t *ids, const int16_t *pairs, double last, int word, Fit *fit)
{
    fit->left_triple = chance_of_triple(m, pairs[0], ids[1], fit->before, fit->left_pair);
    fit->right_triple = chance_of_triple(m, fit->left, word, fit->around, fit->right_pair);
    if (ids[3] != BREAK_)
        fit->right_triple *= chance_of_triple(m, fit->right, ids[3], fit->after, last) / last;
}

static inline void fit_pairs(const Model *m, const int32_t *ids, int word, Fit *fit)
{
    fit->left_pair = chance_of_pair(m, ids[1], word, m->pairs[fit->left]);
    fit->right_pair = chance_of_pair(m, word, ids[3], m->pairs[fit->right]);
}

static Fit own_fit(const Model *m, const Line *line, Py_ssize_t piece, int word)
{
    const int32_t *ids = line->ids + piece;
    Fit fit = {0};
    if (ids[REACH] == word) {
        fit.left = line->pairs[piece + 1];
        fit.right = line->pairs[piece + 2];
    } else {
        fit.left = code_of(&m->bigrams, pair_key(ids[1], word));
        fit.right = code_of(&m->bigrams, pair_key(word, ids[3]));
    }
    fit_pairs(m, ids, word, &fit);
    return fit;
}

static void own_triples(
    const Model *m, const Line *line, Py_ssize_t piece, double last, int word, Fit *fit)
{
    const int32_t *ids = line->ids + piece;
    const int16_t *pairs = line->pairs + piece;
    if (ids[REACH] == word && word != BREAK_) {
        fit->before = line->triples[piece];
        fit->around = line->triples[piece + 1];
        fit->after = line->triples[piece + 2];
    } else {
        if (fit->left && pairs[0] && ids[1] != BREAK_)
            fit->before = code_of(&m->trigrams, triple_key(ids[0], ids[1], word));
        if (fit->left && fit->right)
            fit->around = code_of(&m->trigrams, triple_key(ids[1], word, ids[3]));
        if (fit->right && pairs[3] && ids[3] != BREAK_)
            fit->after = code_of(&m->trigrams, triple_key(word, ids[3], ids[4]));
    }
    fit_triples(m, ids, pairs, last, word, fit);
}

/* ---- the candidates of one piece ------------------------------------------------------------ */

typedef struct {
    const Model *m;
    const int32_t *ids;
    const int16_t *pairs;
    double floor, last;   /* floor: least product of the chances of the pairs, by likelihood */
    double best, second;  /* products of the chances of the triples, by likelihood */
    Suspect *suspect;
} Race;

typedef struct {
    int number, slip;
    unsigned asked; /* which of the triples are looked up */
    Fit fit;
    Place before, around, after;
} Finalist;

/* A chance in eight bits, rounded up to the next eighth of an octave (what is below 2**-32 to that);
 * and back. */
enum { STEP_BITS = 20, LEAST_STEP = (127 - 32) << 3 };

static inline uint8_t raised(float chance)
{
    uint32_t bits;
    memcpy(&bits, &chance, sizeof bits);
    bits = (bits + (1u << STEP_BITS) - 1) >> STEP_BITS;
    return (uint8_t)(bits < LEAST_STEP ? 0 : bits - LEAST_STEP > 255 ? 255 : bits - LEAST_STEP);
}

static inline float chance_in(uint8_t step)
{
    const uint32_t bits = ((uint32_t)step + LEAST_STEP) << STEP_BITS;
    float chance;
    memcpy(&chance, &bits, sizeof chance);
    return chance;
}

/* The chances of candidates after a neighbour, or before it, and the codes of their pairs. */
static void measure(
    const Model *m, const uint16_t *numbers, int count, int beside, int after, uint8_t *chances,
    uint8_t *codes)
{
    const Rough *neighbour = &m->rough[beside];
    Place places[BATCH];
    for (int from = 0; from < count; from += BATCH) {
        const int size = count - from < BATCH ? count - from : BATCH;
        for (int k = 0; k < size; k++) {
            const int number = numbers[from + k];
            places[k] = fetch(&m->bigrams, after ? pair_key(beside, number) : pair_key(number, beside));
        }
        for (int k = 0; k < size; k++) {
            const Rough *own = &m->rough[numbers[from + k]];
            const Rough *left = after ? neighbour : own, *right = after ? own : neighbour;
            const int code = code_at(&m->bigrams, &places[k]);
            float chance = left->spread * right->novelty + 1e-12f;
            if (code)
                chance += (float)(m->pairs[code] - DISCOUNT) * left->share;
            chances[from + k] = raised(chance * 1.0001f); /* with room for rounding */
            codes[from + k] = (uint8_t)(code < MOST_CODE ? code : MOST_CODE);
        }
    }
}

static inline void ask_triples(const Race *race, Finalist *f)
{
    const Fuse *triples = &race->m->trigrams;
    const int32_t *ids = race->ids;
    f->asked = 0;
    f->fit.before = f->fit.around = f->fit.after = 0;
    if (f->fit.left && race->pairs[0] && ids[1] != BREAK_) {
        f->before = fetch(triples, triple_key(ids[0], ids[1], f->number));
        f->asked |= 1;
    }
    if (f->fit.left && f->fit.right) {
        f->around = fetch(triples, triple_key(ids[1], f->number, ids[3]));
        f->asked |= 2;
    }
    if (f->fit.right && race->pairs[3] && ids[3] != BREAK_) {
        f->after = fetch(triples, triple_key(f->number, ids[3], ids[4]));
        f->asked |= 4;
    }
}

static inline void run(Race *race, Finalist *f)
{
    const Model *m = race->m;
    Suspect *s = race->suspect;
    if (f->asked & 1)
        f->fit.before = code_at(&m->trigrams, &f->before);
    if (f->asked & 2)
        f->fit.around = code_at(&m->trigrams, &f->around);
    if (f->asked & 4)
        f->fit.after = code_at(&m->trigrams, &f->after);
    fit_triples(m, race->ids, race->pairs, race->last, f->number, &f->fit);
    const double value = f->fit.left_triple * f->fit.right_triple / m->likelihoods[f->slip];
    if (s->best < 0 || value > race->best) {
        s->second = s->best;
        race->second = race->best;
        race->best = value;
        s->best = f->number;
        s->slip = f->slip;
        s->other = f->fit;
    } else if (s->second < 0 || value > race->second) {
        s->second = f->number;
        race->second = value;
    }
}

/* Candidates, and how they do beside the neighbours on the left and on the right. */
typedef struct {
    const uint16_t *numbers;
    const uint8_t *slips;
    int count;
    Side left, right;
} Field;

static void run_field(Race *race, const Field *field)
{
    const Model *m = race->m;
    Finalist finalists[BATCH];
    float floors[SLIPS];
    int size = 0;
    for (int slip = 0; slip < SLIPS; slip++)
        floors[slip] = (float)(race->floor * m->likelihoods[slip] * 0.9999);
    for (int k = 0; k < field->count; k++) {
        const int slip = field->slips[k];
        if (chance_in(field->left.chances[k]) * chance_in(field->right.chances[k]) < floors[slip])
            continue;
        Finalist *f = &finalists[size];
        f->number = field->numbers[k];
        f->slip = slip;
        f->fit.left = field->left.codes[k];
        f->fit.right = field->right.codes[k];
        if (f->fit.left == MOST_CODE)
            f->fit.left = code_of(&m->bigrams, pair_key(race->ids[1], f->number));
        if (f->fit.right == MOST_CODE)
            f->fit.right = code_of(&m->bigrams, pair_key(f->number, race->ids[3]));
        fit_pairs(m, race->ids, f->number, &f->fit);
        if (!(f->fit.left_pair * f->fit.right_pair > race->floor * m->likelihoods[slip]))
            continue;
        ask_triples(race, f);
        if (++size == BATCH) {
            for (int at = 0; at < size; at++)
                run(race, &finalists[at]);
            size = 0;
        }
    }
    for (int at = 0; at < size; at++)
        run(race, &finalists[at]);
}

static inline uint64_t side_key(int beside, int word, int after)
{
    return (uint64_t)after << 32 | pair_key(beside, word);
}

/* Candidates of the table beside a neighbour: from the memo, or measured and kept there. */
static Side side_of(
    const Model *m, Memo *memo, uint32_t row, int count, int word, int beside, int after, uint8_t *scratch)
{
    const uint64_t key = side_key(beside, word, after);
    const uint8_t *known = memo ? look_up(memo, key, (uint32_t)count) : NULL;
    if (!known) {
        uint8_t *room = memo ? keep_under(memo, key, (uint32_t)count) : NULL;
        if (!room)
            room = scratch;
        measure(m, m->candidates + row, count, beside, after, room, room + count);
        known = room;
    }
    return (Side){known, known + count};
}

static void run_table(Race *race, Memo *memo, int word, uint8_t *scratch)
{
    const Model *m = race->m;
    const uint32_t row = m->starts[word];
    const int count = (int)(m->starts[word + 1] - row);
    Field field = {m->candidates + row, m->slips + row, count, {0}, {0}};
    if (memo)
        prepare_memo(memo, (uint32_t)count);
    field.left = side_of(m, memo, row, count, word, race->ids[1], 1, scratch);
    field.right = side_of(m, memo, row, count, word, race->ids[3], 0, scratch + 2 * count);
    run_field(race, &field);
}

static void run_extra(Race *race, const int32_t *extra, Py_ssize_t extras)
{
    uint16_t numbers[BATCH];
    uint8_t slips[BATCH], left[2 * BATCH], right[2 * BATCH];
    for (Py_ssize_t from = 0; from < extras; from += BATCH) {
        const int count = extras - from < BATCH ? (int)(extras - from) : BATCH;
        for (int k = 0; k < count; k++) {
            numbers[k] = (uint16_t)extra[(from + k) * 3 + 1];
            slips[k] = (uint8_t)extra[(from + k) * 3 + 2];
        }
        measure(race->m, numbers, count, race->ids[1], 1, left, left + BATCH);
        measure(race->m, numbers, count, race->ids[3], 0, right, right + BATCH);
        Field field = {numbers, slips, count, {left, left + BATCH}, {right, right + BATCH}};
        run_field(race, &field);
    }
}

/* The best candidate of one piece; 0 where none comes near. */
static int suspect_of(
    const Model *m, const Document *d, const Line *line, Py_ssize_t piece, const int32_t *extra,
    Py_ssize_t extras, Suspect *s)
{
    const int word = d->words[piece];
    const int listed = d->open[piece] && m->starts[word] < m->starts[word + 1];
    if (!listed && !extras)
        return 0;
    const int32_t *ids = line->ids + piece;
    const int16_t *pairs = line->pairs + piece;
    const double emission = word == FOREIGN || word == NAME ? UNKNOWN_LOG : 0.0;
    Race race = {m, ids, pairs, 0, 0, 0, 0, s};
    s->piece = (int)piece;
    s->best = s->second = -1;
    s->known = 0;
    s->own = own_fit(m, line, piece, word);
    race.floor = s->own.left_pair * s->own.right_pair * exp(emission + PAIR_LIMIT);
    race.last = chance_of_pair(m, ids[3], ids[4], m->pairs[pairs[3]]);
    if (listed)
        run_table(&race, d->memo, word, d->scratch);
    run_extra(&race, extra, extras);
    if (s->best < 0)
        return 0;
    own_triples(m, line, piece, race.last, word, &s->own);
    double gain = log(s->other.left_triple) + log(s->other.right_triple);
    gain -= log(s->own.left_triple) + log(s->own.right_triple) + emission;
    s->margin = gain - m->costs[s->slip];
    s->gap = s->second < 0 ? WIDEST_GAP : fmin(log(race.best / race.second), WIDEST_GAP);
    return s->margin > MARGIN_LIMIT;
}

/* ---- what the document repeats -------------------------------------------------------------- */

typedef struct {
    int32_t *words; /* by number */
    uint32_t *keys;
    int32_t *counts;
    size_t mask;
} Repeats;

static inline size_t slot_of(const Repeats *r, uint32_t key)
{
    size_t at = (key * 2654435761u >> 7) & r->mask;
    while (r->counts[at] && r->keys[at] != key)
        at = (at + 1) & r->mask;
    return at;
}

static int make_repeats(const Model *m, Py_ssize_t size, Repeats *r)
{
    size_t room = 64;
    while (room < (size_t)size * 2)
        room *= 2;
    r->mask = room - 1;
    r->words = malloc((size_t)m->vocabulary * sizeof *r->words);
    r->keys = malloc(room * sizeof *r->keys);
    r->counts = malloc(room * sizeof *r->counts);
    return r->words && r->keys && r->counts ? 0 : -1;
}

static void count_repeats(const Model *m, const Line *line, Py_ssize_t size, Repeats *r)
{
    const int32_t *ids = line->ids + REACH;
    memset(r->words, 0, (size_t)m->vocabulary * sizeof *r->words);
    memset(r->counts, 0, (r->mask + 1) * sizeof *r->counts);
    for (Py_ssize_t i = 0; i < size; i++)
        r->words[ids[i]]++;
    for (Py_ssize_t i = 0; i + 1 < size; i++) {
        uint32_t key = (uint32_t)pair_key(ids[i], ids[i + 1]);
        size_t at = slot_of(r, key);
        r->keys[at] = key;
        r->counts[at]++;
    }
}

static inline double log_of(const Model *m, int count)
{
    return count < LOGS ? m->logs[count] : log1p(count);
}

static inline double pairs_in(const Model *m, const Repeats *r, int left, int right)
{
    return log_of(m, r->counts[slot_of(r, (uint32_t)pair_key(left, right))]);
}

/* ---- features: _Rows of _suspects.py -------------------------------------------------------- */

static double *side(const Model *m, int symbol, double *f)
{
    *f++ = symbol == BREAK_;
    *f++ = symbol == COMMA;
    *f++ = symbol == NUMBER;
    *f++ = symbol == FOREIGN || symbol == NAME;
    *f++ = symbol == HYPHEN;
    *f++ = symbol >= FIRST_WORD ? m->words[symbol].log_unigrams : 0.0;
    return f;
}

static double *counts_of(const Model *m, const Fit *fit, double *f)
{
    *f++ = m->pair_logs[fit->left];
    *f++ = m->pair_logs[fit->right];
    *f++ = m->triple_logs[fit->before];
    *f++ = m->triple_logs[fit->around];
    *f++ = m->triple_logs[fit->after];
    *f++ = fit->left > 0;
    *f++ = fit->right > 0;
    *f++ = fit->around > 0;
    return f;
}

static void features_of(
    const Model *m, const Document *d, const Line *line, const Repeats *r, const Suspect *s, double near,
    double *f)
{
    const int left = line->ids[s->piece + 1], right = line->ids[s->piece + 3];
    const int word = d->words[s->piece], known = word >= FIRST_WORD;
    const Fit *own = &s->own, *other = &s->other;
    *f++ = s->margin;
    *f++ = log(other->left_pair) - log(own->left_pair);
    *f++ = log(other->right_pair) - log(own->right_pair);
    *f++ = log(other->left_triple) - log(own->left_triple);
    *f++ = log(other->right_triple) - log(own->right_triple);
    *f++ = log(own->left_triple);
    *f++ = log(own->right_triple);
    f = counts_of(m, own, f);
    f = counts_of(m, other, f);
    *f++ = known ? m->words[word].log_unigrams : 0.0;
    *f++ = m->words[s->best].log_unigrams;
    *f++ = known ? m->words[word].log_before : 0.0;
    *f++ = m->words[s->best].log_before;
    *f++ = known;
    *f++ = word == FOREIGN;
    *f++ = word == NAME;
    *f++ = d->broken[s->piece] != 0;
    *f++ = log_of(m, known ? r->words[word] : 1);
    *f++ = log_of(m, r->words[s->best]);
    const int real_left = left >= FIRST_WORD, real_right = right >= FIRST_WORD;
    *f++ = real_left ? pairs_in(m, r, left, word) : 0.0;
    *f++ = real_right ? pairs_in(m, r, word, right) : 0.0;
    *f++ = real_left ? pairs_in(m, r, left, s->best) : 0.0;
    *f++ = real_right ? pairs_in(m, r, s->best, right) : 0.0;
    const int capital = d->shapes[s->piece] == CAPITAL, first = left == BREAK_;
    const double share = m->words[s->best].capital_share;
    *f++ = capital && first;
    *f++ = capital && !first;
    *f++ = d->shapes[s->piece] == UPPER;
    *f++ = s->piece > 0 && d->shapes[s->piece - 1] >= CAPITAL;
    *f++ = s->piece + 1 < d->size && d->shapes[s->piece + 1] >= CAPITAL;
    *f++ = m->words[word].capital_share;
    *f++ = share;
    *f++ = capital ? share - 0.5 : 0.0;
    f = side(m, left, f);
    f = side(m, right, f);
    *f++ = (double)d->ends[s->piece] - (double)d->starts[s->piece];
    for (int slip = 0; slip < SLIPS; slip++)
        *f++ = s->slip == slip;
    *f++ = s->gap;
    *f++ = near;
}

static double near_margin(const Suspects *found, Py_ssize_t k)
{
    double near = MARGIN_LIMIT;
    for (Py_ssize_t other = k - REACH; other <= k + REACH; other++) {
        if (other < 0 || other >= found->size || other == k)
            continue;
        if (labs((long)found->all[other].piece - found->all[k].piece) <= REACH)
            near = fmax(near, found->all[other].margin);
    }
    return near;
}

static void judge(
    const Model *m, const Document *d, const Line *line, const Repeats *r, Suspects *found)
{
    double row[FEATURES], room[MOST_UNITS];
    for (Py_ssize_t k = 0; k < found->size; k++) {
        Suspect *s = &found->all[k];
        features_of(m, d, line, r, s, near_margin(found, k), row);
        if (s->known && !memcmp(row, s->row, sizeof row))
            continue;
        memcpy(s->row, row, sizeof row);
        s->chance = probability(m, row, room);
        s->known = 1;
    }
}

/* ---- the document --------------------------------------------------------------------------- */

static Suspect *next_of(Suspects *found)
{
    if (found->size == found->room) {
        Py_ssize_t room = found->room ? found->room * 2 : 64;
        Suspect *all = realloc(found->all, sizeof *all * (size_t)room);
        if (!all)
            return NULL;
        found->all = all;
        found->room = room;
    }
    return &found->all[found->size];
}

/* Suspects of the pieces marked in `again`, or of all; those of the others are taken from `old`. */
static int search(
    const Model *m, const Document *d, const Line *line, const uint8_t *again, const Suspects *old,
    Suspects *found)
{
    Py_ssize_t extra = 0, kept = 0;
    for (Py_ssize_t piece = 0; piece < d->size; piece++) {
        const int32_t *rows = d->extra + extra * 3;
        Py_ssize_t extras = 0;
        while (extra + extras < d->extras && rows[extras * 3] == piece)
            extras++;
        extra += extras;
        Suspect *next = next_of(found);
        if (!next)
            return -1;
        if (d->memo && piece + SOON < d->size && d->open[piece + SOON]) {
            const int32_t *ids = line->ids + piece + SOON;
            fetch_memo(d->memo, side_key(ids[1], ids[2], 1));
            fetch_memo(d->memo, side_key(ids[3], ids[2], 0));
        }
        const Suspect *was = NULL;
        if (again && kept < old->size && old->all[kept].piece == piece)
            was = &old->all[kept++];
        if (again && !again[piece]) {
            if (was)
                *next = *was;
            found->size += was != NULL;
        } else {
            found->size += suspect_of(m, d, line, piece, rows, extras, next);
        }
    }
    return 0;
}

static int by_chance(const void *left, const void *right)
{
    const Suspect *first = *(Suspect *const *)left, *second = *(Suspect *const *)right;
    if (first->chance != second->chance)
        return first->chance > second->chance ? -1 : 1;
    return first->piece - second->piece;
}

/* Corrects the likeliest suspects, at most one within reach of another, and marks in `again` the
 * pieces that see it. Gives how many, or -1 where there is no memory. */
static Py_ssize_t correct(
    const Model *m, const Document *d, Line *line, const Suspects *found, double corrected, uint8_t *again)
{
    enum { SEEN = 1, FIXED = 2 };
    const Suspect **likely = malloc(sizeof *likely * (size_t)(found->size + 1));
    Py_ssize_t count = 0, fixed = 0;
    if (!likely)
        return -1;
    for (Py_ssize_t k = 0; k < found->size; k++)
        if (found->all[k].chance >= corrected)
            likely[count++] = &found->all[k];
    qsort(likely, (size_t)count, sizeof *likely, by_chance);
    for (Py_ssize_t k = 0; k < count; k++) {
        const Py_ssize_t piece = likely[k]->piece;
        const Py_ssize_t first = piece > REACH ? piece - REACH : 0;
        const Py_ssize_t last = piece + REACH < d->size ? piece + REACH : d->size - 1;
        int free_ = 1;
        for (Py_ssize_t at = first; at <= last; at++)
            free_ &= !(again[at] & FIXED);
        if (!free_)
            continue;
        for (Py_ssize_t at = first; at <= last; at++)
            again[at] |= at == piece ? FIXED : SEEN;
        change(m, line, piece, likely[k]->best);
        fixed++;
    }
    free(likely);
    return fixed;
}

typedef struct {
    Line line;
    Repeats repeats;
    uint8_t *again;
    Suspects first, second, *last;
} Work;

static void clear(Work *w)
{
    free(w->line.ids);
    free(w->line.pairs);
    free(w->line.triples);
    free(w->repeats.words);
    free(w->repeats.keys);
    free(w->repeats.counts);
    free(w->again);
    free(w->first.all);
    free(w->second.all);
}

/* Leaves the suspects in `w->last`; -1 where there is no memory. */
static int find(const Model *m, const Document *d, double corrected, Work *w)
{
    const size_t size = (size_t)d->size;
    w->line.ids = malloc((size + 2 * REACH) * sizeof *w->line.ids);
    w->line.pairs = malloc((size + 3) * sizeof *w->line.pairs);
    w->line.triples = malloc((size + 3) * sizeof *w->line.triples);
    w->again = calloc(size + 1, 1);
    if (!w->line.ids || !w->line.pairs || !w->line.triples || !w->again ||
        make_repeats(m, d->size, &w->repeats) < 0)
        return -1;
    line_of(m, d, &w->line);
    count_repeats(m, &w->line, d->size, &w->repeats);
    w->last = &w->first;
    if (search(m, d, &w->line, NULL, NULL, &w->first) < 0)
        return -1;
    judge(m, d, &w->line, &w->repeats, &w->first);
    Py_ssize_t fixed = correct(m, d, &w->line, &w->first, corrected, w->again);
    if (fixed <= 0)
        return (int)fixed;
    w->last = &w->second;
    count_repeats(m, &w->line, d->size, &w->repeats);
    if (search(m, d, &w->line, w->again, &w->first, &w->second) < 0)
        return -1;
    judge(m, d, &w->line, &w->repeats, &w->second);
    return 0;
}

/* ---- Python --------------------------------------------------------------------------------- */

static int valid(const Model *m, const Document *d)
{
    for (Py_ssize_t i = 0; i < d->size; i++)
        if (d->words[i] < 0 || d->words[i] >= m->vocabulary)
            return 0;
    for (Py_ssize_t k = 0; k < d->extras; k++) {
        const int32_t *row = d->extra + k * 3;
        if (row[0] < (k ? row[-3] : 0) || row[0] >= d->size || row[1] < FIRST_WORD ||
            row[1] >= m->vocabulary || row[2] < 0 || row[2] >= SLIPS)
            return 0;
    }
    return 1;
}

static PyObject *listed(const Suspects *found, double least)
{
    PyObject *list = PyList_New(0);
    for (Py_ssize_t k = 0; list && k < found->size; k++) {
        const Suspect *s = &found->all[k];
        if (s->chance < least)
            continue;
        PyObject *each = Py_BuildValue("(iiid)", s->piece, s->best, s->second, s->chance);
        if (!each || PyList_Append(list, each) < 0)
            Py_CLEAR(list);
        Py_XDECREF(each);
    }
    return list;
}

static PyObject *found_in(Model *m, Document *d, double corrected, double least)
{
    Work work = {0};
    PyObject *list = NULL;
    int done;
    if (d->size > LONG) {
        Py_BEGIN_ALLOW_THREADS
        done = find(m, d, corrected, &work);
        Py_END_ALLOW_THREADS
    } else {
        d->memo = &m->memo;
        done = find(m, d, corrected, &work);
    }
    if (done < 0)
        PyErr_NoMemory();
    else
        list = listed(work.last, least);
    clear(&work);
    return list;
}

const char suspects_doc[] = PyDoc_STR(
    "suspects(words, starts, ends, shapes, open, broken, extra, corrected, least)\n"
    "-> [(piece, best, second or -1, probability)] from the probability `least` on, in order.\n\n"
    "Columns as in a Reading; extra: rows of piece, number and slip, ordered by piece.");

PyObject *model_suspects(Model *m, PyObject *args)
{
    Py_buffer b[7];
    double corrected, least;
    if (!PyArg_ParseTuple(args, "y*y*y*y*y*y*y*dd", &b[0], &b[1], &b[2], &b[3], &b[4], &b[5], &b[6],
                          &corrected, &least))
        return NULL;
    const Py_ssize_t size = b[3].len;
    Document d = {
        b[1].buf, b[2].buf, b[3].buf, b[4].buf, b[5].buf, size, b[6].len / 12, NULL, NULL, NULL, NULL,
    };
    PyObject *found = NULL;
    /* numbers are copied, so that another thread cannot change them once they are checked */
    d.words = malloc((size_t)b[0].len + 1);
    d.extra = malloc((size_t)b[6].len + 1);
    d.scratch = malloc(sizeof *d.scratch * 4 * (size_t)m->widest + 1);
    if (!d.words || !d.extra || !d.scratch) {
        PyErr_NoMemory();
    } else {
        memcpy(d.words, b[0].buf, (size_t)b[0].len);
        memcpy(d.extra, b[6].buf, (size_t)b[6].len);
        if (b[0].len != size * 4 || b[1].len != size * 4 || b[2].len != size * 4 || b[4].len != size ||
            b[5].len != size || b[6].len % 12 || size > INT32_MAX || !valid(m, &d))
            PyErr_SetString(PyExc_ValueError, "the columns of a reading do not agree");
        else
            found = found_in(m, &d, corrected, least);
    }
    free(d.words);
    free(d.extra);
    free(d.scratch);
    for (int i = 0; i < 7; i++)
        PyBuffer_Release(&b[i]);
    return found;
}
