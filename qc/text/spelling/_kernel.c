/* Suspects of a text without numpy: the same arithmetic as _suspects.py, _scoring.py, _fuse.py and
 * _calibration.py, one pass over the pieces. It only points out where to look: what is reported is
 * computed again by those modules, for the few places found here (see _screen.py). */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { BREAK_, COMMA, NUMBER, FOREIGN, NAME, HYPHEN, FIRST_WORD };
enum { CAPITAL = 1, UPPER = 2 };
enum { SLIPS = 19, FEATURES = 79, BUFFERS = 20, AHEAD = 16 };

#define UNKNOWN_LOG -8.0f
#define PAIR_LIMIT -14.0f
#define MARGIN_LIMIT -11.0f
#define DISCOUNT 0.75f
#define CLIP 6.0f

typedef struct {
    const uint16_t *high;
    const uint8_t *low;
    int segment_bits, value_bits, fingerprint_bits;
    uint64_t segments, seed;
    float counts[257];
} Fuse;

typedef struct {
    PyObject_HEAD
    Py_buffer buffers[BUFFERS];
    int used, vocabulary, units, seeds;
    float *unigrams, *before, *after, *novelty, *spread, *shares, *log_unigrams, *log_before;
    const uint8_t *share;
    Fuse bigrams, trigrams;
    const uint32_t *starts;
    const uint16_t *candidates;
    const uint8_t *slips;
    float likelihoods[SLIPS]; /* exp(cost) */
    const float *costs, *mean, *scale, *hidden, *hidden_bias, *output, *linear, *bias;
    int32_t *seen; /* how often the document holds each word; all zero between calls */
} Model;

typedef struct {
    float left_count, right_count, left_log, right_log;
} Pairs;

typedef struct {
    float before, around, after, left_log, right_log;
} Triples;

typedef struct {
    int left2, left, right, right2;
    float outer_left, outer_right; /* counts of the pairs on either side */
    float outer_log;               /* log P(right2 | right) */
} Around;

static inline float larger(float a, float b)
{
    return a > b ? a : b;
}

static inline float smaller(float a, float b)
{
    return a < b ? a : b;
}

static inline void places(const Fuse *fuse, uint64_t key, size_t *at, uint32_t *fingerprint)
{
    uint64_t mixed = (key + fuse->seed) * 0x9E3779B97F4A7C15ULL;
    mixed ^= mixed >> 32;
    mixed *= 0xBF58476D1CE4E5B9ULL;
    mixed ^= mixed >> 29;
    const uint64_t mask = (1ULL << fuse->segment_bits) - 1;
    const uint64_t size = 1ULL << fuse->segment_bits;
    const uint64_t start = (((mixed >> 44) * fuse->segments) >> 20) << fuse->segment_bits;
    at[0] = (size_t)(start + (mixed & mask));
    at[1] = (size_t)(start + size + ((mixed >> 14) & mask));
    at[2] = (size_t)(start + size + size + ((mixed >> 28) & mask));
    *fingerprint = (uint32_t)((mixed * 0x94D049BB133111EBULL) >> (64 - fuse->fingerprint_bits));
}

static inline float count_at(const Fuse *fuse, const size_t *at, uint32_t fingerprint)
{
    uint32_t word = fuse->high[at[0]] ^ fuse->high[at[1]] ^ fuse->high[at[2]];
    if (fuse->low)
        word = (word << 8) | (uint32_t)(fuse->low[at[0]] ^ fuse->low[at[1]] ^ fuse->low[at[2]]);
    if ((word >> fuse->value_bits) != fingerprint)
        return 0.0f;
    return fuse->counts[(word & ((1u << fuse->value_bits) - 1)) + 1];
}

static inline float count_of(const Fuse *fuse, uint64_t key)
{
    size_t at[3];
    uint32_t fingerprint;
    places(fuse, key, at, &fingerprint);
    return count_at(fuse, at, fingerprint);
}

static inline uint64_t pair_key(int left, int right)
{
    return ((uint64_t)left << 16) | (uint64_t)right;
}

static inline float triple_count(const Model *m, int first, int second, int third)
{
    return count_of(&m->trigrams, ((uint64_t)first << 32) | ((uint64_t)second << 16) | (uint64_t)third);
}

