"""绩效目标 forms: one layout function for each city's form, fed from [form.*] of case.toml."""

from .model import Table, merge


def rows_of(text):
    return [[c.strip() for c in line.split("|")] for line in text.strip().splitlines()]


def shanxi(form, env):
    """大同: eight columns, 实施期 at the left, 年度 at the right; 实施期 = `years` times the year where not given."""
    year = form["annual"]
    total = form.get("amount", {k: v * form.get("years", 3) for k, v in year.items() if v is not None})
    money = lambda d, k: "" if d.get(k) is None else f"{d[k]:,}"
    grid = [["项目名称", "<", form["project"], "<", "<", "<", "<", "<"],
            ["主管部门及代码", "<", form["department"], "<", "实施单位", "<", form["unit"], "<"],
            ["项目属性", "<", form["attribute"], "<", "项目期", "<", form["period"], "<"]]
    names = [("total", "资金总额："), ("central", "其中：中央财政资金"), ("provincial", "省级财政资金"), ("local", "市县（区）财政资金"), ("self_raised", "单位自筹"), ("other", "其他资金")]
    for i, (key, label) in enumerate(names):
        left = "实施期" + label if key == "total" else label
        right = "年度" + label if key == "total" else label
        grid.append(["项目资金（元）" if i == 0 else "^", "<" if i == 0 else "^", left, money(total, key), right, "<", money(year, key), "<"])
    for key, label in (("overview", "项目概况"), ("basis", "立项依据"), ("necessity", "项目设立必要性"), ("measures", "保证项目实施的制度、措施"), ("plan", "项目实施计划")):
        grid.append([label, "<", form[key], "<", "<", "<", "<", "<"])
    grid.append(["总体目标", "实施期目标", "<", "<", "年度目标", "<", "<", "<"])
    grid.append(["^", form["goal"], "<", "<", form["annual_goal"], "<", "<", "<"])
    grid.append(["绩效指标", "一级指标", "二级指标", "三级指标", "指标值", "二级指标", "三级指标", "指标值"])
    last1 = last2 = lasta = None
    for one, two, three, value, a_three, a_value in rows_of(form["indicators"]):
        first = "^" if one == last1 else one
        second = "^" if (one, two) == last2 else two
        grid.append(["^", first, second, three, value, second, a_three, a_value])
        last1, last2 = one, (one, two)
    grid.append(["负责人：", "略", "经办人：", "略", "联系电话：", "略", "填报日期：", form.get("date", "")])
    table = Table({"size": 8, "style": "grid", "form": True, "newpage": True}, form["title"], "", ["", form["subtitle"], ""], [], merge(grid, "text"), [], [4, 5, 7, 11, 6, 7, 11, 6])
    for row in table.body:
        for cell in row:
            if cell and len(cell.text) <= 12 and "\n" not in cell.text:
                cell.kind = "mid"
    return table, total, year


def simple(form, env):
    """项目支出绩效目标表 as in most cities: name, department, money with funds, goal, three levels and a value."""
    year = form["annual"]
    fmt = lambda k: "" if year.get(k) is None else f"{year[k]:,.2f}" if isinstance(year[k], float) else f"{year[k]:,}"
    grid = [["项目名称", "<", form["project"], "<", "<"],
            ["主管部门", "<", form["department"], "实施单位", form["unit"]]]
    for i, (key, label) in enumerate((("total", "年度资金总额"), ("fiscal", "其中：财政拨款"), ("other", "其他资金"))):
        grid.append([f"项目资金（{form['money']}）" if i == 0 else "^", "<" if i == 0 else "^", label, "<", fmt(key)])
    grid.append(["年度总体目标", "<", form["annual_goal"], "<", "<"])
    grid.append(["绩效指标", "一级指标", "二级指标", "三级指标", "指标值"])
    last1 = last2 = None
    for one, two, three, value in rows_of(form["indicators"]):
        grid.append(["^", "^" if one == last1 else one, "^" if (one, two) == last2 else two, three, value])
        last1, last2 = one, (one, two)
    table = Table({"size": 9, "style": "grid", "form": True, "newpage": form.get("newpage", True)}, form["title"], form.get("label", ""), ["", form["subtitle"], ""], [], merge(grid, "text"), [], [4, 7, 9, 15, 12])
    for row in table.body:
        for cell in row:
            if cell and len(cell.text) <= 14:
                cell.kind = "mid"
    return table, None, year


def whole(form, env):
    """部门整体支出绩效目标表: the money of a whole department, its goal and tasks, indicators with weights."""
    year = form["annual"]
    grid = [["部门（单位）名称", "<", form["department"], "<", "<", "<"],
            ["部门预算总额（万元）", "<", "合计", "基本支出", "项目支出", "<"],
            ["^", "^", *(f"{year[k]:,.2f}" for k in ("total", "basic", "project")), "<"],
            ["年度总体目标", "<", form["annual_goal"], "<", "<", "<"],
            ["年度绩效指标", "一级指标", "二级指标", "三级指标", "指标值", "分值"]]
    last1 = last2 = None
    for one, two, three, value, weight in rows_of(form["indicators"]):
        grid.append(["^", "^" if one == last1 else one, "^" if (one, two) == last2 else two, three, value, weight])
        last1, last2 = one, (one, two)
    table = Table({"size": 9, "style": "grid", "form": True, "newpage": True}, form["title"], form.get("label", ""), ["", form["subtitle"], ""], [], merge(grid, "text"), [], [5, 7, 9, 14, 9, 5])
    for row in table.body:
        for cell in row:
            if cell and len(cell.text) <= 14:
                cell.kind = "mid"
    return table, None, year


LAYOUTS = {"shanxi": shanxi, "simple": simple, "whole": whole}


def build(case, name, env):
    form = {**case["form"].get("common", {}), **case["form"][name]}
    form = {k: env.fill(v) if isinstance(v, str) else v for k, v in form.items()}
    table, total, year = LAYOUTS[form["layout"]](form, env)
    table.toc = False
    factor = 10000 if form.get("money") == "万元" else 1
    truth = {"project": form.get("project"), "scope": form.get("scope", "project"), "unit_printed": form.get("money", "元"),
             "amount_total": f"{total['total'] * factor:.2f}" if total else None,
             "annual_amount_total": f"{year['total'] * factor:.2f}", "indicators": len(rows_of(form["indicators"]))}
    return {"table": table, "truth": truth}
