"""Tables by a browser: ruled, striped, with lines across, without any; sheets that run over pages; side by side."""
import html as entities
import pathlib
import subprocess

BASE = """@page{size:%s;margin:18mm} body{font:10pt/1.35 "%s",sans-serif} table{border-collapse:collapse;margin:8pt 0}
td,th{padding:2pt 6pt;vertical-align:%s} .r{text-align:right} .c{text-align:center} .l{text-align:left} th{font-weight:bold}
caption{caption-side:top;text-align:left;padding:3pt 0} .wide{width:100%%} .pair{display:flex;gap:30pt} .i{padding-left:18pt}
.cols{column-count:2;column-gap:20pt;text-align:justify} .break{break-before:page} .narrow td,.narrow th{padding:1pt 3pt;font-size:8pt}
"""
STYLES = {
    "grid": ".grid td,.grid th{border:.7pt solid #000}",
    "across": ".across td,.across th{border-top:.5pt solid #999;border-bottom:.5pt solid #999}",
    "three": ".three{border-top:1pt solid;border-bottom:1pt solid}.three thead{border-bottom:.6pt solid}",
    "zebra": ".zebra tbody tr:nth-child(odd){background:#e4ecf4}.zebra thead{background:#335577;color:#fff}",
    "stripes": ".stripes tbody tr:nth-child(even){background:#f0f0f0}.stripes thead{border-bottom:.6pt solid}",
    "down": ".down td,.down th{border-left:.6pt solid;border-right:.6pt solid}.down{border:.6pt solid}.down thead{border-bottom:.6pt solid}",
    "none": "",
    "spaced": ".spaced td,.spaced th{padding:4pt 14pt}",
}


def table_html(table, style, classes="", money=False):
    side = {"l": "l", "r": "r", "c": "c", "p": "l"}
    out = [f'<table class="{style} {classes}">']
    if table.caption:
        out.append(f"<caption>{entities.escape(table.caption)}</caption>")
    out.append("<thead>")
    for row in table.head:
        out.append("<tr>")
        for c, item in enumerate(row):
            if item is not None:
                place = "c" if item[2] > 1 else side[table.aligns[c]]
                out.append(f'<th class="{place}" rowspan={item[1]} colspan={item[2]}>{entities.escape(item[0])}</th>')
        out.append("</tr>")
    out.append("</thead><tbody>")
    for r, row in enumerate(table.body):
        if len(row) == 1:
            out.append(f'<tr><td class="l" colspan={table.cols}><b>{entities.escape(row[0])}</b></td></tr>')
            continue
        out.append("<tr>")
        for c, text in enumerate(row):
            indent = " i" if c == 0 and table.indents and table.indents[r] else ""
            text = entities.escape(text)
            if text.startswith("$"):
                text = f'<span style="float:left">$</span>{text[1:]}'
            out.append(f'<td class="{side[table.aligns[c]]}{indent}">{text}</td>')
        out.append("</tr>")
    return "".join(out) + "</tbody></table>" + "".join(f"<p><small>{entities.escape(n)}</small></p>" for n in table.notes)


def document(flow, page="A4", font="Liberation Sans", valign="top"):
    css = BASE % (page, font, valign) + "".join(STYLES.values())
    return f"<!DOCTYPE html><meta charset=utf-8><style>{css}</style><body>" + "\n".join(flow)


def build(source, path):
    page = pathlib.Path(path).with_suffix(".html")
    page.write_text(source)
    subprocess.run(["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", "--print-to-pdf-no-header", f"--print-to-pdf={path}", str(page)],
                   capture_output=True, check=True, timeout=120)
