/* The type Reader: the twin of Reader.read of _reading.py, which reads the chunks this one does not
 * know. Nothing a pattern looks for spans a blank, so a text is the sum of its chunks. */
#include "reader.h"
#include "model.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST = 48, MOST = 32768 };    /* as in qc.core.chunks */
enum { FARTHEST = 64 };                 /* slots from its own in which a chunk may lie */
enum { ASKED = 1, FAULTY = 2, ODD = 4 };
enum { BREAK_PIECE = 0, NUMBER_PIECE = 2, NO_FORM = -1 }; /* as in _tokens.py and _reading.py */

typedef struct {
    int32_t start, end, number, form, flags, key;
} Piece;

typedef struct {
    int32_t kind, start, end;
} Mark;

typedef struct {
    uint64_t hash;
    int32_t length, pieces, marks;
    int32_t rows[]; /* the pieces, the marks, the characters */
} Chunk;

typedef struct {
    PyObject_HEAD
    PyObject *make;
    Chunk **chunks; /* open addressing; NULL: free */
    size_t mask, used;
    uint64_t seed;
    uint32_t *phrases; /* open addressing; 0: free */
    size_t phrases_mask;
    int plain_numbers;
} Reader;

/* ---- columns -------------------------------------------------------------------------------- */

typedef struct {
    Piece *pieces;
    Py_ssize_t size, room;
    PyObject *marks;
} Columns;

static Piece *grown(Columns *c, Py_ssize_t more)
{
    if (c->room - c->size < more) {
        Py_ssize_t room = (c->size + more) * 2 + 64;
        Piece *pieces = realloc(c->pieces, sizeof *pieces * (size_t)room);
        if (!pieces) {
            PyErr_NoMemory();
            return NULL;
        }
        c->pieces = pieces;
        c->room = room;
    }
    return c->pieces + c->size;
}

static int add(Columns *c, Py_ssize_t at, const Piece *pieces, Py_ssize_t count, const Mark *marks, Py_ssize_t marked)
{
    Piece *next = grown(c, count);
    if (!next)
        return -1;
    const int32_t shift = (int32_t)at;
    for (Py_ssize_t k = 0; k < count; k++) {
        next[k] = pieces[k];
        next[k].start += shift;
        next[k].end += shift;
    }
    c->size += count;
    for (Py_ssize_t k = 0; k < marked; k++) {
        PyObject *mark = Py_BuildValue("(iii)", marks[k].kind, marks[k].start + shift, marks[k].end + shift);
        if (!mark || PyList_Append(c->marks, mark) < 0) {
            Py_XDECREF(mark);
            return -1;
        }
        Py_DECREF(mark);
    }
    return 0;
}

/* ---- chunks --------------------------------------------------------------------------------- */

static uint64_t hash_of(const Reader *r, int kind, const void *data, Py_ssize_t start, Py_ssize_t end)
{
    uint64_t hash = r->seed;
    for (Py_ssize_t i = start; i < end; i++)
        hash = (hash ^ PyUnicode_READ(kind, data, i)) * 0x100000001B3ULL;
    return hash ^ hash >> 29;
}

static inline const int32_t *characters(const Chunk *chunk)
{
    return chunk->rows + (size_t)chunk->pieces * 6 + (size_t)chunk->marks * 3;
}

static int same(const Chunk *chunk, int kind, const void *data, Py_ssize_t start, Py_ssize_t length)
{
    const int32_t *own = characters(chunk);
    if (chunk->length != length)
        return 0;
    for (Py_ssize_t i = 0; i < length; i++)
        if ((Py_UCS4)own[i] != PyUnicode_READ(kind, data, start + i))
            return 0;
    return 1;
}

static void forget(Reader *r)
{
    for (size_t at = 0; r->chunks && at <= r->mask; at++) {
        free(r->chunks[at]);
        r->chunks[at] = NULL;
    }
    r->used = 0;
}

/* A free slot for a chunk, or NULL where too many others want it. */
static Chunk **slot_for(Chunk **chunks, size_t mask, uint64_t hash)
{
    for (size_t step = 0; step < FARTHEST; step++)
        if (!chunks[(hash + step) & mask])
            return &chunks[(hash + step) & mask];
    return NULL;
}

