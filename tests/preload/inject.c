/* Makes a call fail that never fails in a test: LD_PRELOAD=inject.so INJECT=NAME:N lets the Nth call of NAME in the first process fail, and
 * all after it; INJECT=worker:NAME:N in the processes that it starts. INJECTED names a file that is made when it has come to that.
 * NAME: write pwrite fwrite fflush fsync rename ftruncate fork malloc. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char name[20];
static long countdown;
static int in_worker, is_worker;

__attribute__((constructor)) static void
begin(void)
{
    const char *what = getenv("INJECT");
    if (what == NULL)
        return;
    in_worker = strncmp(what, "worker:", 7) == 0;
    what += in_worker ? 7 : 0;
    size_t length = strcspn(what, ":");
    if (length >= sizeof name || what[length] != ':')
        abort();
    countdown = atol(what + length + 1);
    memcpy(name, what, length);
}

static int
fails(const char *call, int error)
{
    if (name[0] == '\0' || is_worker != in_worker || strcmp(call, name) != 0 || --countdown > 0)
        return 0;
    const char *mark = getenv("INJECTED");
    if (mark != NULL)
        close(open(mark, O_WRONLY | O_CREAT | O_CLOEXEC, 0666));
    errno = error;
    return 1;
}

/* libstdc++ flushes the standard ones at the end of every process. */
static int
is_file(FILE *stream)
{
    return stream != stdout && stream != stderr && stream != NULL;
}

#define REAL(result, call, ...) ((result(*)(__VA_ARGS__)) dlsym(RTLD_NEXT, call))

ssize_t
write(int file, const void *bytes, size_t length)
{
    return file > 2 && fails("write", ENOSPC) ? -1 : REAL(ssize_t, "write", int, const void *, size_t)(file, bytes, length);
}

ssize_t
pwrite(int file, const void *bytes, size_t length, off_t at)
{
    return fails("pwrite", ENOSPC) ? -1 : REAL(ssize_t, "pwrite", int, const void *, size_t, off_t)(file, bytes, length, at);
}

size_t
fwrite(const void *bytes, size_t size, size_t count, FILE *stream)
{
    return is_file(stream) && fails("fwrite", ENOSPC) ? 0 : REAL(size_t, "fwrite", const void *, size_t, size_t, FILE *)(bytes, size, count, stream);
}

int
fflush(FILE *stream)
{
    return is_file(stream) && fails("fflush", ENOSPC) ? EOF : REAL(int, "fflush", FILE *)(stream);
}

int
fsync(int file)
{
    return fails("fsync", EIO) ? -1 : REAL(int, "fsync", int)(file);
}

int
rename(const char *from, const char *to)
{
    return fails("rename", EACCES) ? -1 : REAL(int, "rename", const char *, const char *)(from, to);
}

int
ftruncate(int file, off_t length)
{
    return fails("ftruncate", EIO) ? -1 : REAL(int, "ftruncate", int, off_t)(file, length);
}

pid_t
fork(void)
{
    if (fails("fork", EAGAIN))
        return -1;
    pid_t process = REAL(pid_t, "fork", void)();
    if (process == 0)
        is_worker = 1;
    return process;
}

void *
malloc(size_t size)
{
    static void *(*real)(size_t);
    if (real == NULL)
        real = REAL(void *, "malloc", size_t);
    return fails("malloc", ENOMEM) ? NULL : real(size);
}