/* P(right | left), before the logarithm */
static inline float chance_of_pair(const Model *m, int left, int right, float count)
{
    float total = larger(m->unigrams[left], 1.0f);
    float seen = larger(count - DISCOUNT, 0.0f) / total;
    return seen + m->spread[left] * m->novelty[right] + 1e-12f;
}

/* As chance_of_pair but for rounding: no division. */
static inline float rough_chance(const Model *m, int left, int right, float count)
{
    float chance = m->spread[left] * m->novelty[right] + 1e-12f;
    return count > DISCOUNT ? chance + (count - DISCOUNT) * m->shares[left] : chance;
}

static inline Pairs score_pairs(const Model *m, const Around *a, int word)
{
    Pairs p;
    p.left_count = count_of(&m->bigrams, pair_key(a->left, word));
    p.right_count = count_of(&m->bigrams, pair_key(word, a->right));
    p.left_log = logf(chance_of_pair(m, a->left, word, p.left_count));
    p.right_log = logf(chance_of_pair(m, word, a->right, p.right_count));
    return p;
}

static inline float triple_log(float pair_total, float triple, float shorter, int middle)
{
    float total = larger(pair_total, 1.0f);
    float kept = (pair_total > 0 && middle != BREAK_) ? 1.0f / sqrtf(sqrtf(total)) : 1.0f;
    float seen = larger(triple - 1.0f, 0.0f) / total;
    return logf(smaller(seen, 1.0f) * (1.0f - 0.5f * kept) + kept * expf(shorter) + 1e-12f);
}

static Triples score_triples(const Model *m, const Around *a, int word, const Pairs *p)
{
    Triples t = {0, 0, 0, 0, 0};
    if (p->left_count > 0 && a->outer_left > 0 && a->left != BREAK_)
        t.before = triple_count(m, a->left2, a->left, word);
    if (p->left_count > 0 && p->right_count > 0)
        t.around = triple_count(m, a->left, word, a->right);
    if (p->right_count > 0 && a->outer_right > 0 && a->right != BREAK_)
        t.after = triple_count(m, word, a->right, a->right2);
    t.left_log = triple_log(a->outer_left, t.before, p->left_log, a->left);
    t.right_log = triple_log(p->left_count, t.around, p->right_log, word);
    if (a->right != BREAK_)
        t.right_log += triple_log(p->right_count, t.after, a->outer_log, a->right) - a->outer_log;
    return t;
}

/* ---- pairs of the document ------------------------------------------------------------------ */

typedef struct {
    uint32_t *keys;
    int32_t *counts;
    size_t mask;
} PairTable;

static inline size_t slot_of(const PairTable *table, uint32_t key)
{
    size_t at = (key * 2654435761u) & table->mask;
    while (table->counts[at] && table->keys[at] != key)
        at = (at + 1) & table->mask;
    return at;
}

static int count_pairs(PairTable *table, const int32_t *ids, Py_ssize_t size)
{
    size_t room = 64;
    while (room < (size_t)size * 2)
        room *= 2;
    table->mask = room - 1;
    table->keys = malloc(room * sizeof *table->keys);
    table->counts = calloc(room, sizeof *table->counts);
    if (!table->keys || !table->counts)
        return -1;
    for (Py_ssize_t i = 0; i + 1 < size; i++) {
        uint32_t key = (uint32_t)(ids[i] << 16) | (uint32_t)ids[i + 1];
        size_t at = slot_of(table, key);
        table->keys[at] = key;
        table->counts[at]++;
    }
    return 0;
}

static inline float in_document(const PairTable *table, int left, int right)
{
    return log1pf((float)table->counts[slot_of(table, ((uint32_t)left << 16) | (uint32_t)right)]);
}

/* ---- one suspect ---------------------------------------------------------------------------- */

typedef struct {
    int piece, best, slip, second;
    float margin, gap;
    Pairs own_pairs, pairs;
    Triples own, triples;
    Around around;
} Suspect;

typedef struct {
    const int32_t *words, *ids, *lengths;
    const int8_t *shapes;
    const uint8_t *open, *broken;
    Py_ssize_t size;
    const int32_t *extra; /* rows of piece, number, slip, ordered by piece */
    Py_ssize_t extras;
} Document;

static float *side(const Model *m, int symbol, float *f)
{
    *f++ = symbol == BREAK_;
    *f++ = symbol == COMMA;
    *f++ = symbol == NUMBER;
    *f++ = symbol == FOREIGN || symbol == NAME;
    *f++ = symbol == HYPHEN;
    *f++ = symbol >= FIRST_WORD ? m->log_unigrams[symbol] : 0.0f;
    return f;
}