/* Makes room for one more chunk. */
static int widen(Reader *r)
{
    if (r->used >= MOST)
        forget(r);
    if (r->used * 2 <= r->mask)
        return 0;
    const size_t mask = r->mask * 2 + 1;
    Chunk **chunks = calloc(mask + 1, sizeof *chunks);
    if (!chunks)
        return -1;
    for (size_t old = 0; old <= r->mask; old++) {
        if (!r->chunks[old])
            continue;
        Chunk **slot = slot_for(chunks, mask, r->chunks[old]->hash);
        if (slot)
            *slot = r->chunks[old];
        else
            free(r->chunks[old]);
    }
    free(r->chunks);
    r->chunks = chunks;
    r->mask = mask;
    return 0;
}

static int keep(Reader *r, uint64_t hash, int kind, const void *data, Py_ssize_t start, Py_ssize_t end,
                const Py_buffer *pieces, const Py_buffer *marks)
{
    const size_t length = (size_t)(end - start), rows = (size_t)(pieces->len + marks->len) / 4;
    Chunk **slot = widen(r) < 0 ? NULL : slot_for(r->chunks, r->mask, hash);
    if (!slot)
        return 0;
    Chunk *chunk = malloc(sizeof *chunk + (rows + length) * 4);
    if (!chunk) {
        PyErr_NoMemory();
        return -1;
    }
    chunk->hash = hash;
    chunk->length = (int32_t)length;
    chunk->pieces = (int32_t)(pieces->len / (Py_ssize_t)sizeof(Piece));
    chunk->marks = (int32_t)(marks->len / (Py_ssize_t)sizeof(Mark));
    memcpy(chunk->rows, pieces->buf, (size_t)pieces->len);
    memcpy(chunk->rows + pieces->len / 4, marks->buf, (size_t)marks->len);
    for (size_t i = 0; i < length; i++)
        chunk->rows[rows + i] = (int32_t)PyUnicode_READ(kind, data, start + (Py_ssize_t)i);
    *slot = chunk;
    r->used++;
    return 0;
}

static int sound(const Py_buffer *pieces, const Py_buffer *marks, Py_ssize_t length)
{
    const Piece *piece = pieces->buf;
    const Mark *mark = marks->buf;
    if (pieces->len % (Py_ssize_t)sizeof *piece || marks->len % (Py_ssize_t)sizeof *mark)
        return 0;
    for (Py_ssize_t k = 0; k < pieces->len / (Py_ssize_t)sizeof *piece; k++)
        if (piece[k].start < 0 || piece[k].start > piece[k].end || piece[k].end > length ||
            piece[k].key < 0 || piece[k].key > UINT16_MAX)
            return 0;
    for (Py_ssize_t k = 0; k < marks->len / (Py_ssize_t)sizeof *mark; k++)
        if (mark[k].start < 0 || mark[k].start > mark[k].end || mark[k].end > length)
            return 0;
    return 1;
}

/* Reads a chunk that is not known, and keeps what it is told. Python runs here: no pointer to a chunk
 * may be held across the call. */
static int learn(Reader *r, PyObject *text, uint64_t hash, Py_ssize_t start, Py_ssize_t end, Columns *c)
{
    PyObject *chunk = PyUnicode_Substring(text, start, end);
    PyObject *made = chunk && r->make ? PyObject_CallOneArg(r->make, chunk) : NULL;
    Py_buffer pieces, marks;
    int done = -1;
    Py_XDECREF(chunk);
    if (!made) {
        if (!PyErr_Occurred())
            PyErr_SetString(PyExc_RuntimeError, "the reader was taken apart");
        return -1;
    }
    if (PyTuple_Check(made) && PyArg_ParseTuple(made, "y*y*", &pieces, &marks)) {
        if (!sound(&pieces, &marks, end - start))
            PyErr_SetString(PyExc_ValueError, "the reading of a chunk does not fit it");
        else
            done = add(c, start, pieces.buf, pieces.len / (Py_ssize_t)sizeof(Piece), marks.buf,
                       marks.len / (Py_ssize_t)sizeof(Mark));
        if (done == 0 && end - start <= LONGEST)
            done = keep(r, hash, PyUnicode_KIND(text), PyUnicode_DATA(text), start, end, &pieces, &marks);
        PyBuffer_Release(&pieces);
        PyBuffer_Release(&marks);
    } else if (!PyErr_Occurred()) {
        PyErr_SetString(PyExc_TypeError, "a chunk is read as two columns");
    }
    Py_DECREF(made);
    return done;
}

static const Chunk *known_chunk(const Reader *r, uint64_t hash, int kind, const void *data, Py_ssize_t start,
                                Py_ssize_t end)
{
    for (size_t step = 0; step < FARTHEST; step++) {
        const Chunk *chunk = r->chunks[(hash + step) & r->mask];
        if (!chunk)
            return NULL;
        if (chunk->hash == hash && same(chunk, kind, data, start, end - start))
            return chunk;
    }
    return NULL;
}

