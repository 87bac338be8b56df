"""What a cell states: its numbers and how they stand together.

Numbers are those of `hcclit.quantity`; here only their arrangement is read, as a skeleton in which each number is
one sign: `q` a plain one, `p` a percentage, `b` one with a comparator, `r` a range, `s` one with ±. A cell whose
skeleton is unknown states nothing, so that no half-read number (`4,5`) gets out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from hcclit.quantity import Quantity, scan

Kind = Literal["single", "pair", "range", "spread", "estimate", "ratio", "list", "list_pair", "text", "empty"]


@dataclass(frozen=True, slots=True)
class Reading:
    """The numbers of a cell by their arrangement.

    Attributes:
        kind: `pair` is `14 (12.7)`, `estimate` a number with an interval in brackets, `ratio` `70/110 (63.6%)`.
        numbers: the numbers in front, more than one for a list.
        inner: those in brackets after them.
        label: what stands before a bracketed interval (`95% CI`), in small letters without blanks.
        items: the places of a list in order, None where one is empty (`NA/143`).
    """

    kind: Kind
    numbers: tuple[Quantity, ...] = ()
    inner: tuple[Quantity, ...] = ()
    label: str = ""
    items: tuple[Quantity | None, ...] = ()

    @property
    def first(self) -> Quantity:
        """The first number."""
        return self.numbers[0]


_EMPTY = re.compile(
    r"[-*†‡§.\s/]*|n\.?[/.]?[aredk]\.?|n\.?/?s\.?|nil|none|unknown|missing|ref(?:erence)?\.?|no data|nm|nk"
    r"|not (?:available|reached|reported|applicable|estimable|evaluated|done|checked|determined|assessed|tested"
    r"|stated|measured|given)",
    re.IGNORECASE,
)
_MARKS = re.compile(r"(?<=[\d)%\]])\s?(?:[*†‡§¶#∗‖]+|[a-h](?:,[a-h])*)$")
_COMMA = re.compile(r"(?<=\d\.\d),(?=\d)|(?<=\d\.\d\d),(?=\d)|(?<=\d\.\d\d\d),(?=\d)")
_LABEL = r"(?:[(\[](?P<label>(?:p,?)?(?:ci|confidenceinterval|iqr|range|sd|se|±)?)[:=,]?"
_OPEN = r"(?:-|to|,)?(?:n\.?[ear]\.?|notreached|notestimable|∞|inf(?:inity)?|\+|-)"
_SHAPES: list[tuple[Kind, re.Pattern[str]]] = [
    ("single", re.compile(r"[(\[]?(?P<n>[qpb])[)\]]?")),
    ("range", re.compile(r"[(\[]?(?P<n>r|q[,;]q)[)\]]?")),
    ("spread", re.compile(r"(?P<n>s)")),
    ("spread", re.compile(r"(?P<n>q)[(\[](?:sd|±)[=:]?(?P<i>q)[)\]]")),
    ("pair", re.compile(r"(?P<n>[qp])[(\[](?P<i>[qpb])[)\]]|(?P<n2>q),?(?P<i2>p)")),
    ("estimate", re.compile(rf"(?P<n>[qp]){_LABEL}(?P<i>r|[qp][,;-][qp])[)\]])")),
    ("estimate", re.compile(r"(?P<n>q)(?P<i>r)")),
    ("estimate", re.compile(rf"(?P<n>[qp]){_LABEL}(?P<i>[qp])(?P<open>{_OPEN})[)\]])")),
    ("ratio", re.compile(r"(?P<n>q/q)(?:[(\[]?(?P<i>[qp])[)\]]?)?|(?P<i2>[qp])[(\[](?P<n2>q/q)[)\]]")),
    ("list", re.compile(r"(?P<n>(?:[qp]|n/?a|-)(?:[/:](?:[qp]|n/?a|-))+|[qp](?:[,;][qp]){2,})")),
    ("list_pair", re.compile(r"(?P<n>q(?:/q)+)[(\[](?P<i>[qp](?:/[qp])+)[)\]]")),
]  # fmt: skip


def read(text: str) -> Reading:
    """Read the text of a cell (cleaned); its numbers' places are in that text."""
    if _EMPTY.fullmatch(text.strip()):
        return Reading("empty")
    marks = _MARKS.search(text)
    bare = text[: marks.start()] if marks else text
    bare = _COMMA.sub(" ", bare)  # `(9.4,13.3)`: two numbers
    quantities = scan(bare)
    skeleton = _Skeleton(bare, quantities)
    if not any(c.isdigit() for c in bare):
        return Reading("text")
    for kind, pattern in _SHAPES:
        match = pattern.fullmatch(skeleton.text)
        if match:
            return _reading(kind, match, skeleton)
    return Reading("text")


@dataclass(slots=True)
class _Skeleton:
    """A cell's text with each number as one sign, blanks left out; `at` tells which number a sign is."""

    source: str
    quantities: list[Quantity]
    text: str = ""
    at: dict[int, Quantity] = field(default_factory=dict)

    def __post_init__(self) -> None:
        signs: list[str] = []
        place = 0
        for quantity in self.quantities:
            signs += self.source[place : quantity.start].lower().replace(" ", "")
            self.at[len(signs)] = quantity
            signs.append(_sign(quantity))
            place = _end(quantity)
        signs += self.source[place:].lower().replace(" ", "")
        self.text = "".join(signs)

    def within(self, start: int, end: int) -> tuple[Quantity, ...]:
        return tuple(self.at[i] for i in range(start, end) if i in self.at)

    def items(self, start: int, end: int) -> tuple[Quantity | None, ...]:
        """The places of a list between its slashes."""
        items = re.finditer(r"n/a|[^/:,;]+", self.text[start:end])
        return tuple(self.at.get(start + item.start()) for item in items)


def _end(quantity: Quantity) -> int:
    """A unit other than % or of time stays in the skeleton, where it makes the cell a text."""
    unit = quantity.unit
    return quantity.end if unit is None or unit.kind in ("percent", "time") else quantity.number_end


def _sign(quantity: Quantity) -> str:
    if quantity.number.is_word:
        return "w"
    if quantity.sd is not None:
        return "s"
    if quantity.high is not None:
        return "r"
    if quantity.comparator not in (None, "="):
        return "b"
    return "p" if quantity.unit is not None and quantity.unit.code == "%" else "q"


def _reading(kind: Kind, match: re.Match[str], skeleton: _Skeleton) -> Reading:
    names = match.groupdict()

    def numbers(*groups: str) -> tuple[Quantity, ...]:
        group = next((g for g in groups if names.get(g)), None)
        return skeleton.within(*match.span(group)) if group else ()

    return Reading(
        kind,
        numbers("n", "n2"),
        numbers("i", "i2"),
        label=names.get("label") or "",
        items=skeleton.items(*match.span("n")) if kind in ("list", "list_pair") else (),
    )
