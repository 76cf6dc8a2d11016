/* A text as columns of pieces; what is known of a chunk (what stands between blanks) is kept. */
#ifndef QC_READER_H
#define QC_READER_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

extern PyTypeObject ReaderType;

#endif
