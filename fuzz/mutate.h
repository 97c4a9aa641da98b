/* Changes JSON so that it stays JSON: values taken out, doubled, moved, made extreme. */
#pragma once
#include <stddef.h>
#include <stdint.h>

typedef size_t (*MutateBytes)(uint8_t *data, size_t size, size_t room);

/* Returns the new size within `room`; 0, with `data` unchanged, where it is no JSON or the result has no room. `bytes` changes strings. */
size_t mutate_json(uint8_t *data, size_t size, size_t room, unsigned seed, MutateBytes bytes);
