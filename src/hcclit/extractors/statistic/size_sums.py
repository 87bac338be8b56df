"""Sizes known by their sum or their pair: `61 were randomised (30 [49%] to A and 31 [51%] to B)`, `(85 v 89 patients)`.

Numbers that follow a size and make it up are its arms where each is said to be treated; numbers of men, of stages and
of events make up a size as well and are none.
"""

from __future__ import annotations

import re

from hcclit.extractors.statistic.around import ASSIGNS, EVENTS, HAPPENS, N_EQUALS, Around
from hcclit.extractors.statistic.scene import Figure, Scene
from hcclit.extractors.statistic.values import PEOPLE

_ARM = (
    r"(?:in|to|with|on|for)\s(?:the\s)?(?:[\w/+-]{1,30}\s){0,8}?(?:groups?|arms?|cohorts?)\b|in\s(?:group|arm|cohort)\s"
    r"|(?:assigned|allocated|randomi[sz]ed)?\s?to\s(?!\d)\w"
)
_SHARED_ARM = re.compile(rf"\s?[(\[]\d+(?:\.\d+)?\s?%[)\]]\s?(?:{PEOPLE}\s)?(?:(?:were|was)\s)?(?:{_ARM})")
_TREATED = re.compile(
    rf"\s(?:of (?:which|whom)\s)?(?:{PEOPLE}\s)?(?:who\s)?(?:(?:were|was|had been)\s)?(?:randomly\s)?"
    r"(?:observed\s(?:according|without|only)"
    r"|treated|managed|given|receiv(?:ed|ing)|underwent|undergoing|operated|irradiated|assigned|allocated|randomi[sz]ed"
    r"|followed (?:up )?(?:by|with|according)|serv(?:ed|ing)\sas"
    r"|(?:in|to)\s(?:the\s)?(?:[\w/+-]{1,30}[\s-]){1,5}?(?:groups?|arms?)\b)",
    re.I,
)
_NAME = re.compile(r"\s(?:to\s)?[A-Z][\w/+-]*(?:\s[a-z+][\w-]*){0,3}\s?(?:[,;.)]|and\b|$)")
_PAIR = re.compile(rf"\s?(?:vs?\.?|versus)\s(?P<other>\d[\d,]*)\s{PEOPLE}\s?[);:,]")
_SECOND = re.compile(r"[(\[]\d[\d,]*\s?(?:vs?\.?|versus)\s$")
_HOLDER = re.compile(
    rf"\b(?:[Ii]n|[Ww]ithin|[Aa]mong|[Ff]or)\s(?:the\s)?[^,;.()]{{0,60}}"
    rf"\b(?:{PEOPLE}|populations?|sets?|cohorts?|subgroups?|subsets?)\b"
    r"(?:\swith\s[^,;.()]{3,60})?\s?[(\[](?:\d[\d,]*\s?(?:vs?\.?|versus)\s)?$"
)
_ADMITS = re.compile(r"\beligib|\bcriteria\b|\bconsent", re.I)
_LEFT_OUT = re.compile(r"\b(?:exclud\w+|lost|withdrew|discontinued)\s(?:a total of\s|another\s)?$")
_OF = re.compile(r"\b(?:[Oo]f|[Aa]mong)\s(?:the\s|these\s|all\s)*$")
_PEOPLE_NEXT = re.compile(rf"\s(?:[\w-]+\s){{0,3}}{PEOPLE}\b", re.I)
_LEAVE = re.compile(
    rf"\s(?:[\w-]+\s){{0,3}}{PEOPLE}\s(?:who\s)?(?:withdrew|died|were lost|were excluded|discontinued|dropped)\b", re.I
)
_SMALL = 10
_REACH = 400  # the parts of a size stand near it


def sums_up(number: Around, last: Figure | None) -> bool:
    """Whether a number is one of those that make up the size before it, each with its arm or treatment."""
    last = last or _set_before(number)
    if last is None or EVENTS.search(number.scene.text[last.end : number.figure.end]):
        return False
    return _shares_of(number, last) or _treated_parts(number, last)


def _set_before(number: Around) -> Figure | None:
    """`Among 111 patients, 53 were in the A arm and 58 in the B arm`: the set that a sentence divides."""
    scene = number.scene
    for figure in scene.between(max(0, number.figure.start - _REACH), number.figure.start):
        if figure.value >= _SMALL and _is_count(figure) and _OF.search(scene.before(figure.start, 20)):
            return (
                figure
                if re.match(rf"\s(?:[\w-]+\s){{0,3}}{PEOPLE},", scene.text[figure.end : figure.end + 60])
                else None
            )
    return None


