"""Sets pages for tests of the PDF reader: lines at places, paragraphs in columns, raised signs, rules."""

import re

from fpdf import FPDF

WIDTH, HEIGHT = 595, 842
SERIF = "Times"


class Sheet:
    """A PDF under construction; places are points from the upper left corner, text stands on its base line."""

    def __init__(self, **options):
        self.pdf = FPDF(unit="pt", format=(WIDTH, HEIGHT), **options)
        self.pdf.set_auto_page_break(False)
        self.pdf.add_page()

    def page(self):
        self.pdf.add_page()

    def line(self, x, y, text, size=10, style=""):
        """Set a line; `{8,9}` is raised, `_{2}` lowered. Returns where it ends."""
        for rise, piece in _pieces(text):
            self.pdf.set_font(SERIF, style, size * (0.65 if rise else 1))
            self.pdf.text(x, y - rise * size, piece)
            x += self.pdf.get_string_width(piece)
        return x

    def column(self, x, y, lines, step=12, **type_):
        """Set lines one below the other. Returns where the next would stand."""
        for text in lines:
            self.line(x, y, text, **type_)
            y += step
        return y

    def rule(self, x0, x1, y):
        self.pdf.line(x0, y, x1, y)

    def data(self):
        return bytes(self.pdf.output())


def _pieces(text):
    """Pieces of a line with how far each is raised."""
    level = re.split(r"(_?\{[^}]*\})", text)
    for piece in filter(None, level):
        if piece.endswith("}"):
            yield (-0.15 if piece[0] == "_" else 0.35), piece.strip("_{}")
        else:
            yield 0, piece


def prose(name, count):
    """Lines of an invented paragraph that all fill a column of about 250 points; the last ends the sentence."""
    lines = [f"the {name} arm had a median survival of ten months, line {i:02} of" for i in range(count)]
    lines[0] = lines[0].replace("the", "The", 1)
    lines[-1] = f"the {name} arm."
    return lines
