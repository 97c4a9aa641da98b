"""Blocks → flat ODF text (.fodt) for LibreOffice Writer."""

from xml.sax.saxutils import escape

NS = ('xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
      'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
      'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" '
      'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"')

SIZES = {"portrait": (21.0, 29.7), "landscape": (29.7, 21.0), "a3": (42.0, 29.7)}
MARGIN = 2.0


class Writer:
    def __init__(self, options, pages, start):
        self.o = options
        self.font = options.get("font", "Noto Serif CJK SC")
        self.title_font = options.get("titlefont", self.font)
        self.size = float(options.get("size", "12"))
        self.pages = pages                    # title → printed page number, for the table of contents
        self.start = start
        self.auto, self.out, self.masters = [], [], {}
        self.break_before = None              # master page that the next paragraph starts
        self.orientation = None
        self.n = 0

    # styles
    def master(self, orientation, bare=False):
        name = orientation.capitalize() + ("Bare" if bare else "")
        self.masters[name] = (orientation, bare)
        return name

    def pstyle(self, align="left", size=None, bold=False, indent=0.0, first=0.0, before=0.0, after=0.0, line=None, keep=False, tabs=None, font=None, leader=False, color=None):
        self.n += 1
        name = f"P{self.n}"
        size = size or self.size
        extra, page = "", ""
        if self.break_before is not None:
            master, number = self.break_before
            extra = f' style:master-page-name="{master}"'
            if number:
                page = f' style:page-number="{number}"'
            self.break_before = None
        weight = ' fo:font-weight="bold" style:font-weight-asian="bold"' if bold else ""
        font = font or self.font
        tab = ""
        if tabs:
            tab = "<style:tab-stops>" + "".join(f'<style:tab-stop style:position="{p}cm" style:type="{t}"' + (' style:leader-style="dotted" style:leader-text="."' if leader else "") + "/>" for p, t in tabs) + "</style:tab-stops>"
        self.auto.append(
            f'<style:style style:name="{name}" style:family="paragraph" style:parent-style-name="Standard"{extra}>'
            f'<style:paragraph-properties fo:text-align="{align}" fo:margin-left="{indent}cm" fo:text-indent="{first}cm" fo:margin-top="{before}cm" fo:margin-bottom="{after}cm"'
            f'{page}{" fo:line-height=" + chr(34) + line + chr(34) if line else ""}{" fo:keep-with-next=" + chr(34) + "always" + chr(34) if keep else ""}>{tab}</style:paragraph-properties>'
            f'<style:text-properties style:font-name="{font}" style:font-name-asian="{font}" fo:font-size="{size}pt" style:font-size-asian="{size}pt"{weight}'
            f'{" fo:color=" + chr(34) + color + chr(34) if color else ""}/></style:style>')
        return name

    def p(self, text, **style):
        self.out.append(f'<text:p text:style-name="{self.pstyle(**style)}">{self.inline(text)}</text:p>')

    @staticmethod
    def inline(text):
        out = []
        for ch in text:
            out.append("<text:tab/>" if ch == "\t" else "<text:line-break/>" if ch == "\n" else escape(ch))
        s = "".join(out)
        while "  " in s:
            s = s.replace("  ", ' <text:s text:c="1"/>', 1)
        return s

    def width(self):
        return SIZES[self.orientation][0] - 2 * MARGIN

    def turn(self, orientation, restart=None, bare=False):
        self.orientation = orientation
        self.break_before = (self.master(orientation, bare), restart)

    # blocks
    def render(self, blocks):
        self.turn("portrait", self.start)
        for block in blocks:
            getattr(self, "b_" + block[0])(*block[1:])
        return self.document()

    def b_cover(self, lines):
        self.turn("portrait", None, bare=True)
        for i, line in enumerate(lines):
            self.p(line, align="center", size=26 if i == 0 else 20, bold=i < 2, before=6.5 if i == 0 else 0.8, font=self.title_font)
        self.turn("portrait", self.start)

    def b_toc(self, option):
        self.p("目  录", align="center", size=18, bold=True, after=0.6, font=self.title_font)
        for level, title in self.toc_entries:
            page = self.pages.get(title, "1")
            if "plain" in option:
                self.p(title, indent=1 + 0.5 * (level - 1), line="150%")
                continue
            self.p(f"{title}\t{page}", indent=0.5 * (level - 1), tabs=[(self.width() - 0.5 * (level - 1), "right")], leader=True, size=self.size - 1, line="120%", bold=level == 1)
        self.turn("portrait", "1" if "restart" in option else None)

    def b_heading(self, level, title, _):
        if level == 1:
            self.p(title, align="center", size=self.size + 6, bold=True, before=0.4, after=0.6, keep=True, font=self.title_font)
        else:
            self.p(title, size=self.size + (2 if level == 2 else 0.5), bold=True, first=self.size * 0.0353 * 2, before=0.25, after=0.1, keep=True, font=self.title_font)

    def b_para(self, text):
        self.p(text, align="justify", first=self.size * 0.0353 * 2, line="150%")

    def b_center(self, text):
        self.p(text, align="center", bold=True, size=self.size + 2, before=0.2, after=0.2)

    def b_left(self, text):
        self.p(text)

    def b_right(self, text):
        self.p(text, align="end")

    def b_space(self, mm):
        self.p("", before=float(mm) / 10)

    def b_break(self, _):
        self.turn(self.orientation)

    def b_page(self, rest):
        words = rest.split()
        self.turn(words[0], "1" if "restart" in words else None)

    def b_image(self, rest):
        path, width, height = rest.split()
        style = self.pstyle(align="center")
        self.out.append(f'<text:p text:style-name="{style}"><draw:frame draw:name="i" text:anchor-type="as-char" svg:width="{width}cm" svg:height="{height}cm"><draw:image xlink:href="{path}" xlink:type="simple"/></draw:frame></text:p>')

    def b_table(self, t):
        spec = t.spec
        if spec.get("newpage") and self.break_before is None:
            self.turn(spec.get("page", self.orientation))
        elif spec.get("page") and spec["page"] != self.orientation:
            self.turn(spec["page"])
        size = float(spec.get("size", 9))
        in_head = spec.get("repeat") == "title"
        if not in_head:
            if t.label:
                self.p(t.label, size=size + 1, keep=not spec.get("title_apart"), align=spec.get("label_align", "left").replace("right", "end"))
            if t.title:
                self.p(t.title, align="center", size=size + 6, bold=True, before=0.1, after=0.15, keep=not spec.get("title_apart"), font=self.title_font)
            if any(t.info):
                info = t.info + [""] * (3 - len(t.info)) if len(t.info) != 2 else [t.info[0], "", t.info[1]]
                w = self.width()
                self.p("\t".join(info), size=size, tabs=[(w / 2, "center"), (w, "right")], keep=not spec.get("title_apart"))
            if spec.get("title_apart"):                            # the title at the foot of one page, the table on the next
                self.turn(self.orientation)
        self.table(t, size, in_head)
        for note in t.notes:
            self.p(note, size=size)

    def cell_style(self, kind, style, shaded=False):
        key = f"C{kind}{style}{shaded}"
        if key not in self.cells:
            line = {"grid": "0.5pt solid #000000", "thin": "0.06pt solid #000000", "none": "none"}.get(style if kind != "plain" else "none", "0.5pt solid #000000")
            border = f'fo:border="{line}"'
            if style == "rules" and kind != "plain":
                border = 'fo:border-top="0.5pt solid #000000" fo:border-bottom="0.5pt solid #000000" fo:border-left="none" fo:border-right="none"'
            fill = ' fo:background-color="#d9e2f3"' if shaded and kind == "head" else ""
            self.auto.append(f'<style:style style:name="{key}" style:family="table-cell"><style:table-cell-properties style:vertical-align="middle" fo:padding="0.05cm" {border}{fill}/></style:style>')
            self.cells[key] = 1
        return key

    cells: dict

    def table(self, t, size, in_head):
        self.n += 1
        spec, name = t.spec, f"T{self.n}"
        total = sum(t.widths)
        width = self.width() * float(spec.get("fraction", 1))
        extra, page = "", ""
        if self.break_before is not None:
            master, number = self.break_before
            extra = f' style:master-page-name="{master}"'
            self.break_before = None
        self.auto.append(f'<style:style style:name="{name}" style:family="table"{extra}><style:table-properties style:width="{width:.3f}cm" table:align="center" table:border-model="collapsing" style:may-break-between-rows="true"/></style:style>')
        for i, w in enumerate(t.widths):
            self.auto.append(f'<style:style style:name="{name}.{i}" style:family="table-column"><style:table-column-properties style:column-width="{width * w / total:.3f}cm"/></style:style>')
        height = spec.get("row_height", 0.55)
        keep = "auto" if spec.get("split_rows") else "always"
        self.auto.append(f'<style:style style:name="{name}.r" style:family="table-row"><style:table-row-properties style:min-row-height="{height}cm" fo:keep-together="{keep}"/></style:style>')
        self.auto.append(f'<style:style style:name="{name}.h" style:family="table-row"><style:table-row-properties style:min-row-height="0.55cm" fo:keep-together="always"/></style:style>')
        o = self.out
        o.append(f'<table:table table:name="{name}" table:style-name="{name}">')
        for i in range(t.ncols):
            o.append(f'<table:table-column table:style-name="{name}.{i}"/>')
        repeat = spec.get("repeat", "head") != "none"
        head = []
        if in_head:
            head += self.title_rows(t, size)
        head += [(row, "h") for row in t.head]
        if head and repeat:
            o.append("<table:table-header-rows>")
        for row, kind in head:
            self.row(row, f"{name}.h", size, spec)
        if head and repeat:
            o.append("</table:table-header-rows>")
        for row in t.body:
            self.row(row, f"{name}.r", size, spec)
        o.append("</table:table>")

    def title_rows(self, t, size):
        from .model import Cell
        n = t.ncols
        rows = []
        for text, align in ((t.label, "left"), (t.title, "title")):
            if text:
                rows.append(([Cell(text, cs=n, kind="plain:" + align)] + [None] * (n - 1), "h"))
        if any(t.info):
            left = max(1, n - 2) if n > 3 else 1
            info = t.info if len(t.info) == 2 else [t.info[0], t.info[-1]]
            rows.append(([Cell(info[0], cs=left, kind="plain:left")] + [None] * (left - 1) + [Cell(info[1], cs=n - left, kind="plain:end")] + [None] * (n - left - 1), "h"))
        return rows

    def row(self, row, rstyle, size, spec):
        o = self.out
        o.append(f'<table:table-row table:style-name="{rstyle}">')
        for cell in row:
            if cell is None:
                o.append("<table:covered-table-cell/>")
                continue
            kind, _, plain = cell.kind.partition(":")
            span = (f' table:number-columns-spanned="{cell.cs}"' if cell.cs > 1 else "") + (f' table:number-rows-spanned="{cell.rs}"' if cell.rs > 1 else "")
            style = self.cell_style("head" if kind == "head" else "plain" if kind == "plain" else "body", spec.get("style", "grid"), spec.get("shaded", False))
            align = {"head": "center", "num": spec.get("num_align", "end"), "label": "center", "mid": "center", "code": spec.get("code_align", "left")}.get(kind, "left")
            bold = cell.bold or (kind in ("head", "label") and spec.get("bold_head", False))
            psize = size
            if plain:
                align = {"title": "center"}.get(plain, plain)
                bold, psize = plain == "title", size + (6 if plain == "title" else 0)
            pkey = (align, psize, bold, cell.indent)
            if pkey not in self.pcache:
                saved, self.break_before = self.break_before, None
                self.pcache[pkey] = self.pstyle(align=align, size=psize, bold=bold, indent=cell.indent * size * 0.0353)
                self.break_before = saved
            o.append(f'<table:table-cell table:style-name="{style}" office:value-type="string"{span}><text:p text:style-name="{self.pcache[pkey]}">{self.inline(cell.text)}</text:p></table:table-cell>')
        o.append("</table:table-row>")

    def document(self):
        fonts = "".join(f'<style:font-face style:name="{f}" svg:font-family="&apos;{f}&apos;"/>' for f in {self.font, self.title_font})
        layouts, masters = [], []
        header = self.o.get("header", "")
        footer = self.o.get("footer", "")
        for name, (orientation, bare) in self.masters.items():
            w, h = SIZES[orientation]
            hs = '<style:header-style><style:header-footer-properties fo:min-height="0.6cm" fo:margin-bottom="0.3cm"/></style:header-style>' if header and not bare else ""
            fs = '<style:footer-style><style:header-footer-properties fo:min-height="0.6cm" fo:margin-top="0.3cm"/></style:footer-style>' if footer and not bare else ""
            layouts.append(f'<style:page-layout style:name="L{name}"><style:page-layout-properties fo:page-width="{w}cm" fo:page-height="{h}cm" style:print-orientation="{"portrait" if w < h else "landscape"}" fo:margin-top="{MARGIN}cm" fo:margin-bottom="1.5cm" fo:margin-left="{MARGIN}cm" fo:margin-right="{MARGIN}cm"/>{hs}{fs}</style:page-layout>')
            head = f'<style:header><text:p text:style-name="HF">{escape(header)}</text:p></style:header>' if header and not bare else ""
            foot = escape(footer).replace("PAGES", "<text:page-count/>").replace("PAGE", '<text:page-number text:select-page="current"/>')
            foot = f'<style:footer><text:p text:style-name="FF">{foot}</text:p></style:footer>' if footer and not bare else ""
            masters.append(f'<style:master-page style:name="{name}" style:page-layout-name="L{name}">{head}{foot}</style:master-page>')
        return (f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document {NS} office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">'
                f'<office:font-face-decls>{fonts}</office:font-face-decls><office:styles>'
                f'<style:default-style style:family="paragraph"><style:text-properties style:font-name="{self.font}" style:font-name-asian="{self.font}" fo:font-size="{self.size}pt" style:font-size-asian="{self.size}pt" fo:language="zh" fo:country="CN" style:language-asian="zh" style:country-asian="CN"/></style:default-style>'
                f'<style:style style:name="Standard" style:family="paragraph"/>'
                f'<style:style style:name="HF" style:family="paragraph" style:parent-style-name="Standard"><style:paragraph-properties fo:border-bottom="0.5pt solid #000000"/><style:text-properties fo:font-size="9pt" style:font-size-asian="9pt"/></style:style>'
                f'<style:style style:name="FF" style:family="paragraph" style:parent-style-name="Standard"><style:paragraph-properties fo:text-align="center"/><style:text-properties fo:font-size="9pt" style:font-size-asian="9pt"/></style:style>'
                f'</office:styles><office:automatic-styles>{"".join(layouts)}{"".join(self.auto)}</office:automatic-styles>'
                f'<office:master-styles>{"".join(masters)}</office:master-styles><office:body><office:text>\n' + "\n".join(self.out) + "\n</office:text></office:body></office:document>\n")


def render(blocks, options, pages, start, toc_entries):
    writer = Writer(options, pages, start)
    writer.cells, writer.pcache, writer.toc_entries = {}, {}, toc_entries
    return writer.render(blocks)
