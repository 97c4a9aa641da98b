#include "reply.h"

#include <string.h>

#include "csv.h"
#include "pack.h"

#define REPLY_TYPE "(imsmsmay(atatb)a(uuus)a(msmsiiiaustayay))"

enum { SHOWN_NOTES = 3 }; /* of one file, unless all are asked for */

void
made_free(Made *made)
{
    if (made == NULL)
        return;
    g_free(made->name);
    g_free(made->region);
    g_free(made->digest);
    g_array_unref(made->trees);
    g_clear_pointer(&made->json, g_bytes_unref);
    g_clear_pointer(&made->csv, g_bytes_unref);
    g_free(made);
}

const char *
made_kind_word(int kind)
{
    for (const Field *field = record_shape.fields; field->name != NULL; field++)
        if (strcmp(field->name, "kind") == 0)
            return field->names[kind];
    return "";
}

static void
note_free(void *data)
{
    Note *note = data;
    g_free(note->text);
    g_free(note);
}

Reply *
reply_new(void)
{
    Reply *reply = g_new0(Reply, 1);
    reply->keys = keys_new();
    reply->notes = g_ptr_array_new_with_free_func(note_free);
    reply->made = g_ptr_array_new_with_free_func((GDestroyNotify) made_free);
    return reply;
}

void
reply_free(Reply *reply)
{
    if (reply == NULL)
        return;
    g_free(reply->sha256);
    g_free(reply->message);
    g_clear_pointer(&reply->tree, g_bytes_unref);
    keys_free(reply->keys);
    g_ptr_array_unref(reply->notes);
    g_ptr_array_unref(reply->made);
    g_free(reply);
}

/* ---- what the stages made ---- */

static bool
is_of(const Source *source, const Tree *tree)
{
    return g_strcmp0(source->file, tree->file) == 0 && g_strcmp0(source->sha256, tree->sha256) == 0;
}

static Made *
made_new(const Record *record, const GPtrArray *trees, const Manner *manner)
{
    Made *made = g_new0(Made, 1);
    made->name = g_strdup(record->department->name);
    made->region = record->department->region != NULL ? g_strdup(record->department->region->code) : NULL;
    made->year = record->year;
    made->kind = record->kind;
    made->scope = record->department->scope;
    made->trees = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint t = 0; t < trees->len; t++) {
        bool part = false;
        for (guint s = 0; s < record->sources->len; s++)
            part = part || is_of(record->sources->pdata[s], trees->pdata[t]);
        if (part)
            g_array_append_val(made->trees, t);
    }
    char *json = manner->pretty ? shape_to_json_pretty(&record_shape, record) : record_to_json(record);
    g_autofree char *line = g_strconcat(json, "\n", NULL);
    g_free(json);
    g_autoptr(GString) csv = csv_of_record(record);
    made->length = strlen(line);
    made->digest = g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *) line, made->length);
    made->json = pack(line, made->length, manner->effort);
    made->csv = pack(csv->str, csv->len, manner->effort);
    return made;
}

/* A document of several units repeats its diagnostics in each of their Records: here they are told once. */
static void
collect_diags(GPtrArray *found, GHashTable *told, const GPtrArray *diags, int source)
{
    for (guint i = 0; diags != NULL && i < diags->len; i++) {
        const Diag *diag = diags->pdata[i];
        if (source >= 0 && diag->source != source)
            continue;
        if (g_hash_table_add(told, g_strdup_printf("%d %d %s", diag->page, diag->code, diag->message)))
            g_ptr_array_add(found, (void *) diag);
    }
}

static int
by_page(gconstpointer a, gconstpointer b)
{
    const Diag *left = *(Diag *const *) a;
    const Diag *right = *(Diag *const *) b;
    return left->page != right->page ? (left->page > right->page) - (left->page < right->page) : right->level - left->level;
}

