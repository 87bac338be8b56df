"""Whether the name before a value is the one that it belongs to: `ORR was 20% in A and 30% in B`."""

from __future__ import annotations

import re

from hcclit.extractors.statistic.cues import any_of
from hcclit.extractors.statistic.gaps import governs
from hcclit.extractors.statistic.lists import takes
from hcclit.extractors.statistic.naming import Endpoint
from hcclit.extractors.statistic.scene import Scene
from hcclit.extractors.statistic.values import PEOPLE, Value

Runs = dict[int, list[Value]]
"""The values that each list of names governs so far, by its index."""

REFUSED = -1
"""Where `Runs` keeps the values that no list governs."""

_ASIDE = r"(?:\([^()]{0,20}\)\s*)?"
_TIGHT = re.compile(
    rf"[\s,:=]*{_ASIDE}(?:rates?|times?|estimates?|probabilit\w+|proportions?)?\s*{_ASIDE}"
    rf"(?:(?:was|were|is|are|of|reached|being|in|occurred in|(?:was|were) {any_of('found')} (?:in|by|for|among))\b)?"
    r"[\s,:=(\[]*(?:only|about|approximately|estimated (?:at|to be)|n\s?=|the best response in"
    r"|a total of|respectively"
    r"|,)?\s*[(\[]?\s*",
    re.I,
)
_LINK = re.compile(rf"\b{any_of('links')}\b|[:(=\[]", re.I)
_SUBJECT = re.compile(
    rf"[)\]\s]*(?:of (?:the |all |these |our )?(?:[\w-]+\s){{0,3}})?{PEOPLE}?"
    rf"(?:\s{any_of('with an arm')}\s[^,;()]{{1,80}}?)?[\s,]*(?:respectively,\s)?\b{any_of('acts')}\b",
    re.I,
)
_CONTRASTED = re.compile(r"[^,;.()\d]{0,60}?\s*,?\s*(?:(?:as\s)?compared (?:with|to)|versus|vs\.?)\s*(?:only\s)?", re.I)
_COMPARED = re.compile(
    r"\s*,?\s*(?:(?:as\s)?compared (?:with|to)|versus|vs\.?|v|and|whereas|while|:)\s*(?:only\s|in\s)?", re.I
)
_COUNT = re.compile(
    rf"[\s,:=(\[]*{_ASIDE}(?:(?:was|were|is)\s)?(?:(?:{any_of('found')}|occurred|developed|the best response)\s)?"
    r"(?:(?:in|by|of|among|for|n\s?=)\s?)?(?:only\s|a total of\s)?[(\[]?(?:n\s?=\s?)?",
    re.I,
)
_ARM_AND = re.compile(r"\s?(?:in|for|with|among)\s[^,;:.()\d]{1,60}\sand\s")
_ARM_NEXT = re.compile(r"\s?(?:in|for|with|among)\s")
_ALONE = re.compile(r"\)\s(?:and|versus|vs\.?|v|or|than)\s[^,;:.()\d]{1,40}\s\(")
_IN_BRACKET = re.compile(r"\b(?:greater|higher|lower|fewer|rarer|more (?:often|frequent\w*)|than)\b[^;:.()]*\(\s?$")
_CASES = re.compile(r"\s(?:cases?|patients?|pts)\s?[;,)]")
_ARM_OF_VERB = re.compile(
    r"^\s*(?:of \d+\s?|patients\s?)*"
    r"(?:(?:in|on|of|with|receiving|who|from|during|by|at|within|after)\s[^,;:]{1,100})?"
    r"(?=\s(?:and|versus|vs\.?|compared with|while|whereas)\s*$|\s*[,:]\s*$)"
)
_LIMITED = re.compile(
    r"\b(?:median|mean|average|minimum|maximum|longest|shortest|minimal|maximal)\b[^.;,()]{0,40}$", re.I
)


def nearest(scene: Scene, groups: list[list[Endpoint]], value: Value, runs: Runs) -> int | None:
    """The nearest list of names before a value that can take it; one inside brackets holds only there."""
    for index in range(len(groups) - 1, -1, -1):
        group = groups[index]
        bracket = scene.bracket_of(group[0].start)
        if group[-1].end > value.left or (bracket is not None and value.start >= bracket[1]):
            continue
        if value.kind != "time" and all(e.code == "follow_up" for e in group):
            continue
        if all(e.kind == "verb" for e in group):
            if index in runs and _goes_on(scene, group, runs[index], value):
                return index
            continue
        if not all(e.weak for e in group):
            return index if any(takes(e, value) for e in group) else None
    return None


