/* The type Model: takes the columns of a table and of a calibration, and checks that they are such. */
#include "model.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define CLIP 6.0

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

static int load_fuse(Model *m, PyObject *parts, const char *name, const char *low, Fuse *fuse)
{
    char key[32];
    snprintf(key, sizeof key, "%s_shape", name);
    PyObject *shape = PyDict_GetItemString(parts, key);
    unsigned long long segments, seed;
    if (!shape || !PyArg_ParseTuple(shape, "iKiiK", &fuse->segment_bits, &segments, &fuse->value_bits,
                                    &fuse->fingerprint_bits, &seed))
        return -1;
    if (fuse->segment_bits < 0 || fuse->segment_bits > 14 || segments < 1 || segments > 1 << 16 ||
        fuse->value_bits < 1 || fuse->value_bits > 8 || fuse->fingerprint_bits < 1 ||
        fuse->value_bits + fuse->fingerprint_bits != (low ? 24 : 16))
        return -1;
    fuse->segments = segments;
    fuse->seed = seed;
    Py_ssize_t cells = (Py_ssize_t)((segments + 2) << fuse->segment_bits);
    const Py_buffer *high = take(m, parts, name, cells * 2), *rest = NULL;
    if (!high || (low && !(rest = take(m, parts, low, cells))))
        return -1;
    fuse->high = high->buf;
    fuse->low = rest ? rest->buf : NULL;
    return 0;
}

static int load_counts(Model *m, PyObject *parts)
{
    if (load_fuse(m, parts, "bigrams", "bigrams_low", &m->bigrams) < 0 ||
        load_fuse(m, parts, "trigrams", NULL, &m->trigrams) < 0)
        return -1;
    for (int code = 0; code < CODES; code++) {
        m->pairs[code] = code ? exp((code - 1) / 16.0) : 0.0;
        m->triples[code] = code ? exp((code - 1) / 5.0) : 0.0;
        m->pair_logs[code] = log1p(m->pairs[code]);
        m->triple_logs[code] = log1p(m->triples[code]);
        m->kept[code] = code ? pow(m->pairs[code], -0.25) : 1.0;
    }
    for (int n = 0; n < LOGS; n++)
        m->logs[n] = log1p(n);
    return 0;
}

static int load_words(Model *m, PyObject *parts)
{
    const Py_buffer *unigrams, *before, *after, *share;
    if (!(unigrams = take(m, parts, "unigrams", m->vocabulary)) ||
        !(before = take(m, parts, "kinds_before", m->vocabulary)) ||
        !(after = take(m, parts, "kinds_after", m->vocabulary)) ||
        !(share = take(m, parts, "capital_share", m->vocabulary)))
        return -1;
    double counts[256], sum = 0;
    for (int code = 0; code < 256; code++)
        counts[code] = exp(code / 16.0);
    m->words = calloc((size_t)m->vocabulary, sizeof *m->words);
    m->rough = calloc((size_t)m->vocabulary, sizeof *m->rough);
    if (!m->words || !m->rough)
        return -1;
    for (int i = 0; i < m->vocabulary; i++)
        sum += counts[((const uint8_t *)before->buf)[i]];
    for (int i = 0; i < m->vocabulary; i++) {
        Word *word = &m->words[i];
        double kinds = DISCOUNT * counts[((const uint8_t *)after->buf)[i]];
        double first = counts[((const uint8_t *)before->buf)[i]];
        word->unigrams = counts[((const uint8_t *)unigrams->buf)[i]];
        word->novelty = first / sum;
        word->spread = fmax(fmin(kinds, word->unigrams) / word->unigrams, 1e-4);
        word->log_unigrams = log1p(word->unigrams);
        word->log_before = log1p(first);
        word->capital_share = ((const uint8_t *)share->buf)[i] / 255.0;
        m->rough[i] = (Rough){(float)word->novelty, (float)word->spread, (float)(1.0 / word->unigrams)};
    }
    return 0;
}

static int load_candidates(Model *m, PyObject *parts)
{
    const Py_buffer *starts, *candidates, *slips;
    if (!(starts = take(m, parts, "candidate_starts", 4 * ((Py_ssize_t)m->vocabulary + 1))))
        return -1;
    m->starts = starts->buf;
    Py_ssize_t rows = m->starts[m->vocabulary];
    if (!(candidates = take(m, parts, "candidates", rows * 2)) || !(slips = take(m, parts, "candidate_slips", rows)))
        return -1;
    m->candidates = candidates->buf;
    m->slips = slips->buf;
    int sound = m->starts[0] == 0;
    for (int word = 0; word < m->vocabulary; word++) {
        const uint32_t width = m->starts[word + 1] - m->starts[word];
        sound &= m->starts[word] <= m->starts[word + 1];
        if (width > m->widest)
            m->widest = width;
    }
    for (Py_ssize_t row = 0; sound && row < rows; row++)
        sound = m->candidates[row] < m->vocabulary && m->slips[row] < SLIPS;
    if (!sound)
        PyErr_SetString(PyExc_ValueError, "a candidate is out of range");
    return sound ? 0 : -1;
}

