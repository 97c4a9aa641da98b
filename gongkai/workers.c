#define _GNU_SOURCE
#include "workers.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sandbox.h"
#include "stop.h"

enum {
    JOBS_PER_WORKER = 200, /* then it is replaced: what libraries leak does not add up */
    LAST_WORDS = 2048,     /* kept of what a worker writes on standard error           */
    TURNS = 16,            /* reads before the other workers are looked after          */
};

/* A request; the job's file comes with it where there is one. */
typedef struct {
    guint32 job;
    gint32 file; /* -errno where it could not be opened */
} Request;

typedef struct {
    pid_t process; /* 0: none */
    int request, reply, errors;
    bool busy;
    guint job, jobs_done;
    gint64 since;
    GByteArray *received;
    GString *words;
} Worker;

typedef struct {
    guint jobs, next, running;
    const WorkersLimits *limits;
    const WorkersJob *job;
    gpointer data;
    Worker *workers;
} Pool;

static bool
write_fully(int to, const void *bytes, size_t length)
{
    for (size_t put = 0; put < length;) {
        ssize_t n = write(to, (const char *) bytes + put, length - put);
        if (n < 0 && errno != EINTR)
            return false;
        put += n > 0 ? (size_t) n : 0;
    }
    return true;
}

/* ---- requests: eight bytes and a file ---- */

typedef union {
    struct cmsghdr head;
    char room[CMSG_SPACE(sizeof(int))];
} Enclosure;

static bool
send_request(int to, Request request, int file)
{
    struct iovec bytes = {&request, sizeof request};
    Enclosure enclosure = {0};
    struct msghdr message = {.msg_iov = &bytes, .msg_iovlen = 1};
    if (file >= 0) {
        message.msg_control = &enclosure;
        message.msg_controllen = sizeof enclosure.room;
        enclosure.head = (struct cmsghdr){.cmsg_len = CMSG_LEN(sizeof file), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS};
        memcpy(CMSG_DATA(&enclosure.head), &file, sizeof file);
    }
    return sendmsg(to, &message, MSG_NOSIGNAL) == (ssize_t) sizeof request;
}

/* False when there are no more. `ret_file` is the file, or -errno. */
static bool
receive_request(int from, guint *ret_job, int *ret_file)
{
    Request request = {0};
    struct iovec bytes = {&request, sizeof request};
    Enclosure enclosure = {0};
    struct msghdr message = {.msg_iov = &bytes, .msg_iovlen = 1, .msg_control = &enclosure, .msg_controllen = sizeof enclosure.room};
    ssize_t got = 0;
    do
        got = recvmsg(from, &message, MSG_CMSG_CLOEXEC);
    while (got < 0 && errno == EINTR);
    if (got != (ssize_t) sizeof request)
        return false;
    *ret_job = request.job;
    *ret_file = request.file;
    if (CMSG_FIRSTHDR(&message) != NULL)
        memcpy(ret_file, CMSG_DATA(&enclosure.head), sizeof *ret_file);
    return true;
}

/* ---- in the worker ---- */

static void
limit_memory(guint megabytes)
{
#ifndef __SANITIZE_ADDRESS__ /* which reserves terabytes of addresses */
    struct rlimit limit = {(rlim_t) megabytes << 20, (rlim_t) megabytes << 20};
    if (megabytes > 0)
        setrlimit(RLIMIT_AS, &limit);
#else
    (void) megabytes;
#endif
    struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
}

/* Processor time of the job that begins, should the caller be unable to look at the clock. What the kernel counts is of all jobs. */
static void
limit_time(guint seconds)
{
    struct rusage used;
    struct rlimit limit;
    if (seconds == 0 || getrusage(RUSAGE_SELF, &used) != 0 || getrlimit(RLIMIT_CPU, &limit) != 0)
        return;
    rlim_t most = (rlim_t) (used.ru_utime.tv_sec + used.ru_stime.tv_sec) + seconds + 2;
    limit.rlim_cur = MIN(most, limit.rlim_max);
    setrlimit(RLIMIT_CPU, &limit);
}

