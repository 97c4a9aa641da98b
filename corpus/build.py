#!/usr/bin/env python3
"""Makes the corpus anew: case.toml + flow.text → source document → PDF, and the truth from the same annotations.

usage: build.py [--truth-only] [CASE…]      (run by `make corpus`; needs soffice, chromium, qpdf, pdftotext)

The sources of the documents are written to corpus/.build/ and can be opened there; PDF and truth go beside the case."""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from decimal import Decimal
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
sys.dont_write_bytecode = True
from kit import calc, checks, direct, facts, flow, plain, web, writer      # noqa: E402

BUILD = HERE / ".build"
ENGINES = {"writer": (writer, "fodt"), "calc": (calc, "fods"), "chromium": (web, "html"), "direct": (direct, "pdf")}
CHROMIUM = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--no-pdf-header-footer", "--disable-dev-shm-usage"]


def load(name):
    with open(HERE / name / "case.toml", "rb") as stream:
        case = tomllib.load(stream)
    case["case"] = name
    for i, record in enumerate(case["record"]):
        record.setdefault("id", "abcdefgh"[i])
    renamed = case.get("renamed", {})
    parsed = {}

    def tables_for(record_id):
        """Fact tables of one record: facts.<name> for all, facts_of.<record>.<name> for one; sum = [records] adds."""
        if record_id in parsed:
            return parsed[record_id]
        out = {k: facts.Fact.parse(v, renamed) for k, v in case.get("facts", {}).items() if "rows" in v}
        for k, v in case.get("facts", {}).items():
            if "sum_of" in v:
                out[k] = facts.Fact.sum([out[x] for x in v["sum_of"]])
            elif "group" in v:
                out[k] = facts.Fact.group(out[v["group"]], v["part"], v.get("where"), v.get("gov"))
        for k, v in case.get("facts_of", {}).get(record_id, {}).items():
            out[k] = facts.Fact.sum([tables_for(r)[k] for r in v["sum"]]) if "sum" in v else facts.Fact.parse(v, renamed)
        parsed[record_id] = out
        return out
    case["fact_tables"] = tables_for
    return case


def convert(source, engine):
    target = source.with_suffix(".pdf")
    target.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory(prefix="corpus-profile-") as profile:
        if engine == "chromium":
            command = CHROMIUM + [f"--user-data-dir={profile}", f"--print-to-pdf={target}", source.as_uri()]
        else:
            command = ["soffice", "--headless", f"-env:UserInstallation=file://{profile}", "--convert-to", "pdf", "--outdir", str(source.parent), str(source)]
        done = subprocess.run(command, capture_output=True, timeout=180, env={**os.environ, "SOURCE_DATE_EPOCH": "1700000000"})
    if not target.exists():
        sys.exit(f"{source}: no PDF\n{done.stderr.decode()[-2000:]}")
    return target


def pages_of(pdf):
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, check=True).stdout.decode()
    return text.split("\f")[:-1]


def squeeze(text):
    return re.sub(r"[\s　]+", "", text)


def render_part(part, index, pages, start, toc, workdir):
    module, suffix = ENGINES[part["engine"]]
    source = workdir / f"{part['pdf']}-{index}.{suffix}"
    if part["engine"] == "direct":
        source.write_bytes(module.render(part["blocks"], part["options"], pages, start, toc))
        return source
    source.write_text(module.render(part["blocks"], part["options"], pages, start, toc), encoding="utf-8")
    pdf = convert(source, part["engine"])
    options = part["options"]
    if options.get("rotate"):
        # a landscape page becomes a portrait page with its content on its side and /Rotate to read it upright
        angle = int(options["rotate"])
        flat, turned = source.with_name(source.stem + "-flat.pdf"), source.with_name(source.stem + "-rotated.pdf")
        subprocess.run(["qpdf", str(pdf), str(flat), f"--rotate=+{360 - angle}:1-z", "--flatten-rotation"], check=True)
        subprocess.run(["qpdf", str(flat), str(turned), f"--rotate=+{angle}:1-z"], check=True)
        pdf = turned
    return pdf


