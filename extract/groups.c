/* Rules → groups: the ruling lines that touch each other, and those that a page has cut off from them. */
#include "groups.h"

#include <math.h>

/* Lines that end so near to each other meet. */
#define TOUCH 3.0
/* So many tall groups of lines are looked at for what stands beside them. */
#define MAX_BESIDE 60

static const Rule *
rule_at(const GArray *rules, guint i)
{
    return &g_array_index(rules, Rule, i);
}

static void
group_free(void *data)
{
    Group *group = data;
    g_array_unref(group->across);
    g_array_unref(group->down);
    g_free(group);
}

/* ---- groups of lines that touch ---- */

static guint
root_of(guint *parents, guint i)
{
    while (parents[i] != i)
        i = parents[i] = parents[parents[i]];
    return i;
}

/* Both arrays are sorted by `at`; only the lines down within the reach of one across are looked at. */
static void
join_touching(const Sheet *sheet, guint *parents)
{
    for (guint i = 0; i < sheet->across->len; i++) {
        const Rule *a = rule_at(sheet->across, i);
        guint low = 0, high = sheet->down->len;
        while (low < high) {
            guint middle = (low + high) / 2;
            if (rule_at(sheet->down, middle)->at < a->from - TOUCH)
                low = middle + 1;
            else
                high = middle;
        }
        for (guint j = low; j < sheet->down->len && rule_at(sheet->down, j)->at <= a->to + TOUCH; j++) {
            const Rule *d = rule_at(sheet->down, j);
            if (d->from - TOUCH <= a->at && a->at <= d->to + TOUCH)
                parents[root_of(parents, i)] = root_of(parents, sheet->across->len + j);
        }
    }
}

static GPtrArray *
find_groups(const Sheet *sheet)
{
    guint across = sheet->across->len, all = across + sheet->down->len;
    g_autofree guint *parents = g_new(guint, all + 1);
    for (guint i = 0; i < all; i++)
        parents[i] = i;
    join_touching(sheet, parents);
    g_autofree Group **by_root = g_new0(Group *, all + 1);
    GPtrArray *groups = g_ptr_array_new_with_free_func(group_free);
    for (guint i = 0; i < all; i++) {
        Group **group = &by_root[root_of(parents, i)];
        if (*group == NULL) {
            *group = g_new0(Group, 1);
            (*group)->across = g_array_new(FALSE, FALSE, sizeof(Rule));
            (*group)->down = g_array_new(FALSE, FALSE, sizeof(Rule));
            g_ptr_array_add(groups, *group);
        }
        if (i < across)
            g_array_append_vals((*group)->across, rule_at(sheet->across, i), 1);
        else
            g_array_append_vals((*group)->down, rule_at(sheet->down, i - across), 1);
    }
    return groups;
}

/* ---- groups side by side ---- */

static Box
group_box(const Group *group)
{
    Box box = {INFINITY, INFINITY, -INFINITY, -INFINITY};
    for (guint i = 0; i < group->down->len; i++) {
        const Rule *rule = rule_at(group->down, i);
        box = (Box){fmin(box.x0, rule->at), fmin(box.y0, rule->from), fmax(box.x1, rule->at), fmax(box.y1, rule->to)};
    }
    return box;
}

static bool
has_words(const Sheet *sheet, Box box)
{
    for (guint i = 0; i < sheet->tokens->len; i++) {
        Box word = sheet_token(sheet, i)->box;
        if (word.x0 > box.x0 - TOUCH && word.x1 < box.x1 + TOUCH && box_middle_y(word) > box.y0 && box_middle_y(word) < box.y1)
            return true;
    }
    return false;
}

/* Whether two groups of lines are of one table: from one height to the other, near each other, the one mere lines down, or with words
 * between them. */
static bool
are_beside(const Sheet *sheet, const Group *table, const Group *other)
{
    Box a = group_box(table), b = group_box(other);
    double gap = fmax(a.x0, b.x0) - fmin(a.x1, b.x1);
    Box between = {fmin(a.x1, b.x1), a.y0, fmax(a.x0, b.x0), a.y1};
    bool level = fabs(a.y0 - b.y0) < TOUCH && fabs(a.y1 - b.y1) < TOUCH;
    return level && gap < 0.25 * sheet->width && (other->across->len == 0 || (gap > 0 && has_words(sheet, between)));
}

/* Where a page cuts cells that reach through all its rows nothing is drawn above and below them: what stands on both sides of them,
 * from one height to the other, is one table. */
static void
join_beside(const Sheet *sheet, GPtrArray *groups)
{
    g_autoptr(GPtrArray) tall = g_ptr_array_new();
    for (guint i = 0; i < groups->len && tall->len < MAX_BESIDE; i++) {
        Group *group = groups->pdata[i];
        Box box = group_box(group);
        if (box.y1 - box.y0 > 20)
            g_ptr_array_add(tall, group);
    }
    for (guint i = 0; i < tall->len; i++) {
        Group *table = tall->pdata[i];
        for (guint j = 0; j < tall->len && table->across->len >= 2 && table->down->len >= 2; j++) {
            Group *other = tall->pdata[j];
            if (i == j || other->down->len == 0 || !are_beside(sheet, table, other))
                continue;
            g_array_append_vals(table->across, other->across->data, other->across->len);
            g_array_append_vals(table->down, other->down->data, other->down->len);
            g_array_set_size(other->across, 0);
            g_array_set_size(other->down, 0);
            j = (guint) -1; /* the table is wider now */
        }
    }
}

GPtrArray *
sheet_rule_groups(const Sheet *sheet)
{
    GPtrArray *groups = find_groups(sheet);
    join_beside(sheet, groups);
    return groups;
}