/* What the caller does about its own crashes must not be done here: this process ends. */
static void
crash_plainly(void)
{
    static const int signals[] = {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGTRAP};
    for (size_t i = 0; i < G_N_ELEMENTS(signals); i++)
        signal(signals[i], SIG_DFL);
    /* The caller ends its workers. One that ended by itself when a whole group is signalled would look like a crash. */
    static const int ends[] = {SIGINT, SIGTERM, SIGHUP};
    for (size_t i = 0; i < G_N_ELEMENTS(ends); i++)
        signal(ends[i], SIG_IGN);
}

static G_GNUC_NORETURN void
work(const Pool *pool, int request, int reply, pid_t caller)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != caller) /* it ended before that was said */
        _exit(0);
    crash_plainly();
    limit_memory(pool->limits->megabytes);
    if (!pool->limits->open)
        sandbox_enter(reply, pool->limits->readable);
    guint index = 0;
    int file = 0;
    while (receive_request(request, &index, &file)) {
        limit_time(pool->limits->seconds);
        g_autoptr(GBytes) bytes = pool->job->work(index, file, pool->data);
        gsize size = 0;
        const void *data = g_bytes_get_data(bytes, &size);
        guint64 length = size;
        if (file >= 0)
            close(file);
        if (!write_fully(reply, &length, sizeof length) || size > WORKERS_REPLY_MOST || !write_fully(reply, data, size))
            break;
    }
    _exit(0);
}

/* ---- in the caller ---- */

static void
close_ends(Worker *worker)
{
    close(worker->request);
    close(worker->reply);
    close(worker->errors);
}

static bool
open_pipes(int pipes[3][2], GError **error)
{
    for (int i = 0; i < 3; i++) {
        if (i == 0 ? socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pipes[i]) == 0 : pipe2(pipes[i], O_CLOEXEC) == 0)
            continue;
        g_set_error(error, G_FILE_ERROR, g_file_error_from_errno(errno), "cannot make a pipe: %s", g_strerror(errno));
        for (int k = 0; k < i; k++) {
            close(pipes[k][0]);
            close(pipes[k][1]);
        }
        return false;
    }
    return true;
}

/* A worker holds no end of another's pipes: each must see the other end close. Nor does it hold the caller's input. */
static G_GNUC_NORETURN void
become_worker(Pool *pool, int pipes[3][2], pid_t caller)
{
    for (guint i = 0; i < pool->limits->count; i++)
        if (pool->workers[i].process > 0)
            close_ends(&pool->workers[i]);
    close(pipes[0][1]);
    close(pipes[1][0]);
    close(pipes[2][0]);
    dup2(pipes[2][1], STDERR_FILENO);
    dup2(pipes[2][1], STDOUT_FILENO);
    close(pipes[2][1]);
    int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
    dup2(nothing, STDIN_FILENO);
    close(nothing);
    work(pool, pipes[0][0], pipes[1][1], caller);
}

static bool
start_worker(Pool *pool, Worker *worker, GError **error)
{
    int pipes[3][2]; /* request, reply, errors */
    if (!open_pipes(pipes, error))
        return false;
    pid_t caller = getpid();
    pid_t process = fork();
    if (process == 0)
        become_worker(pool, pipes, caller);
    if (process < 0)
        g_set_error(error, G_FILE_ERROR, g_file_error_from_errno(errno), "cannot start a process: %s", g_strerror(errno));
    close(pipes[0][0]);
    close(pipes[1][1]);
    close(pipes[2][1]);
    worker->request = pipes[0][1];
    worker->reply = pipes[1][0];
    worker->errors = pipes[2][0];
    if (process < 0) {
        close_ends(worker);
        return false;
    }
    fcntl(worker->reply, F_SETFL, O_NONBLOCK);
    fcntl(worker->errors, F_SETFL, O_NONBLOCK);
    worker->process = process;
    worker->jobs_done = 0;
    return true;
}

/* Returns how the process ended, as waitpid() tells it. */
static int
stop_worker(Worker *worker)
{
    int how = 0;
    close_ends(worker);
    kill(worker->process, SIGKILL); /* a dead one keeps its own end, an idle one has nothing to lose, and none may stay */
    while (waitpid(worker->process, &how, 0) < 0 && errno == EINTR)
        continue;
    worker->process = 0;
    worker->busy = false;
    return how;
}

