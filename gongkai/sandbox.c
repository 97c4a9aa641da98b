#define _GNU_SOURCE
#include "sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { OPEN_FILES = 256 };

static void
limit_resources(void)
{
    static const struct {
        int resource;
        rlim_t most;
    } limits[] = {{RLIMIT_FSIZE, 0}, {RLIMIT_NPROC, 0}, {RLIMIT_NOFILE, OPEN_FILES}, {RLIMIT_MEMLOCK, 0}, {RLIMIT_MSGQUEUE, 0}};
    for (size_t i = 0; i < G_N_ELEMENTS(limits); i++) {
        struct rlimit limit = {limits[i].most, limits[i].most};
        setrlimit(limits[i].resource, &limit);
    }
}

/* ---- Landlock: the C library of Debian 12 has no functions for it, and its headers know the first versions only ---- */

typedef struct {
    guint64 files, network, scope; /* what is refused unless a rule allows it */
} Ruleset;

/* All that a version of Landlock can refuse. */
static Ruleset
all_of(long version)
{
    int rights = version >= 5 ? 16 : version >= 3 ? 15 : version == 2 ? 14 : 13; /* of files: execute … make_sym, refer, truncate, ioctl_dev */
    return (Ruleset){(1ULL << rights) - 1, version >= 4 ? 3 : 0, version >= 6 ? 3 : 0};
}

static void
allow_reading(int rules, const char *path)
{
    struct stat info;
    int at = path != NULL ? open(path, O_PATH | O_CLOEXEC) : -1;
    if (at < 0 || fstat(at, &info) != 0)
        return;
    struct landlock_path_beneath_attr beneath = {.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE, .parent_fd = at};
    if (S_ISDIR(info.st_mode))
        beneath.allowed_access |= LANDLOCK_ACCESS_FS_READ_DIR;
    syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0);
    close(at);
}

/* Where fontconfig and poppler look when a font is not in the document. */
static void
allow_fonts(int rules)
{
    static const char *const system[] = {"/usr/share", "/usr/local/share", "/etc/fonts", "/var/cache/fontconfig"};
    static const char *const own[] = {".fonts", ".fonts.conf", ".fonts.conf.d"};
    for (size_t i = 0; i < G_N_ELEMENTS(system); i++)
        allow_reading(rules, system[i]);
    for (size_t i = 0; i < G_N_ELEMENTS(own); i++) {
        g_autofree char *path = g_build_filename(g_get_home_dir(), own[i], NULL);
        allow_reading(rules, path);
    }
    const char *const folders[] = {g_get_user_config_dir(), g_get_user_cache_dir(), g_get_user_data_dir()};
    const char *const names[] = {"fontconfig", "fontconfig", "fonts"};
    for (size_t i = 0; i < G_N_ELEMENTS(folders); i++) {
        g_autofree char *path = g_build_filename(folders[i], names[i], NULL);
        allow_reading(rules, path);
    }
    allow_reading(rules, g_getenv("FONTCONFIG_FILE"));
    allow_reading(rules, g_getenv("FONTCONFIG_PATH"));
}

static bool
enter_landlock(const char *readable)
{
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (version < 1)
        return false;
    Ruleset refused = all_of(version);
    int rules = (int) syscall(SYS_landlock_create_ruleset, &refused, sizeof refused, 0);
    if (rules < 0)
        return false;
    allow_fonts(rules);
    allow_reading(rules, readable);
    bool entered = syscall(SYS_landlock_restrict_self, rules, 0) == 0;
    close(rules);
    return entered;
}

/* ---- seccomp ---- */

