"""Which endpoint a value belongs to.

A value is governed by the name before it (`ORR was 20% in A and 30% in B`), or by the name or verb after it (`49%
of the patients had an objective response`, `9 patients died`). Names in a list share out the values that follow.
"""

from __future__ import annotations

import re

from hcclit.extractors.statistic.endpoints import Endpoint
from hcclit.extractors.statistic.gaps import governs, is_difference
from hcclit.extractors.statistic.scene import Scene, Span
from hcclit.extractors.statistic.values import PEOPLE, Value

_TAKES: dict[str, tuple[str, ...]] = {
    "time": ("time", "span"),
    "percent": ("time", "rate", "event", "verb", "span", "ae"),
    "count": ("rate", "event", "verb", "ae"),
}
_LISTED = re.compile(r"[\s,/;]*(?:times?|rates?|durations?)?\s*(?:\([^()]{1,30}\))?[\s,/]*(?:and|or|as well as|&|plus|/)?[\s,]*(?:the\s|median\s|mean\s|rates? of\s|[-\d\s,and]{0,14}(?:year|month)s?\s|of\s)*", re.I)
_TIGHT_BACK = re.compile(
    r"[\s,:=]*(?:\([^()]{0,20}\)\s*)?(?:rates?|times?|estimates?|probabilit\w+|proportions?)?\s*(?:\([^()]{0,20}\)\s*)?"
    r"(?:(?:was|were|is|are|of|reached|being|in|occurred in|(?:was|were) (?:observed|seen|noted|found|achieved|obtained|reported|recorded|documented|confirmed|attained|detected) (?:in|by|for|among))\b)?"
    r"[\s,:=(\[]*(?:only|about|approximately|estimated (?:at|to be)|n\s?=|the best response in|a total of|respectively|,)?\s*[(\[]?\s*",
    re.I,
)
_HAVE = (
    r"(?:had|have|has|having|achiev(?:ed|ing)|obtained|attained|experienc(?:ed|ing)|show(?:ed|ing)|demonstrated|reached|exhibited|developed|sustained|presented"
    r"|were|was|are|remained?|suffered|displayed|met|maintained|responded with|attaining|been|underwent)"
)
_FORWARD_TIGHT = re.compile(rf"(?:\s|[)\]]|confirmed|unconfirmed|(?:evaluable\s)?{PEOPLE}\s(?:with|in)|objective|{PEOPLE}|(?:\d-year|median)|treatment-related|toxic|postoperative|early|perioperative|operative|hospital|of)*", re.I)
_FORWARD_VERB = re.compile(
    rf"[^;:]*?\b{_HAVE}\s+(?:[\w-]+\s){{0,2}}?(?:an?\s|the\s)?(?:(?:best|confirmed|unconfirmed|overall|documented|durable|investigator-assessed|radiologic\w*|objective|tumou?r|either|still|an?|clinical)\s){{0,3}}",
    re.I,
)
_LINK = re.compile(
    r"\b(?:was|were|is|are|be|been|being|in|of|at|for|to|with|by|from|on|among|reached|occurred|rates?|longer|shorter|higher|lower|better|worse|greater|improved|versus|vs|between|than|remained"
    r"|favou?r\w*|estimated|respectively)\b|[:(=\[]", re.I
)
_HAD_IT = re.compile(rf"[)\]\s]*(?:{PEOPLE}\s)?(?:had|achieved|experienced|showed|obtained|attained)\s(?:an?\s)?(?:[\w-]+\s)?", re.I)
_ADJECTIVES = re.compile(r"\s(?:(?!(?:of|in|with|and|or|to|had|were|was|patients?|from|for|on|at|by|than|after|who)\b)[\w-]+\s){0,3}", re.I)
_RAISED = re.compile(r"[^;:.]{0,140}\b(?:increased|improved|raised|reduced|decreased|lowered|prolonged|higher|greater|better|lower)\s(?:the\s)?(?:\w+\s)?", re.I)
_SUBJECT = re.compile(
    rf"[)\]\s]*(?:of (?:the |all |these |our )?(?:[\w-]+\s){{0,3}})?{PEOPLE}?(?:\s(?:in|on|of|from|with|receiving|treated|given|assigned|who)\s[^,;()]{{1,80}}?)?[\s,]*"
    rf"(?:respectively,\s)?\b(?:had|have|were|was|died|achieved|experienced|developed|received|completed|required|underwent|withdrew|showed|discontinued|reported|relapsed"
    rf"|progressed|responded|remained|are|crossed|dropped|survived|obtained|attained|reached|did)\b",
    re.I,
)  # fmt: skip


