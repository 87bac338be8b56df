"""A whole number of a sentence with the words around it, as the rules for sizes of groups read it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hcclit.extractors.statistic.cues import any_of
from hcclit.extractors.statistic.scene import Figure, Scene
from hcclit.extractors.statistic.values import PEOPLE

ENROLS = any_of("enrols")
MODIFIERS = rf"(?:(?!{any_of('no person before')}\b)(?:[A-Za-z][\w'/+-]{{0,40}}|\([^()]{{1,30}}\)),?\s+){{0,7}}?"
ASSIGNS = re.compile(rf"\b{any_of('assigns')}\b", re.I)
HAPPENS = re.compile(rf"\b{any_of('happens')}\b", re.I)
EVENTS = re.compile(rf"\b{any_of('event sentence')}\b", re.I)
PEOPLE_NEXT = re.compile(rf"\s*(?:\(\d+(?:\.\d+)?%\)\s*)?{MODIFIERS}{PEOPLE}\b", re.I)
N_EQUALS = re.compile(r"(?:^|[\s(\[,;])[nN]\s?=\s?$")
_INCLUDING = re.compile(r",\s(?:including|of whom|\w+\sof whom)\s[^,;.]{3,80},\s?")
_STAGES = re.compile(r"(?<=[IV])\s(?:to|and|or)\s(?=[IV]+\b)")  # "72 stage II to III survivors"
_SHARE = re.compile(rf"\s*(?:(?:[\w-]+\s)?{PEOPLE}\s)?[(\[][<≤]?\d+(?:\.\d+)?\s?%[)\];,]", re.I)


@dataclass(frozen=True, slots=True)
class Around:
    """A number with the words `before` and `after` it (whole brackets after it left out) and those `beside` it.

    `since` are the words since the last number that a verb states (`108 were randomised`), None without one.
    """

    scene: Scene
    figure: Figure
    before: str
    after: str
    beside: str
    since: str | None

    @property
    def has_share(self) -> bool:
        """Whether a percentage in brackets follows."""
        return bool(_SHARE.match(self.beside))


def around(scene: Scene, figure: Figure, last: Figure | None) -> Around:
    """The words around a number."""
    limit = min(len(scene.text), figure.end + 300)
    return Around(
        scene,
        figure,
        before=scene.before(figure.start, 150),
        after=_INCLUDING.sub(" ", _STAGES.sub("-", re.sub(r"\s+", " ", scene.skeleton(figure.end, limit)))),
        beside=scene.text[figure.end : figure.end + 40],
        since=scene.text[last.end : figure.start] if last is not None else None,
    )
