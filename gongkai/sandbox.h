/* The sandbox of a worker: what a process may still do that reads a stranger's file, and may have been taken over by it.
 *
 * It may read its input and the caller's open files, the fonts, poppler's character maps and one folder more; take memory and time up to
 * its limits; and write to its reply and its standard error. It may open nothing for writing, reach no network, start nothing and
 * signal nobody. Nothing of it can be taken back, also not by what the process would become.
 */
#pragma once
#include <glib.h>
#include <stdbool.h>

typedef enum {
    SANDBOX_LANDLOCK = 1 << 0, /* which files can be opened at all: since Linux 5.13 */
    SANDBOX_SECCOMP = 1 << 1,  /* which system calls there are                       */
    SANDBOX_ALL = SANDBOX_LANDLOCK | SANDBOX_SECCOMP,
} SandboxParts;

/* Enters it for the rest of this process's life. `writable`: the file descriptor that may be written to, beside standard output and error.
 * `readable`: a folder whose files may be read, or NULL. Returns the parts that the kernel has. */
int sandbox_enter(int writable, const char *readable);
/* What this kernel lacks of it, in words; NULL: nothing. Found out by a process that enters it and ends. */
const char *sandbox_missing(void);
