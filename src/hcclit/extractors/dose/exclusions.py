"""Quantities in units of a dose that are none: levels, weights, losses, means, doses of organs or fractions."""

from __future__ import annotations

import re

from hcclit.extractors.dose.cues import any_of
from hcclit.language import Sentence
from hcclit.quantity import Quantity

_REACH = 140
_RADIATION = frozenset({"Gy", "cGy"})
_SMALL = frozenset({"mg", "ug", "ng", "U", "IU", "mmol"})
_BULK = frozenset({"g", "mL", "L"})

_MEAN = re.compile(
    rf"\b(?:mean|median|average|averaged|averaging)\b(?:\s\(?[\w±%)-]+){{0,8}}?\s{any_of('measured amount')}"
    r"\b(?:[^.;]|\.\d){0,110}$"
    r"|\b(?:mean|median|average)\W{0,3}$|\b(?:less|more|fewer) (?:mean|median|average) (?:[^.;]|\.\d){0,90}$"
    r"|\b(?:dose|relative|actual|delivered)[- ](?:dose[- ])?intensit(?:y|ies)\b(?:[^.;]|\.\d){0,60}$"
    r"|\((?:[^()]{0,40}[;,] ?)?(?:range|IQR|interquartile range)\b[:, ]*(?:of |from )?"
    r"(?:[\d.,]+ ?\w* ?(?:-|to) ?)?$",
    re.I,
)
_CUMULATIVE = re.compile(r"\b(?:cumulative|accumulated)\b[^.;,()]{0,60}$", re.I)
_LEVEL = re.compile(rf"\b{any_of('level')}\b(?P<gap>[^.;,]{{0,30}})$", re.I)
_BODILY = re.compile(rf"\b{any_of('bodily')}\b(?P<gap>[^.;,]{{0,45}})$", re.I)
_RINSED = re.compile(r"\b(?:rinsed|washed|flushed|flushing|irrigat\w+|lavaged?)\b[^.;,]{0,40}$", re.I)
_TREATED = re.compile(rf"\b{any_of('treated')}\b", re.I)
_LEVEL_OF_DOSE = re.compile(
    r"\bdos(?:e|es|age|ing)[- ](?:levels?|volumes?)|\bweight[- ](?:based|adjusted)|level [I1-9]|-level"
    r"|molecular[- ]weight",
    re.I,
)
_RATIO = re.compile(
    r" ?%| [\w-]+ ?/ ?ml\b| ?/ ?\d+ ?(?:g|mg|ml|kg|tablet|capsule)\b"
    r"| ?/ ?(?:L|dL|mL|µL|ul|min|h|hr|s|mm3|mmol)\b|\.cm"
    r"|-1(?!\d)| (?:[dm]?l|min|h|s) ?-1(?!\d)",
    re.I,
)
_BODILY_AFTER = re.compile(
    rf"[-\s](?:of )?{any_of('bodily after')}\b"
    r"|,? ?(?:of )?(?:packed |concentrated )?(?:red (?:blood )?cells?|RBCs?|PRBCs?|blood|platelets|plasma)\b"
    r"| of (?:(?!or |and )[\w-]+ ){0,3}?"
    r"(?:blood|ascites|fluid|urine|bile|pus|effusion|contrast|saline|water|alcohol per)\b",
    re.I,
)
_SUPPLIED = re.compile(
    r"\b(?:supplied|available|formulated|provided|manufactured|marketed|packaged)\b[^.;]{0,85}$", re.I
)
_COUNTED = re.compile(r"\b(?:one|two|three|four|\d) ?(?:x|×)? ?$", re.I)
_SOLID_AFTER = re.compile(
    r"[- ](?:film-coated |oral |soft )?(?:tablets?|capsules?|pills?|vials?|ampoules?|sachets?)\b", re.I
)
_PER_FRACTION = re.compile(
    r"\s?-?(?:\(RBE\))?\s?"
    r"(?:(?:per|/|a|each|every) ?(?:daily |treatment )?(?:fraction|fx|fr\b|session|time\b|day|d\b|week)"
    r"|(?:once |twice |three times )?daily\b|b\.?i\.?d\b|twice a day|(?:daily )?fractions?\b"
    r"|(?:per|/) ?(?:h|hr|hour|min|minute)\b|[a-z ]{0,12}fractions? (?:size|dose)|[- ]isodose"
    r"|single (?:doses?|fractions?)\b(?=,| or| to| up))",
    re.I,
)
_FRACTION_BEFORE = re.compile(
    r"(?:\bfractions?(?: size| dose)?s?,? ?(?:of|at|was|were|is|=|:|with|each)?(?: (?:of|about))? ?\(?"
    r"|\bdaily (?:dose|fractions?) of |\b(?:daily|per) fraction (?:dose )?(?:of )?|\bfractions? \((?:of )?"
    r"|\d ?fractions?,? |Gy,? at (?:a dose of )?)$",
    re.I,
)
_EQUIVALENT = r"(?:total|dose|doses|to|of|in|biologic\w*|prescribing|approximately|about)"
_NOT_PRESCRIBED = re.compile(
    rf"\b{any_of('not prescribed')}\b[^.;]{{0,60}}$|\bequivalent(?: {_EQUIVALENT})*[\s(]*$|\bα/β[^.;]{{0,20}}$"
    r"|\bV ?$|\bvolumes?\b[^.;]{0,40}\breceiv\w+[^.;]{0,20}$"
    r"|\b(?:exceed\w*|limited to|kept (?:below|under)|restricted to)\b[^.;]{0,25}$",
    re.I,
)
_ORGAN_DOSE = re.compile(
    rf"\b{any_of('organ')}\b(?: dose)?(?: \w+)?,? "
    r"(?:receiv\w+|was|were|is|<|≤|dose|should|of|at|not|did|less|to)\b[^.;,]{0,50}$"
    r"|\b(?:to|of) (?:the )?(?:normal|healthy|uninvolved|non-?tumou?r\w*) (?:liver|lung|tissue|brain) (?:was |is )?$"
    rf"|\b(?:dose|doses|Gy) (?:to|of|for|in) (?:the |both )?(?:\w+ )?{any_of('organ')}\b[^.;]{{0,50}}$",
    re.I,
)
_COMPARED = re.compile(r"\([\d.]+ ?\S+ (?:vs?\.?|versus) [\d.]+ ?\S+[,;]? ?p ?[=<>]", re.I)
_BEHIND_HYPHEN = re.compile(r"(?:^|[\s(,])-$|[A-Za-z]-$")  # a negative number; `B-6 tablets`
_BOUND_KEPT = re.compile(any_of("bound kept"), re.I)