static inline int add_chunk(Columns *c, Py_ssize_t start, const Chunk *chunk)
{
    return add(c, start, (const Piece *)chunk->rows, chunk->pieces,
               (const Mark *)(chunk->rows + (size_t)chunk->pieces * 6), chunk->marks);
}

/* ---- chunks put together from words and signs ------------------------------------------------ */

/* What a chunk may be put together from: words or numbers, and signs that begin nothing. All other
 * chunks (addresses, signs of acts, words in an old font) are read as a whole. */
static inline int is_letter(Py_UCS4 ch)
{
    if (ch < 0x80)
        return (ch | 0x20) >= 'a' && (ch | 0x20) <= 'z';
    return (ch >= 0x1EA0 && ch <= 0x1EF9) || (ch >= 0xC0 && ch <= 0x1B0 && ch != 0xD7 && ch != 0xF7);
}

static inline int is_plain_sign(Py_UCS4 ch)
{
    switch (ch) {
    case ',': case ';': case ':': case '!': case '?': case '(': case ')': case '"': case '\'': case '[': case ']':
    case 0x201C: case 0x201D: case 0x2018: case 0x2019: case 0x2026:
        return 1;
    default:
        return 0;
    }
}

static inline int is_digit(Py_UCS4 ch)
{
    return ch >= '0' && ch <= '9';
}

/* What a chunk is made of. STOPS: full stops before its end; beside words they may be of an address. */
enum { WORDS = 1, NUMBERS = 2, STOPS = 4, OTHER = 8 };

static int makings_of(int kind, const void *data, Py_ssize_t start, Py_ssize_t end)
{
    int found = 0;
    for (Py_ssize_t at = start; at < end; at++) {
        const Py_UCS4 ch = PyUnicode_READ(kind, data, at);
        if (is_letter(ch))
            found |= WORDS;
        else if (is_digit(ch))
            found |= NUMBERS;
        else if (ch == '.')
            found |= at + 1 < end ? STOPS : 0;
        else if (!is_plain_sign(ch))
            found |= OTHER;
    }
    return found;
}

/* The end of the word, number or sign that begins at `at`. */
static Py_ssize_t part_end(int kind, const void *data, Py_ssize_t at, Py_ssize_t end)
{
    if (is_letter(PyUnicode_READ(kind, data, at))) {
        while (at < end && is_letter(PyUnicode_READ(kind, data, at)))
            at++;
        return at;
    }
    if (!is_digit(PyUnicode_READ(kind, data, at)))
        return at + 1;
    for (;;) {
        while (at < end && is_digit(PyUnicode_READ(kind, data, at)))
            at++;
        const Py_UCS4 ch = at + 1 < end ? PyUnicode_READ(kind, data, at) : 0;
        if ((ch != '.' && ch != ',') || !is_digit(PyUnicode_READ(kind, data, at + 1)))
            return at;
        at++;
    }
}

/* 1: read from its words, numbers and signs; 0: it must be read as a whole; -1: an error. */
static int read_parts(Reader *r, PyObject *text, Py_ssize_t start, Py_ssize_t end, Columns *c)
{
    const int kind = PyUnicode_KIND(text);
    const void *data = PyUnicode_DATA(text);
    const Py_ssize_t size = c->size;
    const int makings = makings_of(kind, data, start, end);
    Py_ssize_t next;
    if (makings & OTHER || (makings & WORDS && makings & (NUMBERS | STOPS)) || (makings & NUMBERS && !r->plain_numbers))
        return 0;
    for (Py_ssize_t at = start; at < end; at = next) {
        next = part_end(kind, data, at, end);
        if (is_digit(PyUnicode_READ(kind, data, at))) {
            const Piece number = {0, (int32_t)(next - at), NUMBER_PIECE, NO_FORM, 0, 0};
            if (add(c, at, &number, 1, NULL, 0) < 0)
                return -1;
            continue;
        }
        if (at == start && next == end)
            return 0;
        const uint64_t hash = hash_of(r, kind, data, at, next);
        const Chunk *part = known_chunk(r, hash, kind, data, at, next);
        if (!part) {
            Columns unused = {NULL, 0, 0, PyList_New(0)};
            const int done = unused.marks ? learn(r, text, hash, at, next, &unused) : -1;
            free(unused.pieces);
            Py_XDECREF(unused.marks);
            if (done < 0)
                return -1;
            part = known_chunk(r, hash, kind, data, at, next);
        }
        if (!part || part->pieces != 1 || part->marks) {
            c->size = size;
            return 0;
        }
        if (add_chunk(c, at, part) < 0)
            return -1;
    }
    return 1;
}