def scan(made, number, workdir):
    """The same pages with page `number` replaced by a grey picture of itself, as a scanner leaves it: no text layer."""
    whole, picture, one, out = (workdir / x for x in ("whole.pdf", "scan", "scan.pdf", f"scanned-{number}.pdf"))
    subprocess.run(["qpdf", "--empty", "--pages", *[str(p) for p in made], "--", str(whole)], check=True)
    subprocess.run(["pdftoppm", "-r", "110", "-gray", "-jpeg", "-jpegopt", "quality=55", "-singlefile", "-f", str(number), "-l", str(number), str(whole), str(picture)], check=True)
    data = picture.with_suffix(".jpg").read_bytes()
    height, width, parts = next((int.from_bytes(data[i + 5:i + 7]), int.from_bytes(data[i + 7:i + 9]), data[i + 9]) for i in range(len(data)) if data[i] == 0xFF and data[i + 1] == 0xC0)
    colours = b"DeviceGray" if parts == 1 else b"DeviceRGB"
    w, h = width * 72 / 110, height * 72 / 110
    content = f"q {w:.2f} 0 0 {h:.2f} 0 0 cm /I Do Q".encode()
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
               f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {w:.2f} {h:.2f}] /Contents 4 0 R /Resources << /XObject << /I 5 0 R >> >> >>".encode(),
               b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
               b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /%s /BitsPerComponent 8 /Filter /DCTDecode /Length %d >>\nstream\n%s\nendstream" % (width, height, colours, len(data), data)]
    body, offsets = b"%PDF-1.5\n", []
    for i, obj in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (i, obj)
    table = b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % o for o in offsets)
    one.write_bytes(body + table + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(body))
    total = len(pages_of(whole))
    before = [str(whole), f"1-{number - 1}"] if number > 1 else []
    after = [str(whole), f"{number + 1}-z"] if number < total else []
    subprocess.run(["qpdf", "--empty", "--pages", *before, str(one), "1", *after, "--", str(out)], check=True)
    return [out]


def find_pages(texts, titles, offset):
    """Printed page of each title: the first page, after the table of contents, with a line that is the title."""
    found = {}
    squeezed = [[squeeze(line) for line in page.splitlines()] for page in texts]
    start = 0
    for i, lines in enumerate(squeezed):
        if any(line in ("目录",) for line in lines) or any(re.search(r"\.{10}", line) for line in lines):
            start = i + 1
    for title in titles:
        want = squeeze(title)
        for i in range(start, len(texts)):
            lines = squeezed[i]
            if want in lines or any(want in "".join(lines[k:k + 2]) for k in range(len(lines))):
                found[title] = i + 1 - offset
                break
    return found


def build_pdf(name, parts, workdir):
    """Parts of one PDF: rendered once to learn the page numbers, and once more if there is a table of contents."""
    entries = []
    for part in parts:
        for block in part["blocks"]:
            if block[0] == "heading" and block[3]:
                entries.append((block[1], block[2]))
            elif block[0] == "table" and getattr(block[1], "toc", True) and block[1].title and not block[1].spec.get("form"):
                entries.append((2, block[1].title))
    toc_block = next((b for p in parts for b in p["blocks"] if b[0] == "toc"), None)
    pages = {}
    entries = [e for e in entries if not toc_block or e[0] <= int((re.search(r"level(\d)", toc_block[1]) or [0, 2])[1])]
    for attempt in range(2 if toc_block and "plain" not in toc_block[1] else 1):
        made, texts, count = [], [], 0
        for i, part in enumerate(parts):
            if part["options"].get("start") == "chain":
                start = count + 1
            else:
                start = int(part["options"].get("start", 0)) or None
            made.append(render_part(part, i, pages, start, entries, workdir))
            new = pages_of(made[-1])
            texts += new
            count += len(new)
        if toc_block:
            front = 0
            if "restart" in toc_block[1]:
                front = next(i for i in range(len(texts) - 1, -1, -1) if re.search(r"\.{10}", squeeze(texts[i]))) + 1
            pages = find_pages(texts, [t for _, t in entries], front)
            missing = [t for _, t in entries if t not in pages]
            if missing:
                print(f"  {name}: titles not found: {missing}")
    for part in parts:
        for number in part["options"].get("raster", "").split():       # pages of the whole file, from 1
            made = scan(made, int(number), workdir)
    target = workdir / f"{name}.pdf"
    command = ["qpdf", "--empty", "--pages", *[str(p) for p in made], "--", "--deterministic-id", "--object-streams=generate", "--recompress-flate", "--compression-level=9", str(target)]
    subprocess.run(command, check=True)
    return target


