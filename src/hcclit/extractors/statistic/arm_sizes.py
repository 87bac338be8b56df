"""Whether a number is the size of an arm: `115 to the control group`, `nivolumab (n = 49)`, `(A, 146; B, 149)`."""

from __future__ import annotations

import re

from hcclit.extractors.statistic.around import ASSIGNS, EVENTS, HAPPENS, N_EQUALS, Around
from hcclit.extractors.statistic.scene import Scene
from hcclit.extractors.statistic.size_sums import is_summed
from hcclit.extractors.statistic.values import PEOPLE

_TO_ARM = re.compile(
    rf"\s*(?:[(\[]\d+(?:\.\d+)?%[)\]])?\s*(?:{PEOPLE}\s)?(?:(?:were|was)\s)?"
    r"(?:(?:randomly\s)?(?:assigned|allocated|randomi[sz]ed)\s)?"
    r"(?:to\s(?!(?:one|two|three|four|five|six|seven|eight|nine|ten|\d+\s?%)\b)\w"
    r"|in\s(?:the\s)?(?:[\w+/,-]{1,30}\s){0,8}?(?:group|arm|cohort)s?\b|in\s(?:arm|group|cohort)\s"
    r"|(?:for|with)\s(?:the\s)?(?-i:[A-Z])|(?:per|in each|in both|for each)\s?(?:group|arm|treatment)?s?\b"
    r"|patients? (?:per|in each) (?:arm|group)|(?:received|underwent)\b(?!\s(?:different|no|other"
    r"|the wrong|incorrect|subsequent|further|additional))|each\b)",
    re.I,
)
_N_HOLDER = re.compile(
    rf"(?:\b{PEOPLE}|\b(?:group|arm|cohort)\s[A-Z0-9]{{1,3}}\b|\b(?:groups?|arms?|cohorts?|populations?"
    rf"|set|placebo|controls?"
    r"|observation|alone|subgroup|subset|(?:pilot|feasibility|randomi[sz]ed|prospective|retrospective|small|larger?|phase\s\w{1,4})\s(?:study|trial|analysis)|therapy|treatment|chemotherapy|radiotherapy|(?-i:[A-Z][A-Z0-9+/-]{1,20})"
    r"|\w{1,20}(?:mab|nib|platin|taxel|xate|bine|cin|tinib|lisib|parib|stat|ide|ene|ole|fen|ane)))"
    r"(?:\s(?:with|of|who|receiving|in|on|for|treated|given|aged)\s[^.;:()]{1,110})?\s*$",
    re.I,
)
_NO_HOLDER = re.compile(
    r"\bbecause\b|\bdue to\b|dropout|ineligib|\b[Rr]easons?|adverse|excluded|discontinu|withdr|deaths?\b|events?\b"
)
_NO_ARMS = re.compile(
    r"metasta|lesions?\b|nodules?\b|\bsites?\b|\bprocedures?\b|\boperations?\b|a?etiolog|\bcauses?\b"
    r"|complication|mutation|genotype|samples?\b|specimens?\b|cell lines|locali[sz]ed|location|\bimaging|biops",
    re.I,
)
"""What a list of numbers counts, where it is no list of arms."""
_COMPARES = re.compile(r"\b(?:vs?\.?|versus|median|hazard|respectively)\b|\b[Pp]\s?[<=>]")
_SHARE_OF = re.compile(r"\d\s?%(?:\sof)?(?:\s[a-z][\w-]*){0,2}\s(?:were|was|had|are)(?:\s[A-Za-z][\w-]*){1,3}\s*$")
"""`85% were men (n = 166)`: a count with its percentage."""
_OVERALL = re.compile(r"(?:\b(?:total|overall|in all),?\s*|total of\s)$", re.I)
_THERE_WERE = re.compile(r"\bthere were\s$")
_NAME_BEFORE = re.compile(r"[(;,:]\s*(?:[\w/+-]{1,30}\s){0,4}(?=[\w/+-]*[A-Za-z])[\w/+-]{1,30},\s*$")
_ANIMALS = re.compile(r"\b(?:rats?|mice|mouse|animals|dogs|pigs|rabbits|cell lines?)\b", re.I)
_CAPITAL_N = re.compile(r"[(\[]N\s?=\s?$")
_SMALL = 10
_LOST = re.compile(
    r"\bnot (?:evaluable|assessable|eligible|treated)\s$|\bineligible\s$|\b(?:excluded|withdrew|lost to follow-up)\s$"
)
_MEASURE = re.compile(r"\b(?:[Mm]edian|[Mm]ean|[Rr]ange|[Aa]ge|IQR|SD)[,:]?\s$")
_RANDOMISES = re.compile(r"randomi[sz]|randomly|assigned")


def is_arm_size(number: Around) -> bool:
    """Whether a number is the size of an arm."""
    if N_EQUALS.search(number.before):
        return _holds_patients(number) or (number.since is not None and is_summed(number.scene, number.figure))
    if _with_interval(number):
        return False
    return _adds_up(number) or _is_assigned(number)