static int read_chunk(Reader *r, PyObject *text, Py_ssize_t start, Py_ssize_t end, Columns *c)
{
    const int kind = PyUnicode_KIND(text);
    const void *data = PyUnicode_DATA(text);
    uint64_t hash = 0;
    if (end - start <= LONGEST) {
        hash = hash_of(r, kind, data, start, end);
        const Chunk *chunk = known_chunk(r, hash, kind, data, start, end);
        if (chunk)
            return add_chunk(c, start, chunk);
        const int parts = read_parts(r, text, start, end, c);
        if (parts)
            return parts < 0 ? -1 : 0;
    }
    return learn(r, text, hash, start, end, c);
}

/* As str.isspace of one character. */
static inline int is_blank(Py_UCS4 ch)
{
    if (ch < 0x80)
        return ch == ' ' || (ch >= 0x09 && ch <= 0x0D) || (ch >= 0x1C && ch <= 0x1F);
    if (ch > 0xA0 && ch < 0x1680)
        return 0;
    return Py_UNICODE_ISSPACE(ch);
}

static int read_text(Reader *r, PyObject *text, Columns *c)
{
    static const Piece line_end = {0, 1, BREAK_PIECE, NO_FORM, 0, 0};
    const int kind = PyUnicode_KIND(text);
    const void *data = PyUnicode_DATA(text);
    const Py_ssize_t length = PyUnicode_GET_LENGTH(text);
    for (Py_ssize_t at = 0; at < length;) {
        Py_UCS4 ch = PyUnicode_READ(kind, data, at);
        if (is_blank(ch)) {
            if (ch == '\n' && add(c, at, &line_end, 1, NULL, 0) < 0)
                return -1;
            at++;
            continue;
        }
        Py_ssize_t end = at + 1;
        while (end < length && !is_blank(PyUnicode_READ(kind, data, end)))
            end++;
        if (read_chunk(r, text, at, end, c) < 0)
            return -1;
        at = end;
    }
    return 0;
}

/* ---- what is handed over -------------------------------------------------------------------- */

static inline size_t phrase_slot(const Reader *r, uint32_t key)
{
    size_t at = (key * 2654435761u >> 9) & r->phrases_mask;
    while (r->phrases[at] && r->phrases[at] != key)
        at = (at + 1) & r->phrases_mask;
    return at;
}

/* Whether a phrase may begin with two keys; 0 stands for a word that no phrase begins with. */
static inline int begins_phrase(const Reader *r, uint32_t key, uint32_t next)
{
    return r->phrases[phrase_slot(r, key << 16)] || (next && r->phrases[phrase_slot(r, key << 16 | next)]);
}

static int append_number(PyObject *list, Py_ssize_t number)
{
    PyObject *each = PyLong_FromSsize_t(number);
    int done = each ? PyList_Append(list, each) : -1;
    Py_XDECREF(each);
    return done;
}

static PyObject *handed_over(const Reader *r, const Columns *c)
{
    PyObject *wide[3], *narrow[3], *odd = PyList_New(0), *phrases = PyList_New(0), *all = NULL;
    int missing = !odd || !phrases;
    for (int k = 0; k < 3; k++) {
        wide[k] = PyBytes_FromStringAndSize(NULL, c->size * 4);
        narrow[k] = PyBytes_FromStringAndSize(NULL, c->size);
        missing |= !wide[k] || !narrow[k];
    }
    if (!missing) {
        int32_t *starts = (int32_t *)PyBytes_AS_STRING(wide[0]), *ends = (int32_t *)PyBytes_AS_STRING(wide[1]);
        int32_t *numbers = (int32_t *)PyBytes_AS_STRING(wide[2]);
        char *forms = PyBytes_AS_STRING(narrow[0]), *asked = PyBytes_AS_STRING(narrow[1]);
        char *faulty = PyBytes_AS_STRING(narrow[2]);
        for (Py_ssize_t i = 0; i < c->size && !missing; i++) {
            const Piece *piece = &c->pieces[i];
            starts[i] = piece->start;
            ends[i] = piece->end;
            numbers[i] = piece->number;
            forms[i] = (char)piece->form;
            asked[i] = (piece->flags & ASKED) != 0;
            faulty[i] = (piece->flags & FAULTY) != 0;
            if (piece->flags & ODD)
                missing |= append_number(odd, i) < 0;
            if (piece->key && begins_phrase(r, (uint32_t)piece->key, i + 1 < c->size ? (uint32_t)piece[1].key : 0))
                missing |= append_number(phrases, i) < 0;
        }
        if (!missing)
            all = PyTuple_Pack(9, wide[0], wide[1], wide[2], narrow[0], narrow[1], narrow[2], odd, phrases, c->marks);
    }
    for (int k = 0; k < 3; k++) {
        Py_XDECREF(wide[k]);
        Py_XDECREF(narrow[k]);
    }
    Py_XDECREF(odd);
    Py_XDECREF(phrases);
    return all;
}

