#!/usr/bin/env python3
"""Writes PDFs of tables of other fields and, from the same source, the truth of their cells.

usage: make.py FOLDER [NAME…]    needs pdflatex (booktabs, multirow, longtable, pdflscape, tikz), chromium, groff, python3-reportlab, pdftotext

NAME.tsv has a line for each cell: page, table, row, col, rowspan, colspan, text. A table over several pages is one for each
page, with the head where it is printed again. Which rows stand on which page is seen from the words that are nowhere else.
"""
import pathlib
import random
import re
import subprocess
import sys

import web
import latex
import model
import plain
import roff

TRUTH = ("page", "table", "row", "col", "rowspan", "colspan", "text")


# ---- documents: each returns its tables, in order ----

def paper(path, rng, tables, two=True, style="booktabs", star=False, options="10pt,a4paper", packages="", size=""):
    """Prose, a list, a figure, a bibliography around tables."""
    flow = [r"\title{A study of things}\author{A. Author \and B. Writer}\date{2020}\maketitle", r"\begin{abstract}" + model.prose(rng, 5) + r"\end{abstract}",
            r"\section{Introduction}" + model.prose(rng, 14), r"\begin{itemize}" + "".join(r"\item " + model.sentence(rng) for _ in range(4)) + r"\end{itemize}"]
    for i, table in enumerate(tables):
        flow.append(rf"\section{{Part {i + 1}}}" + model.prose(rng, 7))
        flow.append(latex.floating(table, style, "*" if star else "", size, wide=2.2 if two and not star else 4.5))
        flow.append(model.prose(rng, 9))
    flow.append(r"\begin{equation} y_i = \alpha + \beta x_i + \epsilon_i \end{equation}" + model.prose(rng, 5))
    flow.append(r"\begin{figure}[!ht]\centering\begin{tikzpicture}[scale=.7]\draw[->](0,0)--(6,0);\draw[->](0,0)--(0,4);\foreach \x in {1,...,5}{\draw(\x,0)--(\x,-.1) node[below]{\tiny 20\x0};\draw(\x-.2,0) rectangle (\x+.2,\x*.6);}\foreach \y in {1,2,3}{\draw(0,\y)--(-.1,\y) node[left]{\tiny \y0};}\end{tikzpicture}\caption{Growth}\end{figure}")
    flow.append(r"\begin{thebibliography}{9}" + "".join(rf"\bibitem{{b{i}}} A. Author and C. Other, {model.sentence(rng)} J. Stud., {rng.randint(1, 90)}:{rng.randint(1, 900)}--{rng.randint(901, 999)}, {rng.randint(1980, 2020)}." for i in range(8)) + r"\end{thebibliography}")
    latex.build(latex.document(flow, options + (",twocolumn" if two else ""), packages), path)
    return tables


def report(path, rng, tables, style, page="A4", font="Liberation Sans", classes="", valign="top", sentences=6):
    flow = ["<h2>Annual report</h2>"]
    for table in tables:
        flow += ["<p>" + model.prose(rng, sentences) + "</p>", web.table_html(table, style, classes)]
    web.build(web.document(flow + ["<p>" + model.prose(rng, sentences) + "</p>"], page, font, valign), path)
    return tables


def beside(path, rng, tables, style):
    flow = ["<h2>Figures</h2><p>" + model.prose(rng) + "</p>"]
    for left, right in zip(tables[::2], tables[1::2]):
        flow.append('<div class="pair"><div>' + web.table_html(left, style) + "</div><div>" + web.table_html(right, style) + "</div></div><p>" + model.prose(rng) + "</p>")
    web.build(web.document(flow), path)
    return tables


def columns(path, rng, tables, style):
    flow = ['<h2>Bulletin</h2><div class="cols">']
    for table in tables:
        flow += ["<p>" + model.prose(rng, 8) + "</p>", web.table_html(table, style, "narrow")]
    web.build(web.document(flow + ["<p>" + model.prose(rng, 14) + "</p></div>"]), path)
    return tables


