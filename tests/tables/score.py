#!/usr/bin/env python3
"""Measures grids against the truth of make.py, as the table competition of ICDAR 2013 did.

usage: score.py FOLDER [--with COMMAND] [--list] [--show NAME]

FOLDER holds NAME.pdf and NAME.tsv. COMMAND FILE prints a Document (JSON); by default build/gongkai-extract. `--with layout` takes the
lines of `pdftotext -layout`, parted where two spaces or more stand, for comparison.
Detection: a grid belongs to the table with which it shares most words; complete when it has all of the table's words, pure when it has
no others. Structure: each cell with its nearest neighbour that is not blank, to the right and below, and how many blanks lie between;
precision, recall and F1 over the relations of all tables, and the mean of F1 over documents. Exact: tables whose cells are all as in the truth.
"""
import argparse
import collections
import json
import pathlib
import re
import subprocess
import unicodedata

Cell = collections.namedtuple("Cell", "row col rowspan colspan text")


def plain(text):
    text = unicodedata.normalize("NFKC", text)
    for a, b in (("−", "-"), ("–", "-"), ("’", "'"), ("ﬁ", "fi"), ("ﬂ", "fl")):
        text = text.replace(a, b)
    return "".join(text.split())


def words_of(cells):
    return collections.Counter(word for cell in cells for word in letters(cell.text))


def letters(text):
    """Words, for what two tables share: a dollar apart from its figure is no other word."""
    return [plain(word) for word in text.replace("$", "$ ").split()]


def read_truth(path):
    tables = {}
    for line in path.read_text().splitlines()[1:]:
        page, table, *place, text = line.split("\t")
        tables.setdefault((int(page), int(table)), []).append(Cell(*map(int, place), text))
    return tables


def unhyphened(text):
    return re.sub(r"(?<=[a-z])-\n(?=[a-z])", "", text)


def read_grids(command, path):
    out = subprocess.run([*command, str(path)], capture_output=True, check=True).stdout
    grids = collections.defaultdict(list)
    for page in json.loads(out)["pages"]:
        for grid in page["grids"]:
            grids[page["page"]].append([Cell(c["row"], c["col"], c["rowspan"], c["colspan"], unhyphened(c["text"])) for c in grid["cells"]])
    return grids


def read_layout(path):
    """The plain tool: lines of which two or more follow each other with gaps of two spaces; columns where the pieces overlap."""
    out = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True).stdout.decode()
    grids = collections.defaultdict(list)
    for number, page in enumerate(out.split("\f"), 1):
        run = []
        for line in page.split("\n") + [""]:
            pieces, at = [], 0
            for part in line.split("  "):
                if part.strip():
                    start = at + len(part) - len(part.lstrip())
                    pieces.append((start, start + len(part.strip()), part.strip()))
                at += len(part) + 2
            if len(pieces) >= 2:
                run.append(pieces)
                continue
            if line.strip() == "" and run and not line and page:
                continue
            if len(run) >= 2:
                grids[number].append(layout_cells(run))
            run = []
        if len(run) >= 2:
            grids[number].append(layout_cells(run))
    return grids


def layout_cells(run):
    spans = sorted((a, b) for row in run for a, b, _ in row)
    cols = []
    for a, b in spans:
        if cols and a < cols[-1][1]:
            cols[-1][1] = max(cols[-1][1], b)
        else:
            cols.append([a, b])
    return [Cell(r, next(i for i, c in enumerate(cols) if a < c[1]), 1, 1, text) for r, row in enumerate(run) for a, _, text in row]


def relations(cells):
    """(text, text, direction, blanks between)"""
    owner, cells = {}, told_alike(cells)
    for cell in cells:
        for r in range(cell.row, cell.row + cell.rowspan):
            for c in range(cell.col, cell.col + cell.colspan):
                owner[r, c] = cell
    if not owner:
        return collections.Counter()
    rows, cols = max(r for r, _ in owner) + 1, max(c for _, c in owner) + 1
    found = set()
    for cell in cells:
        if not cell.text.strip():
            continue
        for r in range(cell.row, cell.row + cell.rowspan):
            blanks = 0
            for c in range(cell.col + cell.colspan, cols):
                other = owner.get((r, c))
                if other is not None and other.text.strip():
                    found.add((cell, other, "right", blanks))
                    break
                blanks += 1
        for c in range(cell.col, cell.col + cell.colspan):
            blanks = 0
            for r in range(cell.row + cell.rowspan, rows):
                other = owner.get((r, c))
                if other is not None and other.text.strip():
                    found.add((cell, other, "below", blanks))
                    break
                blanks += 1
    return collections.Counter((plain(a.text), plain(b.text), d, n) for a, b, d, n in found)


