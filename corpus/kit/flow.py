"""flow.text of a case: a light markup, one paragraph a line; lines that start with @ are directives (see README)."""

import re

from .model import Builder
from .facts import Environment
from . import forms


def parse(case, text):
    """→ list of parts: {"pdf", "engine", "options", "blocks"}; tables and forms are built on the way."""
    parts, part = [], None
    pdf = case["case"]
    records = {r["id"]: r for r in case["record"]}
    envs = {k: Environment(case, r) for k, r in records.items()}
    current = case["record"][0]["id"]
    made = {k: {"tables": [], "forms": [], "terms": 0, "sections": []} for k in records}
    in_terms = False
    lines = text.splitlines()
    i = 0

    def take_block(i):
        block = []
        while i < len(lines) and lines[i].strip() and not lines[i].startswith("@"):
            block.append(lines[i].strip())
            i += 1
        return block, i

    while i < len(lines):
        line = lines[i].rstrip()
        i += 1
        if not line.strip() or line.startswith("#"):
            continue
        if not line.startswith("@"):
            filled = envs[current].fill(line.strip())
            part["blocks"].append(("para", filled))
            if in_terms:
                made[current]["terms"] += 1
            continue
        word, _, rest = line[1:].partition(" ")
        rest = rest.strip()
        if word == "pdf":
            pdf = rest
        elif word == "record":
            current = rest
        elif word == "engine":
            words = rest.split()
            options = dict(re.findall(r'(\w+)="([^"]*)"', rest))
            options = {k: envs[current].fill(v) if k in ("header",) else v for k, v in options.items()}
            part = {"pdf": pdf, "engine": words[0], "options": options, "blocks": []}
            parts.append(part)
        elif word == "cover":
            block, i = take_block(i)
            part["blocks"].append(("cover", [envs[current].fill(x) for x in block]))
        elif word == "toc":
            part["blocks"].append(("toc", rest))
        elif word in ("part", "h1", "h2", "h3"):
            in_terms = False
            hidden = rest.startswith("!")
            title = envs[current].fill(rest.lstrip("!").strip())
            level = {"part": 1, "h1": 2, "h2": 3, "h3": 4}[word]
            part["blocks"].append(("heading", level, title, not hidden))
            made[current]["sections"].append(title)
        elif word == "terms":
            in_terms = True
        elif word == "endterms":
            in_terms = False
        elif word == "table":
            name, _, option = rest.partition(" ")
            table = Builder(case, name, current, envs[current]).build()
            table.toc = "notoc" not in option
            part["blocks"].append(("table", table))
            made[current]["tables"].append(table)
        elif word == "form":
            form = forms.build(case, rest, envs[current])
            part["blocks"].append(("table", form["table"]))
            made[current]["forms"].append(form)
        elif word in ("page", "break", "space", "center", "right", "left", "raw", "tablebreak", "image"):
            part["blocks"].append((word, envs[current].fill(rest) if word != "raw" else rest))
        else:
            raise ValueError(line)
    return parts, made