_BASELINE = re.compile(
    r"[)\]\s]*(?:(?:patients|participants|subjects|women|men)\s)?(?:were|was|had)\s(?:in\s|classified as\s|at\s)?(?P<what>(?:male|female|men|women|cirrhotic)\b"
    r"|(?:Child-Pugh|ECOG|BCLC|Okuda|CLIP|stage|cirrhosis|portal vein|extrahepatic|hepatitis|HBV|HCV|vascular invasion|macrovascular)[^,;.()]{0,40}?)(?=\s*(?:[,;.()]|$|\band\b))",
    re.I,
)


def assign(scene: Scene, groups: list[list[Endpoint]], values: list[Value]) -> None:
    """Give each value its endpoint where the sentence tells; values that it does not tell stay without."""
    runs: dict[int, list[Value]] = {}
    for value in values:
        index = _governor(scene, groups, value, runs)
        if index is not None:
            runs.setdefault(index, []).append(value)
    for index, run in runs.items():
        _share_out(scene, groups[index], run)
    for value in values:
        if value.endpoint is None and value.n is not None and (found := _BASELINE.match(scene.text, value.figure.unit_end)):
            value.endpoint = f"baseline:{scene.source(*found.span('what')).lower()}"


def group_names(scene: Scene, endpoints: list[Endpoint]) -> list[list[Endpoint]]:
    """Names that stand in one list: `median PFS and OS`, `ORR, DCR and median TTP`."""
    groups: list[list[Endpoint]] = []
    for endpoint in endpoints:
        if groups and _joined(scene, groups[-1][-1], endpoint):
            groups[-1].append(endpoint)
        else:
            groups.append([endpoint])
    return groups


def _joined(scene: Scene, one: Endpoint, other: Endpoint) -> bool:
    if "verb" in (one.kind, other.kind) or "follow_up" in (one.code, other.code) or "event" in (one.name + other.name).lower() or scene.between(one.end, other.start) and not _only_landmarks(scene, one.end, other.start):
        return False
    gap = scene.text[one.end : other.start]
    return bool(gap.strip()) and len(gap) < 50 and bool(_LISTED.fullmatch(gap)) and scene.bracket_of(one.start) == scene.bracket_of(other.start)


def _only_landmarks(scene: Scene, start: int, end: int) -> bool:
    return all(f.role == "landmark" for f in scene.between(start, end))


def _governor(scene: Scene, groups: list[list[Endpoint]], value: Value, runs: dict[int, list[Value]]) -> int | None:
    """The list of names that a value belongs to, as an index."""
    back = _back(scene, groups, value, runs)
    if back is not None and _is_chained(scene, groups[back], runs.get(back, []), value):
        return back
    ahead = _ahead(groups, value)
    if ahead is not None and _is_forward(scene, groups, value, (back, ahead)):
        return ahead
    if back is None or _is_subject(scene, value) and not _is_tight(scene, groups[back], value):
        return None
    last = max([groups[back][-1].end] + [v.right for v in runs.get(back, []) if v.right <= value.left])
    if groups[back][-1].code == "follow_up" and re.fullmatch(r"\s*(?:of|for)\s(?:a\stotal\sof\s|up to\s)?", scene.text[groups[back][-1].end : value.left]) and not _measured(scene, groups[back][-1]):
        return None
    if groups[back][-1].name.lower().startswith("followed") and not re.search(r"\b(?:median|mean|average)\b", scene.text[last : value.left], re.I):
        return None
    if value.kind != "time" and _CONTRASTED.fullmatch(scene.text[groups[back][-1].end : value.left]) and runs.get(back):
        return back
    forward = any(v.left < groups[back][0].start for v in runs.get(back, []))
    if value.kind == "count" and forward and not re.search("[:(]", scene.text[last : value.left]):
        return None
    if value.kind == "count" and not _counts_back(scene, groups[back], last, value):
        return None
    run = [v for v in runs.get(back, []) if v.left >= groups[back][-1].end]
    if len(groups[back]) == 1 and any(v.kind != value.kind for v in run):
        return None
    if not run and not _LINK.search(scene.text[last : value.left]) and not _is_tight(scene, groups[back], value):
        return None
    if any(v.left >= groups[back][-1].end and v.right <= value.left for v in _strangers(scene, runs, back, value)):
        return None
    return back if governs(scene, last, value.left) else None


def _without_arms(words: str) -> str:
    """Words between two counts of one verb without `of 72 in the placebo group`, `of those on placebo`."""
    return re.sub(
        r"^\s*(?:of \d+\s?|patients\s?)*(?:(?:in|on|of|with|receiving|who|from|during|by|at|within|after)\s[^,;:]{1,100})?"
        r"(?=\s(?:and|versus|vs\.?|compared with|while|whereas)\s*$|\s*[,:]\s*$)",
        " ",
        words,
    )


