"""Facts of a case: leaves of a classification with their amounts, and the little expressions that use them.

A fact table holds leaves only (7-digit function codes, 5-digit economic codes); parents and totals are sums.
Amounts are exact decimals in the unit in which the case prints them."""

import csv
import re
from decimal import Decimal, ROUND_HALF_UP
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent


def load_codes():
    names, by_name = {}, {}
    with open(HERE / "codes.tsv", encoding="utf-8") as stream:
        for row in csv.DictReader(stream, delimiter="\t"):
            names[(row["family"], row["code"])] = row["name"]
            by_name.setdefault((row["family"], row["name"]), []).append(row["code"])
    return names, by_name


NAMES, BY_NAME = load_codes()


def family_of(code):
    """1, 2 … function classes start with 2; economic classes with 3; government classes with 5."""
    return {"2": "function", "3": "economic", "5": "government"}[code[0]]


def name_of(code, renamed=None):
    code = code.split("/")[0]
    if renamed and code in renamed:
        return renamed[code]
    return NAMES[(family_of(code), code)]


def dec(text):
    return Decimal(text.replace(",", ""))


def quantize(value, places):
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def plain(value, places=2):
    return f"{quantize(value, places):f}"


def comma(value, places=2):
    return f"{quantize(value, places):,f}"


def percent(part, whole, places=2):
    return plain(Decimal(100) * part / whole, places)


class Fact:
    """rows: {code: {column: Decimal | str}}; columns whose name starts with $ hold words."""

    def __init__(self, columns, rows, renamed=None):
        self.columns = [c for c in columns if not c.startswith("$")]
        self.words = [c[1:] for c in columns if c.startswith("$")]
        self.rows = rows
        self.renamed = renamed or {}

    @classmethod
    def parse(cls, spec, renamed=None):
        columns = spec["cols"].split()
        rows = {}
        for line in spec["rows"].strip().splitlines():
            if not line.strip() or line.strip().startswith("#"):
                continue
            cells = line.split("#")[0].split()
            assert len(cells) == len(columns) + 1, (line, columns)
            row = {}
            for column, cell in zip(columns, cells[1:]):
                if column.startswith("$"):
                    row[column[1:]] = "" if cell == "-" else cell
                else:
                    row[column] = Decimal(0) if cell == "-" else dec(cell)
            assert cells[0] not in rows, cells[0]
            rows[cells[0]] = row
        return cls(columns, rows, renamed)

    @classmethod
    def sum(cls, facts):
        columns = facts[0].columns
        rows = {}
        for fact in facts:
            for code, row in fact.rows.items():
                into = rows.setdefault(code, {c: Decimal(0) for c in columns})
                for column in columns:
                    into[column] += row[column]
        return cls(columns, rows, facts[0].renamed)

    @classmethod
    def group(cls, fact, part, where=None, gov=None):
        """Rows keyed 2010301/50101/30101 grouped by one part of the key; the part `gov` is kept as a word."""
        rows = {}
        for code, row in fact.rows.items():
            if where is not None and not eval(where, {}, {**row, "code": code}):
                continue
            parts = code.split("/")
            into = rows.setdefault(parts[part], {c: Decimal(0) for c in fact.columns})
            for column in fact.columns:
                into[column] += row[column]
            if gov is not None:
                assert into.setdefault("gov", parts[gov]) == parts[gov], code
        return cls(fact.columns, rows, fact.renamed)

    def sums(self, prefix="", where=None):
        total = {c: Decimal(0) for c in self.columns}
        for code, row in self.rows.items():
            if code.startswith(prefix):
                if where is not None and not eval(where, {}, {**row, "code": code}):
                    continue
                for column in self.columns:
                    total[column] += row[column]
        return total

    def __call__(self, expression, prefix=""):
        return self.value(expression, prefix)

    def value(self, expression, prefix="", where=None):
        names = self.sums(prefix, where)
        if "total" not in names:
            names["total"] = sum(names.values(), Decimal(0))
        return Decimal(eval(expression, {}, names))

    def __getattr__(self, column):
        if column.startswith("_"):
            raise AttributeError(column)
        return self.value(column)

    def nodes(self, levels=None, where=None, flat=False):
        """Codes of the whole tree in code order, parents first; each with its level (1, 2, 3)."""
        codes = set()
        for code, row in self.rows.items():
            if where is not None and not eval(where, {}, {**row, "code": code}):
                continue
            if code[0] in "235" and code.isdigit() and not flat:
                for length in (3, 5, 7):
                    if length <= len(code):
                        codes.add(code[:length])
            else:
                codes.add(code)
        out = []
        for code in sorted(codes):
            level = {3: 1, 5: 2, 7: 3}.get(len(code), 1)
            if levels is None or level in levels:
                out.append((code, level))
        return out

    def classes(self, expression="total"):
        return [(c, name_of(c, self.renamed)) for c, level in self.nodes() if level == 1 and self.value(expression, c) != 0]


def numeral(n):
    digits = "零一二三四五六七八九十"
    if n <= 10:
        return digits[n]
    tens, ones = divmod(n, 10)
    return ("" if tens == 1 else digits[tens]) + "十" + (digits[ones] if ones else "")


def class_list(name):
    """The printed lists of function classes: they differ in length from place to place."""
    with open(HERE / "lists.tsv", encoding="utf-8") as stream:
        for line in stream:
            key, codes = line.rstrip("\n").split("\t")
            if key == name:
                return codes.split()
    raise KeyError(name)


class Environment:
    """What an expression in braces may use: the facts, the vars, and a few functions."""

    def __init__(self, case, record):
        self.case, self.record = case, record
        self.values = {
            "D": record["name"], "Y": record["year"], "LY": record["year"] - 1,
            "pct": percent, "n": plain, "c": comma, "abs": abs, "sum": sum,
            "w": lambda x, places=0: comma(x / 10000, places),
            "listed": self.listed, "Dec": Decimal, "plus": lambda x: "增加" if x >= 0 else "减少",
        }
        for key, value in record.get("vars", {}).items():
            self.values[key] = value
        for name, fact in case["fact_tables"](record["id"]).items():
            self.values[name] = fact
        for source in (case.get("vars", {}), case.get("vars_of", {}).get(record["id"], {})):
            for key, expression in source.items():
                self.values[key] = self.evaluate(expression) if isinstance(expression, str) else Decimal(str(expression))

    def listed(self, fact, expression, pattern, glue="；", places=2, whole=None):
        """A sentence part for each class present: {name} {amount} {percent}."""
        total = whole if whole is not None else fact.value(expression)
        parts = []
        for code, name in fact.classes(expression):
            value = fact.value(expression, code)
            parts.append(pattern.replace("NAME", name).replace("AMOUNT", plain(value, places)).replace("COMMA", comma(value, places))
                         .replace("PERCENT", percent(value, total)).replace("WAN", comma(value / 10000, 0)))
        return glue.join(parts)

    def evaluate(self, expression):
        return eval(expression, {"__builtins__": {}}, self.values)

    def fill(self, text, number=plain):
        def one(match):
            value = self.evaluate(match.group(1))
            return number(value) if isinstance(value, Decimal) else str(value)
        return re.sub(r"\{([^{}]+)\}", one, text)