def is_excluded(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether the words around a quantity say that it is no dose, whatever drug is named there."""
    unit = quantity.unit
    assert unit is not None
    start = quantity.number.start - sentence.start
    before = sentence.text[max(0, start - _REACH) : start]
    after = sentence.text[unit.end - sentence.start : unit.end - sentence.start + 50]
    if _MEAN.search(before) or _CUMULATIVE.search(before) or _is_bound(sentence, quantity):
        return True
    if any(m.start() < start < m.end() for m in _COMPARED.finditer(sentence.text, max(0, start - 40), start + 40)):
        return True  # a result of two groups: `(18 Gy versus 13 Gy, p = 0.03)`
    if unit.code in _RADIATION:
        virus = sentence.text[unit.start - sentence.start : unit.end - sentence.start] == "rAd"
        return virus or _is_no_prescription(before, after)
    if _BEHIND_HYPHEN.search(before[-6:]):
        return True
    if unit.code in _SMALL | _BULK and _is_measured(before, after, bulk=unit.code in _BULK):
        return True
    return bool(_SUPPLIED.search(before) or (_SOLID_AFTER.match(after) and _COUNTED.search(before)))


def _is_measured(before: str, after: str, *, bulk: bool) -> bool:
    """Whether the quantity was measured in or taken from a body."""
    if _is_level(before, _LEVEL) or _RATIO.match(after) or _BODILY_AFTER.match(after):
        return True
    return bulk and (bool(_RINSED.search(before)) or _is_level(before, _BODILY))


def _is_level(before: str, words: re.Pattern[str]) -> bool:
    match = words.search(_LEVEL_OF_DOSE.sub(" ", before))
    return match is not None and not _TREATED.search(match["gap"])


def _is_bound(sentence: Sentence, quantity: Quantity) -> bool:
    """`prednisone > 10 mg/day`: a criterion, not an amount that is given; `up to 600 mg` is one."""
    if quantity.comparator in (None, "=", "~"):
        return False
    written = sentence.text[quantity.start - sentence.start : quantity.number.start - sentence.start]
    return not _BOUND_KEPT.match(written)


def _is_no_prescription(before: str, after: str) -> bool:
    return bool(
        _PER_FRACTION.match(after)
        or _FRACTION_BEFORE.search(before)
        or _NOT_PRESCRIBED.search(before)
        or _ORGAN_DOSE.search(before)
    )