def _measured(scene: Scene, endpoint: Endpoint) -> bool:
    """Whether `median`, `mean` or a limit stands before a name."""
    return bool(re.search(r"\b(?:median|mean|average|minimum|maximum|longest|shortest|minimal|maximal)\b[^.;,()]{0,40}$", scene.text[max(0, endpoint.start - 60) : endpoint.start], re.I))


def _is_chained(scene: Scene, group: list[Endpoint], run: list[Value], value: Value) -> bool:
    """`17% versus 4%`, `78% and 71%`: joined to a value that the name before already governs."""
    last = max((v.right for v in run if group[-1].end < v.right <= value.left), default=None)
    if last is None or value.kind == "count":
        return False
    words = scene.skeleton(last, value.left)
    if re.fullmatch(r"\s*(?:vs?\.?|versus|(?:as )?compared with)\s*", words):
        return True
    return bool(re.fullmatch(r"\s+and\s+", words)) and not re.match(rf"\s*(?:of\s|{PEOPLE})", scene.text[value.right : value.right + 20])


def _strangers(scene: Scene, runs: dict[int, list[Value]], back: int, value: Value) -> list[Value]:
    """Values of later names, save those in brackets that are closed before this value."""
    later = [v for index, run in runs.items() if index > back for v in run]
    return [v for v in later if (b := scene.bracket_of(v.start)) is None or b[0] <= value.start < b[1]]


def _back(scene: Scene, groups: list[list[Endpoint]], value: Value, runs: dict[int, list[Value]]) -> int | None:
    """The nearest list of names before a value that can take it; one inside brackets holds only there."""
    for index in range(len(groups) - 1, -1, -1):
        group = groups[index]
        if group[-1].end > value.left:
            continue
        bracket = scene.bracket_of(group[0].start)
        if bracket is not None and value.start >= bracket[1]:
            continue
        if value.kind != "time" and all(e.kind == "span" and e.code == "follow_up" for e in group):
            continue
        if all(e.kind == "verb" for e in group):
            last = max([group[-1].end] + [v.right for v in runs.get(index, []) if v.right <= value.left])
            if index in runs and _COMPARED.fullmatch(_without_arms(scene.skeleton(last, value.left))):
                return index
            continue
        if all(e.weak for e in group):
            continue
        return index if any(_takes(e, value) for e in group) else None
    return None


def _takes(endpoint: Endpoint, value: Value) -> bool:
    if endpoint.kind == "span" and value.kind == "percent" and endpoint.code != "duration_of_response":
        return False
    return value.kind in _TAKES and endpoint.kind in _TAKES[value.kind] and not endpoint.weak


def _ahead(groups: list[list[Endpoint]], value: Value) -> int | None:
    for index, group in enumerate(groups):
        if group[0].start >= value.right:
            return index if _takes(group[0], value) else None
    return None


def _is_tight(scene: Scene, group: list[Endpoint], value: Value) -> bool:
    return bool(_TIGHT_BACK.fullmatch(scene.text[group[-1].end : value.left])) if value.left - group[-1].end < 90 else False


