/* The sandbox of a worker: a job that has been taken over tries what it must not, and gongkai's own workers are in it. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sandbox.h"
#include "shell.h"
#include "workers.h"

/* What the caller holds and hands out. */
static char *folder, *input, *secret;
static int kept; /* a file that the caller has open to write, as it has its journal */

/* ---- what a job tries; each returns whether it was let. errno tells why not ---- */

static bool
create(void)
{
    g_autofree char *path = g_build_filename(folder, "new", NULL);
    return open(path, O_WRONLY | O_CREAT, 0666) >= 0;
}

static bool
open_to_write(void)
{
    return open(input, O_WRONLY) >= 0 || open(input, O_RDWR) >= 0 || open(folder, O_TMPFILE | O_WRONLY, 0600) >= 0;
}

static bool
truncate_input(void)
{
    return truncate(input, 0) == 0 || open(input, O_RDONLY | O_TRUNC) >= 0;
}

static bool
read_other(void)
{
    return open(secret, O_RDONLY) >= 0 || open("/etc/passwd", O_RDONLY) >= 0 || open("/proc/self/maps", O_RDONLY) >= 0;
}

static bool
list_folder(void)
{
    return open(folder, O_RDONLY | O_DIRECTORY) >= 0;
}

static bool
remove_input(void)
{
    return unlink(input) == 0 || rename(input, secret) == 0 || chmod(input, 0) == 0 || mkdir("/tmp/gongkai-was-here", 0777) == 0;
}

static bool
connect_out(void)
{
    int network = socket(AF_INET, SOCK_STREAM, 0), near = socket(AF_UNIX, SOCK_STREAM, 0);
    return network >= 0 || near >= 0;
}

static bool
start_process(void)
{
    pid_t process = fork();
    if (process == 0)
        _exit(0);
    return process > 0 || vfork() > 0;
}

static bool
signal_caller(void)
{
    return kill(getppid(), SIGUSR2) == 0 || kill(-1, 0) == 0;
}

static bool
write_kept(void)
{
    void *shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, kept, 0);
    return write(kept, "x", 1) == 1 || pwrite(kept, "x", 1, 0) == 1 || ftruncate(kept, 0) == 0 || shared != MAP_FAILED || dup2(kept, 2) >= 0 ||
           fcntl(kept, F_DUPFD, 2) >= 0;
}

static bool
raise_limits(void)
{
    return prctl(PR_SET_NO_NEW_PRIVS, 0, 0, 0, 0) == 0 || prctl(PR_SET_PDEATHSIG, 0) == 0;
}

static const struct {
    const char *what;
    bool (*try)(void);
} trials[] = {
    {"create a file", create},
    {"open a file to write", open_to_write},
    {"cut a file", truncate_input},
    {"read another file", read_other},
    {"list a folder", list_folder},
    {"remove, rename or change a file", remove_input},
    {"reach the network", connect_out},
    {"start a process", start_process},
    {"signal another process", signal_caller},
    {"write to what the caller has open", write_kept},
    {"take the sandbox off", raise_limits},
};

static int
hand_input(guint index, gpointer data)
{
    (void) index;
    (void) data;
    return open(input, O_RDONLY | O_CLOEXEC);
}

/* Answers with 'y' where it was let and 'n' where not, and with what it reads from its input. */
static GBytes *
try_one(guint index, int file, gpointer data)
{
    (void) data;
    char answer[8] = {trials[index].try() ? 'y' : 'n'};
    ssize_t got = read(file, answer + 1, 5);
    return g_bytes_new(answer, got > 0 ? 1 + (gsize) got : 1);
}

static void
must_be_refused(guint index, const WorkersResult *result, gpointer refused)
{
    const char *what = trials[index].what;
    assert_int_equal(result->outcome, WORKERS_DONE);
    const char *answer = g_bytes_get_data(result->bytes, NULL);
    if (answer[0] != 'n')
        fail_msg("a worker could %s", what);
    assert_int_equal(g_bytes_get_size(result->bytes), 6);
    assert_memory_equal(answer + 1, "input", 5); /* its own input is read all the same */
    ++*(guint *) refused;
}

/* Where the kernel has only a part of it, what that part refuses is not worked out here. */
static void
need_kernel(void)
{
    if (sandbox_missing() != NULL) {
        g_printerr("this kernel has %s\n", sandbox_missing());
        skip();
    }
}

static void
nothing_else_is_let(void **state)
{
    (void) state;
    need_kernel();
    const WorkersLimits limits = {.count = 2, .seconds = 20};
    guint refused = 0;
    assert_true(workers_run(G_N_ELEMENTS(trials), &limits, &(WorkersJob){hand_input, try_one, must_be_refused}, &refused, NULL));
    assert_int_equal(refused, G_N_ELEMENTS(trials));
    g_autofree char *text = NULL;
    assert_true(g_file_get_contents(input, &text, NULL, NULL));
    assert_string_equal(text, "input");
}

/* ---- the same trials without it: they can succeed, so that their failing tells something ---- */

static void
note_trial(guint index, const WorkersResult *result, gpointer let)
{
    (void) index;
    *(guint *) let += result->bytes != NULL && *(const char *) g_bytes_get_data(result->bytes, NULL) == 'y';
}

static void
no_sandbox_lets(void **state)
{
    (void) state;
    signal(SIGUSR2, SIG_IGN);
    const WorkersLimits limits = {.count = 1, .seconds = 20, .open = true};
    guint let = 0;
    g_autofree char *text = NULL;
    /* From the last but one: the first would spoil the input. */
    assert_true(workers_run(2, &limits, &(WorkersJob){hand_input, try_one, note_trial}, &let, NULL));
    assert_int_equal(let, 2);
    assert_true(g_file_get_contents(input, &text, NULL, NULL));
}

