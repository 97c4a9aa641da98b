#include "mark.h"

#include "data.h"
#include "source.h" /* GONGKAI_SOURCE, written by make */
#include "version.h"

enum { SHOWN = 16 }; /* digits of the hash */

static bool
add_data(GChecksum *sum, const char *folder, GError **error)
{
    g_autofree char *resource = g_strconcat("/gongkai/", folder, NULL);
    g_auto(GStrv) names = g_resources_enumerate_children(resource, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
    for (guint i = 0; names != NULL && names[i] != NULL; i++) {
        g_autofree char *name = g_strdup_printf("%s/%s", folder, names[i]);
        g_autoptr(GBytes) bytes = data_load(name, error);
        if (bytes == NULL)
            return false;
        gsize length = 0;
        const guchar *data = g_bytes_get_data(bytes, &length);
        g_autofree char *head = g_strdup_printf("%s %" G_GSIZE_FORMAT "\n", name, length);
        g_checksum_update(sum, (const guchar *) head, -1);
        g_checksum_update(sum, data, length);
    }
    return names != NULL;
}

char *
mark_new(bool pretty, GError **error)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    g_checksum_update(sum, (const guchar *) (pretty ? GONGKAI_SOURCE " pretty\n" : GONGKAI_SOURCE " lines\n"), -1);
    if (!add_data(sum, "parse/rules", error) || !add_data(sum, "normalize/data", error))
        return NULL;
    return g_strdup_printf("%s-%.*s", GONGKAI_VERSION, SHOWN, g_checksum_get_string(sum));
}

char *
mark_within(const char *mark, guint seconds, guint megabytes)
{
    return g_strdup_printf("%s-%us-%uMB", mark, seconds, megabytes);
}