static float *counts_of(const Pairs *p, const Triples *t, float *f)
{
    *f++ = log1pf(p->left_count);
    *f++ = log1pf(p->right_count);
    *f++ = log1pf(t->before);
    *f++ = log1pf(t->around);
    *f++ = log1pf(t->after);
    *f++ = p->left_count > 0;
    *f++ = p->right_count > 0;
    *f++ = t->around > 0;
    return f;
}

static void features_of(
    const Model *m, const Document *d, const PairTable *pairs, const Suspect *s, float near, float *f)
{
    const Around *a = &s->around;
    int word = d->words[s->piece], known = word >= FIRST_WORD;
    *f++ = s->margin;
    *f++ = s->pairs.left_log - s->own_pairs.left_log;
    *f++ = s->pairs.right_log - s->own_pairs.right_log;
    *f++ = s->triples.left_log - s->own.left_log;
    *f++ = s->triples.right_log - s->own.right_log;
    *f++ = s->own.left_log;
    *f++ = s->own.right_log;
    f = counts_of(&s->own_pairs, &s->own, f);
    f = counts_of(&s->pairs, &s->triples, f);
    *f++ = known ? m->log_unigrams[word] : 0.0f;
    *f++ = m->log_unigrams[s->best];
    *f++ = known ? m->log_before[word] : 0.0f;
    *f++ = m->log_before[s->best];
    *f++ = (float)known;
    *f++ = word == FOREIGN;
    *f++ = word == NAME;
    *f++ = d->broken[s->piece] != 0;
    *f++ = log1pf(known ? (float)m->seen[word] : 1.0f);
    *f++ = log1pf((float)m->seen[s->best]);
    int real_left = a->left >= FIRST_WORD, real_right = a->right >= FIRST_WORD;
    *f++ = real_left ? in_document(pairs, a->left, word) : 0.0f;
    *f++ = real_right ? in_document(pairs, word, a->right) : 0.0f;
    *f++ = real_left ? in_document(pairs, a->left, s->best) : 0.0f;
    *f++ = real_right ? in_document(pairs, s->best, a->right) : 0.0f;
    int capital = d->shapes[s->piece] == CAPITAL, first = a->left == BREAK_;
    *f++ = capital && first;
    *f++ = capital && !first;
    *f++ = d->shapes[s->piece] == UPPER;
    *f++ = s->piece > 0 && d->shapes[s->piece - 1] >= CAPITAL;
    *f++ = s->piece + 1 < d->size && d->shapes[s->piece + 1] >= CAPITAL;
    *f++ = m->share[word] / 255.0f;
    *f++ = m->share[s->best] / 255.0f;
    *f++ = capital ? m->share[s->best] / 255.0f - 0.5f : 0.0f;
    f = side(m, a->left, f);
    f = side(m, a->right, f);
    *f++ = (float)d->lengths[s->piece];
    for (int slip = 0; slip < SLIPS; slip++)
        *f++ = s->slip == slip;
    *f++ = s->gap;
    *f++ = near;
}

static float probability(const Model *m, const float *row)
{
    float scaled[FEATURES], units[64], total = 0.0f;
    for (int i = 0; i < FEATURES; i++)
        scaled[i] = smaller(larger((row[i] - m->mean[i]) / m->scale[i], -CLIP), CLIP);
    for (int seed = 0; seed < m->seeds; seed++) {
        const float *hidden = m->hidden + (size_t)seed * FEATURES * m->units;
        memcpy(units, m->hidden_bias + seed * m->units, sizeof(float) * m->units);
        float score = m->bias[seed];
        for (int i = 0; i < FEATURES; i++) {
            const float value = scaled[i];
            if (value == 0.0f)
                continue;
            for (int unit = 0; unit < m->units; unit++)
                units[unit] += value * hidden[i * m->units + unit];
            score += value * m->linear[seed * FEATURES + i];
        }
        for (int unit = 0; unit < m->units; unit++)
            if (units[unit] > 0)
                score += units[unit] * m->output[seed * m->units + unit];
        total += 1.0f / (1.0f + expf(-score));
    }
    return total / (float)m->seeds;
}

