"""Tables by LaTeX: booktabs, ruled, half-ruled and unruled, papers in two columns, long tables, pages on their side."""
import pathlib
import subprocess


def esc(text):
    out = text
    for a, b in (("\\", r"\textbackslash{}"), ("&", r"\&"), ("%", r"\%"), ("$", r"\$"), ("#", r"\#"), ("_", r"\_"), ("±", r"$\pm$")):
        out = out.replace(a, b)
    return out


def spec(table, style, wide):
    letters = ""
    for a in table.aligns:
        letters += f"p{{{wide}cm}}" if a == "p" else a
        if style == "grid":
            letters += "|"
    return "|" + letters if style == "grid" else letters


def row_of(items, style):
    """Items: (text, rowspan, colspan) or None; returns the row's source and the column ranges of its spans."""
    out, spans, col = [], [], 0
    skip = 0
    for item in items:
        if item is None:
            if skip:
                skip -= 1
            else:
                out.append("")
            col += 1
            continue
        text, rowspan, colspan = item
        text = esc(text)
        if rowspan > 1:
            text = rf"\multirow{{{rowspan}}}{{*}}{{{text}}}"
        if colspan > 1:
            side = "|" if style == "grid" else ""
            text = rf"\multicolumn{{{colspan}}}{{{(side if col == 0 else '')}c{side}}}{{{text}}}"
            spans.append((col + 1, col + colspan))
            skip = colspan - 1
        out.append(text)
        col += 1
    return " & ".join(out) + r" \\", spans


def tabular(table, style, env="tabular", wide=4.0):
    """style: booktabs, grid, hlines (a line under each row), half (three single lines), none."""
    top, mid, bottom = {"booktabs": (r"\toprule", r"\midrule", r"\bottomrule"), "grid": (r"\hline",) * 3, "hlines": (r"\hline",) * 3,
                        "half": (r"\hline",) * 3, "none": ("", "", "")}[style]
    lines = [rf"\begin{{{env}}}{{{spec(table, style, wide)}}}", top]
    for r, items in enumerate(table.head):
        row, spans = row_of(items, style)
        lines.append(row)
        if r + 1 < len(table.head):
            if style == "booktabs":
                lines += [rf"\cmidrule(lr){{{a}-{b}}}" for a, b in spans]
            elif style in ("grid", "hlines"):
                first = 2 if table.head[0][0] and table.head[0][0][1] > 1 else 1
                lines.append(rf"\cline{{{first}-{table.cols}}}")
    lines.append(mid)
    if env == "longtable":
        lines.append(r"\endhead")
    for r, cells in enumerate(table.body):
        if len(cells) == 1:
            side = "|" if style == "grid" else ""
            lines.append(rf"\multicolumn{{{table.cols}}}{{{side}l{side}}}{{\textit{{{esc(cells[0])}}}}} \\")
        else:
            indent = r"\quad " if table.indents and table.indents[r] else ""
            lines.append(indent + " & ".join(esc(c) for c in cells) + r" \\")
        if style in ("grid", "hlines") and r + 1 < len(table.body):
            lines.append(r"\hline")
    lines += [bottom, rf"\end{{{env}}}"]
    return "\n".join(lines)


def floating(table, style, star="", size="", wide=4.0):
    notes = "".join("\n\n" + r"{\footnotesize " + esc(n) + "}" for n in table.notes)
    caption = rf"\caption{{{esc(table.caption)}}}" if table.caption else ""
    return rf"\begin{{table{star}}}[!ht]\centering{size}{caption}" + "\n" + tabular(table, style, wide=wide) + notes + "\n" + rf"\end{{table{star}}}"


def document(flow, options="11pt,a4paper", packages=""):
    """flow: pieces of LaTeX source."""
    return "\n\n".join([rf"\documentclass[{options}]{{article}}", r"\usepackage[T1]{fontenc}\usepackage{lmodern,textcomp,booktabs,multirow,longtable,pdflscape,tikz}",
                        r"\usepackage[margin=2.2cm]{geometry}", packages, r"\begin{document}", *flow, r"\end{document}"])


def build(source, path):
    work = pathlib.Path(path).with_suffix("")
    work.mkdir(parents=True, exist_ok=True)
    (work / "a.tex").write_text(source)
    for _ in range(2):
        run = subprocess.run(["pdflatex", "-interaction=batchmode", "a.tex"], cwd=work, capture_output=True, env={"PATH": "/usr/bin:/bin", "SOURCE_DATE_EPOCH": "0", "HOME": "/tmp"})
    if not (work / "a.pdf").exists():
        raise SystemExit(f"{path}: {run.stdout.decode()[-500:]}")
    (work / "a.pdf").rename(path)
