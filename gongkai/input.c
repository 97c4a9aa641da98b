#include "input.h"

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
    g_free(input->message);
    g_ptr_array_unref(input->records);
    keys_free(input->keys);
    g_free(input);
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
