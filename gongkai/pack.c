#include "pack.h"

#include <gio/gio.h>

enum { CHUNK = 1 << 16, UNPACKED_LIMIT = 1 << 30 }; /* what a worker sends is not trusted: a few bytes may claim to be terabytes */

GBytes *
pack(const char *bytes, gsize length, int effort)
{
    g_autoptr(GConverter) packer = G_CONVERTER(g_zlib_compressor_new(G_ZLIB_COMPRESSOR_FORMAT_ZLIB, effort));
    g_autoptr(GOutputStream) memory = g_memory_output_stream_new_resizable();
    g_autoptr(GOutputStream) stream = g_converter_output_stream_new(memory, packer);
    g_output_stream_write_all(stream, bytes, length, NULL, NULL, NULL); /* memory does not fail */
    g_output_stream_close(stream, NULL, NULL);
    return g_memory_output_stream_steal_as_bytes(G_MEMORY_OUTPUT_STREAM(memory));
}

GBytes *
unpack(GBytes *packed, GError **error)
{
    g_autoptr(GConverter) unpacker = G_CONVERTER(g_zlib_decompressor_new(G_ZLIB_COMPRESSOR_FORMAT_ZLIB));
    g_autoptr(GInputStream) memory = g_memory_input_stream_new_from_bytes(packed);
    g_autoptr(GInputStream) stream = g_converter_input_stream_new(memory, unpacker);
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    gssize got = 0;
    do {
        gsize before = bytes->len;
        g_byte_array_set_size(bytes, before + CHUNK);
        got = g_input_stream_read(stream, bytes->data + before, CHUNK, NULL, error);
        g_byte_array_set_size(bytes, before + MAX(got, 0));
    } while (got > 0 && bytes->len <= UNPACKED_LIMIT);
    if (got > 0)
        g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "packed bytes that never end");
    return got == 0 ? g_byte_array_free_to_bytes(g_steal_pointer(&bytes)) : NULL;
}
