/* The module qc.text.spelling._kernel: the spelling path, compiled. Every part has a twin in Python
 * that gives the same answers and works where there is no compiler. */
#include "judge.h"
#include "model.h"
#include "reader.h"

enum { VERSION = 5 }; /* of what Python calls; the same in _compiled.py */

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT, "_kernel", "The spelling path, compiled.", -1, NULL, NULL, NULL, NULL, NULL,
};

/* Hashes of str differ from process to process. */
uint64_t seed_of_process(void)
{
    PyObject *name = PyUnicode_FromString("qc.text.spelling");
    Py_hash_t hash = name ? PyObject_Hash(name) : 0;
    Py_XDECREF(name);
    return (uint64_t)hash;
}

PyMODINIT_FUNC PyInit__kernel(void)
{
    if (PyType_Ready(&ModelType) < 0 || PyType_Ready(&ReaderType) < 0 ||
        PyType_Ready(&ContextType) < 0 || PyType_Ready(&ForestType) < 0)
        return NULL;
    PyObject *self = PyModule_Create(&module);
    if (self && (PyModule_AddObjectRef(self, "Model", (PyObject *)&ModelType) < 0 ||
                 PyModule_AddObjectRef(self, "Reader", (PyObject *)&ReaderType) < 0 ||
                 PyModule_AddObjectRef(self, "Context", (PyObject *)&ContextType) < 0 ||
                 PyModule_AddObjectRef(self, "Forest", (PyObject *)&ForestType) < 0 ||
                 PyModule_AddIntConstant(self, "VERSION", VERSION) < 0 ||
                 PyModule_AddIntConstant(self, "FEATURES", FEATURES) < 0 ||
                 PyModule_AddIntConstant(self, "SLIPS", SLIPS) < 0))
        Py_CLEAR(self);
    return self;
}
