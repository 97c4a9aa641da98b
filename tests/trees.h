/* Trees made by hand, for tests of normalize/. The adders copy their words; `at` counts up by itself. Free the tree with tree_free(). */
#pragma once
#include "tree.h"

Tree *trees_new(const char *file);
Mention *trees_mention(Tree *tree, MentionKind kind, const char *text, const char *department, const char *year, const char *disclosure, const char *scope);
/* `columns` are headers of one level. */
TreeTable *trees_table(Tree *tree, const char *id, const char *title, const char *unit, const char *owner, const char *const *columns);
/* As many cells as the table has columns; "" is a blank one. A blank in front sets a cell's words in by ten points. */
void trees_row(TreeTable *table, ...) G_GNUC_NULL_TERMINATED;
TreeStatement *trees_statement(Tree *tree, const char *section, const char *label, const char *amount, const char *unit);
TreeForm *trees_form(Tree *tree, const char *scope, const char *department, const char *project);
/* The core tables of one unit, with a figure each. */
void trees_core_tables(Tree *tree, const char *owner, const char *total);