static void
print_note(GString *text, const Diag *diag)
{
    static const char *const words[] = {"info", "warning", "error"};
    gsize start = text->len;
    if (diag->page > 0)
        g_string_append_printf(text, "page %d: ", diag->page);
    g_string_append_printf(text, "%s: %s", words[diag->level], diag->message);
    for (gsize i = start; i < text->len; i++)
        if ((guchar) text->str[i] < ' ')
            text->str[i] = ' ';
    g_string_append_c(text, '\n');
}

static Note *
note_new(GPtrArray *diags, const Manner *manner)
{
    Note *note = g_new0(Note, 1);
    g_autoptr(GString) text = g_string_new(NULL);
    guint shown = 0, hidden = 0;
    g_ptr_array_sort(diags, by_page);
    for (guint i = 0; i < diags->len; i++) {
        const Diag *diag = diags->pdata[i];
        note->levels[diag->level]++;
        if (manner->talk < 0 || (manner->talk == 0 && diag->level == DIAG_INFO))
            continue;
        if (manner->talk == 0 && shown == SHOWN_NOTES)
            hidden++;
        else
            print_note(text, diag);
        shown += manner->talk > 0 || shown < SHOWN_NOTES;
    }
    if (hidden > 0)
        g_string_append_printf(text, "warning: %u more like these (-v shows all)\n", hidden);
    note->text = g_string_free(g_steal_pointer(&text), FALSE);
    return note;
}

void
reply_add_records(Reply *reply, const GPtrArray *trees, const GPtrArray *records, const Manner *manner)
{
    for (guint i = 0; i < records->len; i++)
        g_ptr_array_add(reply->made, made_new(records->pdata[i], trees, manner));
    for (guint t = 0; t < trees->len; t++) {
        const Tree *tree = trees->pdata[t];
        g_autoptr(GHashTable) told = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
        g_autoptr(GPtrArray) diags = g_ptr_array_new();
        collect_diags(diags, told, tree->diagnostics, -1);
        for (guint r = 0; r < records->len; r++) {
            const Record *record = records->pdata[r];
            for (guint s = 0; s < record->sources->len; s++)
                if (is_of(record->sources->pdata[s], tree))
                    collect_diags(diags, told, record->diagnostics, s);
        }
        g_ptr_array_add(reply->notes, note_new(diags, manner));
    }
}

/* ---- bytes ---- */

static GVariant *
variant_of_bytes(GBytes *bytes)
{
    return g_variant_new_from_bytes(G_VARIANT_TYPE_BYTESTRING, bytes, TRUE);
}

static GVariant *
variant_of_hashes(const GArray *hashes)
{
    return g_variant_new_fixed_array(G_VARIANT_TYPE_UINT64, hashes->data, hashes->len, sizeof(guint64));
}

static GVariant *
variant_of_made(const Made *made)
{
    return g_variant_new("(msmsiii@aust@ay@ay)", made->name, made->region, made->year, made->kind, made->scope,
                         g_variant_new_fixed_array(G_VARIANT_TYPE_UINT32, made->trees->data, made->trees->len, sizeof(guint32)), made->digest, made->length,
                         variant_of_bytes(made->json), variant_of_bytes(made->csv));
}

GBytes *
reply_to_bytes(const Reply *reply)
{
    GVariantBuilder notes, made;
    g_variant_builder_init(&notes, G_VARIANT_TYPE("a(uuus)"));
    g_variant_builder_init(&made, G_VARIANT_TYPE("a(msmsiiiaustayay)"));
    for (guint i = 0; i < reply->notes->len; i++) {
        const Note *note = reply->notes->pdata[i];
        g_variant_builder_add(&notes, "(uuus)", note->levels[0], note->levels[1], note->levels[2], note->text);
    }
    for (guint i = 0; i < reply->made->len; i++)
        g_variant_builder_add_value(&made, variant_of_made(reply->made->pdata[i]));
    GVariant *tree = g_variant_new_maybe(G_VARIANT_TYPE_BYTESTRING, reply->tree != NULL ? variant_of_bytes(reply->tree) : NULL);
    GVariant *keys = g_variant_new("(@at@atb)", variant_of_hashes(reply->keys->names), variant_of_hashes(reply->keys->totals), reply->keys->seeks);
    g_autoptr(GVariant) all = g_variant_ref_sink(
        g_variant_new("(imsms@may@(atatb)a(uuus)a(msmsiiiaustayay))", reply->status, reply->sha256, reply->message, tree, keys, &notes, &made));
    return g_variant_get_data_as_bytes(all);
}