def statement(path, rng, tables, sheet="A4", rotate=0, **style):
    page = plain.Page(path, plain.SIZES[sheet], rotate)
    for table in tables:
        page.prose(model.prose(rng, 5))
        page.statement(table, **style)
        page.prose(model.prose(rng, 4))
        if page.y < 300:
            page.show()
    page.save()
    return tables


def old(path, rng, tables, style, two=False):
    flow = [".NH\nIntroduction\n.PP\n" + model.prose(rng, 10)]
    for table in tables:
        flow += [".PP\n" + model.prose(rng, 6), roff.tbl(table, style), ".PP\n" + model.prose(rng, 6)]
    roff.build(flow, path)
    return tables


def long_table(path, rng, table, style):
    latex.build(latex.document([model.prose(rng, 6), latex.tabular(table, style, "longtable"), model.prose(rng, 6)]), path)
    return [table]


def on_its_side(path, rng, table, style):
    latex.build(latex.document([model.prose(rng, 20), r"\begin{landscape}" + latex.floating(table, style) + r"\end{landscape}", model.prose(rng, 10)]), path)
    return [table]


def prose_only(path, rng, two):
    flow = [r"\title{Notes}\author{N. N.}\date{}\maketitle\tableofcontents"]
    for i in range(4):
        flow.append(rf"\section{{{model.sentence(rng, 3, 5)}}}" + model.prose(rng, 12) + rf"\subsection{{{model.sentence(rng, 3, 5)}}}" + model.prose(rng, 9))
        flow.append(r"\begin{enumerate}" + "".join(r"\item " + model.sentence(rng) for _ in range(4)) + r"\end{enumerate}")
        flow.append(r"\begin{description}" + "".join(rf"\item[{rng.choice(model.WORDS)}] " + model.sentence(rng) for _ in range(3)) + r"\end{description}")
        flow.append(r"\[ \sum_{i=1}^{n} \frac{x_i - \mu}{\sigma} = \left( \begin{array}{c} 1 \\ 0 \end{array} \right) \]")
    flow.append(r"\begin{verbatim}" + "\nfor (int i = 0; i < 10; i++) {\n    total += values[i];   /* add */\n    count++;              /* count */\n    if (x)  return 1;     /* stop */\n}\n" + r"\end{verbatim}")
    flow.append(r"\begin{tikzpicture}\draw[step=.5,gray](0,0) grid (6,4);\draw[thick](0,0)--(2,1)--(4,3)--(6,3.5);\foreach \x in {0,...,6}{\node[below] at (\x,0){\small \x};}\foreach \y in {0,...,4}{\node[left] at (0,\y){\small \y};}\node[above] at (3,4){Growth by year};\end{tikzpicture}")
    latex.build(latex.document(flow, "11pt,a4paper" + (",twocolumn" if two else "")), path)
    return []


