#include "csv.h"

#include <string.h>

#include "reply.h"

const char *
csv_header(void)
{
    return "department,region,year,kind,table,side,code,item,name,level,column,amount_yuan,source_file,page\n";
}

void
csv_append(GString *line, const char *field)
{
    if (field == NULL)
        return;
    if (strpbrk(field, ",\"\r\n") == NULL) {
        g_string_append(line, field);
        return;
    }
    g_string_append_c(line, '"');
    for (const char *p = field; *p != '\0'; p++) {
        if (*p == '"')
            g_string_append_c(line, '"');
        g_string_append_c(line, *p);
    }
    g_string_append_c(line, '"');
}

static void
append_row(GString *lines, const GString *head, const char *file, const RecordRow *row)
{
    g_autoptr(GString) front = g_string_new_len(head->str, head->len);
    const char *const words[] = {row->side, row->code, row->item, row->name};
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        g_string_append_c(front, ',');
        csv_append(front, words[i]);
    }
    g_string_append_printf(front, ",%d,", row->level);
    for (guint i = 0; row->amounts != NULL && i < row->amounts->len; i++) {
        const Entry *amount = row->amounts->pdata[i];
        if (amount->value == NULL)
            continue;
        g_string_append_len(lines, front->str, front->len);
        csv_append(lines, amount->key);
        g_string_append_printf(lines, ",%s,", amount->value);
        csv_append(lines, file);
        g_string_append_c(lines, ',');
        if (row->page > 0)
            g_string_append_printf(lines, "%d", row->page);
        g_string_append_c(lines, '\n');
    }
}

GString *
csv_of_record(const Record *record)
{
    GString *lines = g_string_new(NULL);
    g_autoptr(GString) head = g_string_new(NULL);
    const Department *department = record->department;
    csv_append(head, department->name);
    g_string_append_c(head, ',');
    csv_append(head, department->region != NULL ? department->region->code : NULL);
    g_string_append_c(head, ',');
    if (record->year > 0)
        g_string_append_printf(head, "%d", record->year);
    g_string_append_printf(head, ",%s,", made_kind_word(record->kind));
    gsize common = head->len;
    for (guint i = 0; record->tables != NULL && i < record->tables->len; i++) {
        const RecordTable *table = record->tables->pdata[i];
        const Source *source = record->sources->pdata[table->source];
        g_string_truncate(head, common);
        csv_append(head, table->id);
        for (guint k = 0; table->rows != NULL && k < table->rows->len; k++)
            append_row(lines, head, source->file, table->rows->pdata[k]);
    }
    return lines;
}
