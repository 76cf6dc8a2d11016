/* The types Context and Forest: the twins of _context.py and _trees.py. */
#include "judge.h"

#include <math.h>
#include <stdlib.h>

enum { SIZE = 96, SIDE = 8, NEAR = 3, HIDDEN = 96, FAR = 70, DRAWS = 12, PARTS = 12 };

/* Rows of small numbers and their scale: a vector of SIZE for each word. */
typedef struct {
    const int8_t *rows;
    const float *scale;
} Vectors;

typedef struct {
    PyObject_HEAD
    Py_buffer buffers[PARTS];
    int used, vocabulary;
    Vectors near, far, out;
    const float *place, *bias, *weight, *hidden, *hidden_bias, *hidden_out;
} Context;

typedef struct {
    PyObject_HEAD
    Py_buffer buffers[4];
    int used, trees, nodes;
    double base;
    const int16_t *column, *low;
    const float *border, *value;
} Forest;

static const void *part(Py_buffer *buffers, int *used, PyObject *parts, const char *name, Py_ssize_t size)
{
    PyObject *one = PyDict_GetItemString(parts, name);
    if (!one) {
        PyErr_Format(PyExc_KeyError, "no column %s", name);
        return NULL;
    }
    Py_buffer *view = &buffers[*used];
    if (PyObject_GetBuffer(one, view, PyBUF_SIMPLE) < 0)
        return NULL;
    ++*used;
    if (view->len != size) {
        PyErr_Format(PyExc_ValueError, "column %s has %zd bytes, not %zd", name, view->len, size);
        return NULL;
    }
    return view->buf;
}

static void let_go(Py_buffer *buffers, int used)
{
    for (int i = 0; i < used; i++)
        PyBuffer_Release(&buffers[i]);
}

static void context_dealloc(Context *c)
{
    let_go(c->buffers, c->used);
    Py_TYPE(c)->tp_free((PyObject *)c);
}

static PyObject *context_new(PyTypeObject *type, PyObject *args, PyObject *keywords)
{
    PyObject *parts;
    int vocabulary;
    (void)keywords;
    if (!PyArg_ParseTuple(args, "O!i", &PyDict_Type, &parts, &vocabulary))
        return NULL;
    Context *c = (Context *)type->tp_alloc(type, 0);
    if (!c)
        return NULL;
    const Py_ssize_t rows = vocabulary, number = sizeof(float);
    c->vocabulary = vocabulary;
#define PART(name, size) part(c->buffers, &c->used, parts, name, size)
    if (!(c->near.rows = PART("near", rows * SIZE)) || !(c->near.scale = PART("near_scale", rows * number)) ||
        !(c->far.rows = PART("far", rows * SIZE)) || !(c->far.scale = PART("far_scale", rows * number)) ||
        !(c->out.rows = PART("out", rows * SIZE)) || !(c->out.scale = PART("out_scale", rows * number)) ||
        !(c->place = PART("place", 2 * SIDE * SIZE * number)) || !(c->bias = PART("bias", rows * number)) ||
        !(c->weight = PART("weight", rows * number)) ||
        !(c->hidden = PART("hidden", 2 * NEAR * SIZE * HIDDEN * number)) ||
        !(c->hidden_bias = PART("hidden_bias", HIDDEN * number)) ||
        !(c->hidden_out = PART("hidden_out", HIDDEN * SIZE * number))) {
        Py_DECREF(c);
        return NULL;
    }
#undef PART
    return (PyObject *)c;
}

/* What stands around a piece, as one vector. */
static void surroundings(const Context *c, const int32_t *words, Py_ssize_t count, Py_ssize_t piece, double *sum)
{
    double unit[HIDDEN], far[SIZE] = {0}, weight = 0;
    for (int d = 0; d < SIZE; d++)
        sum[d] = 0;
    for (int h = 0; h < HIDDEN; h++)
        unit[h] = c->hidden_bias[h];
    for (int step = 1; step <= SIDE; step++)
        for (int right = 0; right < 2; right++) {
            Py_ssize_t at = right ? piece + step : piece - step;
            int word = at < 0 || at >= count ? 0 : words[at];
            const int8_t *row = c->near.rows + (size_t)word * SIZE;
            const float *place = c->place + (right * SIDE + step - 1) * SIZE;
            double scale = c->near.scale[word];
            for (int d = 0; d < SIZE; d++)
                sum[d] += scale * row[d] * place[d];
            if (step > NEAR)
                continue;
            const float *hidden = c->hidden + (size_t)(right ? NEAR + step - 1 : NEAR - step) * SIZE * HIDDEN;
            for (int d = 0; d < SIZE; d++)
                for (int h = 0; h < HIDDEN; h++)
                    unit[h] += scale * row[d] * hidden[d * HIDDEN + h];
        }
    Py_ssize_t first = piece - FAR < 0 ? 0 : piece - FAR, last = piece + FAR < count ? piece + FAR + 1 : count;
    for (Py_ssize_t at = first; at < last; at++) {
        int word = words[at];
        if ((at >= piece - SIDE && at <= piece + SIDE) || c->weight[word] == 0)
            continue;
        const int8_t *row = c->far.rows + (size_t)word * SIZE;
        double share = (double)c->weight[word] * c->far.scale[word];
        weight += c->weight[word];
        for (int d = 0; d < SIZE; d++)
            far[d] += share * row[d];
    }
    if (weight > 0) {
        double drawn = DRAWS * weight / (2 * FAR - 2 * SIDE);
        double share = sqrt(drawn) / weight;
        for (int d = 0; d < SIZE; d++)
            sum[d] += far[d] * share;
    }
    for (int h = 0; h < HIDDEN; h++)
        if (unit[h] > 0)
            for (int d = 0; d < SIZE; d++)
                sum[d] += unit[h] * c->hidden_out[h * SIZE + d];
}

