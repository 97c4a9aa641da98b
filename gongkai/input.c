#include "input.h"

#include <string.h>

static const struct {
    const char *word;
    bool failed;
} statuses[] = {
#define INPUT(id, word, failed) {word, failed},
    INPUT_STATUSES
#undef INPUT
};

Input *
input_new(const char *path)
{
    Input *input = g_new0(Input, 1);
    input->path = g_strdup(path);
    input->records = g_ptr_array_new_with_free_func(g_free);
    return input;
}

void
input_free(Input *input)
{
    if (input == NULL)
        return;
    g_free(input->path);
    g_free(input->sha256);
    g_free(input->mark);
    g_free(input->message);
    g_ptr_array_unref(input->records);
    keys_free(input->keys);
    g_free(input);
}

void
input_take_facts(Input *to, Input *from)
{
    g_free(to->sha256);
    g_free(to->mark);
    g_free(to->message);
    to->sha256 = g_steal_pointer(&from->sha256);
    to->mark = g_steal_pointer(&from->mark);
    to->message = g_steal_pointer(&from->message);
    to->status = from->status;
    to->seconds = from->seconds;
    memcpy(to->levels, from->levels, sizeof to->levels);
}

bool
input_has_records(const Input *input)
{
    return input->status <= INPUT_PARTIAL;
}

const char *
input_status_word(int status)
{
    return statuses[status].word;
}

bool
input_status_failed(int status)
{
    return statuses[status].failed;
}