def _adds_up(number: Around) -> bool:
    """Whether a number is part of a sum or a list of arms."""
    stated = number.since is not None
    bracket = number.scene.bracket_of(number.figure.start)
    if bracket is not None and _LOST.search(number.scene.before(bracket[0], 40)):
        return False
    if stated and is_summed(number.scene, number.figure):
        return True
    return (stated or bool(_RANDOMISES.search(number.scene.text))) and _is_listed(number)


def _is_assigned(number: Around) -> bool:
    """Whether the words about a number assign it to an arm."""
    stated, text = number.since is not None, number.scene.text
    if not stated and not ASSIGNS.search(text):
        return False
    if _tells_of_events(number):
        return False
    if stated and number.before.endswith("(") and re.match(r"\s?\[\d+(?:\.\d+)?%\]\)", number.beside):
        return True
    return _goes_to_arm(number, stated)


def _with_interval(number: Around) -> bool:
    """`80 (79%; 95% CI, 70%-88%) assigned to receive tadalafil kept it`: the count of a result."""
    return bool(re.match(r"\s?[(\[][\d.]+\s?%[^()]{0,6}\b(?:\d\d% )?(?:CI|confidence)\b", number.beside))


def _tells_of_events(number: Around) -> bool:
    """Whether deaths, withdrawals and the like stand near a number."""
    recent = (number.since if number.since is not None else number.before)[-70:]
    if EVENTS.search(recent) and "leaving" not in number.before:
        return True
    if _THERE_WERE.search(number.before) and HAPPENS.search(number.before):
        return True
    if re.search(r"\boccur(?:red|ring)\b|\bas (?:did|were|was)\s$", number.before):
        return True
    return bool(
        re.search(
            r"excluded|withdrew|died|discontinu|crossed over|adhered|complied|completed",
            re.split(r"[;.]", number.after[:110])[0],
        )
    )


def _goes_to_arm(number: Around, stated: bool) -> bool:
    found = _TO_ARM.match(number.after)
    if number.has_share and HAPPENS.search(re.split(r"[,;.]", number.after)[0]):
        return False
    if found is None or (number.has_share and not re.search(r"\bto\b", found.group())):
        return False
    return stated or not re.search(r"received|underwent", found.group()) or bool(_OVERALL.search(number.before))


def _is_listed(number: Around) -> bool:
    """`(A, 146; B, 149)` and `(784 patients; the combination group)` in a sentence that assigns patients."""
    bracket = number.scene.bracket_of(number.figure.start)
    if bracket is None or number.figure.is_word or _MEASURE.search(number.before):
        return False
    if re.search(
        r"%|block|\d\.\d|\byears?\b|\bmg\b|\bAUC\b|area under|\bGy\b", number.scene.text[bracket[0] : bracket[1]]
    ):
        return False
    if _NAME_BEFORE.search(number.before):
        return bool(re.match(r"\s*[;,:)\]]", number.beside))
    opens = re.search(r"[(\[]\s*$", number.before)
    return bool(opens and re.match(rf"\s{PEOPLE}\s*[;,)\]]", number.beside, re.I))


def _holds_patients(number: Around) -> bool:
    """`women (n = 235)`, `nivolumab (n = 157)`; not `sepsis (n = 1)`, not `(n = 14; 12.7%)`."""
    scene, place = number.scene, number.figure.start
    bracket = scene.bracket_of(place)
    end = bracket[0] if bracket is not None else place
    holder = scene.skeleton(max(0, end - 170), end)
    inner = re.sub(r"[(\[,;]?\s*[nN]\s?=\s?$", "", scene.text[end:place]).strip("([ ")
    if (
        "%" in inner
        or holder.rstrip().endswith("%")
        or _SHARE_OF.search(holder)
        or _NO_HOLDER.search(f"{holder} {inner}")
        or _ANIMALS.search(scene.text)
    ):
        return False
    if re.match(r"\s*[,;]?\s*[(\[]?\d+(?:\.\d+)?%", number.after):
        return False
    several = len(re.findall(r"\b[nN]\s?=\s?\d", scene.text)) > 1 and not EVENTS.search(scene.text)
    if re.search(r"(?:[,;]|\band|\bat|\bafter)\s\d+\s(?:months?|weeks?|years?)\s*$", holder):
        return False
    assigned = ASSIGNS.search(scene.text)
    if not assigned and _NO_ARMS.search(scene.text) and not _COMPARES.search(scene.text):
        return False
    whole = number.figure.value >= _SMALL and _CAPITAL_N.search(number.before) and not EVENTS.search(scene.text)
    if several or assigned or whole or _N_HOLDER.search(holder):
        return True
    return bool(inner and _N_HOLDER.search(inner)) or _ends_with_treatment(scene, end)


def _ends_with_treatment(scene: Scene, place: int) -> bool:
    shift = scene.sentence.start
    near = scene.analysis.entities_in(max(0, place - 40) + shift, place + shift)
    return any(e.label in ("DRUG", "PROCEDURE") and place - (e.end - shift) <= 2 for e in near)
