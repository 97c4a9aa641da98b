#!/usr/bin/env python3
"""How many of the sentences that tell an amount are wholly in the statements of the records made of their file.

    python3 tests/statements-coverage.py OUT FOLDER…     OUT is the folder that `gongkai -o OUT FOLDER…` wrote

Sentences come from pdftotext (or the text file), not from any stage of gongkai: the words of pages that are no table and no form, below
a heading that explains (情况, 说明) and not below one of duties, terms or tables. A sentence counts as read when each of its amounts, printed
figure times printed unit, is an amount, a change or a base in a statement whose text has the same words before the figure.
"""
import glob
import json
import os
import re
import subprocess
import sys
from collections import Counter
from decimal import Decimal

UNITS = {"元": 1, "千元": 1000, "万元": 10 ** 4, "亿元": 10 ** 8}
NUMBER = r"-?\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?"
FIGURE = re.compile(rf"(?<![\d.A-Za-z])(?:(?P<first>{NUMBER})(?:[、和及]|(?<=\.\d\d)[,，])(?=-?\d))?(?P<number>{NUMBER})(?P<unit>万元|亿元|千元|元)")
BOUND = re.compile(r"[）)]?(?:[（(]?含[^）)]{0,4}[）)]?)?(?:及)?(?:以上|以下|以内|起)")
HEADING = re.compile(r"(?:第[一二三四五六七八九十]+部分[：:、]?|[一二三四五六七八九十]+[、.．]|[（(][一二三四五六七八九十]+[）)]|\d{1,2}[、.．](?!\d))?[^。；，,]{2,45}[：:]?")
OPENS = re.compile(r"(?:情况|说明|经费|费用?|绩效|采购|资产|收入|支出|原因)(?:的?(?:说明|情况))?[：:]?$")
CLOSES = re.compile(r"(?:职责|职能|机构设置|名词解释|工作任务.*|目标表?|概况|总表|[^代]表)[：:]?$")
PAGE_NUMBER = re.compile(r"[-—－ ]*(?:第?\d{1,3}页?)(?:[/，,共]+\d+页?)?[-—－ ]*")


def pages_of(path):
    if path.endswith(".pdf"):
        run = subprocess.run(["pdftotext", "-enc", "UTF-8", path, "-"], capture_output=True, check=False)
        return run.stdout.decode("utf-8", "replace").split("\f")
    with open(path, encoding="utf-8", errors="replace") as file:
        return [file.read()]


def squeeze(text):
    return re.sub(r"[\s\u3000\u00a0]+", "", text)


def is_table(lines):
    bare = sum(1 for line in lines if re.fullmatch(r"[\d,.%\s-]+", line))
    return bare >= 12 and bare * 5 > len(lines) or sum("指标" in line for line in lines) >= 4


def running_lines(pages):
    edges = Counter()
    for page in pages:
        lines = [squeeze(line) for line in page.split("\n") if squeeze(line)]
        edges.update({line for line in lines[:2] + lines[-2:]})
    return {line for line, times in edges.items() if times >= 3}


def prose(path):
    """(page, line) of what is neither table nor form."""
    pages = pages_of(path)
    running = running_lines(pages) if path.endswith(".pdf") else set()
    for number, page in enumerate(pages, 1):
        lines = [line.strip() for line in page.split("\n") if line.strip()]
        if path.endswith(".pdf") and is_table(lines):
            continue
        for line in lines:
            words = squeeze(line)
            if words in running or PAGE_NUMBER.fullmatch(words) or "\t" in line or line.count("|") > 1:
                continue
            yield number, words


def sentences(path):
    """(page, sentence) in the sections that explain."""
    on, begun, text = False, 0, ""
    for page, words in prose(path):
        ended = text == "" or re.search(r"[。；;：:]$", text)
        if ended and HEADING.fullmatch(words) and not FIGURE.search(words) and not words.endswith("。"):
            if CLOSES.search(words):
                on = False
            elif OPENS.search(words):
                on = True
            if on and text:
                yield begun, text
            text = ""
            continue
        if not on:
            text = ""
            continue
        begun = begun if text else page
        text += words
        while (end := re.search(r"[。；;]", text)):
            yield begun, text[:end.end()]
            text, begun = text[end.end():], page
    if on and text:
        yield begun, text


def figures(sentence):
    """(start, yuan) of each amount."""
    for match in FIGURE.finditer(sentence):
        if BOUND.match(sentence, match.end()):
            continue
        for name in ("first", "number"):
            if match.group(name) is not None:
                yield match.start(name), Decimal(re.sub("[,，]", "", match.group(name))) * UNITS[match.group("unit")]


def told(out):
    """File → [(squeezed text, {yuan})]."""
    files = {}
    for path in glob.glob(os.path.join(glob.escape(out), "*", "*.json")):
        with open(path, encoding="utf-8") as file:
            record = json.load(file, parse_float=Decimal, parse_int=Decimal)
        for statement in record["statements"]:
            change = statement["change"] or {}
            amounts = [statement["amount"], change.get("amount"), change.get("base_amount")]
            name = os.path.basename(record["sources"][int(statement["source"])]["file"])
            files.setdefault(name, []).append((squeeze(statement["text"]), {abs(a) for a in amounts if a is not None}))
    return files


def is_told(statements, sentence, start, yuan):
    before = re.split("[：:]", sentence[max(0, start - 7):start])[-1]
    return any(abs(yuan) in amounts and before in text for text, amounts in statements)


def main():
    out, folders = sys.argv[1], sys.argv[2:]
    files = told(out)
    whole = parts = 0
    for folder in folders:
        for path in sorted(glob.glob(os.path.join(glob.escape(folder), "*.pdf")) + glob.glob(os.path.join(glob.escape(folder), "*.txt"))):
            name = os.path.basename(path)
            good = count = 0
            for page, sentence in sentences(path):
                amounts = list(figures(sentence))
                if not amounts:
                    continue
                missing = [(start, yuan) for start, yuan in amounts if not is_told(files.get(name, []), sentence, start, yuan)]
                count += 1
                good += not missing
                if missing:
                    print(f"{name[:18]} p{page}: {[str(yuan) for _, yuan in missing]} {sentence[:300]}")
            whole += count
            parts += good
            if count:
                print(f"# {name}: {good}/{count}")
    print(f"## {parts}/{whole} sentences wholly told, {100 * parts / max(whole, 1):.2f}%")


if __name__ == "__main__":
    main()
