/* libFuzzer's side of a boundary. One program for all: the name that it is called by ends in the boundary's (fuzz-pdf, fuzz-tree …). */
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "boundaries.h"
#include "mutate.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t room, unsigned seed);
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t room);

static const Boundary *boundary;

static void
end(int number)
{
    (void) number;
    abort();
}

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void) argc;
    signal(SIGTRAP, end); /* by which g_error() ends, and which libFuzzer does not heed */
    const char *dash = strrchr((*argv)[0], '-');
    boundary = boundary_find(dash != NULL ? dash + 1 : "");
    if (boundary == NULL)
        abort();
    return 0;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    boundary->feed(data, size);
    return 0;
}

/* Of JSON, two in three changes keep it JSON. */
size_t
LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t room, unsigned seed)
{
    size_t changed = boundary->json && seed % 3 != 0 ? mutate_json(data, size, room, seed, LLVMFuzzerMutate) : 0;
    return changed > 0 ? changed : LLVMFuzzerMutate(data, size, room);
}
