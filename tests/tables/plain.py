"""Tables drawn by hand: statements with dotted leaders, dollar signs and lines under the figures alone; pages turned; A3."""
from reportlab.lib.pagesizes import A3, A4, landscape
from reportlab.pdfgen import canvas


def width(text, size, font="Times-Roman"):
    from reportlab.pdfbase.pdfmetrics import stringWidth
    return stringWidth(text, font, size)


class Page:
    def __init__(self, path, size=A4, rotate=0):
        self.c = canvas.Canvas(str(path), pagesize=size, invariant=1)
        self.w, self.h = size
        self.rotate = rotate
        self.start()

    def start(self):
        self.y = self.h - 60
        if self.rotate:
            self.c.setPageRotation(self.rotate)

    def show(self):
        self.c.showPage()
        self.start()

    def save(self):
        self.c.save()

    def text(self, x, text, size=10, font="Times-Roman"):
        self.c.setFont(font, size)
        self.c.drawString(x, self.y, text)

    def right(self, x, text, size=10, font="Times-Roman"):
        self.c.setFont(font, size)
        self.c.drawRightString(x, self.y, text)

    def prose(self, text, x=60, measure=None, size=10):
        measure = measure or self.w - 120
        line = ""
        for word in text.split():
            if width(line + " " + word, size) > measure:
                self.text(x, line, size)
                self.y -= size * 1.25
                line = word
            else:
                line = (line + " " + word).strip()
        self.text(x, line, size)
        self.y -= size * 1.9

    def statement(self, table, x=60, stub=230, col=80, leaders=False, rules=False, lead=13, size=10):
        """Names to the left, figures to the right of each column; heads over the columns' right ends."""
        for row in table.head:
            for c, item in enumerate(row):
                if item is None or not item[0]:
                    continue
                if c == 0:
                    self.text(x, item[0], size, "Times-Bold")
                elif item[2] > 1:
                    middle = x + stub + col * (c - 1) + col * item[2] / 2 + 6
                    self.c.setFont("Times-Bold", size)
                    self.c.drawCentredString(middle, self.y, item[0])
                    self.c.line(x + stub + col * (c - 1) + 14, self.y - 3, x + stub + col * (c - 1 + item[2]), self.y - 3)
                else:
                    self.right(x + stub + col * c, item[0], size, "Times-Bold")
            self.y -= lead
        for r, row in enumerate(table.body):
            indent = 14 if table.indents and table.indents[r] else 0
            self.text(x + indent, row[0], size)
            end = x + indent + width(row[0], size)
            if leaders and len(row) > 1:
                dots, step = end + 4, width(" .", size)
                while dots < x + stub + 8:
                    self.text(dots, ".", size)
                    dots += step
            for c, text in enumerate(row[1:], 1):
                if text.startswith("$"):
                    self.text(x + stub + col * (c - 1) + 24, "$", size)
                    text = text[1:]
                self.right(x + stub + col * c, text, size)
                if rules and r + 1 < len(table.body) and table.body[r + 1][0].startswith("Total"):
                    self.c.line(x + stub + col * (c - 1) + 24, self.y - 3, x + stub + col * c, self.y - 3)
            self.y -= lead
        self.y -= lead


SIZES = {"A4": A4, "A3": A3, "A4 landscape": landscape(A4), "A3 landscape": landscape(A3)}