static void
hand_out(Pool *pool, Worker *worker)
{
    int file = pool->job->open != NULL ? pool->job->open(pool->next, pool->data) : -EBADF;
    g_byte_array_set_size(worker->received, 0);
    g_string_truncate(worker->words, 0);
    worker->job = pool->next++;
    worker->busy = true;
    worker->since = g_get_monotonic_time();
    pool->running++;
    send_request(worker->request, (Request){worker->job, MIN(file, 0)}, file); /* one that died is noticed by its reply's end */
    if (file >= 0)
        close(file);
}

static void
finish(Pool *pool, Worker *worker, WorkersOutcome outcome, GBytes *bytes, const char *message)
{
    double seconds = (g_get_monotonic_time() - worker->since) / (double) G_USEC_PER_SEC;
    WorkersResult result = {outcome, bytes, message, seconds};
    worker->busy = false;
    worker->jobs_done++;
    pool->running--;
    pool->job->take(worker->job, &result, pool->data);
    if (worker->process > 0 && worker->jobs_done >= JOBS_PER_WORKER)
        stop_worker(worker);
}

/* What libraries say when an allocation fails, each in its own words. */
static bool
ran_out_of_memory(const char *words)
{
    static const char *const signs[] = {"ut of memory", "bad_alloc", "failed to allocate", "emory exhausted", "length_error"};
    for (size_t i = 0; i < G_N_ELEMENTS(signs); i++)
        if (strstr(words, signs[i]) != NULL)
            return true;
    return false;
}

static void
drain_words(Worker *worker)
{
    char buffer[4096];
    ssize_t n = 0;
    for (int turn = 0; turn < TURNS && (n = read(worker->errors, buffer, sizeof buffer)) > 0; turn++)
        g_string_append_len(worker->words, buffer, n);
    if (worker->words->len > LAST_WORDS)
        g_string_erase(worker->words, 0, worker->words->len - LAST_WORDS);
}

static void
bury(Pool *pool, Worker *worker)
{
    drain_words(worker);
    bool memory = ran_out_of_memory(worker->words->str);
    bool busy = worker->busy;
    int how = stop_worker(worker);
    if (!busy)
        return;
    if (WIFSIGNALED(how) && WTERMSIG(how) == SIGXCPU) {
        finish(pool, worker, WORKERS_TIMEOUT, NULL, "reading it takes more processor time than --timeout allows");
        return;
    }
    if (WIFSIGNALED(how) && WTERMSIG(how) == SIGSYS) {
        finish(pool, worker, WORKERS_DIED, NULL, "reading it was ended: it tried what reading never needs (a program, another process)");
        return;
    }
    if (memory || (WIFSIGNALED(how) && WTERMSIG(how) == SIGKILL)) {
        finish(pool, worker, WORKERS_MEMORY, NULL, "reading it takes more memory than --memory allows");
        return;
    }
    g_autofree char *message = WIFSIGNALED(how) ? g_strdup_printf("reading it ended in a crash (%s)", strsignal(WTERMSIG(how)))
                                                : g_strdup_printf("reading it ended early (status %d)", WEXITSTATUS(how));
    finish(pool, worker, WORKERS_DIED, NULL, message);
}

/* Takes what has come of a reply: its length, then as many bytes and not one more. What nobody asked for is no reply. */
static void
receive(Pool *pool, Worker *worker)
{
    guint8 buffer[65536];
    ssize_t n = 0;
    for (int turn = 0; turn < TURNS && (n = read(worker->reply, buffer, sizeof buffer)) > 0; turn++)
        g_byte_array_append(worker->received, buffer, n);
    guint64 length = 0;
    guint got = worker->received->len;
    bool headed = got >= sizeof length;
    if (headed)
        memcpy(&length, worker->received->data, sizeof length);
    bool whole = headed && got - sizeof length == length;
    if (worker->busy && headed && length > WORKERS_REPLY_MOST) {
        stop_worker(worker);
        finish(pool, worker, WORKERS_MEMORY, NULL, "what was read of it is too large");
    } else if (!worker->busy || (headed && got - sizeof length > length) || (!whole && (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR)))) {
        bury(pool, worker);
    } else if (whole) {
        g_autoptr(GBytes) bytes = g_bytes_new(worker->received->data + sizeof length, length);
        finish(pool, worker, WORKERS_DONE, bytes, NULL);
    }
}

