"""Blocks → plain text with tab-separated rows: what is left when a page has been saved as text."""


def render(blocks, options, pages, start, toc_entries):
    out = []
    for block in blocks:
        kind = block[0]
        if kind == "cover":
            out += ["\n".join(block[1]), ""]
        elif kind == "toc":
            out += ["目 录", ""] + [title + "....." + str(i) for i, (_, title) in enumerate(toc_entries, 1)] + [""]
        elif kind == "heading":
            out += ["", block[2], ""]
        elif kind == "table":
            t = block[1]
            out += ["", *([t.label] if t.label else []), t.title, *[x for x in t.info if x]]
            for row in t.head + t.body:
                out.append("\t".join("" if c is None else c.text.replace("\n", "") for c in row).rstrip(" "))
            out += [*t.notes, ""]
        elif kind in ("para", "center", "left", "right"):
            out.append(block[1])
    return "\n".join(out) + "\n"