_TOLD = re.compile(
    r"(?:\s(?:within|in|after|during|before|by)\s(?:the\s)?(?:first\s)?[\w-]+\s(?:years?|months?|days"
    r"|weeks?)(?:\s(?:of|after)\s\w+)?,?)?"
    r"\s(?:in|among)\s(?:a total of\s|only\s)?"
)


def told_of(scene: Scene, groups: list[list[Endpoint]], value: Value) -> int | None:
    """`the tumour recurred within one year in 21 patients`: the verb that a number of patients follows."""
    if value.kind == "time":
        return None
    for index in range(len(groups) - 1, -1, -1):
        verb = groups[index][-1]
        if verb.end <= value.left:
            told = verb.kind == "verb" and _TOLD.fullmatch(scene.text, verb.end, value.left)
            people = re.match(rf"\s{PEOPLE}", scene.text[value.figure.end : value.figure.end + 20])
            return index if told and (value.n is not None or people) else None
    return None


def _goes_on(scene: Scene, group: list[Endpoint], run: list[Value], value: Value) -> bool:
    """`157 in A died compared with 173`, `131 had died: 70 (97%) of 72 in A and 61 (87%)`."""
    words = scene.skeleton(_last(group, run, value), value.left)
    return bool(_COMPARED.fullmatch(_ARM_OF_VERB.sub(" ", words)))


def _last(group: list[Endpoint], run: list[Value], value: Value) -> int:
    """Where the part of a statement ends that a name and its values before this one make."""
    return max([group[-1].end] + [v.right for v in run if v.right <= value.left])


def is_tight(scene: Scene, group: list[Endpoint], value: Value) -> bool:
    """Whether a name stands right before a value, with no more than `was` or `in` between."""
    return value.left - group[-1].end < 90 and bool(_TIGHT.fullmatch(scene.text[group[-1].end : value.left]))


def is_chained(scene: Scene, group: list[Endpoint], run: list[Value], value: Value) -> bool:
    """`17% versus 4%`, `78% and 71%`: joined to a value that the name before already governs."""
    last = max((v.right for v in run if group[-1].end < v.right <= value.left), default=None)
    if last is None or value.kind == "count":
        return False
    words = scene.skeleton(last, value.left)
    if re.fullmatch(r"\s*(?:vs?\.?|versus|(?:as )?compared with)\s*", words) or _in_next_bracket(scene, run, value):
        return True
    if _repeats_form(scene, run, value):
        return True
    after = scene.text[value.right : value.right + 20]
    return bool(re.fullmatch(r"\s+and\s+", words)) and not re.match(rf"\s*(?:of\s|{PEOPLE})", after)


def _in_next_bracket(scene: Scene, run: list[Value], value: Value) -> bool:
    """`between A (71%) and B (66%)`: each alone in the brackets behind its arm."""
    last = next((v for v in reversed(run) if v.right <= value.left), None)
    if last is None or last.kind != value.kind:
        return False
    between = scene.text[last.right : value.left]
    return bool(_ALONE.fullmatch(between)) and scene.text[value.right : value.right + 1] == ")"


def _repeats_form(scene: Scene, run: list[Value], value: Value) -> bool:
    """`in men (n = 847; 12.6 months) and women (n = 153; 10.4 months)`: brackets of one form."""
    bracket, last = scene.bracket_of(value.left), scene.bracket_of(run[-1].left)
    if bracket is None or last is None or last[1] > bracket[0] or run[-1].kind != value.kind:
        return False
    first = min(v.left for v in run if v.left > last[0])
    heads = [re.sub(r"\d[\d,]*", "#", scene.text[b[0] : at]) for b, at in ((last, first), (bracket, value.left))]
    between = scene.text[last[1] : bracket[0]]
    return heads[0] == heads[1] and "#" in heads[0] and bool(re.match(r"\s*(?:,|and\b)[^\d.;:]*$", between))


def is_backward(scene: Scene, groups: list[list[Endpoint]], index: int, value: Value, runs: Runs) -> bool:
    """Whether the names of a list govern a value that comes after them."""
    group, run = groups[index], runs.get(index, [])
    tight, words = is_tight(scene, group, value), scene.text[group[-1].end : value.left]
    if (_is_subject(scene, value) and not tight and not _is_next_arm(scene, group, run, value)) or _lacks_measure(
        scene, group, words, value.figure.high is not None
    ):
        return False
    if value.kind != "time" and run and _CONTRASTED.fullmatch(words):
        return True
    last = _last(group, run, value)
    if value.kind == "count" and not _counts(scene, group, run, value):
        return False
    own = [v for v in run if v.left >= group[-1].end]
    if len(group) == 1 and any(v.kind != value.kind for v in own):
        return False
    if not own and not tight and not _LINK.search(scene.text[last : value.left]):
        return False
    return not _interrupted(scene, groups, index, value, runs) and governs(scene, last, value.left)


