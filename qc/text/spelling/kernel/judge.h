/* The types of judge.c. */
#ifndef QC_JUDGE_H
#define QC_JUDGE_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>

extern PyTypeObject ContextType, ForestType;

#endif
