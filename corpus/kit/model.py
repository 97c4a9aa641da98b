"""Tables of a case: from its annotated specification to cells with spans, and at the same time to truth rows.

A specification names the canonical id, the unit and for every column a key; so what a printed number is, is known
before it is printed. Key tokens of a column (see README for the whole list):

  code name total …     canonical keys            R:key / E:key   the same on the revenue / expenditure side
  lei kuan xiang        the code in three columns 1:key 2:key     side-by-side blocks
  codename              code and name in one cell @item:key       a 三公 heading across the page (key: total if left out)
  -                     printed, but no data (行次, serial numbers)    words:key    words that the truth does not compare
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal

from . import facts

WORD_KEYS = {"code", "name", "lei", "kuan", "xiang", "codename", "government_code", "government_name", "glei", "gkuan",
             "unit_code", "unit_name", "note", "-", "words", "rowkey", "govcodename", "econcodename"}

ITEMS = {
    "合计": "total", "本年收入合计": "revenue_subtotal", "本年收入": "revenue_subtotal", "本年支出合计": "expenditure_subtotal",
    "本年支出": "expenditure_subtotal", "R:总计": "revenue_total", "E:总计": "expenditure_total", "收入总计": "revenue_total", "支出总计": "expenditure_total",
}
THREE_PUBLIC = {
    "合计": "total", "因公出国（境）费": "abroad", "因公出国（境）费用": "abroad", "因公出国（境）支出": "abroad", "公务接待费": "reception", "公务接待费支出": "reception",
    "公务用车购置及运行费": "vehicle", "公务用车购置及运行维护费": "vehicle", "公务用车购置及运行维护支出": "vehicle",
    "公务用车购置费": "vehicle_purchase", "公务用车运行维护费": "vehicle_operation", "公务用车运行费": "vehicle_operation",
    "会议费": "meeting", "培训费": "training", "“三公”经费": "total", "“三公”经费合计": "total", "机关运行经费": "agency_operating",
}


@dataclass
class Cell:
    text: str = ""
    cs: int = 1
    rs: int = 1
    kind: str = "text"          # head | num | text | code | label (a bold total) | plain (no border)
    indent: float = 0
    bold: bool = False


@dataclass
class Table:
    spec: dict
    title: str
    label: str
    info: list
    head: list                   # rows of Cell | None (covered)
    body: list
    notes: list
    widths: list
    truth: list = field(default_factory=list)
    id: str = ""
    unit: str = ""
    status: str = "data"
    record: str = ""

    @property
    def ncols(self):
        return len(self.widths)


def merge(rows, kind="head"):
    """'<' belongs to the cell at its left, '^' to the cell above."""
    width = max(len(r) for r in rows)
    owner = {}
    for r, row in enumerate(rows):
        assert len(row) == width, (width, row)
        for c, text in enumerate(row):
            if text == "<":
                owner[r, c] = owner[r, c - 1]
            elif text == "^":
                owner[r, c] = owner[r - 1, c]
            else:
                owner[r, c] = (r, c)
    out = [[None] * width for _ in rows]
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if owner[r, c] == (r, c):
                mine = [k for k, v in owner.items() if v == (r, c)]
                out[r][c] = Cell(text.replace("\\n", "\n"), cs=max(k[1] for k in mine) - c + 1, rs=max(k[0] for k in mine) - r + 1, kind=kind)
    return out


def split_line(line):
    return [c.strip() for c in line.split("|")]


def clean_name(text):
    """The name without enumerators and padding, as the contract wants it."""
    text = re.sub(r"[\s　]+", "", text)
    while True:
        cut = re.sub(r"^(其中[：:]|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\([一二三四五六七八九十]+\)|（\d+）|\(\d+\)|\d+[.．、]|[①-⑳])", "", text)
        if cut == text:
            return text
        text = cut


def parse_key(token):
    block, key, item = "", token, None
    if token.startswith("@"):
        item, _, key = token[1:].partition(":")
        return "", key or "total", item
    match = re.match(r"^([RE]|\d+):(.+)$", token)
    if match:
        block, key = match.groups()
    if key.startswith("words"):
        key = "words"
    return block, key, item


class Builder:
    def __init__(self, case, name, record_id, env):
        self.case, self.env, self.record_id = case, env, record_id
        self.spec = dict(case["table"][name])
        while "like" in self.spec:
            like = self.spec.pop("like")
            self.spec = {**case["table"][like], **self.spec}
        self.keys = [parse_key(k) for k in self.spec["keys"].split()]
        fmt = str(self.spec.get("fmt", case.get("fmt", "2")))
        self.comma = fmt.endswith(",")
        self.places = int(fmt.rstrip(","))
        self.scale = Decimal(str(self.spec.get("scale", "1")))
        self.zero = self.spec.get("zero", case.get("zero", ""))
        self.exprs = self.spec.get("expr", {})
        self.own = {}                       # last 类, 款 seen, for codes that each row only half prints

    # numbers ------------------------------------------------------------------------------------------------
    def number(self, value):
        value = value / self.scale
        if value == 0:
            return self.zero
        return (facts.comma if self.comma else facts.plain)(value, self.places)

    def fill(self, text):
        return self.env.fill(text, self.number)

    # rows ---------------------------------------------------------------------------------------------------
    def node_cells(self, fact, code, level, block, where=None, label=None, enum=""):
        """The cells of one node of a classification for the columns of one block."""
        out = []
        indent = self.spec.get("indent", 0) * (level - 1)
        name = label or facts.name_of(code, fact.renamed) if code and code[0] in "235" else (label or fact.rows.get(code, {}).get("name", ""))
        for b, key, item in self.keys:
            if b != block:
                continue
            cell = Cell()
            split = self.spec.get("split", "cumulative")
            if key == "code":
                cell = Cell(code, kind="code", indent=indent if self.spec.get("indent_code") else 0)
            elif key == "name":
                cell = Cell(enum + name, indent=indent, bold=level == 1 and bool(self.spec.get("bold1")))
            elif key in ("lei", "kuan", "xiang"):
                at = ("lei", "kuan", "xiang").index(key) + 1
                piece = [code[:3], code[3:5], code[5:7]][at - 1]
                shown = at <= level if split == "cumulative" else at == level or (split == "mixed" and level == 3)
                cell = Cell(piece if shown else "", kind="code")
            elif key == "codename":
                cell = Cell(self.spec.get("codename", "[{c}]{n}").replace("{c}", code.split("/")[0]).replace("{n}", name), indent=indent)
            elif "/" in code and key in ("govcodename", "econcodename"):
                one = code.split("/")[1 if key == "govcodename" else 2]
                cell = Cell(one + "-" + facts.name_of(one, fact.renamed))
            elif key in ("government_code", "government_name", "glei", "gkuan", "govcodename"):
                gov = fact.rows.get(code, {}).get("gov", "")
                text = {"government_code": gov, "government_name": gov and facts.name_of(gov), "glei": gov[:3], "gkuan": gov[3:5],
                        "govcodename": gov and gov + "-" + facts.name_of(gov)}[key]
                cell = Cell(text, kind="text" if key in ("government_name", "govcodename") else "code")
            elif key in WORD_KEYS:
                cell = Cell(fact.rows.get(code, {}).get(key, "") if key in fact.words else "")
            else:
                expression = self.exprs.get(key, key)
                if expression == "":
                    cell = Cell("", kind="num")
                else:
                    value = fact.value(expression, code, where)
                    cell = Cell(self.number(value), kind="num")
            out.append(cell)
        return out

    def literal_cells(self, line, block):
        texts = split_line(line)
        keys = [k for k in self.keys if block is None or k[0] == block]
        assert len(texts) == len(keys), (self.spec["title"], len(keys), texts)
        cells = []
        for text, (b, key, item) in zip(texts, keys):
            text = self.fill(text) if "{" in text else text
            amount = key not in WORD_KEYS
            indent = len(re.match(r"^_*", text).group(0)) if not amount else 0
            cells.append(Cell(text.lstrip("_") if not amount else text, kind="num" if amount else ("code" if key in ("code", "lei", "kuan", "xiang", "-") else "text"), indent=indent))
        return cells

    def expand(self, text, block=None):
        """Lines of a rows specification → list of (cells, meta)."""
        out = []
        for line in text.strip().splitlines():
            line = line.strip()
            if not line or line.startswith("# "):
                continue
            if line.startswith("="):
                words = line[1:].split()
                options = dict(w.split("=", 1) for w in words if "=" in w)
                words = [w for w in words if "=" not in w]
                what = words[0]
                if what == "tree":
                    fact = self.env.values[words[1]]
                    levels = [int(x) for x in options["levels"].split(",")] if "levels" in options else None
                    where, count = options.get("where"), 0
                    for code, level in fact.nodes(levels, where, bool(options.get("flat"))):
                        if "under" in options and not any(code.startswith(u) for u in options["under"].split(",")):
                            continue
                        count += level == 1
                        enum = facts.numeral(count) + "、" if options.get("enum") and level == 1 else ""
                        out.append((self.node_cells(fact, code, level, block or "", where, enum=enum), {"code": code, "level": level, "name": None}))
                elif what == "total":
                    fact = self.env.values[words[1]]
                    out.append((self.total_cells(fact, words[2], block or "", options.get("where")), {"code": "", "name": clean_name(words[2]), "item": "total"}))
                elif what == "classes":
                    fact = self.env.values[words[2]]
                    style = options.get("enum", "、")
                    for i, code in enumerate(facts.class_list(words[1]), 1):
                        if i < int(options.get("from", 1)):
                            continue
                        enum = {"、": facts.numeral(i) + "、", "arabic": f"{i}、"}.get(style, f"（{facts.numeral(i)}）")
                        cells = self.node_cells(fact, code, 1, block, enum=enum)
                        if options.get("rowno"):
                            for cell, key in zip(cells, [k for k in self.keys if k[0] == block]):
                                if key[1] == "-":
                                    cell.text, cell.kind = str(int(options["rowno"]) + i - 1), "code"
                        out.append((cells, {"code": code, "name": facts.name_of(code, fact.renamed), "byname": True}))
                elif what == "numbered":                       # empty rows that carry a 行次 only
                    for n in range(int(words[1]), int(words[2]) + 1):
                        cells = [Cell(str(n) if k[1] == "-" else "", kind="code" if k[1] == "-" else "num") for k in self.keys if k[0] == block]
                        out.append((cells, {}))
                elif what == "present":
                    fact = self.env.values[words[1]]
                    style = options.get("enum", "、")
                    for i, (code, name) in enumerate(fact.classes(), 1):
                        enum = {"、": facts.numeral(i) + "、", "none": ""}.get(style, f"（{facts.numeral(i)}）")
                        out.append((self.node_cells(fact, code, 1, block, enum=enum), {"code": code, "name": name, "byname": True}))
                else:
                    raise ValueError(line)
            else:
                meta, line = self.prefix(line)
                out.append((self.literal_cells(line, block), meta))
        return out

    def total_cells(self, fact, label, block, where):
        cells = self.node_cells(fact, "", 1, block, where, label=label)
        keys = [k for k in self.keys if k[0] == block]
        words = [i for i, k in enumerate(keys) if k[1] in WORD_KEYS]
        place = next(i for i, k in enumerate(keys) if k[1] in ("name", "codename", "unit_name"))
        for i in words:
            cells[i].text = ""
        first = words[0] if self.spec.get("span_total", True) else place
        last = first
        while last + 1 in words and self.spec.get("span_total", True):
            last += 1
        cells[first].text, cells[first].kind = self.spec.get("total_label", label), "label"
        if self.spec.get("span_total", True) and last > first:
            cells[first].cs = last - first + 1
            for i in range(first + 1, last + 1):
                cells[i] = None
        return cells

    def rows(self):
        """Body rows as (cells over all columns, [(block, meta)])."""
        text = self.spec["rows"]
        blocks = []
        for b, _, _ in self.keys:
            if b not in blocks:
                blocks.append(b)
        if blocks == [""]:
            return [(cells, [("", meta)]) for cells, meta in self.expand(text, "")]
        out, mode, parts = [], None, {}
        buffer = []

        def close():
            columns = [self.expand("\n".join(parts[b]), b) if parts.get(b) else [] for b in blocks]
            width = {b: len([k for k in self.keys if k[0] == b]) for b in blocks}
            for i in range(max(len(c) for c in columns)):
                cells, metas = [], []
                for b, column in zip(blocks, columns):
                    if i < len(column):
                        cells += column[i][0]
                        metas.append((b, column[i][1]))
                    else:
                        cells += [Cell("", kind="num" if k[1] not in WORD_KEYS else "text") for k in self.keys if k[0] == b]
                        metas.append((b, None))
                out.append((cells, metas))

        for line in text.strip().splitlines():
            word = line.strip()
            if word.startswith("=block "):
                mode = word.split()[1]
                parts.setdefault(mode, [])
            elif word == "=end":
                close()
                mode, parts = None, {}
            elif mode is not None:
                parts[mode].append(line)
            elif word:
                meta, word = self.prefix(word)
                out.append((self.literal_cells(word, None), [(b, meta) for b in blocks]))
        if mode is not None:
            close()
        return out

    @staticmethod
    def prefix(line):
        """'!prior_year …' gives the row's column key; '!name3=公用经费合计 …' a name for block 3 that a merged cell hides."""
        if not line.startswith("!"):
            return {}, line
        word, line = line[1:].split(" ", 1)
        if word == "-":                                           # counts, not money
            return {"skip": True}, line
        if "=" in word:
            return {"given": dict(w.split("=", 1) for w in word.split(","))}, line
        return {"rowkey": word}, line

    # truth --------------------------------------------------------------------------------------------------
    def truth_rows(self, rows):
        out = []
        factor = {"元": Decimal(1), "千元": Decimal(1000), "万元": Decimal(10000), "亿元": Decimal(10) ** 8, None: Decimal(1)}[self.spec.get("truth_unit", self.spec.get("unit"))]
        items = {**(THREE_PUBLIC if self.spec["id"] == "three_public" else ITEMS), **self.spec.get("items", {})}
        last_group = {}
        for cells, metas in rows:
            for block, meta in metas:
                if meta is None or meta.get("skip"):
                    continue
                mine = [(k, c) for k, c in zip(self.keys, cells) if k[0] == block]
                word = {}
                for (b, key, item), cell in mine:
                    if cell is not None and key in WORD_KEYS and cell.text:
                        word.setdefault(key, cell.text)
                code, name = self.identify(meta, word, block)
                name = meta.get("given", {}).get("name" + block, name)
                item = meta.get("item") or items.get(f"{block}:{name}", items.get(name, ""))
                side = {"R": "revenue", "E": "expenditure", **self.spec.get("sides", {})}.get(block, "")
                for (b, key, across), cell in mine:
                    if cell is None or key in WORD_KEYS or not re.search(r"\d", cell.text):
                        continue
                    column = meta.get("rowkey") or key
                    if column.endswith("percent") or column == "?":
                        continue
                    amount = facts.dec(cell.text.replace("\n", "").replace("%", "")) * factor
                    out.append((side, "?" if across else code, across or item, "?" if across else name, column, amount, cell.text))
        return out

    def identify(self, meta, word, block):
        if meta.get("code") or meta.get("item") == "total":
            code = meta["code"].split("/")[0]
            name = meta.get("name")
            if name is None:
                fact_name = word.get("name") or word.get("codename") or ""
                name = clean_name(fact_name) if word.get("name") else facts.name_of(code, self.case.get("renamed")) if code[0] in "235" else fact_name
            if meta.get("byname"):
                unique = facts.BY_NAME.get(("function", name), [])
                code = code if unique == [code] else "?"
            elif code and not ({"code", "lei", "codename", "1:code"} & {k[1] for k in self.keys if k[0] == block}):
                unique = facts.BY_NAME.get((facts.family_of(code), name), [])
                code = code if unique == [code] and (len(code) == 3 or code[0] == "3") else "?"
            return code, name
        name = clean_name(word.get("name") or word.get("codename") or "")
        code = word.get("code", "")
        first = next(iter(word.values()), "")                     # 合计 reaches over the code or unit columns as well
        if not name and clean_name(first) in ("合计", "收入总计"):
            name, code = clean_name(first), ""
        if code and not code.isdigit():
            code = ""
        glued = re.match(r"^\[?(\d{3,7})[\]-](.+)$", name)
        if glued and not code:
            code, name = glued.groups()
        if not code and "lei" in word:
            code = word["lei"] + word.get("kuan", "") + word.get("xiang", "")
        if "unit_code" in word and not code:
            code = "?"
        family = self.spec.get("lookup")
        if family == "function" and block == "R":
            family = None
        if not code and family == "any" and meta.get("item") != "total" and name != "合计":
            code = "?"
        if not code and block in self.spec.get("sides", {}) and name:
            code = "?"
        if not code and family and name in self.case.get("renamed", {}).values():
            code = "?"                                            # a former name of a class: the codebook may or may not know it
        full = name.replace("(", "（").replace(")", "）")
        if not code and family and (family, full) in facts.BY_NAME:
            found = facts.BY_NAME[family, full]
            code = found[0] if len(found) == 1 else "?"
        if "unit_name" in word and not name:                      # a row that is a unit: unit_name says which, not name
            named = clean_name(word["unit_name"])
            return "?", named if named in ITEMS or named in self.spec.get("items", {}) else "?"
        if name == "" and code in ("", "?"):
            name = "?"
        return code, name

    # the whole ------------------------------------------------------------------------------------------------
    def build(self):
        rows = self.rows()
        head = merge([split_line(self.fill(line)) for line in self.spec["head"].strip().splitlines()]) if self.spec.get("head") else []
        body = [cells for cells, _ in rows]
        spec = self.spec
        for cells in body:                                        # '<' in a row: the cell at its left reaches over it
            for i, cell in enumerate(cells):
                if cell is not None and cell.text == "<":
                    owner = max(k for k in range(i) if cells[k] is not None)
                    cells[owner].cs += 1
                    cells[owner].kind = "label"
                    cells[i] = None
        for cells in body:                                        # a label such as 本年收入合计 stands in the middle
            for cell, key in zip(cells, self.keys):
                if cell is not None and cell.kind == "text" and key[1] in ("name", "codename") and clean_name(cell.text) in ITEMS and not re.match("[一二（]", cell.text):
                    cell.kind = "label"
                    if spec.get("spaced"):
                        cell.text = spec["spaced"].join(cell.text)
        for r, cells in enumerate(body):                          # '^': the cell above reaches down over it
            for i, cell in enumerate(cells):
                if cell is not None and cell.text == "^":
                    owner = max(k for k in range(r) if body[k][i] is not None)
                    body[owner][i].rs += 1
                    cells[i] = None
        widths = [float(x) for x in spec["widths"].split()] if "widths" in spec else self.auto_widths(head, body)
        table = Table(spec, self.fill(spec["title"]), self.fill(spec.get("label", "")), [self.fill(x.strip()) for x in spec.get("info", self.case.get("info", "")).split("||")],
                      head, body, [self.fill(x) for x in spec.get("note", "").strip().splitlines()], widths)
        if "unit" in spec:
            table.info = [x.replace("UNIT", spec["unit"]) for x in table.info]
        if spec.get("spaced_title"):
            table.title = " ".join(table.title)
        if spec.get("repeat_total"):                              # 合计 stands under the header of every page
            table.head.append(table.body.pop(0))
        table.id, table.unit, table.record = spec.get("id", ""), spec.get("unit"), self.record_id
        table.truth = self.truth_rows(rows) if spec.get("id") else []
        table.status = spec.get("status") or ("data" if table.truth else "no_data")
        for r, row in enumerate(head + body):
            covered = sum(c.cs for c in row if c is not None)
            assert len(row) == len(widths), (spec["title"], len(row), len(widths), [c and c.text for c in row])
        return table

    def auto_widths(self, head, body):
        widths = [4.0] * len(self.keys)
        for row in head + body:
            for c, cell in enumerate(row):
                if cell is not None and cell.cs == 1:
                    longest = max((sum(1 if ord(ch) > 255 else 0.55 for ch in part) for part in cell.text.split("\n")), default=0)
                    limit = 17 if cell.kind in ("text", "label") else 6.5 if cell.kind == "head" else 12
                    widths[c] = max(widths[c], min(longest + cell.indent + 0.8, limit))
        return widths
