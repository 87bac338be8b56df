"""Lines of a column become blocks: where a paragraph, a heading, a caption begins and ends."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from hcclit.document import BlockKind
from hcclit.readers.lines import kind_of
from hcclit.readers.pdf.lines import Line
from hcclit.readers.pdf.pages import PageLines
from hcclit.readers.pdf.tables import TableRows
from hcclit.readers.sections import REFERENCES, is_section_title

_TERMINAL = re.compile(r"[.!?:;][\"'”’)\]]*(?:\s?\[[\d,;– -]+\])?$")
_BULLET = re.compile(r"[•▪■●◦‣–—]\s|\(?(?:\d{1,2}|[ivx]{1,4}|[a-h])[.)]\s+[A-Z]")
_NUMBERED = re.compile(r"\[?\d{1,3}[\].)]")
_LABEL = re.compile(r"fig|tab|scheme|supp|append|addit", re.I)
_LONGEST_TITLE = 80
_FIRST = 64
_MOST_TITLE_LINES = 3
_MOST_TITLE_SPACES = 8
_WIDEST_SET = 2.0  # ems from line to line in one block that is set wider than the text
_NEAR = 6  # lines to either side that tell where a column begins and ends


@dataclass(frozen=True, slots=True)
class Type:
    """How running text is set: its size and the distance of its lines in points."""

    size: float
    pitch: float


@dataclass(slots=True)
class Draft:
    """A block under construction: its lines, the block of an earlier page that it goes on with, a table's rows."""

    kind: BlockKind
    lines: list[Line] = field(default_factory=list)
    continues: Draft | None = None
    rows: TableRows | None = None

    @property
    def text(self) -> str:
        """Its lines, one below the other."""
        return "\n".join(line.text for line in self.lines)

    @property
    def size(self) -> float:
        """The size of most of it, by its first lines: it is asked for at every line, however many there are."""
        sizes = sorted(line.size for line in self.lines[:_FIRST])
        return sizes[len(sizes) // 2]

    @property
    def face(self) -> int | None:
        """The face of its lines, if all have the same."""
        faces = {line.face for line in self.lines}
        return faces.pop() if len(faces) == 1 else None


def body_type(pages: list[PageLines]) -> Type:
    """The size that most of the text has, and how far its lines are apart."""
    weights: dict[float, int] = {}
    steps: list[float] = []
    flow = [stretch.lines for page in pages for stretch in page.stretches if stretch.place == "flow"]
    for lines in flow:
        for line in lines:
            key = round(line.size * 4) / 4
            weights[key] = weights.get(key, 0) + len(line.text)
    size = max(weights, key=lambda key: weights[key], default=10.0)
    for lines in flow:
        steps += [
            b.base - a.base
            for a, b in pairwise(lines)
            if abs(a.size - size) < 0.3 and abs(b.size - size) < 0.3 and 0.8 * size < b.base - a.base < 3 * size
        ]
    return Type(size, float(np.median(steps)) if steps else 1.2 * size)


def drafts_of(lines: list[Line], body: Type) -> list[Draft]:
    """Cut the lines of one column's stretch into blocks."""
    drafts: list[Draft] = []
    for i, line in enumerate(lines):
        kind = _opening_kind(lines, i)
        if not drafts or _begins(lines, i, (drafts[-1], kind, body)):
            drafts.append(Draft(kind))
        drafts[-1].lines.append(line)
    return drafts


def _opening_kind(lines: list[Line], i: int) -> BlockKind:
    text = lines[i].text
    if opens_caption(text):
        return "caption"
    if text in REFERENCES and lines[i].x0 > _edges(lines, i)[0] + 3 * lines[i].size:
        return "heading"  # in small capitals, in the middle of its column
    wordy = _MOST_TITLE_SPACES < text.count(" ") < len(text) / 3  # letters set apart have more
    if len(text) >= _LONGEST_TITLE or wordy or not is_section_title(text):
        return "paragraph"
    runs_on = ": " in text and lines[i].x1 > _edges(lines, i)[1] - 3 * lines[i].size  # `METHODS: We treated …`
    return "paragraph" if runs_on else "heading"


def opens_caption(text: str) -> bool:
    """Whether a line begins as captions of figures and tables do."""
    return text[:1] in "FTSAfts" and bool(_LABEL.match(text)) and kind_of(text) in ("caption", "table_caption")


def _begins(lines: list[Line], i: int, state: tuple[Draft, BlockKind, Type]) -> bool:
    """Whether a line opens a new block."""
    draft, kind, body = state
    line, previous = lines[i], lines[i - 1]
    resized = abs(line.size - previous.size) > 0.07 * max(line.size, previous.size)
    step = line.base - previous.base
    if resized or not (-2 <= step <= 1.3 * _expected(draft, body) or _evenly_set(lines, i, draft)):
        return True
    if kind != "caption" and draft.kind == "caption" and len(draft.lines) <= _MOST_TITLE_LINES:
        return False  # its title may be set in bold
    if kind == "caption" or line.bold != previous.bold:
        return _ends_apart(lines, i)
    if line.face != previous.face and line.size < 1.1 * body.size and _is_title_above(lines, i, draft):
        return True
    if kind == "heading" and (_ends_apart(lines, i) or draft.kind == "heading"):
        return True
    known = previous.text in REFERENCES or is_section_title(previous.text)
    after_title = draft.kind == "heading" and len(draft.lines) == 1 and known
    return after_title or (draft.kind != "caption" and _opens_paragraph(lines, i, draft))


def _expected(draft: Draft, body: Type) -> float:
    """How far apart the lines of a block are."""
    if len(draft.lines) > 1:
        return max(draft.lines[1].base - draft.lines[0].base, draft.lines[-1].base - draft.lines[-2].base)
    return max(body.pitch * min(1.0, draft.lines[0].size / body.size), 1.12 * draft.lines[0].size)


def _evenly_set(lines: list[Line], i: int, draft: Draft) -> bool:
    """Whether the second line of a block and the one after it stand as far from the line before them."""
    if len(draft.lines) > 1 or i + 1 >= len(lines):
        return False
    step, following = lines[i].base - lines[i - 1].base, lines[i + 1]
    same = abs(following.base - lines[i].base - step) < 0.03 * step and abs(following.size - lines[i].size) < 0.1
    return same and 0 < step < _WIDEST_SET * lines[i].size and lines[i].face == lines[i - 1].face


def _ends_apart(lines: list[Line], i: int) -> bool:
    """Whether the line before ends a sentence or stops before the column's edge."""
    _, right = _edges(lines, i)
    previous = lines[i - 1]
    return bool(_TERMINAL.search(previous.text)) or previous.x1 < right - 3 * previous.size


def _is_title_above(lines: list[Line], i: int, draft: Draft) -> bool:
    """Whether the block before a line in another face is a title of its own."""
    _, right = _edges(lines, i)
    text, previous = draft.text, lines[i - 1]
    short = previous.x1 < right - 3 * previous.size
    goes_on = i + 1 < len(lines) and lines[i + 1].face == lines[i].face and not previous.italic
    return (
        (short or goes_on)
        and len(draft.lines) <= _MOST_TITLE_LINES
        and draft.face is not None
        and text[:1].isupper() | text[:1].isdigit()
        and text[-1:] not in ",;-"
        and not lines[i].text[:1].islower()
    )


def _opens_paragraph(lines: list[Line], i: int, draft: Draft) -> bool:
    """By its indent, by the short line before it, by a bullet, or by hanging out where the rest is indented."""
    line, previous = lines[i], lines[i - 1]
    left, right = _edges(lines, i)
    step = 0.7 * line.size
    indented, before = line.x0 - left, previous.x0 - left
    finished = bool(_TERMINAL.search(previous.text))
    if finished and (_BULLET.match(line.text) or _opens_with_label(line, previous)):
        return True
    if len(draft.lines) == 1 and indented > 0 and _NUMBERED.match(draft.text):
        return False  # the second line of an entry hangs below the text after its number
    if indented > step and before < 0.6 * step:
        following = lines[i + 1].x0 - left if i + 1 < len(lines) else 0.0
        return following < 0.6 * step and indented < 8 * line.size and _ends_apart(lines, i)
    if (
        finished
        and indented < 0.6 * step
        and before > step
        and (_NUMBERED.match(line.text) or (len(draft.lines) > 1 and draft.lines[0].x0 - left < 0.6 * step))
    ):
        return True
    word = len(line.text.partition(" ")[0]) * (line.x1 - line.x0) / max(1, len(line.text))
    short = previous.x1 + word < right - 0.7 * previous.size  # the next word would have had room
    return short and finished and (line.text[:1].isupper() or line.text[:1].isdigit() or line.text[:1] in "•“(")


def _opens_with_label(line: Line, previous: Line) -> bool:
    """Whether a line begins with a title in bold that runs into its text."""
    return bool(line.lead) and not previous.ends_bold and line.text[:1].isupper()


def _edges(lines: list[Line], i: int) -> tuple[float, float]:
    """Where the lines around one begin and end, those of another size left aside."""
    line = lines[i]
    near = [other for other in lines[max(0, i - _NEAR) : i + _NEAR] if abs(other.size - line.size) < 0.1 * line.size]
    return min(other.x0 for other in near), max(other.x1 for other in near)
