"""Tables by tbl: the look of older government reports."""
import subprocess


def tbl(table, style):
    """style: box, allbox, none, across."""
    options = {"box": "box,center", "allbox": "allbox,center", "none": "center", "across": "center"}[style]
    lines = [".TS", options + ",tab(@);"]
    formats = []
    for row in table.head:
        formats.append(" ".join("^" if item is None and c == 0 else "s" if item is None else "l" if c == 0 else "c" for c, item in enumerate(row)))
    body = " ".join({"l": "l", "r": "r", "c": "c", "p": "lw(4.5c)"}[a] for a in table.aligns)
    lines += formats + [body + "."]
    rule = "_" if style in ("box", "across") else None
    if style == "across":
        lines.append("_")
    for row in table.head:
        lines.append("@".join("" if item is None else item[0] for item in row))
    if rule:
        lines.append("_")
    for row in table.body:
        cells = []
        for c, text in enumerate(row):
            cells.append("T{\n" + text + "\nT}" if table.aligns[c] == "p" else text)
        lines.append("@".join(cells))
    if style == "across":
        lines.append("_")
    return "\n".join(lines + [".TE"])


def build(flow, path, two=False):
    source = (".2C\n" if two else "") + "\n".join(flow) + "\n"
    run = subprocess.run(["groff", "-t", "-ms", "-Tpdf", "-P-pa4"], input=source.encode(), capture_output=True, check=True)
    open(path, "wb").write(run.stdout)