def documents():
    m = model
    yield "booktabs-simple", lambda p, r: paper(p, r, [m.simple(r), m.results(r), m.units(r)], two=False)
    yield "booktabs-spans", lambda p, r: paper(p, r, [m.spanning(r), m.spanning(r, 3), m.spanning(r, multirow=False)], two=False, size=r"\small")
    yield "booktabs-sections", lambda p, r: paper(p, r, [m.sections(r), m.sections(r, False), m.sparse(r)], two=False)
    yield "booktabs-wrapped", lambda p, r: paper(p, r, [m.wrapped(r), m.text_only(r)], two=False)
    yield "paper-results", lambda p, r: paper(p, r, [m.results(r), m.simple(r, cols=3), m.text_only(r)], size=r"\footnotesize")
    yield "paper-wide", lambda p, r: paper(p, r, [m.spanning(r), m.results(r)], star=True)
    yield "paper-narrow", lambda p, r: paper(p, r, [m.simple(r, cols=4, kind="dec"), m.sparse(r), m.results(r)], size=r"\scriptsize")
    yield "paper-ruled", lambda p, r: paper(p, r, [m.simple(r, cols=3), m.results(r)], style="grid", size=r"\scriptsize")
    yield "half-ruled", lambda p, r: paper(p, r, [m.simple(r), m.spanning(r), m.sections(r)], two=False, style="half")
    yield "unruled-latex", lambda p, r: paper(p, r, [m.simple(r), m.results(r), m.text_only(r)], two=False, style="none")
    yield "grid-latex", lambda p, r: paper(p, r, [m.spanning(r), m.wrapped(r), m.spanning(r, 3)], two=False, style="grid", size=r"\small")
    yield "hlines-latex", lambda p, r: paper(p, r, [m.spanning(r), m.wrapped(r), m.text_only(r)], two=False, style="hlines", size=r"\small")
    for style in ("grid", "across", "three", "zebra", "stripes", "down", "none", "spaced"):
        yield f"web-{style}-simple", lambda p, r, s=style: report(p, r, [m.simple(r), m.sparse(r), m.text_only(r)], s)
        yield f"web-{style}-spans", lambda p, r, s=style: report(p, r, [m.spanning(r), m.spanning(r, 3), m.longheads(r)], s, classes="wide" if s != "spaced" else "")
        yield f"web-{style}-wrapped", lambda p, r, s=style: report(p, r, [m.wrapped(r), m.sections(r), m.invoice(r)], s, valign="top" if s != "none" else "middle")
    yield "web-money", lambda p, r: report(p, r, [m.simple(r, kind="money"), m.simple(r, kind="pct")], "three", classes="wide")
    yield "web-middle", lambda p, r: report(p, r, [m.wrapped(r, words=(6, 20)), m.wrapped(r, words=(2, 9))], "three", valign="middle")
    yield "web-wide-a3", lambda p, r: report(p, r, [m.spanning(r, 3), m.simple(r, rows=20)], "none", page="A3 landscape", classes="wide")
    yield "web-long", lambda p, r: report(p, r, [m.simple(r, rows=25), m.simple(r, rows=25), m.sections(r)], "stripes", sentences=20)
    yield "web-long-none", lambda p, r: report(p, r, [m.simple(r, rows=25), m.spanning(r, rows=22)], "none", sentences=20)
    yield "beside-three", lambda p, r: beside(p, r, [m.simple(r, cols=2), m.simple(r, cols=2), m.simple(r, cols=3, rows=5), m.text_only(r)], "three")
    yield "beside-none", lambda p, r: beside(p, r, [m.simple(r, cols=2, rows=7), m.simple(r, cols=2, rows=7)], "none")
    yield "beside-grid", lambda p, r: beside(p, r, [m.simple(r, cols=2), m.simple(r, cols=2)], "grid")
    yield "bulletin-three", lambda p, r: columns(p, r, [m.simple(r, cols=3, kind="dec"), m.simple(r, cols=3), m.results(r)], "three")
    yield "bulletin-none", lambda p, r: columns(p, r, [m.simple(r, cols=3, kind="dec"), m.simple(r, cols=3), m.text_only(r)], "none")
    yield "bulletin-grid", lambda p, r: columns(p, r, [m.simple(r, cols=3, kind="dec"), m.text_only(r)], "grid")
    yield "statement-plain", lambda p, r: statement(p, r, [m.sections(r, False), m.simple(r, cols=3, kind="neg")])
    yield "statement-leaders", lambda p, r: statement(p, r, [m.sections(r, False), m.simple(r, cols=3, kind="int")], leaders=True)
    yield "statement-money", lambda p, r: statement(p, r, [m.simple(r, cols=3, kind="money"), m.sections(r)], rules=True)
    yield "statement-spans", lambda p, r: statement(p, r, [m.spanning(r, multirow=False)], stub=150, col=55)
    yield "statement-turned", lambda p, r: statement(p, r, [m.simple(r, cols=4), m.sections(r)], rotate=90)
    yield "statement-a3", lambda p, r: statement(p, r, [m.simple(r, cols=6, rows=14), m.sections(r)], sheet="A3 landscape")
    yield "statement-tight", lambda p, r: statement(p, r, [m.simple(r, cols=4, kind="dec", rows=12)], stub=110, col=42, lead=9.5, size=8)
    yield "old-none", lambda p, r: old(p, r, [m.simple(r), m.spanning(r, multirow=False), m.text_only(r)], "none")
    yield "old-box", lambda p, r: old(p, r, [m.simple(r), m.spanning(r, multirow=False), m.wrapped(r)], "box")
    yield "old-allbox", lambda p, r: old(p, r, [m.simple(r), m.spanning(r, multirow=False), m.wrapped(r)], "allbox")
    yield "old-across", lambda p, r: old(p, r, [m.simple(r), m.sparse(r), m.text_only(r)], "across")
    yield "long-booktabs", lambda p, r: long_table(p, r, repeat(m.simple(r, rows=25, cols=4), r, 3), "booktabs")
    yield "long-grid", lambda p, r: long_table(p, r, repeat(m.simple(r, rows=25, cols=4), r, 3), "grid")
    yield "side-booktabs", lambda p, r: on_its_side(p, r, m.spanning(r, 3), "booktabs")
    yield "side-grid", lambda p, r: on_its_side(p, r, m.simple(r, cols=6), "grid")
    yield "prose-one", lambda p, r: prose_only(p, r, False)
    yield "prose-two", lambda p, r: prose_only(p, r, True)