/* ---- what ends a worker ---- */

static GBytes *
do_the_worst(guint index, int file, gpointer data)
{
    (void) file;
    (void) data;
    char *const words[] = {"true", NULL};
    if (index == 0)
        execv("/bin/true", words);
    else if (index == 1)
        ptrace(PTRACE_TRACEME, 0, NULL, NULL);
    else if (index == 2)
        for (volatile guint64 i = 0;; i++) /* and no clock is looked at */
            continue;
    return g_bytes_new("fine", 4);
}

static void
note_outcome(guint index, const WorkersResult *result, gpointer outcomes)
{
    ((int *) outcomes)[index] = (int) result->outcome;
}

static void
the_worst_ends_a_worker(void **state)
{
    (void) state;
    need_kernel();
    const WorkersLimits limits = {.count = 1, .seconds = 2};
    int outcomes[4] = {-1, -1, -1, -1};
    assert_true(workers_run(4, &limits, &(WorkersJob){NULL, do_the_worst, note_outcome}, outcomes, NULL));
    assert_int_equal(outcomes[0], WORKERS_DIED);
    assert_int_equal(outcomes[1], WORKERS_DIED);
    assert_int_equal(outcomes[2], WORKERS_TIMEOUT);
    assert_int_equal(outcomes[3], WORKERS_DONE);
}

/* A folder named as readable is, and only to read. */
static GBytes *
read_folder(guint index, int file, gpointer data)
{
    (void) index;
    (void) file;
    (void) data;
    g_autofree char *inside = g_build_filename(folder, "input", NULL);
    bool read = open(inside, O_RDONLY) >= 0, written = create() || open(inside, O_WRONLY) >= 0, other = open("/etc/passwd", O_RDONLY) >= 0;
    return g_bytes_new(read && !written && !other ? "y" : "n", 1);
}

static void
a_folder_of_rules_is_read(void **state)
{
    (void) state;
    need_kernel();
    const WorkersLimits limits = {.count = 1, .seconds = 20, .readable = folder};
    guint let = 0;
    assert_true(workers_run(1, &limits, &(WorkersJob){NULL, read_folder, note_trial}, &let, NULL));
    assert_int_equal(let, 1);
}

/* ---- gongkai's own workers, asked of the kernel ---- */

static void
own_workers_are_in_it(void **state)
{
    (void) state;
    need_kernel();
    /* A pipe that is open and says nothing keeps the worker waiting; its process is the only child of gongkai. */
    static const char *const command = "mkfifo $T/fifo.txt; exec 3<>$T/fifo.txt; $B/gongkai $O -q $T/fifo.txt "
                                       "3>&- >/dev/null & main=$!; worker=; tries=0; "
                                       "while [ -z \"$worker\" ] && [ $tries -lt 300 ]; do sleep 0.1; "
                                       "tries=$((tries+1)); worker=$(cat /proc/$main/task/$main/children); "
                                       "done; "
                                       "sleep 1; grep -E '^(Seccomp|NoNewPrivs):' /proc/${worker% }/status; "
                                       "grep -cE '^(Max file size|Max processes) *0 ' /proc/${worker% }/limits; "
                                       "exec 3>&-; kill $main; wait $main; sleep 0.2; kill -0 $worker "
                                       "2>/dev/null && echo outlived; rm $T/fifo.txt";
    g_setenv("O", "--jobs=1", TRUE);
    g_autoptr(Shell) inside = shell_run(command);
    g_setenv("O", "--no-sandbox", TRUE);
    g_autoptr(Shell) outside = shell_run(command);
    if (strcmp(inside->out, "NoNewPrivs:\t1\nSeccomp:\t2\n2\n") != 0)
        fail_msg("%s%s", inside->out, inside->err);
    assert_string_equal(outside->out, "NoNewPrivs:\t0\nSeccomp:\t0\n0\n");
}

static int
set_up(void **state)
{
    (void) state;
    folder = g_dir_make_tmp("gongkai-sandbox-XXXXXX", NULL);
    g_autofree char *elsewhere = g_dir_make_tmp("gongkai-secret-XXXXXX", NULL);
    input = g_build_filename(folder, "input", NULL);
    secret = g_build_filename(elsewhere, "secret", NULL);
    g_autofree char *other = g_build_filename(folder, "kept", NULL);
    g_setenv("B", g_getenv("BUILD") != NULL ? g_getenv("BUILD") : "build", TRUE);
    g_setenv("T", folder, TRUE);
    g_setenv("S", elsewhere, TRUE);
    kept = open(other, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    return !g_file_set_contents(input, "input", -1, NULL) || !g_file_set_contents(secret, "secret", -1, NULL) || kept < 0 || ftruncate(kept, 4096) != 0;
}

static int
clean_up(void **state)
{
    (void) state;
    g_autoptr(Shell) shell = shell_run("rm -rf \"$T\" \"$S\"");
    g_free(folder);
    g_free(input);
    g_free(secret);
    return shell->status;
}

int
main(void)
{
    signal(SIGPIPE, SIG_IGN);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_else_is_let),       cmocka_unit_test(no_sandbox_lets),       cmocka_unit_test(the_worst_ends_a_worker),
        cmocka_unit_test(a_folder_of_rules_is_read), cmocka_unit_test(own_workers_are_in_it),
    };
    return cmocka_run_group_tests(tests, set_up, clean_up);
}
