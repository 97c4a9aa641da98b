#!/usr/bin/env python3
"""Makes a folder of hostile files: what is built wrongly on purpose, and mutations of the corpus' documents.

usage: hostile.py FOLDER PDF...     (needs qpdf; the same files each time)

The PDFs named are those that are mutated. The result is at least 400 files; tests/hostile.sh reads them.
"""

import random
import re
import subprocess
import sys
import zlib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "corpus" / "hostile"))
from build import CATALOGUE, FONT, PAGES, page, pdf, stream  # noqa: E402

FLATE = b"/Filter /FlateDecode"
WORDS = b"BT /F1 12 Tf 72 760 Td (2023) Tj ET\n"
FONTS = b"/Font << /F1 5 0 R >>"


def one_page(content, entries=b"", resources=FONTS, more=(), box=b"0 0 595 842", page_entries=b""):
    """A document of one page; `more` are its objects from number 6 on."""
    body = page(resources, box)
    return pdf([CATALOGUE, PAGES, body[:-2] + page_entries + b" >>", stream(content, entries), FONT, *more])


def packed(content, times=1):
    for _ in range(times):
        content = zlib.compress(content, 6)
    return content


# ---- trees of pages, boxes ----

def page_trees():
    def tree(kids, count, more=()):
        return pdf([CATALOGUE, b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count), page(FONTS), stream(WORDS), FONT, *more])

    def chain(depth):
        nodes = [b"<< /Type /Pages /Kids [%d 0 R] /Count 1 /Parent %d 0 R >>" % (7 + i, 5 + i) for i in range(depth)]
        return tree(b"6 0 R", 1, [*nodes, page(FONTS)])

    yield "itself", tree(b"2 0 R 3 0 R", 2)
    yield "grandchild", tree(b"6 0 R", 1, [b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 >>"])
    yield "two-in-a-circle", tree(b"6 0 R", 5, [b"<< /Type /Pages /Kids [7 0 R] /Count 1 >>", b"<< /Type /Pages /Kids [6 0 R] /Count 1 >>"])
    for depth in (50, 500, 5000, 50000):
        yield f"depth-{depth}", chain(depth)
    for count in (-1, 0, 2, 99999, 2147483647):
        yield f"count-{count}", tree(b"3 0 R", count)
    yield "same-page-often", tree(b"3 0 R " * 3000, 3000)
    yield "kids-are-numbers", tree(b"1 2 3 (a) /b", 5)
    yield "kids-are-missing", tree(b"90 0 R 91 0 R", 2)
    yield "kids-are-catalogue", tree(b"1 0 R", 1)
    yield "kids-are-a-stream", tree(b"4 0 R", 1)


def boxes():
    for i, box in enumerate((b"0 0 0 0", b"0 0 -1 -1", b"595 842 0 0", b"0 0 1e9 1e9", b"0 0 1e38 1e38", b"-1e9 -1e9 1e9 1e9", b"0 0 0.0001 0.0001",
                             b"0 0 99999999999999999999 1", b"(a) /b null 4", b"1 2", b"nan nan inf inf", b"0 0 200000 1")):
        yield f"media-{i}", one_page(WORDS, box=box)
    for i, entries in enumerate((b"/CropBox [9 9 9 9]", b"/CropBox [-1e9 0 1e9 1]", b"/UserUnit 1e9", b"/UserUnit 0", b"/Rotate 45", b"/Rotate 2147483648",
                                 b"/Rotate -90", b"/CropBox [1e308 1e308 -1e308 -1e308]")):
        yield f"entry-{i}", one_page(WORDS, page_entries=entries)


# ---- what is drawn ----

def contents():
    for times in (1000, 1000000):
        yield f"glyphs-{times}", one_page(packed(b"BT /F1 1 Tf 9 9 Td (" + b"12345678 0" * (times // 10) + b") Tj ET"), FLATE)
        yield f"words-{times // 10}", one_page(packed(b"BT /F1 1 Tf " + b"3 0 Td (12) Tj " * (times // 10) + b"ET"), FLATE)
        yield f"q-{times}", one_page(packed(b"q " * times + WORDS), FLATE)
        yield f"Q-{times}", one_page(packed(b"Q " * times + WORDS), FLATE)
        yield f"clip-{times // 10}", one_page(packed(b"0 0 500 500 re W n " * (times // 10) + WORDS), FLATE)
        yield f"rectangles-{times // 10}", one_page(packed(b"".join(b"%d %d 9 9 re f\n" % (i % 590, i // 590 % 840) for i in range(times // 10))), FLATE)
        yield f"lattice-{times // 1000}", one_page(packed(b"".join(b"0 %d m 595 %d l S %d 0 m %d 842 l S " % (i, i, i, i) for i in range(times // 1000)) + WORDS), FLATE)
        yield f"array-{times}", one_page(packed(b"BT /F1 9 Tf [" + b"(1) -9 " * (times // 7) + b"] TJ ET"), FLATE)
        yield f"nested-{times}", one_page(packed(b"[" * times), FLATE)
        yield f"dictionaries-{times}", one_page(packed(b"/a <<" * times), FLATE)
        yield f"segments-{times}", one_page(packed(b"0 0 m " + b"9 9 l 1 2 3 4 5 6 c " * (times // 20) + b"S"), FLATE)
        yield f"marked-{times}", one_page(packed(b"/Span BMC " * (times // 10) + WORDS), FLATE)
    odd = (b"0 0 0 0 0 0 cm", b"1e308 1e308 1e308 1e308 0 0 cm", b"1 0 0 0 0 0 cm", b"BT /F1 0 Tf", b"BT /F1 -9 Tf", b"BT /F1 1e30 Tf", b"BT 0 Tz", b"BT 1e9 Tc",
           b"BT 1e30 1e30 Td", b"BT 0 0 0 0 0 0 Tm", b"[0] 0 d", b"[1e-9 1e-9] 0 d 1 w 0 0 m 500 500 l S", b"[-1] 0 d", b"1e30 w 0 0 m 9 9 l S", b"9 M 99 j 99 J",
           b"BT 7 Tr", b"/None gs /None Do /None sh", b"1 2 3 4 5 6 7 8 9 re", b"(\\377\\377) Tj", b"BT <FFFF Tj", b"BI /W 60000 /H 60000 /BPC 8 /CS /G ID abc EI",
           b"BI /W -1 /H -1 ID EI", b"BX \x00\xff\xfe EX", b"99999999999999999999 0 0 1 0 0 cm", b"--5 .-. 1..2 re f", b"/F1 Tf 12 BT (a) ET Tj")
    for i, operators in enumerate(odd):
        yield f"odd-{i}", one_page(operators + b"\n" + WORDS)


def forms():
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 600 900]"

    def using(body, *more):
        return one_page(b"/X Do\n" + WORDS, resources=FONTS + b" /XObject << /X 6 0 R >>", more=(body, *more))

    yield "itself", using(stream(b"/X Do", form + b" /Resources << /XObject << /X 6 0 R >> >>"))
    yield "each-other", using(stream(b"/Y Do", form + b" /Resources << /XObject << /Y 7 0 R >> >>"), stream(b"/X Do", form + b" /Resources << /XObject << /X 6 0 R >> >>"))
    for twice in (2, 10):  # each form draws the next so often: 2 to the power of 40
        nested = [stream(b"/X Do " * twice, form + b" /Resources << /XObject << /X %d 0 R >> >>" % (7 + i)) for i in range(40)]
        yield f"laughs-{twice}", using(*nested, stream(WORDS, form))
    yield "deep", using(*[stream(b"/X Do", form + b" /Resources << /XObject << /X %d 0 R >> >>" % (7 + i)) for i in range(3000)], stream(WORDS, form))
    for i, entries in enumerate((b"/Matrix [0 0 0 0 0 0]", b"/Matrix [1e30 0 0 1e30 0 0]", b"/Group << /S /Transparency /I true /K true >>", b"/BBox [0 0 1e9 1e9] /Group << /S /Transparency >>")):
        yield f"entry-{i}", using(stream(WORDS, form + entries + b" /Resources << " + FONTS + b" >>"))
    yield "mask-of-itself", one_page(b"/G gs " + WORDS, resources=FONTS + b" /ExtGState << /G 6 0 R >>",
                                     more=(b"<< /SMask << /S /Luminosity /G 7 0 R >> >>", stream(b"/G gs 0 0 9 9 re f", form + b" /Group << /S /Transparency >> /Resources << /ExtGState << /G 6 0 R >> >>")))
    glyph = b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [%s] /CharProcs << /a 7 0 R >> /Encoding << /Differences [97 /a] >> /FirstChar 97 /LastChar 97 /Widths [1] /Resources << /Font << /F1 6 0 R >> >> >>"
    for i, matrix in enumerate((b"1 0 0 1 0 0", b"0 0 0 0 0 0", b"1e30 0 0 1e30 0 0")):
        yield f"type3-{i}", one_page(b"BT /F1 9 Tf 99 99 Td (aaaa) Tj ET", resources=b"/Font << /F1 6 0 R >>", more=(glyph % matrix, stream(b"1 0 d0 BT /F1 9 Tf (aa) Tj ET")))


def patterns():
    def filled(pattern, *more):
        return one_page(b"/Pattern cs /P scn 0 0 595 842 re f\n" + WORDS, resources=FONTS + b" /Pattern << /P 6 0 R >>", more=(pattern, *more))

    tile = b"/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 "
    for i, steps in enumerate((b"/BBox [0 0 1 1] /XStep 0 /YStep 0", b"/BBox [0 0 1 1] /XStep 0.0001 /YStep 0.0001", b"/BBox [0 0 1e9 1e9] /XStep 1 /YStep 1", b"/BBox [0 0 0 0] /XStep 1 /YStep 1",
                               b"/BBox [0 0 1 1] /XStep -1 /YStep -1 /Matrix [0 0 0 0 0 0]")):
        yield f"tile-{i}", filled(stream(b"0 0 1 1 re f", tile + steps + b" /Resources << >>"))
    yield "tile-of-itself", filled(stream(b"/Pattern cs /P scn 0 0 9 9 re f", tile + b"/BBox [0 0 9 9] /XStep 9 /YStep 9 /Resources << /Pattern << /P 6 0 R >> >>"))
    endless = stream(b"{ " + b"dup exch pop 2 copy roll " * 500 + b"}", b"/FunctionType 4 /Domain [0 1] /Range [0 1]")
    for kind in range(0, 9):
        mesh = b"/ShadingType %d /ColorSpace /DeviceGray /BitsPerCoordinate 32 /BitsPerComponent 16 /BitsPerFlag 8 /VerticesPerRow 2 /Decode [0 1e9 0 1e9 0 1] /Coords [0 0 1e9 1e9 0 1] /Domain [0 1 0 1] /Function 8 0 R" % kind
        yield f"shading-{kind}", filled(b"<< /Type /Pattern /PatternType 2 /Shading 7 0 R >>", stream(random.Random(kind).randbytes(20000), mesh), endless)
    yield "shadings-galore", one_page(packed(b"/S sh " * 20000), FLATE, resources=FONTS + b" /Shading << /S 6 0 R >>",
                                      more=(b"<< /ShadingType 3 /ColorSpace /DeviceRGB /Coords [0 0 0 9 9 999] /Extend [true true] /Function << /FunctionType 2 /Domain [0 1] /C0 [0 0 0] /C1 [1 1 1] /N 1e9 >> >>",))


# ---- streams, images, fonts ----

def streams():
    for size in (1, 40, 160):
        yield f"bomb-{size}", one_page(packed(b"\n" * (size << 20)), FLATE)
        yield f"spaces-in-text-{size}", one_page(packed(b"BT /F1 9 Tf (" + b" " * (size << 20) + b") Tj ET"), FLATE)
    yield "bomb-in-bomb", one_page(packed(b" " * (160 << 20), 3), b"/Filter [/FlateDecode /FlateDecode /FlateDecode]")
    yield "predictor", one_page(packed(b"\x02" * 100000), FLATE + b" /DecodeParms << /Predictor 15 /Columns 2147483647 /Colors 99 /BitsPerComponent 99 >>")
    for name in (b"LZWDecode", b"ASCII85Decode", b"ASCIIHexDecode", b"RunLengthDecode", b"DCTDecode", b"JPXDecode", b"JBIG2Decode", b"CCITTFaxDecode", b"Crypt", b"None"):
        noise = random.Random(name).randbytes(5000)
        yield f"filter-{name.decode()}", one_page(noise, b"/Filter /" + name)
        image = stream(noise, b"/Type /XObject /Subtype /Image /Width 999 /Height 999 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /" + name)
        yield f"image-{name.decode()}", one_page(b"/I Do " + WORDS, resources=FONTS + b" /XObject << /I 6 0 R >>", more=(image,))
    yield "filters-many", one_page(b"41>", b"/Filter [" + b"/ASCIIHexDecode " * 3000 + b"]")
    for i, entries in enumerate((b"/Width 60000 /Height 60000 /BitsPerComponent 8 /ColorSpace /DeviceCMYK", b"/Width 2147483647 /Height 2147483647 /BitsPerComponent 1 /ImageMask true",
                                 b"/Width 0 /Height -5 /BitsPerComponent 8 /ColorSpace /DeviceGray", b"/Width 9 /Height 9 /BitsPerComponent 99 /ColorSpace /DeviceGray",
                                 b"/Width 9 /Height 9 /BitsPerComponent 8 /ColorSpace [/Indexed 6 0 R 255 (a)]", b"/Width 9 /Height 9 /BitsPerComponent 8 /ColorSpace /DeviceGray /SMask 6 0 R",
                                 b"/Width 9 /Height 9 /BitsPerComponent 8 /ColorSpace [/ICCBased 6 0 R]", b"/Width 9 /Height 9 /BitsPerComponent 8 /ColorSpace [/DeviceN [/a /b] /DeviceGray 6 0 R]")):
        image = stream(packed(b"\0" * (20 << 20)), b"/Type /XObject /Subtype /Image " + FLATE + entries)
        yield f"image-{i}", one_page(b"9 0 0 9 0 0 cm /I Do " + WORDS, resources=FONTS + b" /XObject << /I 6 0 R >>", more=(image,))
    for i, length in enumerate((b"-1", b"2147483647", b"99999999999999", b"4 0 R", b"(a)", b"0")):
        yield f"length-{i}", one_page(WORDS).replace(b"/Length %d" % len(WORDS), b"/Length " + length)


def fonts():
    def font(body, *more, text=b"(2023 abc) Tj"):
        return one_page(b"BT /F1 12 Tf 72 700 Td " + text + b" ET", resources=b"/Font << /F1 6 0 R >>", more=(body, *more))

    noise = random.Random(5).randbytes(60000)
    for kind, key in ((b"Type1", b"FontFile"), (b"TrueType", b"FontFile2"), (b"Type1", b"FontFile3 8 0 R /x"), (b"CIDFontType2", b"FontFile2")):
        for i, data in enumerate((noise, b"\0\1\0\0\0\xff" + noise, b"OTTO\xff\xff" + noise, b"%!PS-AdobeFont-1.0\n" + b"/a { a a } def " * 3000, b"")):
            body = b"<< /Type /Font /Subtype /%s /BaseFont /A /FirstChar 0 /LastChar 255 /Widths [%s] /FontDescriptor 7 0 R >>" % (kind, b"1e9 " * 256)
            yield f"file-{kind.decode()}-{len(key)}-{i}", font(body, b"<< /Type /FontDescriptor /FontName /A /Flags 4 /FontBBox [0 0 0 0] /Ascent 1e9 /Descent -1e9 /%s 8 0 R >>" % key, stream(data))
    yield "widths-million", font(b"<< /Type /Font /Subtype /TrueType /BaseFont /A /FirstChar -9 /LastChar 2147483647 /Widths [%s] >>" % (b"500 " * 1000000))
    ranges = b"begincmap\n" + b"100 beginbfrange\n" + b"<0000> <ffff> <4e00>\n" * 100 + b"endbfrange\n" * 2
    composite = b"<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /%s /DescendantFonts [%s] /ToUnicode 8 0 R >>"
    child = b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /A /CIDSystemInfo << /Registry (Adobe) /Ordering (%s) /Supplement 99 >> /DW 1e9 /W [0 65535 1e9 0 [%s]] >>"
    for i, (encoding, kids, order) in enumerate(((b"Identity-H", b"7 0 R", b"GB1"), (b"Identity-V", b"7 0 R", b"None"), (b"GBK-EUC-H", b"7 0 R", b"GB1"), (b"UniGB-UTF16-V", b"7 0 R", b"CNS1"),
                                                 (b"None", b"7 0 R", b"GB1"), (b"Identity-H", b"6 0 R", b"GB1"), (b"Identity-H", b"", b"GB1"))):
        yield f"composite-{i}", font(composite % (encoding, kids), child % (order, b"9 " * 50000), stream(ranges), text=b"<" + b"04d204d3" * 500 + b"> Tj")
    yield "encoding-of-itself", font(b"<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding 7 0 R /DescendantFonts [6 0 R] >>", stream(b"/7 usecmap begincmap", b"/UseCMap 7 0 R /Type /CMap"))


# ---- the file's own structure ----

def structures():
    good = one_page(WORDS)
    start = good.rindex(b"xref\n0")
    yield "prev-itself", good.replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev %d" % start)
    yield "prev-beyond", good.replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev 99999999999")
    yield "prev-negative", good.replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev -5")
    yield "xref-nowhere", good.replace(b"startxref\n%d" % start, b"startxref\n7")
    yield "xref-huge", good.replace(b"xref\n0 6", b"xref\n0 2147483647")
    yield "xref-twice", good + good[start:] * 200
    yield "no-trailer", good[:start]
    yield "no-header", b"x" * 1000 + good[9:]
    yield "rubbish-before", random.Random(9).randbytes(900) + good
    yield "root-is-a-page", good.replace(b"/Root 1 0 R", b"/Root 3 0 R")
    yield "root-is-missing", good.replace(b"/Root 1 0 R", b"/Root 99 0 R")
    yield "object-is-itself", good.replace(b"5 0 obj\n" + FONT, b"5 0 obj\n5 0 R".ljust(len(FONT) + 8))
    yield "nested-arrays", pdf([b"<< /Type /Catalog /Pages 2 0 R /x " + b"[" * 100000 + b"]" * 100000 + b" >>", PAGES, page(FONTS), stream(WORDS), FONT])
    yield "nested-dictionaries", pdf([b"<< /Type /Catalog /Pages 2 0 R /x " + b"<< /a " * 50000 + b"1 " + b">> " * 50000 + b" >>", PAGES, page(FONTS), stream(WORDS), FONT])
    for depth in (100, 20000):
        items = [b"<< /Title (a) /Parent %d 0 R /First %d 0 R /Last %d 0 R /Count 1 >>" % (5 + i, 7 + i, 7 + i) for i in range(depth)]
        yield f"outline-{depth}", pdf([b"<< /Type /Catalog /Pages 2 0 R /Outlines 6 0 R >>", PAGES, page(FONTS), stream(WORDS), FONT, *items, b"<< /Title (z) /Next 6 0 R /First 6 0 R >>"])
    for i, entries in enumerate((b"/N 2147483647 /First 10", b"/N -1 /First -1", b"/N 3 /First 99999999", b"/N 2 /First 8 /Extends 6 0 R")):
        yield f"object-stream-{i}", one_page(WORDS, more=(stream(b"6 0 5 1 << >> 6 0 R", b"/Type /ObjStm " + entries),))
    for i, entries in enumerate((b"/W [9 9 9]", b"/W [1 2 1] /Index [0 2147483647]", b"/W [-1 0 0]", b"/W [1 4 2] /Prev 9 /Index [-5 10]", b"/W [0 0 0] /Size 2147483647")):
        body = b"%PDF-1.5\n1 0 obj\n" + stream(random.Random(i).randbytes(3000), b"/Type /XRef /Size 9 /Root 1 0 R " + entries) + b"\nendobj\nstartxref\n9\n%%EOF\n"
        yield f"xref-stream-{i}", body
    for i, entries in enumerate((b"<< /Filter /Standard /V 99 /R 99 /O (a) /U (b) /P -1 >>", b"<< /Filter /Standard /V 2 /R 3 /Length 2147483647 /O () /U () /P 0 >>", b"<< /Filter /None >>", b"7",
                                 b"<< /Filter /Standard /V 5 /R 6 /O (%s) /U (%s) /OE (a) /UE (b) /Perms (c) /P 1 >>" % (b"a" * 48, b"b" * 48))):
        yield f"encrypt-{i}", pdf([CATALOGUE, PAGES, page(FONTS), stream(WORDS), FONT], b"/Encrypt %s /ID [(a) (a)]" % entries)
    yield "annotations", one_page(WORDS, page_entries=b"/Annots [" + b"6 0 R " * 20000 + b"]", more=(b"<< /Type /Annot /Subtype /Widget /Rect [0 0 9 9] /AP << /N 4 0 R >> /Parent 6 0 R >>",))
    yield "contents-many", one_page(WORDS, page_entries=b"/Contents [" + b"4 0 R " * 20000 + b"]")
    yield "parent-circle", pdf([CATALOGUE, PAGES, b"<< /Type /Page /Parent 3 0 R /Contents 4 0 R >>", stream(WORDS), FONT])
    yield "pages-20000", pdf([CATALOGUE, b"<< /Type /Pages /Kids [%s] /Count 20000 /MediaBox [0 0 9 9] >>" % b" ".join(b"%d 0 R" % (3 + i) for i in range(20000))] + [b"<< /Type /Page /Parent 2 0 R >>"] * 20000)


def wrong_extensions():
    good = one_page(WORDS)
    heads = {"png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "gif": b"GIF89a", "zip": b"PK\3\4", "ole": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "rar": b"Rar!\x1a\7\0", "7z": b"7z\xbc\xaf\x27\x1c",
             "ps": b"%!PS-Adobe-3.0\n", "rtf": b"{\\rtf1", "xml": b"<?xml version='1.0'?><a/>", "html": b"<html><script>", "json": b'{"code":404}', "gzip": b"\x1f\x8b\x08", "elf": b"\x7fELF", "bom": b"\xff\xfe<\0h\0"}
    for name, head in heads.items():
        yield name, head + random.Random(name).randbytes(4000)
    yield "a-pdf.txt", good
    yield "a-pdf.md", good
    yield "zeros", b"\0" * 100000
    yield "newlines.txt", b"\n" * 3000000
    yield "tabs.txt", b"\t" * 3000000
    yield "one-line.txt", "预算".encode() * 500000
    yield "wide-rows.txt", (b"1\t" * 5000 + b"\n") * 100
    yield "many-rows.txt", "科目\t2010301\t合计\t1.00\n".encode() * 50000
    yield "unit-lines.txt", "单位：万元\n2023年部门预算\n收支总表\n".encode() * 20000
    yield "brackets.txt", "（一）".encode() * 200000
    yield "digits.txt", b"9" * 2000000
    yield "marks.txt", b"#*|<b>\t" * 300000
    yield "zip.txt", b"PK\3\4" + b"a" * 1000


# ---- mutations ----

def mutate_bytes(data, dice):
    data = bytearray(data)
    what = dice.randrange(7)
    a, b = sorted((dice.randrange(len(data)), dice.randrange(len(data))))
    span = min(b - a, 20000)
    if what == 0:
        return data[:a]
    if what == 1:
        data[a:a + span] = bytes(span)
    elif what == 2:
        data[a:a] = data[b:b + span]
    elif what == 3:
        del data[a:a + span]
    elif what == 4:
        data[a:a + span] = dice.randbytes(span)
    else:
        for _ in range(1 if what == 5 else 500):
            data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
    return data


def mutate_words(data, dice):
    """Changes numbers, names and references in an unpacked document, so that what is wrong is not the syntax."""
    extremes = [b"0", b"-1", b"2147483647", b"-2147483648", b"1e30", b"99999999999999999999", b"0.00001", b"null", b"true", b"[]", b"<<>>", b"(a)", b"1 0 R", b"2 0 R", b"3 0 R"]
    names = re.findall(rb"/[A-Za-z0-9]+", data[:200000])
    rate = dice.choice((0.0005, 0.005, 0.05))

    def change(match):
        if dice.random() > rate:
            return match[0]
        if match[0].startswith(b"/"):
            return dice.choice(names)
        if match[0].endswith(b"R"):
            return b"%d 0 R" % dice.randrange(1, 60)
        return dice.choice(extremes)
    return re.sub(rb"/[A-Za-z0-9]+|\b\d+ 0 R\b|-?\b\d+(?:\.\d+)?\b", change, data)


def qpdf(options, path):
    done = subprocess.run(["qpdf", "--static-id", "--no-warn", *options, str(path), "-"], capture_output=True, check=False)
    return done.stdout


def mutations(paths, count):
    kinds = (["--qdf", "--object-streams=disable"], ["--object-streams=generate"], ["--linearize"], ["--qdf", "--object-streams=disable"])
    for i, path in enumerate(paths):
        dice = random.Random(i)
        whole = path.read_bytes()
        for k in range(count):
            if k % 2 == 0:
                yield f"{path.stem}-bytes-{k}", mutate_bytes(whole, dice)
                continue
            options = kinds[k // 2 % len(kinds)]
            made = qpdf(options, path)
            yield f"{path.stem}-words-{k}", mutate_words(made, dice) if "--qdf" in options else mutate_bytes(made, dice)
        yield f"{path.stem}-secret", qpdf(["--encrypt", "secret", "owner", "256", "--"], path)


FAMILIES = (page_trees, boxes, contents, forms, patterns, streams, fonts, structures, wrong_extensions)


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    paths = [Path(name) for name in sys.argv[2:]]
    made = [(family.__name__.replace("_", "-"), name, data) for family in FAMILIES for name, data in family()]
    each = max(4, (410 - len(made)) // max(1, len(paths)) + 1)
    made += [("mutation", name, data) for name, data in mutations(paths, each)]
    for family, name, data in made:
        suffix = "" if "." in name else ".pdf"
        (folder / f"{family}-{name}{suffix}").write_bytes(data)
    print(f"{len(made)} hostile files in {folder}")


if __name__ == "__main__":
    main()