static Around around_of(const Model *m, const Document *d, Py_ssize_t i)
{
    Around a;
    a.left2 = i > 1 ? d->ids[i - 2] : BREAK_;
    a.left = i > 0 ? d->ids[i - 1] : BREAK_;
    a.right = i + 1 < d->size ? d->ids[i + 1] : BREAK_;
    a.right2 = i + 2 < d->size ? d->ids[i + 2] : BREAK_;
    a.outer_left = count_of(&m->bigrams, pair_key(a.left2, a.left));
    a.outer_right = count_of(&m->bigrams, pair_key(a.right, a.right2));
    a.outer_log = logf(chance_of_pair(m, a.right, a.right2, a.outer_right));
    return a;
}

typedef struct {
    float own_pairs_log, own_log, floor; /* floor: least product of chances worth a closer look */
    float best_margin, second_margin;
} Race;

/* Where the two pairs of a candidate lie in the table; fetched some candidates ahead. */
typedef struct {
    int number, slip;
    size_t left[3], right[3];
    uint32_t left_mark, right_mark;
} Lookup;

static inline void fetch(const Fuse *fuse, const size_t *at)
{
    for (int i = 0; i < 3; i++) {
        __builtin_prefetch(&fuse->high[at[i]]);
        if (fuse->low)
            __builtin_prefetch(&fuse->low[at[i]]);
    }
}

static inline void prepare(const Model *m, const Around *a, int number, int slip, Lookup *l)
{
    l->number = number;
    l->slip = slip;
    places(&m->bigrams, pair_key(a->left, number), l->left, &l->left_mark);
    fetch(&m->bigrams, l->left);
    places(&m->bigrams, pair_key(number, a->right), l->right, &l->right_mark);
    fetch(&m->bigrams, l->right);
}

static void consider(const Model *m, Suspect *s, Race *race, const Lookup *l)
{
    const Around *a = &s->around;
    Pairs p;
    p.left_count = count_at(&m->bigrams, l->left, l->left_mark);
    p.right_count = count_at(&m->bigrams, l->right, l->right_mark);
    float left = rough_chance(m, a->left, l->number, p.left_count);
    float right = rough_chance(m, l->number, a->right, p.right_count);
    if (left * right < race->floor * m->likelihoods[l->slip]) /* with room for rounding */
        return;
    float cost = m->costs[l->slip];
    left = chance_of_pair(m, a->left, l->number, p.left_count);
    right = chance_of_pair(m, l->number, a->right, p.right_count);
    p.left_log = logf(left);
    p.right_log = logf(right);
    if (!(p.left_log + p.right_log - race->own_pairs_log - cost > PAIR_LIMIT))
        return;
    Triples t = score_triples(m, a, l->number, &p);
    float margin = t.left_log + t.right_log - race->own_log - cost;
    if (s->best < 0 || margin > race->best_margin) {
        s->second = s->best;
        race->second_margin = race->best_margin;
        race->best_margin = margin;
        s->best = l->number;
        s->slip = l->slip;
        s->pairs = p;
        s->triples = t;
    } else if (s->second < 0 || margin > race->second_margin) {
        s->second = l->number;
        race->second_margin = margin;
    }
}

static void consider_table(const Model *m, Suspect *s, Race *race, uint32_t row, uint32_t end)
{
    Lookup ahead[AHEAD];
    while (row < end) {
        int count = 0;
        for (; count < AHEAD && row < end; count++, row++)
            prepare(m, &s->around, m->candidates[row], m->slips[row], &ahead[count]);
        for (int k = 0; k < count; k++)
            consider(m, s, race, &ahead[k]);
    }
}

