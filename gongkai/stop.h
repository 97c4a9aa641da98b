/* The stop: SIGINT, SIGTERM and SIGHUP end a run in order, and so may the run itself. What it has read by then stays read. */
#pragma once
#include <stdbool.h>

/* From now on these signals ask for an end instead of making one. */
void stop_prepare(void);
/* A descriptor that can be read once an end is asked for: for poll(). -1 before stop_prepare(). */
int stop_descriptor(void);
void stop_ask(void);
bool stop_asked(void);
/* Ends the process by the signal that asked, so that the caller sees it; returns when none did. */
void stop_by_signal(void);
