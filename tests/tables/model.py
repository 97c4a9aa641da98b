"""Tables of other fields with what is truly in them: the content, which knows nothing of how it will be set."""
import random
from dataclasses import dataclass, field


@dataclass
class Cell:
    row: int
    col: int
    rowspan: int
    colspan: int
    text: str


@dataclass
class Table:
    cols: int
    aligns: str                      # for each column l, r, c, p (a cell of several lines)
    head: list = field(default_factory=list)   # rows of (text, rowspan, colspan), None where a span covers
    body: list = field(default_factory=list)   # rows of texts; one text alone is a heading over the whole row
    caption: str = ""
    notes: list = field(default_factory=list)
    indents: list = field(default_factory=list)  # for each row of the body

    def cells(self):
        """Cells in rows, those with text first told; a row of one text lies over all columns."""
        out = []
        for r, row in enumerate(self.head):
            for c, item in enumerate(row):
                if item is not None:
                    out.append(Cell(r, c, item[1], item[2], item[0]))
        for r, row in enumerate(self.body):
            if len(row) == 1:
                out.append(Cell(len(self.head) + r, 0, 1, self.cols, row[0]))
            else:
                out += [Cell(len(self.head) + r, c, 1, 1, text) for c, text in enumerate(row)]
        return out


REGIONS = """Alvania, Borduria, Carpathia, Drachma, Elbonia, Freedonia, Grand Fenwick, Hav, Illyria, Jotunn Isles, Krakozhia, Latveria,
Markovia, Nambutu, Orsinia, Pottsylvania, Qumar, Ruritania, San Marcos, Tazbekistan, Uqbar, Vulgaria, Wadiya, Yerba Buena, Zubrowka""".replace("\n", " ").split(", ")
WORDS = """measure survey annual estimate regional average method sample weighted support household income policy transport energy
water school health programme review level change quarter national public service local record land crop forest river
industry labour output price index demand supply credit trade export import capital loan balance reserve""".split()
ITEMS = """Cash and equivalents, Trade receivables, Inventories, Prepaid expenses, Other current assets, Property and plant, Goodwill,
Intangible assets, Deferred tax assets, Trade payables, Accrued liabilities, Lease liabilities, Long-term debt, Share capital,
Retained earnings, Revenue, Cost of sales, Selling expenses, Administrative expenses, Research costs, Interest income, Income tax""".replace("\n", " ").split(", ")
SPECIES = """Parus major, Turdus merula, Sitta europaea, Corvus corax, Strix aluco, Apus apus, Alauda arvensis, Pica pica, Passer
domesticus, Anas crecca, Larus canus, Sterna hirundo""".replace("\n", " ").split(", ")
METHODS = ["Baseline", "Linear", "Ridge", "Forest", "Boosting", "CNN-small", "CNN-large", "LSTM", "Transformer", "Ensemble", "Ours (full)", "Ours (no aug.)"]


def sentence(rng, low=8, high=18):
    words = [rng.choice(WORDS) for _ in range(rng.randint(low, high))]
    return words[0].capitalize() + " " + " ".join(words[1:]) + "."


def prose(rng, sentences=5):
    return " ".join(sentence(rng) for _ in range(sentences))


def number(rng, kind):
    if kind == "int":
        return f"{rng.randint(1, 99999):,}"
    if kind == "dec":
        return f"{rng.uniform(0, 100):.1f}"
    if kind == "dec3":
        return f"{rng.uniform(0, 1):.3f}"
    if kind == "pct":
        return f"{rng.uniform(0, 100):.1f}%"
    if kind == "neg":
        value = rng.randint(-9999, 9999)
        return f"({-value:,})" if value < 0 else f"{value:,}"
    if kind == "minus":
        return f"{rng.uniform(-20, 20):.2f}"
    if kind == "pm":
        return f"{rng.uniform(10, 90):.1f} ± {rng.uniform(0, 5):.1f}"
    if kind == "mixed":
        return rng.choice([f"{rng.randint(1, 9999):,}", f"{rng.uniform(0, 9):.2f}", "n/a", "-", ".."])
    if kind == "money":
        return f"${rng.randint(1, 99999):,}"
    if kind == "stars":
        return f"{rng.uniform(-2, 2):.3f}" + rng.choice(["", "*", "**", "***"])
    raise ValueError(kind)


def years(rng, n):
    first = rng.randint(1995, 2015)
    return [str(first + i) for i in range(n)]


def simple(rng, rows=None, cols=None, kind=None):
    """One line of head, a name, numbers."""
    n, m = rows or rng.randint(4, 14), cols or rng.randint(2, 6)
    kind = kind or rng.choice(["int", "dec", "pct", "neg", "minus", "mixed", "dec3"])
    table = Table(m + 1, "l" + "r" * m, caption="Selected figures by region")
    table.head = [[(rng.choice(["Region", "Country", "Area"]), 1, 1)] + [(y, 1, 1) for y in years(rng, m)]]
    table.body = [[name] + [number(rng, kind) for _ in range(m)] for name in rng.sample(REGIONS, n)]
    return table