/* The best candidate of one piece; 0 where none comes near. */
static int suspect_of(const Model *m, const Document *d, Py_ssize_t i, Py_ssize_t *extra, Suspect *s)
{
    int word = d->words[i];
    uint32_t begin = 0, end = 0;
    if (d->open[i]) {
        begin = m->starts[word];
        end = m->starts[word + 1];
    }
    int has_extra = *extra < d->extras && d->extra[*extra * 3] == i;
    if (begin == end && !has_extra)
        return 0;
    float emission = word == FOREIGN || word == NAME ? UNKNOWN_LOG : 0.0f;
    Race race = {0, 0, 0, -1e30f, -1e30f};
    s->piece = (int)i;
    s->best = s->second = -1;
    s->around = around_of(m, d, i);
    s->own_pairs = score_pairs(m, &s->around, word);
    s->own = score_triples(m, &s->around, word, &s->own_pairs);
    race.own_pairs_log = s->own_pairs.left_log + s->own_pairs.right_log + emission;
    race.own_log = s->own.left_log + s->own.right_log + emission;
    race.floor = expf(race.own_pairs_log + PAIR_LIMIT - 0.01f);
    consider_table(m, s, &race, begin, end);
    for (; *extra < d->extras && d->extra[*extra * 3] == i; ++*extra) {
        Lookup lookup;
        prepare(m, &s->around, d->extra[*extra * 3 + 1], d->extra[*extra * 3 + 2], &lookup);
        consider(m, s, &race, &lookup);
    }
    if (s->best < 0 || !(race.best_margin > MARGIN_LIMIT))
        return 0;
    s->margin = race.best_margin;
    s->gap = s->second < 0 ? 20.0f : smaller(race.best_margin - race.second_margin, 20.0f);
    return 1;
}

static float near_margin(const Suspect *all, Py_ssize_t count, Py_ssize_t k)
{
    float near = MARGIN_LIMIT;
    for (Py_ssize_t other = k - 2; other <= k + 2; other++) {
        if (other < 0 || other >= count || other == k)
            continue;
        if (labs(all[other].piece - all[k].piece) <= 2)
            near = larger(near, all[other].margin);
    }
    return near;
}

static PyObject *judged(
    const Model *m, const Document *d, const PairTable *pairs, const Suspect *all, Py_ssize_t count,
    float least)
{
    PyObject *found = PyList_New(0);
    float row[FEATURES];
    for (Py_ssize_t k = 0; found && k < count; k++) {
        features_of(m, d, pairs, &all[k], near_margin(all, count, k), row);
        float chance = probability(m, row);
        if (chance < least)
            continue;
        PyObject *each = Py_BuildValue("(iid)", all[k].piece, all[k].best, (double)chance);
        if (!each || PyList_Append(found, each) < 0)
            Py_CLEAR(found);
        Py_XDECREF(each);
    }
    return found;
}

static PyObject *find(Model *m, const Document *d, float least)
{
    PairTable pairs = {NULL, NULL, 0};
    Suspect *all = malloc(sizeof(Suspect) * (size_t)(d->size + 1));
    PyObject *found = NULL;
    if (!all || count_pairs(&pairs, d->ids, d->size) < 0) {
        PyErr_NoMemory();
    } else {
        Py_ssize_t count = 0, extra = 0;
        for (Py_ssize_t i = 0; i < d->size; i++)
            m->seen[d->ids[i]]++;
        for (Py_ssize_t i = 0; i < d->size; i++)
            count += suspect_of(m, d, i, &extra, &all[count]);
        found = judged(m, d, &pairs, all, count, least);
        for (Py_ssize_t i = 0; i < d->size; i++)
            m->seen[d->ids[i]] = 0;
    }
    free(all);
    free(pairs.keys);
    free(pairs.counts);
    return found;
}

/* ---- Python --------------------------------------------------------------------------------- */

static int valid(const Model *m, const Document *d)
{
    for (Py_ssize_t i = 0; i < d->size; i++)
        if (d->words[i] < 0 || d->words[i] >= m->vocabulary || d->ids[i] < 0 || d->ids[i] >= m->vocabulary)
            return 0;
    for (Py_ssize_t k = 0; k < d->extras; k++)
        if (d->extra[k * 3 + 1] < 0 || d->extra[k * 3 + 1] >= m->vocabulary ||
            d->extra[k * 3 + 2] < 0 || d->extra[k * 3 + 2] >= SLIPS)
            return 0;
    return 1;
}

PyDoc_STRVAR(suspects_doc,
    "suspects(words, ids, lengths, shapes, open, broken, extra, least) -> [(piece, best, chance)]");

static PyObject *model_suspects(Model *m, PyObject *args)
{
    Py_buffer b[7];
    float least;
    if (!PyArg_ParseTuple(args, "y*y*y*y*y*y*y*f", &b[0], &b[1], &b[2], &b[3], &b[4], &b[5], &b[6], &least))
        return NULL;
    Document d = {
        b[0].buf, b[1].buf, b[2].buf, b[3].buf, b[4].buf, b[5].buf, b[3].len, b[6].buf, b[6].len / 12,
    };
    PyObject *found = NULL;
    if (b[0].len != d.size * 4 || b[1].len != d.size * 4 || b[2].len != d.size * 4 ||
        b[4].len != d.size || b[5].len != d.size || !valid(m, &d))
        PyErr_SetString(PyExc_ValueError, "the columns of a reading do not agree");
    else
        found = find(m, &d, least);
    for (int i = 0; i < 7; i++)
        PyBuffer_Release(&b[i]);
    return found;
}

