"""What must hold of the truth rows before anything is printed: sums in rows, down trees, between sides and tables."""

from decimal import Decimal

PARTS = [  # (table ids or None for any, whole, parts)
    (None, "total", ("basic", "personnel*", "operating*", "project", "superior_remittance", "business_expenditure", "affiliate_subsidy")),
    (None, "basic", ("personnel", "operating")),
    (None, "actual", ("basic", "project", "superior_remittance", "business_expenditure", "affiliate_subsidy")),
]


def check(case, made):
    problems = []
    allowed = {tuple(x) for x in case.get("rounding", [])}          # [table id, code or item] known to be off by a unit
    tolerance = Decimal(str(case.get("tolerance_yuan", 0)))
    for record, mine in made.items():
        for table in mine["tables"]:
            if table.status != "data" or table.spec.get("unchecked"):
                continue
            rows = {}
            for side, code, item, name, column, amount, _ in table.truth:
                key = (side, code, item, name)
                while column in rows.get(key, {}) and not code.isdigit():
                    key = key[:3] + (key[3] + "'",)          # 一、一般公共预算 stands twice in a 收支总表: income and carry-over
                row = rows.setdefault(key, {})
                if column in row and not table.spec.get("repeats"):
                    problems.append(f"{table.title}: {key} {column} twice")
                row[column] = amount

            columns = {c for r in rows.values() for c in r}

            def compare(what, left, right, where=""):
                if abs(left - right) > (Decimal(100) if (table.id, where) in allowed else tolerance):
                    problems.append(f"{record} {table.title}: {what}: {left} != {right}")
            for key, row in rows.items():
                prefixes = {c.rpartition(".")[0] for c in row}
                for prefix in prefixes:
                    dot = prefix + "." if prefix else ""
                    for _, whole, parts in PARTS:
                        split = "basic" not in "".join(columns)     # 人员经费, 公用经费 and 项目支出 with no 基本支出 over them
                        parts = [p.rstrip("*") for p in parts if split or not p.endswith("*")]
                        have = [row[dot + p] for p in parts if dot + p in row]
                        if dot + whole in row and have and not table.spec.get("partial"):
                            compare(f"{key} {dot}{whole}", row[dot + whole], sum(have), key[1] or key[2])
            # trees
            codes = {(k[0], k[1]): r for k, r in rows.items() if k[1].isdigit() and k[1][0] in "235"}
            if len({k for k in codes}) == len([k for k in rows if k[1].isdigit() and k[1][0] in "235"]):
                for (side, code), row in codes.items():
                    children = [r for (s, c), r in codes.items() if s == side and len(c) == len(code) + 2 and c.startswith(code)]
                    if children:
                        for column in columns & set(row) | {c for r in children for c in r}:
                            compare(f"{code} {column} = its children", row.get(column, Decimal(0)), sum((r.get(column, Decimal(0)) for r in children), Decimal(0)), code)
                for side in {k[0] for k in rows}:
                    tops = [r for (s, c), r in codes.items() if s == side and len(c) == 3]
                    total = next((r for k, r in rows.items() if k[0] == side and k[2] in ("total", "expenditure_subtotal")), None)
                    unknown = [r for k, r in rows.items() if k[1] == "?" and k[0] == side]
                    if tops and total and not unknown and not table.spec.get("open_total"):
                        for column in set(total):
                            compare(f"total {column} = classes", total[column], sum((r.get(column, Decimal(0)) for r in tops), Decimal(0)), "total")
            # sides
            item = {(k[0], k[2]): r for k, r in rows.items() if k[2]}
            left, right = item.get(("revenue", "revenue_total")), item.get(("expenditure", "expenditure_total"))
            if left and right:
                main = "actual" if "actual" in left else "total"
                compare("revenue_total = expenditure_total", left[main], right.get(main, right.get("total", Decimal(0))))
        # the same fact in several tables
        for one, two in case.get("equal", []):
            a, b = locate(mine, one), locate(mine, two)
            if a is not None and b is not None and abs(a - b) > tolerance:
                problems.append(f"{record}: {one} {a} != {two} {b}")
    return problems


def locate(mine, path):
    """'expenditure/total/basic': table id, item or code, column."""
    table_id, row, column = path.split("/")
    for table in mine["tables"]:
        if table.id == table_id:
            for side, code, item, name, key, amount, _ in table.truth:
                if key == column and row in (code, item):
                    return amount
    return None
