"""How figures look, and how they become SVG or PNG: the same bytes for the same data.

Colours are those of Okabe and Ito, which eyes with any colour vision tell apart (Color Universal Design, 2008); nothing
is said by colour alone, so that prints in grey tell the same. Text stays text, so that it can be read aloud and
searched; it is set in the font that matplotlib brings, and measured in it.
"""

from __future__ import annotations

import hashlib
import io
import logging
import re
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from html import escape
from typing import Any

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties

BLACK, ORANGE, SKY, GREEN, YELLOW, BLUE, VERMILION, PURPLE = (
    "#000000", "#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#D55E00", "#CC79A7",
)  # fmt: skip
GREY = "#666666"
WIDTH = 6.7
"""Inches: the text of an A4 page with margins of 2 cm."""
SIZE, SMALL = 8.0, 7.0
"""Points of text, and of what explains it."""
DPI = 200
_FINE = 720
"""Pixels an inch at which text is measured, so that rounding to pixels does not count."""
_ROOM = 1.02
"""Programs that show SVG set text a little wider or narrower than it was measured."""
_FONTS = ["DejaVu Sans", "Verdana", "Arial", "sans-serif"]
_SETTINGS: dict[Any, Any] = {
    "svg.hashsalt": "hcclit",
    "svg.fonttype": "none",
    "font.family": ["sans-serif"],
    "font.sans-serif": _FONTS,
    "font.size": SIZE,
    "text.parse_math": False,  # a $ in a drug's name is a $
    "axes.linewidth": 0.6,
    "axes.unicode_minus": False,
    "hatch.linewidth": 0.6,
    "xtick.labelsize": SMALL,
    "ytick.labelsize": SMALL,
}
_LOCK = threading.Lock()
_FRONT = re.compile(r"^.*?(?=<svg )", re.S)
_METADATA = re.compile(r"\s*<metadata>.*?</metadata>", re.S)
_NAMES = re.compile(r'(?<= id=")|(?<=url\(#)|(?<=href="#)')


@contextmanager
def _styled() -> Iterator[None]:
    """The settings of figures, whatever the user's are; one thread at a time, since they are the process's own."""
    with _LOCK, mpl.rc_context(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # signs that the font lacks are left to the font of who looks
        mpl.rcdefaults()
        mpl.rcParams.update(_SETTINGS)
        logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
        yield


def to_svg(draw: Callable[[], Figure], title: str, description: str) -> str:
    """A figure as SVG for a file or a page, with a title and a description for those who do not see it.

    Names inside are its own: several figures may stand in one page.
    """
    out = io.StringIO()
    with _styled():
        draw().savefig(out, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    svg = _METADATA.sub("", _FRONT.sub("", out.getvalue()))
    svg = _NAMES.sub(f"h{hashlib.sha256((title + description + svg).encode()).hexdigest()[:8]}-", svg)
    spoken = f"<title>{escape(title)}</title>\n <desc>{escape(description)}</desc>\n"
    head, body = svg.split(">", 1)
    return f'{head} role="img" aria-label="{escape(title)}">\n {spoken}{body}'


def to_png(draw: Callable[[], Figure], title: str, description: str) -> bytes:
    """A figure as PNG, with the same texts in its metadata."""
    out = io.BytesIO()
    with _styled():
        draw().savefig(
            out, format="png", dpi=DPI, metadata={"Software": None, "Title": title, "Description": description}
        )
    return out.getvalue()


def new_figure(height: float) -> Figure:
    """An empty figure of the page's width and so many inches in height."""
    figure = Figure(figsize=(WIDTH, height), dpi=100, facecolor="white")
    FigureCanvasAgg(figure)
    return figure


@lru_cache(maxsize=4096)
def text_size(text: str, size: float = SIZE, *, bold: bool = False) -> tuple[float, float]:
    """Width and height of a line of text in inches."""
    font = FontProperties(family=_FONTS, size=size, weight="bold" if bold else "normal")
    renderer: Any = RendererAgg(8, 8, _FINE)  # type: ignore[no-untyped-call]
    width, height, _ = renderer.get_text_width_height_descent(text, font, ismath=False)
    return width / _FINE * _ROOM, height / _FINE


def wrapped(text: str, width: float, size: float = SIZE, *, bold: bool = False) -> list[str]:
    """A text in lines that are no wider than so many inches; words that are wider are broken."""

    def wide(line: str) -> float:
        return text_size(line, size, bold=bold)[0]

    lines: list[str] = []
    for word in text.split(" "):
        rest = word
        if lines and wide(f"{lines[-1]} {rest}") <= width:
            lines[-1] += f" {rest}"
            continue
        while len(rest) > 1 and wide(rest) > width:
            cut = max(1, int(len(rest) * width / wide(rest)))
            lines.append(rest[:cut])
            rest = rest[cut:]
        lines.append(rest)
    return lines


def in_lines(text: str, most: int, width: float, size: float = SIZE) -> list[str]:
    """A text in at most so many lines of so many inches; a longer one ends with an ellipsis."""
    lines = wrapped(text, width, size)
    return (
        lines
        if len(lines) <= most
        else [*lines[: most - 1], shortened(f"{lines[most - 1]} {lines[most]}", width, size)]
    )


def shortened(text: str, width: float, size: float = SIZE) -> str:
    """A text that is no wider than so many inches; of a longer one the begin, with an ellipsis."""
    if text_size(text, size)[0] <= width:
        return text
    lines = wrapped(text, width - text_size("…", size)[0], size)
    return f"{lines[0]}…"
