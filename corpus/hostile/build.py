#!/usr/bin/env python3
"""Makes the hostile files anew: what crawlers save under the name of a PDF and what a reader must survive.

usage: build.py      (needs qpdf for encrypted.pdf; the rest is written here)
"""

import random
import subprocess
import zlib
from pathlib import Path

HERE = Path(__file__).resolve().parent


def pdf(objects, trailer=b""):
    """A PDF with a sound cross-reference table; objects[0] is number 1 and the catalogue."""
    out, places = bytearray(b"%PDF-1.5\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out + b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start))


def stream(data, entries=b""):
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries, data)


CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R >>"
PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def page(resources, box=b"0 0 595 842"):
    return b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] /Contents 4 0 R /Resources << %s >> >>" % (box, resources)


def notice():
    words = b"BT /F1 12 Tf 72 760 Td (A notice about office hours.) Tj 0 -20 Td (Closed on Friday.) Tj ET"
    return pdf([CATALOGUE, PAGES, page(b"/Font << /F1 5 0 R >>"), stream(words), FONT])


def scan():
    dots = zlib.compress(bytes((x * y) & 255 for y in range(64) for x in range(64)))
    image = stream(dots, b"/Type /XObject /Subtype /Image /Width 64 /Height 64 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode")
    return pdf([CATALOGUE, PAGES, page(b"/XObject << /I 5 0 R >>"), stream(b"q 500 0 0 700 40 60 cm /I Do Q"), image])


def endless_form():
    """A form that draws itself."""
    form = stream(b"/X Do /X Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >>")
    return pdf([CATALOGUE, PAGES, page(b"/XObject << /X 5 0 R >>"), stream(b"/X Do"), form])


def endless_pages():
    """A page tree that holds itself."""
    return pdf([CATALOGUE, b"<< /Type /Pages /Kids [2 0 R 2 0 R 3 0 R] /Count 9 >>", page(b""), stream(b"")])


def lines():
    """Half a million ruling lines on one page, packed into a few thousand bytes."""
    content = zlib.compress(b"0.5 w\n" + b"0 0 m 595 842 l S 0 421 m 595 421 l S 300 0 m 300 842 l S\n" * 170000, 9)
    return pdf([CATALOGUE, PAGES, page(b""), stream(content, b"/Filter /FlateDecode")])


def huge_page():
    words = b"BT /F1 12 Tf 72 760 Td (vast) Tj ET 0 0 m 199999999 199999999 l S"
    return pdf([CATALOGUE, PAGES, page(b"/Font << /F1 5 0 R >>", b"0 0 200000000 200000000"), stream(words), FONT])


def main():
    good = notice()
    jpeg = bytes.fromhex("ffd8ffe000104a46494600010101004800480000ffdb004300" + "08" * 64 + "ffc0000b080001000101011100ffc40014000100000000000000000000000000000009"
                         "ffc40014100100000000000000000000000000000000ffda0008010100003f0054dfffd9")
    html = "<!DOCTYPE html>\n<html><head><title>404</title></head><body>页面不存在</body></html>\n".encode()
    files = {"notice.pdf": good, "empty.pdf": b"", "truncated.pdf": good[:len(good) // 3], "photo.pdf": jpeg, "web-page.pdf": html, "scan.pdf": scan(),
             "noise.pdf": random.Random(1).randbytes(3000), "header-only.pdf": b"%PDF-1.7\n", "no-pages.pdf": pdf([CATALOGUE, b"<< /Type /Pages /Kids [] /Count 0 >>"]),
             "endless-form.pdf": endless_form(), "endless-pages.pdf": endless_pages(), "lines.pdf": lines(), "huge-page.pdf": huge_page(),
             "blank.txt": b"", "not-utf8.txt": "预算".encode("gb18030") * 20}
    for name, content in files.items():
        (HERE / name).write_bytes(content)
    subprocess.run(["qpdf", "--static-id", "--encrypt", "secret", "owner", "256", "--", str(HERE / "notice.pdf"), str(HERE / "encrypted.pdf")], check=True)


if __name__ == "__main__":
    main()