def truth_of(case, made):
    records, lines = [], []
    for record in case["record"]:
        mine = made[record["id"]]
        department = record.get("truth_name", record["name"])                 # without （本级）: the scope says that
        tables = {}
        for table in mine["tables"]:
            if table.id and table.spec.get("declared", True):
                entry = tables.setdefault(table.id, {"status": table.status, "unit": table.unit})
                if table.status == "data":
                    entry["status"] = "data"
                if "?" in re.split(r"[\s:@]", table.spec["keys"]):          # amounts in columns that have no canonical key
                    entry["open"] = True
            for side, code, item, name, column, amount, _ in table.truth:
                lines.append([department, str(record["year"]), record["kind"], table.id, side, code, item, name, column, f"{amount:.2f}" if amount == amount.quantize(Decimal("0.01")) else f"{amount.normalize():f}"])
        entry = {"department": {"name": department, "scope": record["scope"], "region_code": record.get("region")},
                 "year": record["year"], "kind": record["kind"], "tables": tables,
                 "performance": len(mine["forms"]), "terms": mine["terms"], "section_titles": mine["sections"]}
        if mine["forms"]:
            entry["forms"] = [f["truth"] for f in mine["forms"]]
        for key in ("files", "image_pages"):
            if key in record:
                entry[key] = record[key]
        records.append(entry)
    return {"records": records, "amounts": "truth.tsv"}, lines


def verify_printed(case, made, texts):
    """Every number of the truth stands in the text of the PDF, at least as often as the truth has it."""
    squeezed = squeeze("".join(texts))
    wanted = {}
    for mine in made.values():
        for table in mine["tables"]:
            if table.spec.get("image") or table.spec.get("wrapped"):      # no text layer, or figures broken over two lines
                continue
            for row in table.truth:
                wanted[squeeze(row[6])] = wanted.get(squeeze(row[6]), 0) + 1
    missing = [n for n, k in wanted.items() if squeezed.count(n) < k]
    if missing:
        sys.exit(f"{case['case']}: not printed often enough: {missing[:20]}")
    return sum(wanted.values())


def build(name, truth_only=False):
    case = load(name)
    text = (HERE / name / "flow.text").read_text(encoding="utf-8")
    parts, made = flow.parse(case, text)
    problems = checks.check(case, made)
    for problem in problems:
        print(f"  {name}: {problem}")
    if problems:
        sys.exit(1)
    if not truth_only:
        workdir = BUILD / name
        shutil.rmtree(workdir, ignore_errors=True)
        workdir.mkdir(parents=True)
        for part in [p for p in parts if p["engine"] == "text"]:
            entries = [(b[1], b[2]) for b in part["blocks"] if b[0] == "heading"]
            (HERE / name / f"{part['pdf']}.txt").write_text(plain.render(part["blocks"], {}, {}, None, entries), encoding="utf-8")
        for pdf in dict.fromkeys(p["pdf"] for p in parts if p["engine"] != "text"):
            done = build_pdf(pdf, [p for p in parts if p["pdf"] == pdf], workdir)
            shutil.copy(done, HERE / name / f"{pdf}.pdf")
    pdfs = sorted((HERE / name).glob("*.pdf"))
    pdfs += [HERE / name / f"{p['pdf']}.txt" for p in parts if p["engine"] == "text"]
    texts = []
    for pdf in pdfs:
        texts += pages_of(pdf) if pdf.suffix == ".pdf" else [pdf.read_text(encoding="utf-8")]
    numbers = verify_printed(case, made, texts)
    truth, lines = truth_of(case, made)
    with open(HERE / name / "truth.json", "w", encoding="utf-8") as stream:
        json.dump(truth, stream, ensure_ascii=False, indent=1)
        stream.write("\n")
    with open(HERE / name / "truth.tsv", "w", encoding="utf-8") as stream:
        stream.write("department\tyear\tkind\ttable\tside\tcode\titem\tname\tcolumn\tamount_yuan\n")
        for line in lines:
            assert "\t" not in "".join(line) and "\n" not in "".join(line), line
            stream.write("\t".join(line) + "\n")
    sizes = ", ".join(f"{p.name} {p.stat().st_size // 1024} KiB" for p in pdfs)
    print(f"{name}: {len(texts)} pages, {len(truth['records'])} records, {sum(len(r['tables']) for r in truth['records'])} tables, {numbers} amounts; {sizes}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--truth-only", action="store_true", help="write the truths from the cases and leave the PDFs as they are")
    parser.add_argument("case", nargs="*", help="folders of corpus/; all of them where none is named")
    args = parser.parse_args()
    names = [a.rstrip("/") for a in args.case] or sorted(p.parent.name for p in HERE.glob("*/case.toml"))
    for name in names:
        build(name, args.truth_only)


if __name__ == "__main__":
    main()
