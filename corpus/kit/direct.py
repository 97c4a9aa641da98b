"""Blocks → PDF written by hand, the way report systems do it: STSong-Light that is not embedded and the predefined CMap UniGB-UCS2-H
(a reader needs poppler-data), ruling lines as strokes, every cell drawn where it stands.

split="1" prints the part after the decimal point as a piece of its own whose box overlaps the digits before it: the font
declares its digits as wide as a character and draws them close together, as some publishing systems do."""

import re
import zlib

SIZES = {"portrait": (595.28, 841.89), "landscape": (841.89, 595.28), "a3": (1190.55, 841.89)}
MARGIN = 56


def width(text, size):
    return sum(1 if ord(ch) > 255 else 0.5 for ch in text) * size


def wrap(text, size, room):
    lines = []
    for part in text.split("\n"):
        line = ""
        for ch in part:
            if line and width(line + ch, size) > room:
                lines.append(line)
                line = ""
            line += ch
        lines.append(line)
    return lines


class Direct:
    def __init__(self, options, pages, start, toc_entries):
        self.o, self.printed, self.toc_entries = options, pages, toc_entries
        self.number = (start or 1) - 1
        self.pages, self.ops = [], None
        self.orientation = "portrait"
        self.split = options.get("split")

    def new_page(self, footer=True):
        self.number += 1
        self.w, self.h = SIZES[self.orientation]
        self.ops = []
        self.pages.append((self.w, self.h, self.ops))
        self.y = self.h - MARGIN
        if footer and self.o.get("footer"):
            text = self.o["footer"].replace("PAGE", str(self.number))
            self.text((self.w - width(text, 9)) / 2, 30, text, 9)

    def text(self, x, y, text, size, number=False):
        if not text:
            return
        hexes = "".join(f"{ord(ch):04x}" for ch in text)
        whole = re.match(r"^(-?[\d,]+)(\.\d+)$", text)
        if self.split and number and whole:
            left, right = whole.groups()
            self.ops.append(f"BT /F2 {size} Tf {-0.5 * size:.3f} Tc {x:.2f} {y:.2f} Td <{''.join(f'{ord(c):04x}' for c in left)}> Tj ET")
            self.ops.append(f"BT /F1 {size} Tf 0 Tc {x + width(left, size):.2f} {y:.2f} Td <{''.join(f'{ord(c):04x}' for c in right)}> Tj ET")
            return
        self.ops.append(f"BT /F1 {size} Tf 0 Tc {x:.2f} {y:.2f} Td <{hexes}> Tj ET")

    def room(self, need):
        if self.ops is None or self.y - need < 50:
            self.new_page()

    def lines(self, text, size, align="left", first=0, leading=1.6, gap=0):
        room = SIZES[self.orientation][0] - 2 * MARGIN
        text = "　" * first + text
        for line in wrap(text, size, room):
            self.room(size * leading)
            self.y -= size * leading
            x = {"left": MARGIN, "center": (self.w - width(line, size)) / 2, "right": self.w - MARGIN - width(line, size)}[align]
            self.text(x, self.y, line, size)
        self.y -= gap

    def render(self, blocks):
        for block in blocks:
            getattr(self, "b_" + block[0])(*block[1:])
        return self.document()

    def b_cover(self, lines):
        self.new_page(footer=False)
        self.y -= 180
        for i, line in enumerate(lines):
            self.lines(line, 24 if i == 0 else 18, "center", gap=16)
        self.ops = None

    def b_toc(self, option):
        self.lines("目  录", 16, "center", gap=10)
        for level, title in self.toc_entries:
            page = str(self.printed.get(title, "1"))
            dots = int((self.w - 2 * MARGIN - width(title, 11) - width(page, 11) - 14 * level) / 5.5)
            self.lines("  " * (level - 1) + title + "." * dots + page, 11)
        self.ops = None

    def b_heading(self, level, title, _):
        self.lines(title, {1: 16, 2: 13}.get(level, 12), "center" if level == 1 else "left", 0 if level == 1 else 2, gap=4)

    def b_para(self, text):
        self.lines(text, float(self.o.get("size", 12)), first=2)

    def b_center(self, text):
        self.lines(text, 14, "center")

    def b_left(self, text):
        self.lines(text, 11)

    def b_right(self, text):
        self.lines(text, 11, "right")

    def b_space(self, mm):
        self.y -= float(mm) * 72 / 25.4

    def b_break(self, _):
        self.ops = None

    def b_page(self, rest):
        self.orientation = rest.split()[0]
        self.ops = None

    def b_table(self, t):
        spec = t.spec
        if spec.get("page", self.orientation) != self.orientation:
            self.orientation, self.ops = spec["page"], None
        if spec.get("newpage"):
            self.ops = None
        self.room(130)
        size = float(spec.get("size", 9))
        if t.label:
            self.lines(t.label, size, spec.get("label_align", "left"))
        self.lines(t.title, size + 5, "center", gap=2)
        if any(t.info):
            self.y -= size * 1.5
            self.text(MARGIN, self.y, t.info[0], size)
            self.text(self.w - MARGIN - width(t.info[-1], size), self.y, t.info[-1], size)
            self.y -= 4
        total = sum(t.widths)
        columns = [(self.w - 2 * MARGIN) * float(spec.get("fraction", 1)) * c / total for c in t.widths]
        self.rows(t.head, columns, size, [])
        again = [] if spec.get("repeat") == "none" else t.head
        self.rows(t.body, columns, size, again)
        for note in t.notes:
            self.lines(note, size)
        self.y -= 16

    def rows(self, rows, columns, size, again):
        lead = size * 1.3
        heights = []
        for row in rows:
            need = 1
            for c, cell in enumerate(row):
                if cell is not None and cell.rs == 1:
                    need = max(need, len(wrap(cell.text, size, sum(columns[c:c + cell.cs]) - 5 - cell.indent * size)))
            heights.append(need * lead + 5)
        for r, row in enumerate(rows):
            reach = max([cell.rs for cell in row if cell is not None] or [1])
            if self.y - sum(heights[r:r + reach]) < 50 and again is not None and rows is not again:
                self.new_page()
                if again:
                    self.rows(again, columns, size, None)
            for c, cell in enumerate(row):
                if cell is None:
                    continue
                x, w, h = MARGIN + sum(columns[:c]), sum(columns[c:c + cell.cs]), sum(heights[r:r + cell.rs])
                self.ops.append(f"0.5 w {x:.2f} {self.y - h:.2f} {w:.2f} {h:.2f} re S")
                lines = wrap(cell.text, size, w - 5 - cell.indent * size)
                top = self.y - (h - len(lines) * lead) / 2
                for i, line in enumerate(lines):
                    lw = width(line, size)
                    lx = {"num": x + w - 2.5 - lw, "head": x + (w - lw) / 2, "label": x + (w - lw) / 2, "mid": x + (w - lw) / 2}.get(cell.kind, x + 2.5 + cell.indent * size)
                    self.text(lx, top - (i + 1) * lead + 0.35 * size, line, size, cell.kind == "num")
            self.y -= heights[r]

    def document(self):
        objects = [b"<< /Type /Catalog /Pages 2 0 R >>", None]
        info = "/BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /FontDescriptor 5 0 R"
        objects.append(b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light-UniGB-UCS2-H /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>")
        objects.append(f"<< /Type /Font /Subtype /CIDFontType0 {info} /DW 1000 /W [1 95 500] >>".encode())
        objects.append(b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>")
        objects.append(b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light-UniGB-UCS2-H /Encoding /UniGB-UCS2-H /DescendantFonts [7 0 R] >>")
        objects.append(f"<< /Type /Font /Subtype /CIDFontType0 {info} /DW 1000 >>".encode())
        kids = []
        for w, h, ops in self.pages:
            data = zlib.compress("\n".join(ops).encode(), 9)
            objects.append(b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(data) + data + b"\nendstream")
            objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {w} {h}] /Contents {len(objects)} 0 R /Resources << /Font << /F1 3 0 R /F2 6 0 R >> >> >>".encode())
            kids.append(f"{len(objects)} 0 R")
        objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
        body, offsets = b"%PDF-1.5\n", []
        for i, obj in enumerate(objects, 1):
            offsets.append(len(body))
            body += b"%d 0 obj\n%s\nendobj\n" % (i, obj)
        table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % o for o in offsets)
        return body + table + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(body))


def render(blocks, options, pages, start, toc_entries):
    return Direct(options, pages, start, toc_entries).render(blocks)