def _is_forward(scene: Scene, groups: list[list[Endpoint]], value: Value, around: tuple[int | None, int]) -> bool:
    """Whether the name after a value is the one that it belongs to."""
    back, ahead = around
    endpoint = groups[ahead][0]
    if endpoint.start - value.right > 220:
        return False
    words = scene.skeleton(value.right, endpoint.start)
    if re.search(r"\b(?:not|without|never|neither)\b|\bno\s$", words) or (value.kind == "count" and re.search(r"\d\s?%", words)):
        return False
    if value.kind == "percent" and re.fullmatch(r"\s*of (?:the |all |these )?", words):
        return False
    if value.kind == "count" and value.right == value.figure.end and endpoint.kind == "verb" and not re.match(r"\s(?:in|on|of|with)\b|\s*(?:had\s|have\s)?$", words):
        return False
    if value.kind == "percent" and re.match(r"\s*of\s", words) and not re.search(rf"\b(?:{PEOPLE}|those|them|whom|which|us|groups?|arms?|cohorts?|tumou?rs|\w+-treated)\b", words, re.I):
        return False
    if value.kind == "percent" and endpoint.kind == "time" and re.fullmatch(r"\s*(?:\d+-(?:year|month)s?\s|(?:one|two|three|five|ten)-year\s)?", words) and _opens(scene, value):
        return True
    if value.kind != "time" and (value.n is not None or value.kind == "count") and _HAD_IT.fullmatch(words):
        return True
    if value.kind == "count" and endpoint.kind in ("event", "rate") and _ADJECTIVES.fullmatch(words) and endpoint.name.endswith("s") and _opens(scene, value):
        return True
    tight_back = back is not None and _is_tight(scene, groups[back], value)
    if value.kind == "time":
        return not tight_back and bool(re.fullmatch(r"\s*(?:of\s)?(?:median|mean)\s", words))
    if endpoint.kind in ("time", "span"):
        return not tight_back and "free" in endpoint.name.lower() and bool(_FORWARD_VERB.fullmatch(words))
    if tight_back and "," not in scene.text[groups[back or 0][-1].end : value.left]:
        return False
    if len(words) < 40 and _FORWARD_TIGHT.fullmatch(words) and _opens(scene, value):
        return True
    bracket = scene.bracket_of(value.left)
    if bracket is not None and bracket[1] <= endpoint.start:
        return back is None and bool(_RAISED.fullmatch(scene.skeleton(bracket[1], endpoint.start)))
    if endpoint.kind == "verb":
        return _is_subject_of(scene, words, value)
    if value.kind == "count" and (value.right == value.figure.end or re.search(r"\b[Oo]f (?:the |these |all )?$", scene.text[max(0, value.left - 10) : value.left])):
        return False
    return bool(_FORWARD_VERB.fullmatch(words)) and _opens(scene, value) and not re.search(r"\.\s", words)


def _opens(scene: Scene, value: Value) -> bool:
    """Whether a value may stand before the name that it belongs to: not after `was` or `of`."""
    if re.search(r"\bthere\s(?:was|were)\s$", scene.text[max(0, value.left - 14) : value.left], re.I):
        return True
    return not re.search(r"\b(?:was|were|is|been|being|of|rate|=|:)\s*[(\[]?\s*$", scene.text[max(0, value.left - 12) : value.left])


def _is_subject_of(scene: Scene, words: str, value: Value) -> bool:
    """`9 patients (12%) in the control group died`: nothing but people, an arm and auxiliaries before the verb."""
    plain = re.fullmatch(
        rf"[)\]\s]*(?:of (?:the |all |these |our |\d+ )?)?(?:[\w-]+\s){{0,2}}?{PEOPLE}?(?:\s?(?:in|on|of|from|with|receiving|treated|given|assigned|who|and|vs\.?|versus|v)\s[^;:]{{0,120}}?)?[\s,]*"
        r"(?:respectively,?\s?)?(?:had|have|were|was|has|are|still|later|subsequently|eventually|also|who|that|been|remained?|did)?\s*(?:already\s|still\s|since\s)?",
        words,
        re.I,
    )
    return bool(plain) and not re.search(r"\b(?:was|were|(?<!total )of)\s*$", scene.text[max(0, value.left - 12) : value.left])


def _is_subject(scene: Scene, value: Value) -> bool:
    """Whether a value opens a statement of its own: `12% of patients had fatigue`, `5 patients (8%) withdrew`."""
    if value.kind == "time":
        return False
    if re.search(r"\b(?:in|was|were|by|is|of|reached|for|to|=)\s*[(\[]?\s*$", scene.text[max(0, value.left - 10) : value.left]):
        return False
    place = value.right
    bracket = scene.bracket_of(value.start)
    if bracket is not None:
        if value.left >= bracket[0]:
            return False
        place = bracket[1]
    return bool(_SUBJECT.match(scene.skeleton(place, min(len(scene.text), place + 160))))


_CONTRASTED = re.compile(r"\s*,?\s*(?:(?:as\s)?compared (?:with|to)|versus|vs\.?)\s*(?:only\s)?", re.I)
_COMPARED = re.compile(r"\s*,?\s*(?:(?:as\s)?compared (?:with|to)|versus|vs\.?|v|and|whereas|while|:)\s*(?:only\s|in\s)?", re.I)
_COUNT_BACK = re.compile(
    r"[\s,:=(\[]*(?:\([^()]{0,20}\)\s*)?(?:(?:was|were|is)\s)?(?:(?:observed|seen|noted|found|achieved|obtained|reported|recorded|documented|confirmed|attained|detected|occurred|developed|the best response)\s)?"
    r"(?:(?:in|by|of|among|for|n\s?=)\s?)?(?:only\s|a total of\s)?[(\[]?(?:n\s?=\s?)?",
    re.I,
)


