#!/usr/bin/env python3
"""How much of a document's narrative stands in the sections of its records.

    python3 tests/narrative-coverage.py OUT FOLDER…     OUT is the folder that `gongkai -o OUT FOLDER…` wrote

The narrative is pdftotext's text (or the text file) of pages that are neither table, form nor contents, without page numbers and running
headers. For each file: its characters, the share in titles and text of sections, the share elsewhere in the record (tables, forms,
diagnostics), the share nowhere; then the lines that are nowhere, and long lines that the record has more often than the document.
"""
import glob
import json
import os
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from importlib import import_module

coverage = import_module("statements-coverage")


def squeeze(text):
    """Without white space and the marks that part a title from its text."""
    return re.sub("[。：:]", "", coverage.squeeze(text))


LEADER = re.compile(r"[.…·。]{4,}|\d{1,3}$")
NUMBER = re.compile(r"^(?:第[一二三四五六七八九十]+部分[：:、]?|[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[、.．])")
SHORTEST = 4
LONG = 24
# In characters: a page is narrative when most of what it says stands in lines as wide as this.
WIDE = 14


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)


def records(out):
    """File → (words of the sections, all other words)."""
    files = {}
    for path in sorted(glob.glob(os.path.join(glob.escape(out), "*", "*.json"))):
        with open(path, encoding="utf-8") as file:
            record = json.load(file, parse_float=str, parse_int=str)
        for index, source in enumerate(record["sources"]):
            own = [s for s in record["sections"] if s["source"] == str(index)]
            said = "\n".join(squeeze((s["number"] or "") + (s["title"] or "") + (s["text"] or "")) for s in own)
            rest = "\n".join(squeeze(s) for s in strings([record["tables"], record["performance"], record["terms"], record["diagnostics"]]))
            before = files.get(os.path.basename(source["file"]), ("", ""))
            files[os.path.basename(source["file"])] = (before[0] + "\n" + said, before[1] + "\n" + rest)
    return files


def is_contents(lines):
    return sum(bool(LEADER.search(line)) for line in lines) * 2 > len(lines) or any(re.fullmatch("目[录次]", line) for line in lines)


def lines_of(path):
    pages = {}
    for page, words in coverage.prose(path):
        pages.setdefault(page, []).append(squeeze(words))
    for page, lines in pages.items():
        wide = sum(len(line) for line in lines if len(line) >= WIDE)
        if not is_contents(lines) and wide * 10 > 7 * sum(map(len, lines)):
            yield from ((page, line) for line in lines if len(line) >= SHORTEST)


def main():
    out, folders = sys.argv[1], sys.argv[2:]
    files = records(out)
    total = found = 0
    for folder in folders:
        for path in sorted(glob.glob(os.path.join(glob.escape(folder), "*.pdf")) + glob.glob(os.path.join(glob.escape(folder), "*.txt"))):
            said, rest = files.get(os.path.basename(path), ("", ""))
            if not said and not rest:
                continue
            size = inside = beside = 0
            lost, lines = [], list(lines_of(path))
            printed = "".join(squeeze(page) for page in coverage.pages_of(path))
            twice = {line for _, line in lines if len(line) >= LONG and said.count(line) > printed.count(line)}
            for page, line in lines:
                bare = NUMBER.sub("", line)
                size += len(line)
                if bare in said or line in said:
                    inside += len(line)
                elif bare in rest or line in rest:
                    beside += len(line)
                else:
                    lost.append((page, line))
            if size == 0:
                continue
            total += size
            found += inside
            print(f"# {os.path.basename(path)[:40]}: {size} characters, {100 * inside / size:.1f}% in sections, {100 * beside / size:.1f}% elsewhere, "
                  f"{100 * (size - inside - beside) / size:.1f}% nowhere")
            for page, line in lost:
                print(f"  nowhere p{page}: {line[:100]}")
            for line in sorted(twice):
                print(f"  twice: {line[:100]}")
    print(f"## {total} characters, {100 * found / max(total, 1):.2f}% in sections")


if __name__ == "__main__":
    main()