static const Py_buffer *take(Model *m, PyObject *parts, const char *name, Py_ssize_t least)
{
    PyObject *part = PyDict_GetItemString(parts, name);
    if (!part) {
        PyErr_Format(PyExc_KeyError, "no column %s", name);
        return NULL;
    }
    Py_buffer *view = &m->buffers[m->used];
    if (PyObject_GetBuffer(part, view, PyBUF_SIMPLE) < 0)
        return NULL;
    m->used++;
    if (view->len < least) {
        PyErr_Format(PyExc_ValueError, "column %s is too short", name);
        return NULL;
    }
    return view;
}

static float *counts(Model *m, PyObject *parts, const char *name)
{
    const Py_buffer *codes = take(m, parts, name, m->vocabulary);
    float *values = codes ? malloc(sizeof(float) * (size_t)m->vocabulary) : NULL;
    for (int i = 0; values && i < m->vocabulary; i++)
        values[i] = (float)exp(((const uint8_t *)codes->buf)[i] / 16.0);
    return values;
}

static int load_fuse(Model *m, PyObject *parts, const char *name, const char *low, Fuse *fuse, double steps)
{
    char key[32];
    snprintf(key, sizeof key, "%s_shape", name);
    PyObject *shape = PyDict_GetItemString(parts, key);
    unsigned long long segments, seed;
    if (!shape || !PyArg_ParseTuple(shape, "iKiiK", &fuse->segment_bits, &segments, &fuse->value_bits,
                                    &fuse->fingerprint_bits, &seed))
        return -1;
    fuse->segments = segments;
    fuse->seed = seed;
    Py_ssize_t cells = (Py_ssize_t)((segments + 2) << fuse->segment_bits);
    const Py_buffer *high = take(m, parts, name, cells * 2), *rest = NULL;
    if (!high || (low && !(rest = take(m, parts, low, cells))) || fuse->value_bits > 8)
        return -1;
    fuse->high = high->buf;
    fuse->low = rest ? rest->buf : NULL;
    fuse->counts[0] = 0.0f;
    for (int code = 1; code <= 256; code++)
        fuse->counts[code] = (float)exp((code - 1) / steps);
    return 0;
}

static const float *weights(Model *m, PyObject *parts, const char *name, Py_ssize_t count)
{
    const Py_buffer *view = take(m, parts, name, count * 4);
    return view ? view->buf : NULL;
}

static int load_words(Model *m, PyObject *parts)
{
    const Py_buffer *share, *starts, *candidates, *slips;
    if (!(m->unigrams = counts(m, parts, "unigrams")) || !(m->before = counts(m, parts, "kinds_before")) ||
        !(m->after = counts(m, parts, "kinds_after")) || !(share = take(m, parts, "capital_share", m->vocabulary)) ||
        !(starts = take(m, parts, "candidate_starts", 4 * ((Py_ssize_t)m->vocabulary + 1))))
        return -1;
    m->share = share->buf;
    m->starts = starts->buf;
    Py_ssize_t rows = m->starts[m->vocabulary];
    if (!(candidates = take(m, parts, "candidates", rows * 2)) || !(slips = take(m, parts, "candidate_slips", rows)))
        return -1;
    m->candidates = candidates->buf;
    m->slips = slips->buf;
    for (Py_ssize_t row = 0; row < rows; row++)
        if (m->candidates[row] >= m->vocabulary || m->slips[row] >= SLIPS) {
            PyErr_SetString(PyExc_ValueError, "a candidate is out of range");
            return -1;
        }
    return 0;
}

