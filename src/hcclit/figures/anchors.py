"""What a length of time counts from, as its own words say: `after 2 months of sorafenib`, `8 weeks after surgery`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from hcclit.dates import Duration
from hcclit.figures.events import EVENT, START
from hcclit.language import Analysis, Sentence

AnchorKind = Literal["event", "later", "bare"]


@dataclass(frozen=True, slots=True)
class Anchor:
    """From what a length of time counts.

    `event`: an event of the `event` kind, for the start of a drug with the drug's name in `what` if it is named.
    `later`: what was told last. `bare`: nothing is said (`after two months, ...`).
    """

    kind: AnchorKind
    event: str = ""
    what: str | None = None


_SMALL = r"(?:(?:the|his|her|this|its|initial|first|an?|continuous|continued|combined|combination|oral|systemic) )*"
_SINCE = r"\s?(?:(?:after|following|from|since|into)\s|post[\s-]?)"
_BEGIN = re.compile(
    rf"{_SINCE}{_SMALL}(?:(?:re-?)?start(?:ing)?|(?:re-?)?initiat(?:ion|ing)|beginning|commenc(?:ement|ing)"
    r"|introduc(?:tion|ing)|first dose|resum(?:ption|ing))\b(?: (?:of|with))?",
    re.IGNORECASE,
)
_OF = re.compile(rf"(?:'|’)?s?(?: (?:of|on|into)|(?= treatment| therapy| chemotherapy)) ?{_SMALL}", re.IGNORECASE)
_TREATED = re.compile(
    r"\b(?:undergone|been on|received|been treated|taken|treated|underwent)\b[^.;,]{0,60}\bfor(?: about| almost"
    r"| approximately)? ?$",
    re.IGNORECASE,
)
_AFTER_EVENT = re.compile(rf"{_SINCE}{_SMALL}(?:{EVENT})\b", re.IGNORECASE)
_POST = re.compile(r"\bpost-?operative(?:ly)?[ -]?(?:day )?$", re.IGNORECASE)
_POST_AFTER = re.compile(r"\s?(?:post-?operatively\b|post-?operative\b|of post-?operative\b)", re.IGNORECASE)
_LATER = re.compile(r"\s?(?:later|thereafter|afterwards?)\b", re.IGNORECASE)
_ONLY_AFTER = re.compile(
    r"\b(?:after|following)(?: (?:the|about|approximately|around|almost|nearly|only|a|an))* ?$", re.I
)
_THERAPY = re.compile(
    r"(?:[\w-]+ )?(?:treatment|therapy|chemotherapy|administration|medication|intake)\b", re.IGNORECASE
)
_NAMES_ANOTHER = re.compile(rf"{_SINCE}", re.IGNORECASE)
_NEAR = 40


def anchor_of(analysis: Analysis, sentence: Sentence, lapse: Duration) -> Anchor | None:
    """What a length of time in a sentence counts from; None where that is named but is no event that is known here."""
    before, after = sentence.text[max(0, lapse.start - 80) : lapse.start], sentence.text[lapse.end : lapse.end + 160]
    here = sentence.start + lapse.end
    if match := _BEGIN.match(after):
        return _start(analysis, after, here, match.end()) or Anchor("event", START)
    if kind := _event_kind(before, after):
        return Anchor("event", kind)
    if match := _OF.match(after):
        return _start(analysis, after, here, match.end())
    if _TREATED.search(before):
        drugs = analysis.entities_in(sentence.start + lapse.start - len(before), sentence.start + lapse.start, "DRUG")
        return Anchor("event", START, drugs[-1].name if drugs else None)
    if _LATER.match(after):
        return Anchor("later")
    return Anchor("bare") if _ONLY_AFTER.search(before) and not _NAMES_ANOTHER.match(after) else None


def _event_kind(before: str, after: str) -> str | None:
    if match := _AFTER_EVENT.match(after):
        return next(name for name, found in match.groupdict().items() if found)
    return "operation" if _POST.search(before) or _POST_AFTER.match(after) else None


def _start(analysis: Analysis, after: str, here: int, at: int) -> Anchor | None:
    """The start of the drug or treatment that is named at a place of the words after a length of time."""
    for drug in analysis.entities_in(here + at, here + at + _NEAR, "DRUG")[:1]:
        between = after[at : drug.start - here]
        if re.fullmatch(r" ?(?:[\w-]+ ){0,2}", between):
            return Anchor("event", START, drug.name)
    return Anchor("event", START) if _THERAPY.match(after, at + (after[at : at + 1] == " ")) else None
