/* Workers that misbehave in every way cost their own job and no other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <glib.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "workers.h"

enum { JOBS = 24 };

typedef struct {
    WorkersOutcome outcomes[JOBS];
    guint taken[JOBS];
    gsize sizes[JOBS];
    gboolean told[JOBS];
} Taken;

static GBytes *
misbehave(guint index, int file, gpointer data)
{
    (void) data;
    assert_int_equal(file, -EBADF); /* these jobs have none */
    switch (index) {
    case 3:
        abort();
    case 5:
        raise(SIGSEGV);
        break;
    case 7:
        for (;;)
            pause();
    case 9:
        exit(3);
    case 11:
        for (guint i = 0; i < 20000; i++)
            g_printerr("Syntax Error: this goes on and on\n");
        break;
    case 13:
        return g_bytes_new_take(g_malloc0(20 << 20), 20 << 20);
    case 15: {
        char *much = g_malloc((gsize) 3 << 30);
        memset(much, 1, (gsize) 3 << 30);
        return g_bytes_new_take(much, 10);
    }
    case 17:
        return g_bytes_new(NULL, 0);
    }
    return g_bytes_new(&index, sizeof index);
}

static void
take(guint index, const WorkersResult *result, gpointer data)
{
    Taken *taken = data;
    taken->outcomes[index] = result->outcome;
    taken->taken[index]++;
    taken->told[index] = result->message != NULL;
    if (result->bytes == NULL)
        return;
    taken->sizes[index] = g_bytes_get_size(result->bytes);
    if (taken->sizes[index] == sizeof(guint))
        assert_int_equal(*(const guint *) g_bytes_get_data(result->bytes, NULL), index);
}

static void
run_with(guint count)
{
    Taken taken = {0};
    const WorkersLimits limits = {.count = count, .seconds = 4, .megabytes = 1024};
    assert_true(workers_run(JOBS, &limits, &(WorkersJob){NULL, misbehave, take}, &taken, NULL));
    for (guint i = 0; i < JOBS; i++) {
        WorkersOutcome wanted = i == 3 || i == 5 || i == 9 ? WORKERS_DIED : i == 7 ? WORKERS_TIMEOUT : i == 15 ? WORKERS_MEMORY : WORKERS_DONE;
#ifdef __SANITIZE_ADDRESS__ /* no limit of addresses there */
        if (i == 15)
            continue;
#endif
        assert_int_equal(taken.taken[i], 1);
        assert_int_equal(taken.outcomes[i], wanted);
        assert_int_equal(taken.told[i], wanted != WORKERS_DONE);
    }
    assert_int_equal(taken.sizes[13], 20 << 20);
    assert_int_equal(taken.sizes[17], 0);
}

static void
one_worker(void **state)
{
    (void) state;
    run_with(1);
}

static void
four_workers(void **state)
{
    (void) state;
    run_with(4);
}

static void
more_workers_than_jobs(void **state)
{
    (void) state;
    run_with(100);
}

static void
no_jobs(void **state)
{
    (void) state;
    const WorkersLimits limits = {.count = 2};
    assert_true(workers_run(0, &limits, &(WorkersJob){NULL, misbehave, take}, NULL, NULL));
}

static GBytes *
tell_process(guint index, int file, gpointer data)
{
    (void) index;
    (void) file;
    (void) data;
    pid_t process = getpid();
    return g_bytes_new(&process, sizeof process);
}

static void
gather_processes(guint index, const WorkersResult *result, gpointer data)
{
    (void) index;
    g_hash_table_add(data, GINT_TO_POINTER(*(const pid_t *) g_bytes_get_data(result->bytes, NULL)));
}

/* A worker does many jobs and is then replaced. */
static void
workers_are_kept_and_replaced(void **state)
{
    (void) state;
    g_autoptr(GHashTable) processes = g_hash_table_new(NULL, NULL);
    const WorkersLimits limits = {.count = 1};
    assert_true(workers_run(450, &limits, &(WorkersJob){NULL, tell_process, gather_processes}, processes, NULL));
    assert_int_equal(g_hash_table_size(processes), 3);
}

int
main(void)
{
    signal(SIGPIPE, SIG_IGN);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_worker),
        cmocka_unit_test(four_workers),
        cmocka_unit_test(more_workers_than_jobs),
        cmocka_unit_test(no_jobs),
        cmocka_unit_test(workers_are_kept_and_replaced),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