def is_whole(number: Around) -> bool:
    """`89 patients were stratified, 45 were assigned to A and 44 to B`: a number that the arms behind it make up."""
    scene, figure = number.scene, number.figure
    if number.has_share or _OF.search(number.before) or not _PEOPLE_NEXT.match(number.after):
        return False
    behind = [f for f in scene.between(figure.end, figure.end + _REACH) if _is_count(f)]
    if figure.value < _SMALL:
        return False
    parts = _make_up(figure.value, [f for f in behind if N_EQUALS.search(scene.before(f.start, 6))])
    if not parts and (ASSIGNS.search(scene.text) or _ADMITS.search(scene.text)):
        parts = _make_up(figure.value, _treated(scene, behind))
    if not parts or HAPPENS.search(scene.text[figure.end : parts[0].start]) or _LEAVE.match(number.after):
        return False
    return not EVENTS.search(scene.text[figure.end : parts[-1].start])


def _make_up(whole: float, parts: list[Figure]) -> list[Figure]:
    """The first two, three or four numbers if their sum is the whole."""
    return next((parts[:k] for k in (2, 3, 4) if len(parts) >= k and sum(f.value for f in parts[:k]) == whole), [])


def _treated(scene: Scene, figures: list[Figure]) -> list[Figure]:
    """Those that are told with a treatment; the last of a list may leave the verb out (`32 receiving A and 33 B`)."""
    found: list[Figure] = []
    for figure in figures:
        listed = found and re.search(r"(?:,|\band|, and)\s$", scene.before(figure.start, 6))
        if _TREATED.match(scene.text, figure.end) or (listed and _NAME.match(scene.text, figure.end)):
            found.append(figure)
    return found


def is_pair(number: Around) -> bool:
    """`in patients with a high score (85 v 89 patients)`."""
    if not _HOLDER.search(number.before):
        return False
    if _SECOND.search(number.before):
        return bool(re.match(rf"\s{PEOPLE}\s?[);:,]", number.beside))
    return bool(_PAIR.match(number.beside))


def _is_count(figure: Figure) -> bool:
    return figure.is_plain and not figure.is_decimal and not figure.is_bound and figure.role in (None, "size")


def _shares_of(number: Around, last: Figure) -> bool:
    """`61 patients were randomised (30 [49.2%] in the A arm and 31 [50.8%] in the B arm)`."""
    scene, bracket = number.scene, number.scene.bracket_of(number.figure.start)
    if bracket is None or bracket[0] < last.end:
        return False
    parts = [f for f in scene.between(*bracket) if _is_count(f) and _SHARED_ARM.match(scene.text, f.end)]
    return number.figure in parts and len(parts) > 1 and sum(f.value for f in parts) == last.value


def _treated_parts(number: Around, last: Figure) -> bool:
    """`81 were randomised: 39 received A and 42 received B`, `149 patients, including 71 on A and 78 on B`."""
    scene = number.scene
    if number.has_share:
        return False
    behind = [f for f in scene.between(last.end, last.end + _REACH) if _is_count(f)]
    return number.figure in _make_up(last.value, _treated(scene, behind))


def is_summed(scene: Scene, figure: Figure) -> bool:
    """Whether the numbers of a bracket, or of its part up to a colon or semicolon, make up the number before it."""
    bracket = scene.bracket_of(figure.start)
    if bracket is None:
        return False
    text = scene.text[slice(*bracket)]
    wholes = [f for f in scene.figures if f.end <= bracket[0] and f.is_plain]
    if not wholes or _LEFT_OUT.search(scene.before(wholes[-1].start, 30)):
        return False
    ends = [bracket[0] + m.start() for m in re.finditer(r"[:;]", text)] + [bracket[1]]
    for end in ends[:1] + ends[-1:]:
        words = scene.text[bracket[0] : end]
        if figure.start > end or re.search(r"%|\b(?:were|with|aged|(?:wo)?men|(?:fe)?males?)\b", words):
            continue
        parts = [f for f in scene.between(bracket[0], end) if f.is_plain and f.role in (None, "size")]
        if len(parts) > 1 and sum(f.value for f in parts) == wholes[-1].value:
            return True
    return False
