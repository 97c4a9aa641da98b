"""Blocks → HTML for Chromium's print-to-PDF."""

from html import escape

FONTS = {"sans": '"Noto Sans CJK SC"', "serif": '"Noto Serif CJK SC"', "ming": '"AR PL UMing CN"', "kai": '"AR PL UKai CN"', "hei": '"WenQuanYi Zen Hei"'}


class Web:
    def __init__(self, options, pages, start, toc_entries):
        self.o, self.pages, self.start, self.toc_entries = options, pages, start, toc_entries
        self.out = []
        self.orientation = "portrait"
        self.pending = False

    def cls(self, *names):
        names = [n for n in names if n]
        if self.pending:
            names.append("newpage")
            self.pending = False
        names.append("on-" + self.orientation)
        return ' class="' + " ".join(names) + '"'

    def render(self, blocks):
        for block in blocks:
            getattr(self, "b_" + block[0])(*block[1:])
        size = self.o.get("size", "12")
        # the page counter is set on the first page's element, as Chromium's margin boxes have no start option
        footer = self.o.get("footer", "")
        content = '"' + footer.replace("PAGES", '" counter(pages) "').replace("PAGE", '" counter(page) "') + '"' if footer else ""
        foot = f'@bottom-center {{ content: {content}; font-size: 9pt; font-family: {self.font()}; }}' if footer else ""
        header = self.o.get("header", "")
        head = f'@top-left {{ content: "{header}"; font-size: 9pt; font-family: {self.font()}; border-bottom: 0.7pt solid #000; width: 100%; }}' if header else ""
        css = f"""
@page {{ size: A4 portrait; margin: 20mm 20mm 18mm 20mm; {foot} {head} }}
@page landscape {{ size: A4 landscape; margin: 20mm 18mm 18mm 18mm; }}
@page a3 {{ size: A3 landscape; margin: 20mm; }}
@page cover {{ @bottom-center {{ content: none }} @top-left {{ content: none }} }}
.on-landscape {{ page: landscape }} .on-a3 {{ page: a3 }} .on-cover {{ page: cover }} .on-portrait {{ page: auto }}
{f'body {{ counter-reset: page {self.start - 1} }}' if self.start and self.start > 1 else ''}
body {{ font-family: {self.font()}; font-size: {size}pt; margin: 0; color: #000; }}
.newpage {{ break-before: page }}
p {{ margin: 0; line-height: 1.7; text-indent: 2em; text-align: justify }}
h1 {{ font-size: {float(size) + 6}pt; text-align: center; margin: 4mm 0 6mm }}
h2 {{ font-size: {float(size) + 2}pt; margin: 3mm 0 1mm; text-indent: 2em }}
h3, h4 {{ font-size: {float(size) + .5}pt; margin: 2mm 0 1mm; text-indent: 2em }}
h1,h2,h3,h4,.title,.label,.info {{ break-after: avoid }}
.cover {{ text-align: center; text-indent: 0 }}
.toc {{ display: flex; text-indent: 0; line-height: 1.6 }} .toc .dots {{ flex: 1; overflow: hidden; white-space: nowrap; height: 1.6em }}
.title {{ text-align: center; font-weight: bold; text-indent: 0; font-size: 15pt; margin: 2mm 0 }}
.label {{ text-indent: 0; font-size: 10pt }}
.info {{ display: flex; justify-content: space-between; text-indent: 0; font-size: 9.5pt }}
.note {{ text-indent: 0; font-size: 9pt; line-height: 1.4 }}
table {{ border-collapse: collapse; width: 100%; table-layout: fixed; font-size: 9pt; line-height: 1.35; margin-bottom: 2mm }}
td, th {{ padding: 1.2pt 3pt; font-weight: normal; vertical-align: middle; overflow-wrap: anywhere }}
tr {{ break-inside: avoid }} tr.splits {{ break-inside: auto }}
.grid td, .grid th {{ border: 0.75pt solid #000 }}
.num {{ text-align: right }} .head, .label0, .mid {{ text-align: center }} .b {{ font-weight: bold }}
.plain {{ border: none !important; background: none !important }}
{self.o.get('css', '')}
{self.extra}
"""
        return f'<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(self.o.get("title", ""))}</title><style>{css}</style></head><body>\n' + "\n".join(self.out) + "\n</body></html>\n"

    extra = ""

    def font(self):
        return FONTS[self.o.get("font", "sans")]

    def text(self, s):
        return escape(s).replace("\n", "<br>")

    def p(self, text, *classes, tag="p", style=""):
        self.out.append(f'<{tag}{self.cls(*classes)}{" style=" + chr(34) + style + chr(34) if style else ""}>{self.text(text)}</{tag}>')

    def b_cover(self, lines):
        self.orientation = "cover"
        for i, line in enumerate(lines):
            self.p(line, "cover", style=f"font-size:{28 if i == 0 else 20}pt;font-weight:bold;margin-top:{70 if i == 0 else 10}mm")
        self.orientation, self.pending = "portrait", True

    def b_toc(self, option):
        self.p("目　录", "cover", style="font-size:18pt;font-weight:bold;margin-bottom:6mm")
        for level, title in self.toc_entries:
            page = self.pages.get(title, "1")
            self.out.append(f'<p{self.cls("toc")} style="padding-left:{2 * (level - 1)}em"><span>{escape(title)}</span><span class="dots">{"." * 200}</span><span>{page}</span></p>')
        self.pending = True

    def b_heading(self, level, title, _):
        self.p(title, tag=f"h{level}")

    def b_para(self, text):
        self.p(text)

    def b_center(self, text):
        self.p(text, "title")

    def b_left(self, text):
        self.p(text, "label")

    def b_right(self, text):
        self.p(text, style="text-align:right")

    def b_space(self, mm):
        self.out.append(f'<div{self.cls()} style="height:{mm}mm"></div>')

    def b_break(self, _):
        self.pending = True

    def b_raw(self, html):
        self.out.append(html)

    def b_image(self, rest):
        path, width, height = rest.split()
        self.out.append(f'<div{self.cls()}><img src="{path}" style="width:{width}cm;height:{height}cm;display:block;margin:auto"></div>')

    def b_page(self, rest):
        words = rest.split()
        self.orientation, self.pending = words[0], True

    def b_table(self, t):
        spec = t.spec
        if spec.get("page") and spec["page"] != self.orientation:
            self.orientation, self.pending = spec["page"], True
        elif spec.get("newpage"):
            self.pending = True
        repeat = spec.get("repeat", "head")
        opening = []
        if repeat != "title":
            if t.label:
                self.p(t.label, "label", style=f"text-align:{spec.get('label_align', 'left')}")
            if t.title:
                self.p(t.title, "title", style=spec.get("title_css", ""))
            if any(t.info):
                self.out.append(f'<div{self.cls("info")}>' + "".join(f"<span>{self.text(x)}</span>" for x in t.info) + "</div>")
        else:
            n = t.ncols
            opening.append(f'<tr><th class="plain title" colspan="{n}">{self.text(t.title)}</th></tr>')
            opening.append(f'<tr><th class="plain" colspan="{n}"><span class="info">' + "".join(f"<span>{self.text(x)}</span>" for x in t.info) + "</span></th></tr>")
        total = sum(t.widths)
        css = spec.get("table_css", "")
        fraction = float(spec.get("fraction", 1))
        if fraction != 1:
            css += f";width:{fraction * 100}%"
        self.out.append(f'<table{self.cls(spec.get("style", "grid"), spec.get("class", ""))} style="{css}"><colgroup>' + "".join(f'<col style="width:{100 * w / total:.2f}%">' for w in t.widths) + "</colgroup>")
        head = opening + [self.row(r, "th", spec) for r in t.head]
        if repeat == "none":
            self.out += ["<tbody>"] + head
        else:
            self.out += ["<thead>"] + head + ["</thead><tbody>"]
        self.out += [self.row(r, "td", spec) for r in t.body]
        self.out.append("</tbody></table>")
        for note in t.notes:
            self.p(note, "note")

    def row(self, row, tag, spec):
        cells = []
        for cell in row:
            if cell is None:
                continue
            span = (f' colspan="{cell.cs}"' if cell.cs > 1 else "") + (f' rowspan="{cell.rs}"' if cell.rs > 1 else "")
            kind = {"label": "label0"}.get(cell.kind, cell.kind)
            style = f' style="padding-left:{3 + cell.indent * 9}pt"' if cell.indent else ""
            cells.append(f'<{tag} class="{kind}{" b" if cell.bold else ""}"{span}{style}>{self.text(cell.text)}</{tag}>')
        return f'<tr{" class=" + chr(34) + "splits" + chr(34) if spec.get("split_rows") else ""}>' + "".join(cells) + "</tr>"


def render(blocks, options, pages, start, toc_entries):
    return Web(options, pages, start, toc_entries).render(blocks)