PyDoc_STRVAR(read_doc,
    "read(text) -> (starts, ends, numbers, forms, asked, faulty, odd, phrases, marks)\n\n"
    "The columns of a reading as bytes; the pieces that are odd and those with which a phrase may\n"
    "begin, as lists; (kind, start, end) of every mark.");

static PyObject *reader_read(Reader *r, PyObject *text)
{
    if (!PyUnicode_Check(text) || PyUnicode_GET_LENGTH(text) > INT32_MAX) {
        PyErr_SetString(PyExc_TypeError, "a text is wanted");
        return NULL;
    }
    Columns c = {NULL, 0, 0, PyList_New(0)};
    PyObject *found = NULL;
    if (c.marks && PyUnicode_READY(text) == 0 && read_text(r, text, &c) == 0)
        found = handed_over(r, &c);
    free(c.pieces);
    Py_XDECREF(c.marks);
    return found;
}

static int load_phrases(Reader *r, const Py_buffer *pairs)
{
    const uint32_t *keys = pairs->buf;
    const size_t count = (size_t)pairs->len / 4;
    size_t room = 16;
    while (room < count * 4)
        room *= 2;
    r->phrases_mask = room - 1;
    r->phrases = calloc(room, sizeof *r->phrases);
    for (size_t k = 0; r->phrases && k < count; k++)
        r->phrases[phrase_slot(r, keys[k])] = keys[k];
    return r->phrases ? 0 : -1;
}

static void reader_dealloc(Reader *r)
{
    PyObject_GC_UnTrack(r);
    forget(r);
    free(r->chunks);
    free(r->phrases);
    Py_XDECREF(r->make);
    Py_TYPE(r)->tp_free((PyObject *)r);
}

static int reader_traverse(Reader *r, visitproc visit, void *arg)
{
    Py_VISIT(r->make);
    return 0;
}

static int reader_clear(Reader *r)
{
    Py_CLEAR(r->make);
    return 0;
}

static PyObject *reader_new(PyTypeObject *type, PyObject *args, PyObject *keywords)
{
    PyObject *make;
    Py_buffer pairs;
    int plain_numbers;
    (void)keywords;
    if (!PyArg_ParseTuple(args, "Oy*p", &make, &pairs, &plain_numbers))
        return NULL;
    Reader *r = (Reader *)type->tp_alloc(type, 0);
    if (r) {
        r->seed = seed_of_process();
        r->mask = 1023;
        r->chunks = calloc(r->mask + 1, sizeof *r->chunks);
        r->make = Py_NewRef(make);
        r->plain_numbers = plain_numbers;
        if (!r->chunks || load_phrases(r, &pairs) < 0) {
            Py_CLEAR(r);
            PyErr_NoMemory();
        }
    }
    PyBuffer_Release(&pairs);
    return (PyObject *)r;
}

static PyMethodDef reader_methods[] = {
    {"read", (PyCFunction)reader_read, METH_O, read_doc},
    {NULL, NULL, 0, NULL},
};

PyTypeObject ReaderType = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "qc.text.spelling._kernel.Reader",
    .tp_basicsize = sizeof(Reader),
    .tp_dealloc = (destructor)reader_dealloc,
    .tp_traverse = (traverseproc)reader_traverse,
    .tp_clear = (inquiry)reader_clear,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_doc = "Reader(make, phrases, plain_numbers): reads texts; make(chunk) -> (pieces, marks) reads what is new.\n\n"
              "pieces: rows of start, end, number, form, flags and key; marks: rows of kind, start and\n"
              "end; phrases: the keys with which a phrase begins, first << 16 | second (int32 each);\n"
              "plain_numbers: no phrase holds a number.",
    .tp_methods = reader_methods,
    .tp_new = reader_new,
};