def repeat(table, rng, times):
    """More rows: the names again, other figures."""
    names = [row[0] for row in table.body]
    table.body = [[f"{name} {i + 1}"] + [model.number(rng, "int") for _ in range(table.cols - 1)] for i in range(times) for name in names]
    return table


# ---- where the rows stand ----

def page_words(path):
    """For each page its words, by pdftotext, which need not be right about columns."""
    out = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True).stdout.decode()
    return [page.split() for page in out.split("\f")]


def rows_to_pages(table, pages, floor):
    """The page of each row of the body, by its rare words; it never falls."""
    counts = {}
    for p, words in enumerate(pages):
        for word in words:
            counts.setdefault(word, set()).add(p)
    result, page = [], floor
    for row in table.body:
        votes = [counts.get(word.lstrip("$"), set()) for text in row for word in text.split()]
        rare = [next(iter(v)) for v in votes if len(v) == 1]
        found = [p for p in rare if p >= page]
        if found:
            page = max(set(found), key=found.count)
        result.append(page)
    # A row without rare words stands with the next.
    for i in range(len(result) - 2, -1, -1):
        row = table.body[i]
        if not any(len(counts.get(word, set())) == 1 for text in row for word in text.split()):
            result[i] = result[i + 1]
    return result


def parts_of(table, rows, repeated):
    """(page, cells) for each page that the table stands on."""
    cells, depth, out = table.cells(), len(table.head), []
    for page in sorted(set(rows)):
        first = rows.index(page)
        part, headed = [], repeated or first == 0
        for cell in cells:
            if cell.row < depth:
                if headed:
                    part.append(cell)
            elif rows[cell.row - depth] == page:
                shift = first if headed else first + depth
                part.append(model.Cell(cell.row - shift, cell.col, cell.rowspan, cell.colspan, cell.text))
        out.append((page, part))
    return out


def truth_lines(tables, pages):
    count, floor = 0, 0
    for table in tables:
        rows = rows_to_pages(table, pages, floor)
        for page, cells in parts_of(table, rows, repeated=True):
            count += 1
            for cell in cells:
                text = re.sub(r"\s+", " ", cell.text)
                yield "\t".join(map(str, (page + 1, count, cell.row, cell.col, cell.rowspan, cell.colspan, text)))


def make(folder, names):
    for name, build in documents():
        if names and name not in names:
            continue
        path = folder / f"{name}.pdf"
        tables = build(path, random.Random(name))
        path.with_suffix(".tsv").write_text("\n".join(["\t".join(TRUTH), *truth_lines(tables, page_words(path))]) + "\n")
        print(name, len(tables), "tables", flush=True)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    target = pathlib.Path(sys.argv[1]).resolve()
    target.mkdir(parents=True, exist_ok=True)
    make(target, set(sys.argv[2:]))
