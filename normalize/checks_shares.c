/* Shares told in sentences: "其中：A万元，占p%；B万元，占q%". */
#include <string.h>

#include "checks.h"

enum { WHOLE = 100 * MONEY_YUAN }; /* a hundred percent */

/* Statements of one section that follow each other and each tell a share: [from, to). */
typedef struct {
    guint from, to;
    Money sum;           /* of their amounts                          */
    Money percent, step; /* of their percentages, and of their rounding */
} Shares;

static Money
step_of(const char *percent)
{
    const char *point = strchr(percent, '.');
    Money step = MONEY_YUAN;
    for (size_t i = point != NULL ? strlen(point + 1) : 0; i > 0 && step > 1; i--)
        step /= 10;
    return step;
}

static bool
tells_share(const Checking *checking, const RecordStatement *statement)
{
    const Rule *completion = rules_find(checking->told_rules, "completion");
    const Rule *share = rules_find(checking->told_rules, "share");
    Money money = 0;
    return statement->percent != NULL && statement->text != NULL && money_parse(statement->amount, &money) && share != NULL &&
           rule_match(share, statement->text, 0, NULL) && !(completion != NULL && rule_match(completion, statement->text, 0, NULL));
}

static Shares
read_list(const Checking *checking, guint from)
{
    const GPtrArray *statements = checking->record->statements;
    const char *section = ((const RecordStatement *) statements->pdata[from])->section;
    Shares list = {.from = from, .to = from};
    while (list.to < statements->len) {
        const RecordStatement *statement = statements->pdata[list.to];
        Money amount = 0, percent = 0;
        if (g_strcmp0(statement->section, section) != 0 || !tells_share(checking, statement))
            break;
        money_parse(statement->amount, &amount);
        money_parse(statement->percent, &percent);
        list.sum += amount;
        list.percent += percent;
        list.step += step_of(statement->percent);
        list.to++;
    }
    return list;
}

/* What the list is of: the amount told before it, without a share, in its section. */
static bool
find_whole(const Checking *checking, const Shares *list, Money *ret_whole)
{
    const GPtrArray *statements = checking->record->statements;
    const RecordStatement *first = statements->pdata[list->from];
    for (guint i = list->from; i-- > 0;) {
        const RecordStatement *before = statements->pdata[i];
        if (g_strcmp0(before->section, first->section) != 0)
            return false;
        if (before->percent == NULL && money_parse(before->amount, ret_whole) && *ret_whole > 0)
            return true;
    }
    return false;
}

static void
check_share(Checking *checking, const RecordStatement *statement, const Money *wholes, guint count)
{
    Money amount = 0, percent = 0, part = 0;
    Tolerance tolerance = {0, 0};
    money_parse(statement->amount, &amount);
    money_parse(statement->percent, &percent);
    for (guint i = 0; i < count; i++) {
        const Money quantum = 100 * MONEY_YUAN;
        Money slack = (Money) ((__int128) wholes[i] * step_of(statement->percent) / WHOLE) / 2 + quantum;
        tolerance = (Tolerance){slack, 2 * slack};
        part = (Money) ((__int128) wholes[i] * percent / WHOLE);
        if (check_holds(amount, part, tolerance))
            break;
    }
    check_add(checking, &(Finding){.number = "N03",
                                   .id = "statement.amount=percent*whole",
                                   .scope = statement->label,
                                   .left = amount,
                                   .right = part,
                                   .tolerance = tolerance,
                                   .place = {statement->source, statement->page}});
}

/* A list whose shares make a hundred is of its own sum; else of what was told before it. */
void
checks_of_shares(Checking *checking)
{
    const GPtrArray *statements = checking->record->statements;
    for (guint i = 0; i < statements->len; i++) {
        Shares list = read_list(checking, i);
        Money wholes[2] = {0}, whole = 0;
        guint count = 0;
        if (list.to == list.from)
            continue;
        bool complete = ABS(list.percent - WHOLE) <= list.step && list.sum > 0;
        if (find_whole(checking, &list, &whole))
            wholes[count++] = whole;
        if (complete)
            wholes[count++] = list.sum;
        for (guint k = list.from; count > 0 && k < list.to; k++)
            check_share(checking, statements->pdata[k], wholes, count);
        i = list.to - 1;
    }
}