def told_alike(cells):
    """A heading alone in its row may be told over one column or over all: it counts as one."""
    filled = [c for c in cells if c.text.strip()]
    alone = [c for c in filled if not any(o is not c and o.row <= c.row < o.row + o.rowspan for o in filled)]
    return [c._replace(colspan=1) if c in alone else c for c in cells]


def exact(cells):
    return sorted((c.row, c.col, c.rowspan, c.colspan, plain(c.text)) for c in told_alike(cells) if c.text.strip())


Table = collections.namedtuple("Table", "key truth grid complete pure right wanted given exact")


def match(truth, grids):
    """Each grid to the table of its page with which it shares most; of several grids for a table the best counts, the others are false."""
    best, false = {}, []
    for page, on_page in grids.items():
        for grid in on_page:
            words = words_of(grid)
            shared = {key: sum((words & words_of(cells)).values()) for key, cells in truth.items() if key[0] == page}
            key = max(shared, key=shared.get, default=None)
            if key is None or shared[key] < 0.3 * max(1, sum(words.values())):
                false.append((page, grid))
            elif key in best and best[key][1] >= shared[key]:
                false.append((page, grid))
            else:
                if key in best:
                    false.append((page, best[key][0]))
                best[key] = (grid, shared[key])
    return best, false


def measure(truth, grids):
    best, false = match(truth, grids)
    tables = []
    for key, cells in sorted(truth.items()):
        grid = best.get(key, ([], 0))[0]
        mine, theirs = words_of(grid), words_of(cells)
        shared = sum((mine & theirs).values())
        want, give = relations(cells), relations(grid)
        tables.append(Table(key, cells, grid, shared == sum(theirs.values()), bool(grid) and shared == sum(mine.values()),
                            sum((want & give).values()), sum(want.values()), sum(give.values()), exact(cells) == exact(grid)))
    return tables, false


def ratio(part, whole):
    return part / whole if whole else 1.0


def f1(right, wanted, given):
    p, r = ratio(right, given), ratio(right, wanted)
    return 2 * p * r / (p + r) if p + r else 0.0


def show(table):
    for name, cells in (("truth", table.truth), ("grid", table.grid)):
        print(f"  -- {name}")
        for r in range(max((c.row for c in cells), default=-1) + 1):
            line = [f"{c.col}{'+%d' % c.colspan if c.colspan > 1 else ''}{'v%d' % c.rowspan if c.rowspan > 1 else ''}:{' '.join(c.text.split())}" for c in sorted(cells) if c.row == r and c.text.strip()]
            print("    ", r, " | ".join(line))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--with", dest="command", default="build/gongkai-extract")
    parser.add_argument("--list", action="store_true", help="a line for each document")
    parser.add_argument("--show", help="the cells of one document's tables that are not exact")
    options = parser.parse_args()
    total, false_cells, means, detection = collections.Counter(), 0, [], collections.Counter()
    for path in sorted(options.folder.glob("*.tsv")):
        pdf = path.with_suffix(".pdf")
        if options.show and path.stem != options.show:
            continue
        truth = read_truth(path)
        grids = read_layout(pdf) if options.command == "layout" else read_grids(options.command.split(), pdf)
        tables, false = measure(truth, grids)
        extra = sum(sum(relations(grid).values()) for _, grid in false)
        right, wanted, given = (sum(getattr(t, name) for t in tables) for name in ("right", "wanted", "given"))
        given += extra
        total.update(right=right, wanted=wanted, given=given, exact=sum(t.exact for t in tables), tables=len(tables), false=len(false),
                     found=sum(bool(t.grid) for t in tables), complete=sum(t.complete for t in tables), pure=sum(t.pure for t in tables),
                     whole=sum(t.complete and t.pure for t in tables))
        if tables:
            means.append(f1(right, wanted, given))
        if options.list:
            print(f"{path.stem:24} F1 {100 * f1(right, wanted, given):6.2f}  exact {sum(t.exact for t in tables)}/{len(tables)}  whole {sum(t.complete and t.pure for t in tables)}  false {len(false)}")
        if options.show:
            for table in tables:
                print(f"page {table.key[0]} table {table.key[1]}: exact {table.exact} complete {table.complete} pure {table.pure} relations {table.right}/{table.wanted}/{table.given}")
                if not table.exact:
                    show(table)
            for page, grid in false:
                print(f"page {page}: no table of the truth")
                show(Table(None, [], grid, 0, 0, 0, 0, 0, 0))
    n = total["tables"]
    print(f"tables {n}, found {total['found']}, complete {total['complete']}, pure {total['pure']}, both {total['whole']}, false {total['false']}")
    print(f"structure: precision {100 * ratio(total['right'], total['given']):.2f} recall {100 * ratio(total['right'], total['wanted']):.2f} "
          f"F1 {100 * f1(total['right'], total['wanted'], total['given']):.2f}, mean over documents {100 * sum(means) / max(1, len(means)):.2f}, exact {total['exact']}/{n}")


if __name__ == "__main__":
    main()