static int derive(Model *m)
{
    size_t size = sizeof(float) * (size_t)m->vocabulary;
    double sum = 0;
    m->novelty = malloc(size);
    m->spread = malloc(size);
    m->shares = malloc(size);
    m->log_unigrams = malloc(size);
    m->log_before = malloc(size);
    m->seen = calloc((size_t)m->vocabulary, sizeof *m->seen);
    if (!m->novelty || !m->spread || !m->shares || !m->log_unigrams || !m->log_before || !m->seen)
        return -1;
    for (int i = 0; i < m->vocabulary; i++)
        sum += m->before[i];
    for (int i = 0; i < m->vocabulary; i++) {
        float total = larger(m->unigrams[i], 1.0f);
        m->shares[i] = 1.0f / total;
        m->novelty[i] = m->before[i] / (float)sum;
        m->spread[i] = larger(smaller(DISCOUNT * m->after[i], total) / total, 1e-4f);
        m->log_unigrams[i] = log1pf(m->unigrams[i]);
        m->log_before[i] = log1pf(m->before[i]);
    }
    return 0;
}

static int load_network(Model *m, PyObject *parts)
{
    if (m->units > 64 || m->units < 1 || m->seeds < 1) {
        PyErr_SetString(PyExc_ValueError, "the network has another shape");
        return -1;
    }
    Py_ssize_t units = (Py_ssize_t)m->seeds * m->units, rows = (Py_ssize_t)m->seeds * FEATURES;
    m->costs = weights(m, parts, "costs", SLIPS);
    m->mean = m->costs ? weights(m, parts, "mean", FEATURES) : NULL;
    m->scale = m->mean ? weights(m, parts, "scale", FEATURES) : NULL;
    m->hidden = m->scale ? weights(m, parts, "hidden", units * FEATURES) : NULL;
    m->hidden_bias = m->hidden ? weights(m, parts, "hidden_bias", units) : NULL;
    m->output = m->hidden_bias ? weights(m, parts, "output", units) : NULL;
    m->linear = m->output ? weights(m, parts, "linear", rows) : NULL;
    m->bias = m->linear ? weights(m, parts, "bias", m->seeds) : NULL;
    for (int slip = 0; m->bias && slip < SLIPS; slip++)
        m->likelihoods[slip] = expf(m->costs[slip]);
    return m->bias ? 0 : -1;
}

static void model_dealloc(Model *m)
{
    for (int i = 0; i < m->used; i++)
        PyBuffer_Release(&m->buffers[i]);
    free(m->unigrams);
    free(m->before);
    free(m->after);
    free(m->novelty);
    free(m->spread);
    free(m->shares);
    free(m->log_unigrams);
    free(m->log_before);
    free(m->seen);
    Py_TYPE(m)->tp_free((PyObject *)m);
}

static PyObject *model_new(PyTypeObject *type, PyObject *args, PyObject *keywords)
{
    PyObject *parts;
    int vocabulary, units, seeds;
    (void)keywords;
    if (!PyArg_ParseTuple(args, "O!iii", &PyDict_Type, &parts, &vocabulary, &units, &seeds))
        return NULL;
    Model *m = (Model *)type->tp_alloc(type, 0);
    if (!m)
        return NULL;
    m->vocabulary = vocabulary;
    m->units = units;
    m->seeds = seeds;
    if (load_words(m, parts) < 0 || load_fuse(m, parts, "bigrams", "bigrams_low", &m->bigrams, 16.0) < 0 ||
        load_fuse(m, parts, "trigrams", NULL, &m->trigrams, 5.0) < 0 || load_network(m, parts) < 0 || derive(m) < 0) {
        if (!PyErr_Occurred())
            PyErr_SetString(PyExc_ValueError, "no spelling table of this kernel");
        Py_DECREF(m);
        return NULL;
    }
    return (PyObject *)m;
}

static PyMethodDef model_methods[] = {
    {"suspects", (PyCFunction)model_suspects, METH_VARARGS, suspects_doc},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject ModelType = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "qc.text.spelling._kernel.Model",
    .tp_basicsize = sizeof(Model),
    .tp_dealloc = (destructor)model_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_doc = "Model(columns, vocabulary, units, seeds): a spelling table and its calibration.",
    .tp_methods = model_methods,
    .tp_new = model_new,
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT, "_kernel", "The spelling screen, compiled.", -1, NULL, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC PyInit__kernel(void)
{
    if (PyType_Ready(&ModelType) < 0)
        return NULL;
    PyObject *self = PyModule_Create(&module);
    if (self && PyModule_AddObjectRef(self, "Model", (PyObject *)&ModelType) < 0)
        Py_CLEAR(self);
    return self;
}