def spanning(rng, levels=2, rows=None, multirow=True):
    """Heads two or three deep."""
    groups = rng.sample(["Men", "Women", "Both sexes", "Urban", "Rural", "Exports", "Imports", "Agriculture", "Industry"], rng.randint(2, 3))
    per, n = rng.randint(2, 3), rows or rng.randint(4, 12)
    subs = rng.sample(["Number", "Share", "Mean", "Rate", "Index", "Total"], per)
    m = len(groups) * per
    table = Table(m + 1, "l" + "r" * m, caption="Distribution by group and measure")
    stub = rng.choice(["Region", "Country", "Area"])
    rows_of_head = []
    if levels == 3:
        rows_of_head.append([(f"All figures for the period {rng.choice('ABC')}", 1, m)] + [None] * (m - 1))
    line = []
    for group in groups:
        line += [(group, 1, per)] + [None] * (per - 1)
    rows_of_head.append(line)
    rows_of_head.append([(s, 1, 1) for _ in groups for s in subs])
    depth = len(rows_of_head)
    for i, row in enumerate(rows_of_head):
        if multirow:
            row.insert(0, (stub, depth, 1) if i == 0 else None)
        else:
            row.insert(0, (stub if i == depth - 1 else "", 1, 1))
    table.head = rows_of_head
    kind = rng.choice(["int", "dec", "neg", "minus"])
    table.body = [[name] + [number(rng, kind) for _ in range(m)] for name in rng.sample(REGIONS, n)]
    return table


def sections(rng, full=True):
    """Headings within the body and indented names below them."""
    m = rng.randint(2, 4)
    table = Table(m + 1, "l" + "r" * m, caption="Statement of position at year end")
    table.head = [[("", 1, 1)] + [(y, 1, 1) for y in years(rng, m)]]
    for title in rng.sample(["Current assets", "Non-current assets", "Liabilities", "Equity", "Operations"], rng.randint(2, 3)):
        table.body.append([title] if full else [title] + [""] * m)
        table.indents.append(0)
        for name in rng.sample(ITEMS, rng.randint(2, 4)):
            table.body.append([name] + [number(rng, "neg") for _ in range(m)])
            table.indents.append(1)
        table.body.append(["Total " + title.lower()] + [number(rng, "int") for _ in range(m)])
        table.indents.append(0)
    return table


def wrapped(rng, rows=None, words=(4, 12)):
    """Cells with sentences."""
    n = rows or rng.randint(3, 7)
    table = Table(4, "lppr", caption="Measures, their purpose and cost")
    table.head = [[("Code", 1, 1), ("Measure", 1, 1), ("Purpose", 1, 1), ("Cost", 1, 1)]]
    for i in range(n):
        table.body.append([f"M{rng.randint(10, 99)}", sentence(rng, *words)[:-1], sentence(rng, *words), number(rng, "int")])
    return table


def text_only(rng, rows=None):
    n = rows or rng.randint(4, 9)
    table = Table(3, "lll", caption="Species recorded")
    table.head = [[("Species", 1, 1), ("Habitat", 1, 1), ("Status", 1, 1)]]
    for name in rng.sample(SPECIES, n):
        table.body.append([name, rng.choice(WORDS) + " " + rng.choice(WORDS), rng.choice(["breeding", "passage", "winter visitor", "resident"])])
    return table


def results(rng):
    """A paper's results."""
    m = rng.randint(3, 5)
    table = Table(m + 1, "l" + "c" * m, caption="Comparison of methods on the test split")
    names = rng.sample(["Acc.", "Prec.", "Recall", "F1", "AUC", "RMSE", "Params (M)"], m)
    table.head = [[("Method", 1, 1)] + [(x, 1, 1) for x in names]]
    kind = rng.choice(["dec", "dec3", "pm", "stars"])
    table.body = [[name] + [number(rng, kind) for _ in range(m)] for name in rng.sample(METHODS, rng.randint(4, 8))]
    return table


def sparse(rng):
    """Empty cells, and a column with a head and nothing below it."""
    table = simple(rng, rows=rng.randint(6, 12), cols=rng.randint(4, 6), kind="dec")
    for row in table.body:
        for c in range(1, table.cols):
            if rng.random() < 0.3:
                row[c] = ""
    blank = rng.randint(1, table.cols - 1)
    for row in table.body:
        row[blank] = ""
        if not any(row[1:]):
            row[1 if blank != 1 else 2] = number(rng, "dec")
    return table


def units(rng):
    """A row of units below the head, notes below the table."""
    table = simple(rng, cols=4, kind="mixed")
    table.head[0] = [("Site", 1, 1), ("Flow", 1, 1), ("Depth", 1, 1), ("Load", 1, 1), ("Area", 1, 1)]
    table.head.append([("", 1, 1), ("(m3/s)", 1, 1), ("(m)", 1, 1), ("(kg)", 1, 1), ("(ha)", 1, 1)])
    table.notes = ["Source: " + sentence(rng), "1 Provisional. " + sentence(rng)]
    return table


def invoice(rng):
    table = Table(5, "llrrr", caption="")
    table.head = [[("Item", 1, 1), ("Description", 1, 1), ("Qty", 1, 1), ("Unit price", 1, 1), ("Amount", 1, 1)]]
    for _ in range(rng.randint(3, 8)):
        table.body.append([f"{rng.randint(1000, 9999)}", rng.choice(WORDS).capitalize() + " " + rng.choice(WORDS), str(rng.randint(1, 40)),
                           f"{rng.uniform(1, 400):.2f}", f"{rng.uniform(1, 4000):,.2f}"])
    return table


def longheads(rng):
    """Heads of several lines over narrow columns."""
    table = simple(rng, cols=4, kind="dec")
    table.head[0] = [("Region", 1, 1)] + [(f"{a} {b} {c}", 1, 1) for a, b, c in zip(rng.sample(["Average", "Share of", "Total", "Median"], 4),
                     rng.sample(["household", "public", "local", "national"], 4), rng.sample(["income", "credit", "output", "supply"], 4))]
    return table