def _counts_back(scene: Scene, group: list[Endpoint], last: int, value: Value) -> bool:
    """A bare count needs its name right before it: `PR in 3 patients`, `CR (n = 3)`."""
    words = scene.text[last : value.left]
    chained = last > group[-1].end and re.fullmatch(r"[^;:]{0,80}?(?:\band|,|\bvs\.?|\bversus|compared with)\s*(?:in\s)?", words)
    after = scene.skeleton(value.figure.end, min(len(scene.text), value.figure.end + 60))
    if re.search(r"\brates?$|^(?:ORR|DCR|CBR)s?$", group[-1].name):
        return False
    people = re.match(rf"\s*(?:of\s\d+\s|/\d+\s)?(?:[a-z-]+\s){{0,2}}?{PEOPLE}\b|\s*[)\]]|\s*of\s", after)
    if re.fullmatch(r"[\s,]*", words) and not re.match(rf"\s*(?:{PEOPLE})?\s*(?:[,;.)\]]|$|and\b)", after, re.I):
        return False
    return bool(people) and bool(_COUNT_BACK.fullmatch(words) or (chained and people and re.match(rf"\s*{PEOPLE}", after)))


def _share_out(scene: Scene, group: list[Endpoint], run: list[Value]) -> None:
    """Give the values of a run to the names of a list: all to one, or in the order of the list."""
    by_kind = [[e for e in group if _takes(e, value)] for value in run]
    if len(group) == 1:
        pairs = [(value, group[0]) for value in run]
    elif len(run) % len(group) == 0:
        pairs = _in_order(scene, group, run)
    else:
        pairs = [(value, takers[0]) for value, takers in zip(run, by_kind, strict=True) if len(takers) == 1]
    for order, (value, endpoint) in enumerate(pairs):
        value.order = order
        if _takes(endpoint, value):
            _give(scene, value, endpoint)


def _in_order(scene: Scene, group: list[Endpoint], run: list[Value]) -> list[tuple[Value, Endpoint]]:
    """`PFS and OS were a and b in A and c and d in B`; pairs that `vs` joins belong to one name."""
    versus = [bool(re.search(r"\b(?:vs?\.?|versus|compared with)\s*$", scene.text[max(0, v.left - 14) : v.left])) for v in run]
    if any(versus) and len(run) == 2 * len(group) and all(versus[1::2]):
        return [(value, group[i // 2]) for i, value in enumerate(run)]
    return [(value, group[i % len(group)]) for i, value in enumerate(run)]


_BEFORE_STUDY = re.compile(
    r"\bhad had\b|\bbefore (?:they )?(?:entered|entering|entry|enrol\w+|inclusion|study)|\bprior to (?:study |trial )?(?:entry|enrol\w+|inclusion)|\b(?:respon\w+|remission) to (?:prior|previous|their previous)\b", re.I
)


def _give(scene: Scene, value: Value, endpoint: Endpoint) -> None:
    span: Span = (endpoint.start if endpoint.start < value.left else max(0, value.left - 60), value.left)
    differs = value.kind != "count" and (
        (endpoint.gain and scene.bracket_of(value.start) == scene.bracket_of(endpoint.start)) or
        is_difference(scene, max(endpoint.end, span[0]) if endpoint.end <= value.left else span[0], value.left)
        or (endpoint.end <= value.left and _difference_of(scene, endpoint, value))
    )
    value.endpoint = "other" if differs else endpoint.code
    if endpoint.kind == "rate" and value.kind in ("count", "percent") and _BEFORE_STUDY.search(scene.text):
        value.endpoint = f"baseline:{endpoint.name.lower()}"
    value.named_at = endpoint.start
    if differs:
        value.fields["difference"] = True


def _difference_of(scene: Scene, endpoint: Endpoint, value: Value) -> bool:
    """`an improvement in median PFS of 3.2 months`."""
    before = scene.text[max(0, endpoint.start - 60) : endpoint.start]
    if not re.search(r"\b(?:difference|improvement|increase|gain|benefit|prolongation|reduction|decrease|advantage)s?\s(?:in|of)\s(?:the\s)?(?:[\w-]+\s){0,3}$", before, re.I):
        return False
    if re.search(r"\b(?:reduction|decrease|increase)s?\sin\s(?:the\s)?(?:relative\s)?risk\sof\s", before, re.I):
        return not re.search(r"\b(?:vs?|versus|compared)\b", scene.text[endpoint.end : value.right + 30])
    return bool(re.fullmatch(r"\s*(?:rates?\s)?(?:between (?:the )?(?:two |treatment |study )?(?:groups|arms)\s*)?(?:(?:of|was|by|:|,|=|were)\s*(?:only\s|about\s)?)?", scene.text[endpoint.end : value.left]))