/* What reading takes that can harm nobody else, whatever its arguments. */
static const int harmless[] = {
    SCMP_SYS(read),
    SCMP_SYS(readv),
    SCMP_SYS(pread64),
    SCMP_SYS(preadv),
    SCMP_SYS(close),
    SCMP_SYS(lseek),
    SCMP_SYS(fstat),
    SCMP_SYS(stat),
    SCMP_SYS(lstat),
    SCMP_SYS(newfstatat),
    SCMP_SYS(statx),
    SCMP_SYS(statfs),
    SCMP_SYS(fstatfs),
    SCMP_SYS(access),
    SCMP_SYS(faccessat),
    SCMP_SYS(faccessat2),
    SCMP_SYS(readlink),
    SCMP_SYS(readlinkat),
    SCMP_SYS(getdents64),
    SCMP_SYS(getcwd),
    SCMP_SYS(fadvise64),
    SCMP_SYS(recvmsg),
    SCMP_SYS(brk),
    SCMP_SYS(munmap),
    SCMP_SYS(mremap),
    SCMP_SYS(mprotect),
    SCMP_SYS(madvise),
    SCMP_SYS(mincore),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_getres),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(time),
    SCMP_SYS(nanosleep),
    SCMP_SYS(clock_nanosleep),
    SCMP_SYS(getrusage),
    SCMP_SYS(times),
    SCMP_SYS(getpid),
    SCMP_SYS(gettid),
    SCMP_SYS(getppid),
    SCMP_SYS(getuid),
    SCMP_SYS(geteuid),
    SCMP_SYS(getgid),
    SCMP_SYS(getegid),
    SCMP_SYS(getrandom),
    SCMP_SYS(uname),
    SCMP_SYS(sysinfo),
    SCMP_SYS(sched_yield),
    SCMP_SYS(sched_getaffinity),
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(sigaltstack),
    SCMP_SYS(pause),
    SCMP_SYS(futex),
    SCMP_SYS(poll),
    SCMP_SYS(ppoll),
    SCMP_SYS(set_robust_list),
    SCMP_SYS(rseq),
    SCMP_SYS(membarrier),
    SCMP_SYS(restart_syscall),
    SCMP_SYS(getrlimit),
    SCMP_SYS(setrlimit),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
};

/* What no library tries in good faith ends the process, so that the document's line tells. */
static const int hostile[] = {SCMP_SYS(execve), SCMP_SYS(execveat), SCMP_SYS(ptrace), SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev)};

/* What is allowed of calls that could do harm. */
static int
allow_in_part(scmp_filter_ctx filter, int writable)
{
    static const unsigned writing = O_ACCMODE | O_CREAT | O_TRUNC | (O_TMPFILE & ~O_DIRECTORY);
    static const unsigned flags[] = {F_GETFD, F_SETFD, F_GETFL};
    const pid_t self = getpid();
    int failed = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, writing, 0));
    failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(open), 1, SCMP_A1(SCMP_CMP_MASKED_EQ, writing, 0));
    /* A shared mapping of an open file could write to it. */
    failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_SHARED, 0));
    failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1, SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t) self));
    failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(kill), 1, SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t) self));
    failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(prlimit64), 1, SCMP_A0(SCMP_CMP_EQ, 0));
    for (size_t i = 0; i < G_N_ELEMENTS(flags); i++)
        failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(fcntl), 1, SCMP_A1(SCMP_CMP_EQ, flags[i]));
    const int files[] = {STDOUT_FILENO, STDERR_FILENO, writable};
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(write), 1, SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t) files[i]));
        failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(writev), 1, SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t) files[i]));
    }
    return failed;
}

static bool
enter_seccomp(int writable)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    if (filter == NULL)
        return false;
    int failed = seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2);
    for (size_t i = 0; i < G_N_ELEMENTS(harmless); i++)
        failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, harmless[i], 0);
    for (size_t i = 0; i < G_N_ELEMENTS(hostile); i++)
        failed |= seccomp_rule_add(filter, SCMP_ACT_KILL_PROCESS, hostile[i], 0);
    failed |= allow_in_part(filter, writable);
    bool entered = failed == 0 && seccomp_load(filter) == 0;
    seccomp_release(filter);
    return entered;
}

int
sandbox_enter(int writable, const char *readable)
{
    limit_resources();
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return 0;
    int parts = enter_landlock(readable) ? SANDBOX_LANDLOCK : 0;
    return parts | (enter_seccomp(writable) ? SANDBOX_SECCOMP : 0);
}

const char *
sandbox_missing(void)
{
    static const char *const words[] = {"neither Landlock nor seccomp", "no seccomp", "no Landlock", NULL};
    int how = 0;
    pid_t process = fork();
    if (process == 0)
        _exit(sandbox_enter(STDERR_FILENO, NULL));
    while (process > 0 && waitpid(process, &how, 0) < 0 && errno == EINTR)
        continue;
    return words[process > 0 && WIFEXITED(how) ? WEXITSTATUS(how) & SANDBOX_ALL : 0];
}
