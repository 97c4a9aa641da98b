#include "stop.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <unistd.h>

static int descriptor = -1;
static volatile sig_atomic_t asked, by_signal;

void
stop_ask(void)
{
    int kept = errno;
    uint64_t one = 1;
    asked = 1;
    if (write(descriptor, &one, sizeof one) < 0)
        errno = kept; /* it is asked for already */
}

static void
take_signal(int number)
{
    by_signal = number;
    stop_ask();
}

void
stop_prepare(void)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
    descriptor = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        struct sigaction action = {.sa_handler = take_signal, .sa_flags = SA_RESTART};
        struct sigaction before;
        if (sigaction(numbers[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN) /* nohup stays nohup */
            sigaction(numbers[i], &action, NULL);
    }
}

int
stop_descriptor(void)
{
    return descriptor;
}

bool
stop_asked(void)
{
    return asked != 0;
}

void
stop_by_signal(void)
{
    if (by_signal == 0)
        return;
    signal(by_signal, SIG_DFL);
    raise(by_signal);
}
