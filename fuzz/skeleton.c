#include "skeleton.h"

/* Codes as the subsets of word processors have them: a few words, then ASCII as it is. */
#define TO_UNICODE \
    "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange\n" \
    "2 beginbfrange <20> <7e> <0020> <01> <10> [<9884><7b97><6536><5165><652f><51fa><5408><8ba1><9879><76ee><529f><80fd><5355><4f4d><4e07><5143>] " \
    "endbfrange\n" \
    "endcmap end\n"
#define FONTS "/F1 5 0 R /F2 6 0 R /F3 5 0 R /F4 6 0 R /F5 5 0 R /F6 6 0 R /F7 5 0 R /F8 6 0 R /F9 5 0 R"
#define FORM "0.5 w 0 0 m 90 90 l S 10 10 30 12 re f\n"

static const char *const objects[] = {
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << " FONTS " >> /XObject << /X1 9 0 R /Im1 10 0 R >>"
    " /Shading << /Sh1 11 0 R >> /Pattern << /P1 << /Type /Pattern /PatternType 2 /Shading 11 0 R >> >>"
    " /ExtGState << /G1 << /ca 0.5 /LW 2 >> /G2 << /SMask << /S /Luminosity /G 9 0 R >> >> >> >> >>",
    NULL, /* the content */
    "<< /Type /Font /Subtype /TrueType /BaseFont /Arial /FirstChar 0 /LastChar 0 /Widths [600] /ToUnicode 8 0 R >>",
    "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /Identity-H /DescendantFonts [7 0 R] >>",
    "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /DW 1000 >>",
    "<< /Length 300 >>\nstream\n" TO_UNICODE "\nendstream",
    "<< /Type /XObject /Subtype /Form /BBox [0 0 100 100] /Resources << >> /Group << /S /Transparency /CS /DeviceRGB >> /Length 39 >>\nstream\n" FORM
    "endstream",
    "<< /Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 4 >>\nstream\nabcd\nendstream",
    "<< /ShadingType 2 /ColorSpace /DeviceGray /Coords [0 0 99 99] /Function << /FunctionType 2 /Domain [0 1] /C0 [0] /C1 [1] /N 1 >> >>",
};

GBytes *
skeleton_pdf(const uint8_t *content, size_t size)
{
    GString *pdf = g_string_new("%PDF-1.5\n");
    gsize places[G_N_ELEMENTS(objects)];
    for (guint i = 0; i < G_N_ELEMENTS(objects); i++) {
        places[i] = pdf->len;
        g_string_append_printf(pdf, "%u 0 obj\n", i + 1);
        if (objects[i] != NULL) {
            g_string_append(pdf, objects[i]);
        } else {
            g_string_append_printf(pdf, "<< /Length %zu >>\nstream\n", size);
            g_string_append_len(pdf, (const char *) content, (gssize) size);
            g_string_append(pdf, "\nendstream");
        }
        g_string_append(pdf, "\nendobj\n");
    }
    gsize start = pdf->len;
    g_string_append_printf(pdf, "xref\n0 %zu\n0000000000 65535 f \n", G_N_ELEMENTS(objects) + 1);
    for (guint i = 0; i < G_N_ELEMENTS(objects); i++)
        g_string_append_printf(pdf, "%010zu 00000 n \n", places[i]);
    g_string_append_printf(pdf, "trailer\n<< /Size %zu /Root 1 0 R >>\nstartxref\n%zu\n%%%%EOF\n", G_N_ELEMENTS(objects) + 1, start);
    return g_string_free_to_bytes(pdf);
}