def _is_next_arm(scene: Scene, group: list[Endpoint], run: list[Value], value: Value) -> bool:
    """`an ORR of 77% in all patients and 80% in those with X was achieved`: the verb is said of both."""
    if not run or run[-1].kind != value.kind:
        return False
    words = scene.skeleton(_last(group, run, value), value.left)
    return bool(_ARM_AND.fullmatch(words)) and bool(_ARM_NEXT.match(scene.skeleton(value.right, value.right + 60)))


def _lacks_measure(scene: Scene, group: list[Endpoint], words: str, is_span: bool) -> bool:
    """`a follow-up of 5 years`, `followed for 2 years`: no result of a group without median or mean."""
    name = group[-1]
    if name.code != "follow_up":
        return False
    if name.name.lower().startswith("followed"):
        if re.fullmatch(r"\s*(?:up\s)?(?:for|from)\s", words) and is_span:
            return False
        return not re.search(r"\b(?:median|mean|average)\b", words, re.I)
    bare = re.fullmatch(r"\s*(?:of|for)\s(?:a\stotal\sof\s|up to\s)?|\s[(\[]", words)
    return bool(bare) and not _LIMITED.search(scene.before(name.start, 60))


def _interrupted(scene: Scene, groups: list[list[Endpoint]], index: int, value: Value, runs: Runs) -> bool:
    """Whether values of later names stand between, save in brackets that are closed before this value."""
    if value.kind == "percent" and any(_is_alike(scene, groups[index], v, value) for v in runs.get(REFUSED, [])):
        return True
    later = [v for i, run in runs.items() if i > index for v in run if v.right <= value.left]
    return any(
        v.left >= groups[index][-1].end and ((b := scene.bracket_of(v.start)) is None or b[0] <= value.start < b[1])
        for v in later
    )


def _is_alike(scene: Scene, group: list[Endpoint], refused: Value, value: Value) -> bool:
    """`surgery was performed in 51 (9%) patients on A and 36 (6%) on B`: both or none."""
    if refused.kind != value.kind or refused.n is None or refused.left < group[-1].end:
        return False
    return scene.bracket_of(refused.left) is None and value.n is not None


def _is_subject(scene: Scene, value: Value) -> bool:
    """Whether a value opens a statement of its own: `12% of patients had fatigue`, `5 patients (8%) withdrew`."""
    if value.kind == "time":
        return False
    before = scene.before(value.left, 16)
    if re.search(r"\b(?:in|was|were|by|is|of|reached|for|to|=|compared with|versus|vs\.?)\s*[(\[]?\s*$", before):
        return False
    place, bracket = value.right, scene.bracket_of(value.start)
    if bracket is not None:
        if value.left >= bracket[0]:
            return False
        place = bracket[1]
    return bool(_SUBJECT.match(scene.skeleton(place, min(len(scene.text), place + 160))))


def _counts(scene: Scene, group: list[Endpoint], run: list[Value], value: Value) -> bool:
    """A bare count needs its name right before it: `PR in 3 patients`, `CR (n = 3)`; a rate has no count."""
    last = _last(group, run, value)
    words = scene.text[last : value.left]
    if any(v.left < group[0].start for v in run) and not re.search(r"[:(]|\band\s*$", words):
        return False
    if re.search(r"\brates?$|^(?:ORR|DCR|CBR)s?$", group[-1].name):
        return False
    after = scene.skeleton(value.figure.end, min(len(scene.text), value.figure.end + 60))
    told = any(v.left < group[0].start for v in run)
    if told and re.match(r"\s*(?:in|on|with)\s(?:the\s)?\w", after) and re.search(r"[:(]\s*$|\band\s*$", words):
        return True  # "six deaths occurred: three in the one group and three in the other"
    if not re.match(rf"\s*(?:of\s\d+\s|/\d+\s)?(?:[a-z-]+\s){{0,2}}?{PEOPLE}\b|\s*[)\]]|\s*of\s", after):
        return False
    if re.fullmatch(r"[\s,]*", words) and not re.match(rf"\s*(?:{PEOPLE})?\s*(?:[,;.)\]]|$|and\b)", after, re.I):
        return False
    compared = _IN_BRACKET.search(words) and _CASES.match(scene.text, value.figure.end)
    chained = last > group[-1].end and re.fullmatch(
        r"[^;:]{0,80}?(?:\band|,|\bvs\.?|\bversus|compared with)\s*(?:in\s)?", words
    )
    return bool(compared or _COUNT.fullmatch(words)) or bool(chained and re.match(rf"\s*{PEOPLE}", after))