static void
stop_late(Pool *pool, Worker *worker)
{
    g_autofree char *message = g_strdup_printf("not read within %u seconds", pool->limits->seconds);
    stop_worker(worker);
    finish(pool, worker, WORKERS_TIMEOUT, NULL, message);
}

static gint64
deadline_of(const Pool *pool, const Worker *worker)
{
    return worker->since + pool->limits->seconds * (gint64) G_USEC_PER_SEC;
}

/* Waits until a worker says something or the first deadline passes, and sees to all that it concerns. */
static void
wait_for_workers(Pool *pool, struct pollfd *polled)
{
    int wait = -1;
    gint64 now = g_get_monotonic_time();
    for (guint i = 0; i < pool->limits->count; i++) {
        const Worker *worker = &pool->workers[i];
        bool live = worker->process > 0;
        polled[2 * i] = (struct pollfd){live ? worker->reply : -1, POLLIN, 0};
        polled[2 * i + 1] = (struct pollfd){live ? worker->errors : -1, POLLIN, 0};
        if (worker->busy && pool->limits->seconds > 0) {
            int left = CLAMP((deadline_of(pool, worker) - now) / 1000 + 1, 0, G_MAXINT);
            wait = wait < 0 ? left : MIN(wait, left);
        }
    }
    polled[2 * pool->limits->count] = (struct pollfd){stop_descriptor(), POLLIN, 0};
    if (poll(polled, 2 * pool->limits->count + 1, wait) < 0 || stop_asked())
        return;
    now = g_get_monotonic_time();
    for (guint i = 0; i < pool->limits->count; i++) {
        Worker *worker = &pool->workers[i];
        if (worker->process > 0 && polled[2 * i + 1].revents != 0)
            drain_words(worker);
        if (worker->process > 0 && polled[2 * i].revents != 0)
            receive(pool, worker);
        if (worker->busy && pool->limits->seconds > 0 && now >= deadline_of(pool, worker))
            stop_late(pool, worker);
    }
}

/* Gives every idle worker a job, starting those that are missing. Fewer than wanted will do, none will not. */
static bool
keep_busy(Pool *pool, GError **error)
{
    g_autoptr(GError) refused = NULL;
    for (guint i = 0; i < pool->limits->count && pool->next < pool->jobs; i++) {
        Worker *worker = &pool->workers[i];
        if (worker->busy)
            continue;
        if (worker->process == 0 && !start_worker(pool, worker, refused == NULL ? &refused : NULL))
            continue;
        hand_out(pool, worker);
    }
    if (pool->running > 0 || pool->next == pool->jobs)
        return true;
    g_propagate_error(error, g_steal_pointer(&refused));
    return false;
}

bool
workers_run(guint jobs, const WorkersLimits *limits, const WorkersJob *job, gpointer data, GError **error)
{
    Pool pool = {.jobs = jobs, .limits = limits, .job = job, .data = data};
    g_autofree Worker *workers = g_new0(Worker, limits->count);
    g_autofree struct pollfd *polled = g_new0(struct pollfd, 2 * limits->count + 1);
    pool.workers = workers;
    for (guint i = 0; i < limits->count; i++) {
        workers[i].received = g_byte_array_new();
        workers[i].words = g_string_new(NULL);
    }
    bool fine = keep_busy(&pool, error);
    while (fine && pool.running > 0 && !stop_asked()) {
        wait_for_workers(&pool, polled);
        fine = stop_asked() || keep_busy(&pool, error);
    }
    for (guint i = 0; i < limits->count; i++) {
        if (workers[i].process > 0)
            stop_worker(&workers[i]);
        g_byte_array_unref(workers[i].received);
        g_string_free(workers[i].words, TRUE);
    }
    return fine;
}