static Made *
made_from_variant(GVariant *variant, guint trees)
{
    Made *made = g_new0(Made, 1);
    g_autoptr(GVariant) parts = NULL;
    g_autoptr(GVariant) json = NULL;
    g_autoptr(GVariant) csv = NULL;
    g_variant_get(variant, "(msmsiii@aust@ay@ay)", &made->name, &made->region, &made->year, &made->kind, &made->scope, &parts, &made->digest, &made->length,
                  &json, &csv);
    gsize count = 0;
    const guint32 *indexes = g_variant_get_fixed_array(parts, &count, sizeof(guint32));
    made->trees = g_array_new(FALSE, FALSE, sizeof(guint));
    for (gsize i = 0; i < count; i++)
        if (indexes[i] < trees)
            g_array_append_val(made->trees, indexes[i]);
    made->json = g_variant_get_data_as_bytes(json);
    made->csv = g_variant_get_data_as_bytes(csv);
    made->kind = made->kind != 0;
    made->scope = made->scope != 0;
    return made;
}

static bool
is_digest(const char *text)
{
    return strlen(text) == 64 && strspn(text, "0123456789abcdef") == 64;
}

static void
take_hashes(GArray *hashes, GVariant *variant)
{
    gsize count = 0;
    const guint64 *values = g_variant_get_fixed_array(variant, &count, sizeof(guint64));
    g_array_append_vals(hashes, values, count);
}

Reply *
reply_from_bytes(GBytes *bytes, guint trees)
{
    g_autoptr(GVariant) all = g_variant_ref_sink(g_variant_new_from_bytes(G_VARIANT_TYPE(REPLY_TYPE), bytes, FALSE));
    if (!g_variant_is_normal_form(all))
        return NULL;
    g_autoptr(Reply) reply = reply_new();
    g_autoptr(GVariant) tree = NULL;
    g_autoptr(GVariant) names = NULL;
    g_autoptr(GVariant) totals = NULL;
    gboolean seeks = FALSE;
    g_autoptr(GVariantIter) notes = NULL;
    g_autoptr(GVariantIter) made = NULL;
    g_variant_get(all, "(imsms@may(@at@atb)a(uuus)a(msmsiiiaustayay))", &reply->status, &reply->sha256, &reply->message, &tree, &names, &totals, &seeks, &notes,
                  &made);
    g_autoptr(GVariant) inner = g_variant_get_maybe(tree);
    if (inner != NULL)
        reply->tree = g_variant_get_data_as_bytes(inner);
    take_hashes(reply->keys->names, names);
    take_hashes(reply->keys->totals, totals);
    reply->keys->seeks = seeks;
    Note note = {{0}, NULL};
    while (g_variant_iter_next(notes, "(uuus)", &note.levels[0], &note.levels[1], &note.levels[2], &note.text))
        g_ptr_array_add(reply->notes, g_memdup2(&note, sizeof note));
    for (GVariant *one = g_variant_iter_next_value(made); one != NULL; one = g_variant_iter_next_value(made)) {
        g_ptr_array_add(reply->made, made_from_variant(one, trees));
        g_variant_unref(one);
    }
    for (guint i = 0; i < reply->made->len; i++)
        if (!is_digest(((const Made *) reply->made->pdata[i])->digest))
            return NULL;
    bool sound = reply->status >= REPLY_ELSEWHERE && reply->status <= INPUT_UNREADABLE && (reply->notes->len == trees || reply->notes->len == 0);
    return sound ? g_steal_pointer(&reply) : NULL;
}