static const float *weights(Model *m, PyObject *parts, const char *name, Py_ssize_t count)
{
    const Py_buffer *view = take(m, parts, name, count * 4);
    return view ? view->buf : NULL;
}

static int load_scales(Model *m, PyObject *parts)
{
    const float *costs = weights(m, parts, "costs", SLIPS);
    const float *mean = costs ? weights(m, parts, "mean", FEATURES) : NULL;
    const float *scale = mean ? weights(m, parts, "scale", FEATURES) : NULL;
    for (int slip = 0; scale && slip < SLIPS; slip++) {
        m->costs[slip] = costs[slip];
        m->likelihoods[slip] = exp(costs[slip]);
    }
    for (int i = 0; scale && i < FEATURES; i++) {
        m->mean[i] = mean[i];
        m->scale[i] = scale[i];
        m->zero[i] = fmin(fmax((0.0 - m->mean[i]) / m->scale[i], -CLIP), CLIP);
    }
    return scale ? 0 : -1;
}

static int load_network(Model *m, PyObject *parts)
{
    const Py_ssize_t units = m->units, seeds = m->seeds, width = units * seeds;
    const float *hidden = weights(m, parts, "hidden", width * FEATURES);
    const float *hidden_bias = hidden ? weights(m, parts, "hidden_bias", width) : NULL;
    const float *output = hidden_bias ? weights(m, parts, "output", width) : NULL;
    const float *linear = output ? weights(m, parts, "linear", seeds * FEATURES) : NULL;
    const float *bias = linear ? weights(m, parts, "bias", seeds) : NULL;
    if (!bias)
        return -1;
    m->hidden = malloc(sizeof(double) * (size_t)width * FEATURES);
    m->resting = malloc(sizeof(double) * (size_t)width);
    m->output = malloc(sizeof(double) * (size_t)width);
    m->linear = malloc(sizeof(double) * (size_t)seeds * FEATURES);
    m->rest = malloc(sizeof(double) * (size_t)seeds);
    if (!m->hidden || !m->resting || !m->output || !m->linear || !m->rest)
        return -1;
    for (Py_ssize_t unit = 0; unit < width; unit++) {
        m->output[unit] = output[unit];
        m->resting[unit] = hidden_bias[unit];
        for (Py_ssize_t i = 0; i < FEATURES; i++) {
            double weight = hidden[(unit / units * FEATURES + i) * units + unit % units];
            m->hidden[i * width + unit] = weight;
            m->resting[unit] += m->zero[i] * weight;
        }
    }
    for (Py_ssize_t seed = 0; seed < seeds; seed++) {
        m->rest[seed] = bias[seed];
        for (Py_ssize_t i = 0; i < FEATURES; i++) {
            m->linear[seed * FEATURES + i] = linear[seed * FEATURES + i];
            m->rest[seed] += m->zero[i] * linear[seed * FEATURES + i];
        }
    }
    return 0;
}

static void model_dealloc(Model *m)
{
    for (int i = 0; i < m->used; i++)
        PyBuffer_Release(&m->buffers[i]);
    free(m->words);
    free(m->rough);
    drop_memo(&m->memo);
    free(m->hidden);
    free(m->resting);
    free(m->output);
    free(m->linear);
    free(m->rest);
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
    int sound = vocabulary >= FIRST_WORD && vocabulary <= 1 << 16 && units >= 1 && seeds >= 1 &&
                units <= MOST_UNITS / seeds;
    if (!sound || load_words(m, parts) < 0 || load_candidates(m, parts) < 0 || load_counts(m, parts) < 0 ||
        load_scales(m, parts) < 0 || load_network(m, parts) < 0 || make_memo(&m->memo, seed_of_process()) < 0) {
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

PyTypeObject ModelType = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "qc.text.spelling._kernel.Model",
    .tp_basicsize = sizeof(Model),
    .tp_dealloc = (destructor)model_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_doc = "Model(columns, vocabulary, units, seeds): a spelling table and its calibration.",
    .tp_methods = model_methods,
    .tp_new = model_new,
};
