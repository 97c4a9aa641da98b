/* Boundaries: every place where bytes that somebody else wrote come in, as one function each that must stand any bytes.
 *
 * The fuzzers feed them what libFuzzer invents; tests/test-found.c feeds them, without clang, what once broke them (corpus/found/).
 * What holds for every input is checked on the way: the invariants of Document, Tree and Record, and that what is printed as JSON
 * and read again is the same. A failure aborts.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
    const char *name;
    void (*feed)(const uint8_t *data, size_t size);
    bool json; /* its inputs are JSON, and are best changed as such */
} Boundary;

/* Ends with a NULL name. */
extern const Boundary boundaries[];
/* NULL when there is none of that name. */
const Boundary *boundary_find(const char *name);
