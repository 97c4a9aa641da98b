"""Blocks → flat ODF spreadsheet (.fods) for LibreOffice Calc: one sheet for each table (or for each run of paragraphs)."""

from xml.sax.saxutils import escape

NS = ('xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
      'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
      'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"')
SIZES = {"portrait": (21.0, 29.7), "landscape": (29.7, 21.0), "a3": (42.0, 29.7)}
MARGIN = 1.8


class Calc:
    def __init__(self, options, pages, start, toc_entries):
        self.o, self.pages, self.start, self.toc_entries = options, pages, start, toc_entries
        self.font = options.get("font", "Noto Sans CJK SC")
        self.orientation = options.get("page", "landscape")
        self.auto, self.sheets, self.masters, self.styles = [], [], {}, {}
        self.n = 0

    def render(self, blocks):
        run = []
        for block in blocks:
            if block[0] == "table":
                self.text_sheet(run)
                run = []
                self.table_sheet(block[1])
            elif block[0] == "page":
                self.text_sheet(run)
                run = []
                self.orientation = block[1].split()[0]
            else:
                run.append(block)
        self.text_sheet(run)
        return self.document()

    def master(self, orientation, first):
        name = orientation.capitalize() + (f"From{first}" if first else "")
        self.masters[name] = (orientation, first)
        return name

    def cell(self, align="left", size=9.0, bold=False, border="none", indent=0.0, fill="", wrap=True):
        key = (align, size, bold, border, indent, fill, wrap)
        if key not in self.styles:
            name = f"c{len(self.styles)}"
            self.styles[key] = name
            weight = ' fo:font-weight="bold" style:font-weight-asian="bold"' if bold else ""
            line = {"grid": 'fo:border="0.75pt solid #000000"', "thin": 'fo:border="0.06pt solid #000000"', "none": 'fo:border="none"'}[border]
            self.auto.append(
                f'<style:style style:name="{name}" style:family="table-cell" style:parent-style-name="Default"><style:table-cell-properties style:vertical-align="middle" fo:padding="0.04cm" {line}'
                f'{" fo:wrap-option=" + chr(34) + "wrap" + chr(34) if wrap else ""}{f" fo:background-color={chr(34)}{fill}{chr(34)}" if fill else ""} style:text-align-source="fix"/>'
                f'<style:paragraph-properties fo:text-align="{align}"{f" fo:margin-left={chr(34)}{indent * size * 0.0353:.3f}cm{chr(34)}" if indent else ""}/>'
                f'<style:text-properties style:font-name="{self.font}" style:font-name-asian="{self.font}" fo:font-size="{size}pt" style:font-size-asian="{size}pt"{weight}/></style:style>')
        return self.styles[key]

    def td(self, text, style, cs=1, rs=1):
        span = f' table:number-columns-spanned="{cs}" table:number-rows-spanned="{rs}"' if cs > 1 or rs > 1 else ""
        if not text:
            return f'<table:table-cell table:style-name="{style}"{span}/>'
        paragraphs = "".join(f"<text:p>{escape(x)}</text:p>" for x in text.split("\n"))
        return f'<table:table-cell table:style-name="{style}" office:value-type="string"{span}>{paragraphs}</table:table-cell>'

    def tr(self, cells, height=None):
        key = f"r{height}"
        if key not in self.styles:
            self.styles[key] = key
            props = f'style:row-height="{height}cm" style:use-optimal-row-height="false"' if height else 'style:use-optimal-row-height="true"'
            self.auto.append(f'<style:style style:name="{key}" style:family="table-row"><style:table-row-properties {props}/></style:style>')
        return f'<table:table-row table:style-name="{key}">' + "".join(cells) + "</table:table-row>"

    def sheet(self, name, widths_cm, head_rows, rows, orientation, first_repeat=0):
        self.n += 1
        first = self.start if self.n == 1 else None
        master = self.master(orientation, first)
        ta = f"ta{self.n}"
        self.auto.append(f'<style:style style:name="{ta}" style:family="table" style:master-page-name="{master}"><style:table-properties table:display="true"/></style:style>')
        columns = []
        for i, w in enumerate(widths_cm):
            co = f"co{self.n}_{i}"
            self.auto.append(f'<style:style style:name="{co}" style:family="table-column"><style:table-column-properties style:column-width="{w:.3f}cm"/></style:style>')
            columns.append(f'<table:table-column table:style-name="{co}"/>')
        before, repeated = head_rows[:first_repeat], head_rows[first_repeat:]
        body = "".join(before) + ("<table:table-header-rows>" + "".join(repeated) + "</table:table-header-rows>" if repeated else "") + "".join(rows)
        self.sheets.append(f'<table:table table:name="{escape(name)}" table:style-name="{ta}">{"".join(columns)}{body}</table:table>')

    def text_sheet(self, run):
        run = [b for b in run if b[0] != "break"]
        if not run:
            return
        rows = []
        width = SIZES[self.orientation][0] - 2 * MARGIN
        for block in run:
            if block[0] == "cover":
                for i, line in enumerate(block[1]):
                    rows.append(self.tr([self.td(line, self.cell("center", 24 if i == 0 else 18, True))], 6 if i == 0 else 2))
            elif block[0] == "heading":
                rows.append(self.tr([self.td(block[2], self.cell("center" if block[1] == 1 else "left", 16 if block[1] == 1 else 12, True))], 1.2))
            elif block[0] == "toc":
                rows.append(self.tr([self.td("目  录", self.cell("center", 16, True))], 1.2))
                for level, title in self.toc_entries:
                    rows.append(self.tr([self.td("  " * (level - 1) + title, self.cell("left", 11))], 0.8))
            else:
                text = block[1]
                per_line = int(width / (11 * 0.0353)) - 1
                height = 0.62 * (1 + (len(text) + 2) // per_line)
                rows.append(self.tr([self.td("　　" + text if block[0] == "para" else text, self.cell({"center": "center", "right": "end"}.get(block[0], "left"), 11, block[0] == "center"))], round(height, 2)))
        self.sheet(f"文{self.n + 1}", [width], [], rows, self.orientation)

    def table_sheet(self, t):
        spec = t.spec
        orientation = spec.get("page", self.orientation)
        n = t.ncols
        width = (SIZES[orientation][0] - 2 * MARGIN) * 0.985 * float(spec.get("fraction", 1))
        total = sum(t.widths)
        widths = [width * w / total for w in t.widths]
        size = float(spec.get("size", 9))
        head = []

        def full(text, style, height=None):
            return self.tr([self.td(text, style, cs=n)] + ["<table:covered-table-cell/>"] * (n - 1), height)
        if t.label:
            head.append(full(t.label, self.cell("start" if spec.get("label_align", "left") == "left" else "end", size + 1), 0.6))
        if t.title:
            head.append(full(t.title, self.cell("center", size + 6, True, wrap=False), 1.0))
        if any(t.info):
            info = t.info if len(t.info) == 2 else [t.info[0], t.info[-1]]
            left = max(1, n - max(1, n // 3))
            head.append(self.tr([self.td(info[0], self.cell("start", size, wrap=False), cs=left)] + ["<table:covered-table-cell/>"] * (left - 1)
                                + [self.td(info[1], self.cell("end", size, wrap=False), cs=n - left)] + ["<table:covered-table-cell/>"] * (n - left - 1), 0.6))
        titles = len(head)
        border = spec.get("style", "grid")
        border = border if border in ("grid", "thin", "none") else "grid"

        def lines_in(cell, c):
            w = sum(widths[c:c + cell.cs]) - 0.15 - cell.indent * size * 0.0353
            lines = 0
            for part in cell.text.split("\n"):
                length = sum(1 if ord(ch) > 255 else 0.56 for ch in part) * size * 0.0353 * 1.03
                lines += max(1, -(-int(length * 1000) // int(w * 1000)))
            return lines

        def row(cells, is_head):
            out, need = [], 1
            for c, cell in enumerate(cells):
                if cell is None:
                    out.append("<table:covered-table-cell/>")
                    continue
                align = {"head": "center", "num": "end", "label": "center", "mid": "center", "code": spec.get("code_align", "start")}.get(cell.kind, "start")
                bold = cell.bold or (cell.kind in ("head", "label") and spec.get("bold_head", False))
                fill = "#d9d9d9" if is_head and spec.get("shaded") else ""
                out.append(self.td(cell.text, self.cell(align, size, bold, border, cell.indent, fill), cell.cs, cell.rs))
                if cell.rs == 1 or is_head:
                    need = max(need, -(-lines_in(cell, c) // cell.rs))
            return self.tr(out, round(max(float(spec.get("row_height", 0.6)), need * size * 0.0353 * 1.5 + 0.12), 2))
        head += [row(r, True) for r in t.head]
        body = [row(r, False) for r in t.body]
        for note in t.notes:
            per_line = int(width / (size * 0.0353)) - 1
            body.append(full(note, self.cell("start", size), round(0.55 * (1 + len(note) // per_line), 2)))
        repeat = spec.get("repeat", "head")
        first = titles if repeat == "head" else 0 if repeat == "title" else len(head)
        self.sheet(spec.get("sheet", f"表{self.n + 1}"), widths, head, body, orientation, first)

    def document(self):
        layouts, masters = [], []
        footer, header = self.o.get("footer", ""), self.o.get("header", "")
        foot = escape(footer).replace("PAGES", "<text:page-count>1</text:page-count>").replace("PAGE", "<text:page-number>1</text:page-number>")
        for name, (orientation, first) in self.masters.items():
            w, h = SIZES[orientation]
            off = ' style:display="false"'
            number = first or "continue"
            layouts.append(
                f'<style:page-layout style:name="L{name}"><style:page-layout-properties fo:page-width="{w}cm" fo:page-height="{h}cm" style:print-orientation="{"portrait" if w < h else "landscape"}" fo:margin-top="1.6cm" fo:margin-bottom="1.2cm" '
                f'fo:margin-left="{MARGIN}cm" fo:margin-right="{MARGIN}cm" style:table-centering="horizontal" style:print="objects charts drawings zero-values" style:first-page-number="{number}" style:print-page-order="ttb"/>'
                '<style:header-style><style:header-footer-properties fo:min-height="0.6cm" fo:margin-bottom="0.2cm"/></style:header-style><style:footer-style><style:header-footer-properties fo:min-height="0.6cm" fo:margin-top="0.2cm"/></style:footer-style></style:page-layout>')
            masters.append(f'<style:master-page style:name="{name}" style:page-layout-name="L{name}"><style:header{"" if header else off}><text:p>{escape(header)}</text:p></style:header><style:footer{"" if footer else off}><text:p>{foot}</text:p></style:footer></style:master-page>')
        return (f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document {NS} office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">'
                f'<office:font-face-decls><style:font-face style:name="{self.font}" svg:font-family="&apos;{self.font}&apos;"/></office:font-face-decls>'
                f'<office:styles><style:style style:name="Default" style:family="table-cell"><style:text-properties style:font-name="{self.font}" style:font-name-asian="{self.font}" fo:font-size="9pt" style:font-size-asian="9pt"/></style:style></office:styles>'
                f'<office:automatic-styles>{"".join(layouts)}{"".join(self.auto)}</office:automatic-styles><office:master-styles>{"".join(masters)}</office:master-styles>'
                f'<office:body><office:spreadsheet>' + "\n".join(self.sheets) + "</office:spreadsheet></office:body></office:document>\n")


def render(blocks, options, pages, start, toc_entries):
    return Calc(options, pages, start, toc_entries).render(blocks)