static PyObject *context_scores(Context *c, PyObject *args)
{
    Py_buffer words, asked;
    Py_ssize_t piece;
    if (!PyArg_ParseTuple(args, "y*ny*", &words, &piece, &asked))
        return NULL;
    const int32_t *numbers = words.buf, *candidates = asked.buf;
    const Py_ssize_t count = words.len / 4, wanted = asked.len / 4;
    int sound = piece >= 0 && piece < count;
    for (Py_ssize_t i = 0; sound && i < count; i++)
        sound = numbers[i] >= 0 && numbers[i] < c->vocabulary;
    for (Py_ssize_t i = 0; sound && i < wanted; i++)
        sound = candidates[i] >= 0 && candidates[i] < c->vocabulary;
    PyObject *found = NULL;
    if (!sound)
        PyErr_SetString(PyExc_ValueError, "a number is out of range");
    else if ((found = PyList_New(wanted))) {
        double sum[SIZE];
        surroundings(c, numbers, count, piece, sum);
        for (Py_ssize_t i = 0; i < wanted; i++) {
            const int8_t *row = c->out.rows + (size_t)candidates[i] * SIZE;
            double total = 0;
            for (int d = 0; d < SIZE; d++)
                total += row[d] * sum[d];
            PyObject *one = PyFloat_FromDouble(total * c->out.scale[candidates[i]] + c->bias[candidates[i]]);
            if (!one) {
                Py_CLEAR(found);
                break;
            }
            PyList_SET_ITEM(found, i, one);
        }
    }
    PyBuffer_Release(&words);
    PyBuffer_Release(&asked);
    return found;
}

static void forest_dealloc(Forest *f)
{
    let_go(f->buffers, f->used);
    Py_TYPE(f)->tp_free((PyObject *)f);
}

static PyObject *forest_new(PyTypeObject *type, PyObject *args, PyObject *keywords)
{
    PyObject *parts;
    int trees, nodes;
    double base;
    (void)keywords;
    if (!PyArg_ParseTuple(args, "O!iid", &PyDict_Type, &parts, &trees, &nodes, &base))
        return NULL;
    Forest *f = (Forest *)type->tp_alloc(type, 0);
    if (!f)
        return NULL;
    f->trees = trees;
    f->nodes = nodes;
    f->base = base;
    const Py_ssize_t size = trees >= 0 && nodes > 0 ? (Py_ssize_t)trees * nodes : -1;
#define PART(name, bytes) part(f->buffers, &f->used, parts, name, bytes)
    int sound = (f->column = PART("column", size * 2)) && (f->low = PART("low", size * 2)) &&
                (f->border = PART("border", size * 4)) && (f->value = PART("value", size * 4));
#undef PART
    for (Py_ssize_t i = 0; sound && i < size; i++) {
        int node = (int)(i % nodes), low = f->low[i];
        sound = f->column[i] >= 0 && (low == node || (low > node && low + 1 < nodes));
        if (!sound)
            PyErr_SetString(PyExc_ValueError, "a tree is out of order");
    }
    if (!sound) {
        Py_DECREF(f);
        return NULL;
    }
    return (PyObject *)f;
}

static PyObject *forest_score(Forest *f, PyObject *args)
{
    Py_buffer row;
    if (!PyArg_ParseTuple(args, "y*", &row))
        return NULL;
    const double *features = row.buf;
    double total = f->base;
    Py_ssize_t width = row.len / (Py_ssize_t)sizeof *features;
    for (int tree = 0; tree < f->trees; tree++) {
        const Py_ssize_t first = (Py_ssize_t)tree * f->nodes;
        int node = 0, low;
        while ((low = f->low[first + node]) != node) {
            int column = f->column[first + node];
            if (column >= width) {
                PyBuffer_Release(&row);
                PyErr_SetString(PyExc_ValueError, "a row is too short");
                return NULL;
            }
            node = low + (features[column] > f->border[first + node]);
        }
        total += f->value[first + node];
    }
    PyBuffer_Release(&row);
    return PyFloat_FromDouble(total);
}

static PyMethodDef context_methods[] = {
    {"scores", (PyCFunction)context_scores, METH_VARARGS,
     "scores(words, piece, candidates): how well each candidate fits around a piece."},
    {NULL, NULL, 0, NULL},
};

static PyMethodDef forest_methods[] = {
    {"score", (PyCFunction)forest_score, METH_VARARGS, "score(row): log-odds of a row of doubles."},
    {NULL, NULL, 0, NULL},
};

PyTypeObject ContextType = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "qc.text.spelling._kernel.Context",
    .tp_basicsize = sizeof(Context),
    .tp_dealloc = (destructor)context_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_doc = "Context(columns, vocabulary): a model of what stands around a word.",
    .tp_methods = context_methods,
    .tp_new = context_new,
};

PyTypeObject ForestType = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "qc.text.spelling._kernel.Forest",
    .tp_basicsize = sizeof(Forest),
    .tp_dealloc = (destructor)forest_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_doc = "Forest(columns, trees, nodes, base): boosted trees.",
    .tp_methods = forest_methods,
    .tp_new = forest_new,
};
