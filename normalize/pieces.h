/* Pieces: what one Part of one Tree gives, before pieces of one disclosure are put together. */
#pragma once
#include "normalize.h"

typedef struct {
    Record *record; /* with the one source 0; NULL once it is taken     */
    const Tree *tree;
    int index; /* of its tree                                      */
    int from;  /* of its part                                      */
    int scope; /* SCOPE_UNKNOWN …, of its department               */
    int kind;  /* -1: not told                                     */
    char *key; /* of its department's name, see name_key(); or NULL */
} Piece;

Piece *piece_new(const Tree *tree, const Part *part, int pieces_of_tree);
void piece_free(void *piece);

/* A piece without name, year or kind takes what is missing from the one disclosure whose totals it shares, if there is one. */
void pieces_adopt(GPtrArray *pieces);
