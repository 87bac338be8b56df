"""Quantities in units of a dose that are none: levels, weights, losses, group means, doses of organs or fractions."""

from __future__ import annotations

import re

from hcclit.language import Sentence
from hcclit.quantity import Quantity

_REACH = 90
_RADIATION = frozenset({"Gy", "cGy"})
_SMALL = frozenset({"mg", "ug", "ng", "U", "IU", "mmol"})
_BULK = frozenset({"g", "mL", "L"})

_MEAN = re.compile(
    r"\b(?:mean|median|average|averaged|averaging)\b(?:\s\(?[\w±%)-]+){0,8}?\s"
    r"(?:dos(?:e|es|age|ages|ing)|amounts?|activit(?:y|ies)|volumes?|quantit(?:y|ies)|intakes?|use|consumption|requirements?|given|administered|received|taken)"
    r"\b[^.;]{0,60}$"
    r"|\b(?:mean|median|average)\W{0,3}$"
    r"|\b(?:dose|relative|actual|delivered)[- ](?:dose[- ])?intensit(?:y|ies)\b[^.;]{0,60}$"
    r"|\((?:[^()]{0,40}[;,] ?)?(?:range|IQR|interquartile range)\b[:, ]*(?:of |from )?(?:[\d.,]+ ?\w* ?(?:-|to) ?)?$",
    re.I,
)
_CUMULATIVE = re.compile(r"\b(?:cumulative|accumulated)\b[^.;,()]{0,60}$", re.I)
_LEVEL = re.compile(
    r"\b(?:levels?|concentrations?|troughs?|Cmax|urin(?:e|ary)|serum|plasma|excretion|\w+uria|normal(?: range)?|reference range|24-h(?:our)?|output)"
    r"\b(?P<gap>[^.;,]{0,30})$",
    re.I,
)
_BODILY = re.compile(
    r"\b(?:ascit(?:es|ic)|effusion|drain(?:ed|age|ing|s)?|aspirat(?:ed|ion)|evacuated|blood loss|bleeding|lost|removed|weigh(?:t|ts|ed|ing|s)?|loss"
    r"|mass|tumou?r size|prostate|index|intake of|alcohol|consum\w+|transfus\w+|paracentesis|thoracentesis|infarct|tidal|capacity|FEV1?"
    r"|(?:tumou?r|prostate|liver|residual|blood|urine|ventricular|stroke|tidal|gastric|infusion|injected|injection|total) volumes?|flow)"
    r"\b(?P<gap>[^.;,]{0,45})$",
    re.I,
)
_RINSED = re.compile(r"\b(?:rinsed|washed|flushed|flushing|irrigat\w+|lavaged?)\b[^.;,]{0,40}$", re.I)
_TREATED = re.compile(
    r"\b(?:with|dos\w+|receiv\w+|given|treat\w+|administ\w+|start\w+|therapy|daily|by|oral|intravenous)\b",
    re.I,
)
_LEVEL_OF_DOSE = re.compile(
    r"\bdos(?:e|es|age|ing)[- ](?:levels?|volumes?)|\bweight[- ](?:based|adjusted)|level [I1-9]|-level", re.I
)
_AFTER = re.compile(
    r"(?: ?%|,? ?(?:of )?(?:packed |concentrated )?(?:red (?:blood )?cells?|RBCs?|PRBCs?|blood|platelets|plasma)\b| ?/ ?\d+ ?(?:g|mg|ml|kg|tablet|capsule)\b| ?/ ?(?:L|dL|mL|µL|ul|min|h|hr|s|mm3|mmol)\b|\.cm|[-\s](?:of )?(?:needle|weight|body weight (?:loss|gain)|ascites|blood loss"
    r"|water load|difference|fluid|urine|stool|pus)\b| of (?:[\w-]+ ){0,3}?(?:blood|ascites|fluid|urine|bile|pus|effusion|contrast|saline|water|alcohol per)\b)",
    re.I,
)
_STRENGTH = re.compile(
    r"\b(?:supplied|available|formulated|provided|manufactured|marketed|packaged)\b[^.;]{0,60}$|\b(?:one|two|three|four|\d) ?(?:x|×)? ?$",
    re.I,
)
_SOLID_AFTER = re.compile(
    r"[- ](?:film-coated |oral |soft )?(?:tablets?|capsules?|pills?|vials?|ampoules?|sachets?)\b", re.I
)

_PER_FRACTION = re.compile(
    r"\s?-?(?:\(RBE\))?\s?(?:(?:per|/|a|each|every) ?(?:daily |treatment )?(?:fraction|fx|fr\b|session|day|d\b|week)|(?:once |twice |three times )?daily\b|b\.?i\.?d\b|twice a day"
    r"|(?:daily )?fractions?\b|(?:per|/) ?(?:h|hr|hour|min|minute)\b|[a-z ]{0,12}fractions? (?:size|dose))",
    re.I,
)
_FRACTION_BEFORE = re.compile(
    r"(?:\bfractions?(?: size| dose)?s?,? ?(?:of|at|was|were|is|=|:|with|each)?(?: (?:of|about))? ?\(?|\bfractions? at |\bdaily (?:dose|fractions?) of |\b(?:daily|per) fraction (?:dose )?(?:of )?"
    r"|\bfractions? \((?:of )?|\d ?fractions?,? |Gy,? at (?:a dose of )?)$",
    re.I,
)
_NOT_PRESCRIBED = re.compile(
    r"\b(?:BED\d*|EQD ?2?|biological(?:ly)?|α/β|alpha/beta|isodose|Dmax|Dmean|D\d+|V\d*|constraints?|toleran\w+|hot ?spots?|threshold)\b[^.;]{0,60}$"
    r"|\bequivalent(?: (?:total|dose|doses|to|of|in|biologic\w*|prescribing|approximately|about))*[\s(]*$|\bα/β[^.;]{0,20}$|\bV ?$|\bvolumes?\b[^.;]{0,40}\breceiv\w+[^.;]{0,20}$|\b(?:exceed\w*|limited to|kept (?:below|under)|restricted to)\b[^.;]{0,25}$",
    re.I,
)
_ORGAN = (
    r"(?:(?:normal|healthy|mean|non-?tumou?r(?:ous)?|uninvolved|residual|remnant|remaining|background) (?:liver|lung|tissue|brain)|spinal cord|cord|kidneys?|heart"
    r"|lungs?|stomach|duodenum|bowel|(?:o?e)sophagus|brain ?stem|parotids?|rectum|bladder|femoral heads?|optic \w+|organs? at risk|OARs?|skin|lens|gonads?|bone marrow)"
)
_ORGAN_DOSE = re.compile(
    rf"\b{_ORGAN}\b(?: dose)?(?: \w+)?,? (?:receiv\w+|was|were|is|<|≤|dose|should|of|at|not|did|less|to)\b[^.;,]{{0,50}}$"
    rf"|\b(?:to|of) (?:the )?(?:normal|healthy|uninvolved|non-?tumou?r\w*) (?:liver|lung|tissue|brain) (?:was |is )?$"
    rf"|\b(?:dose|doses|Gy) (?:to|of|for|in) (?:the |both )?(?:\w+ )?{_ORGAN}\b[^.;]{{0,50}}$",
    re.I,
)
_NEGATIVE = re.compile(r"(?:^|[\s(,])-$|[A-Za-z]-$")
_BOUND_KEPT = re.compile(
    r"(?:up to|at least|maximum|minimum|at most|about|around|approximately|approx|nearly|almost|roughly|circa|ca\b|~|=)",
    re.I,
)


def is_excluded(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether the words around a quantity say that it is no dose, whatever drug is named there."""
    unit = quantity.unit
    assert unit is not None
    start = quantity.number.start - sentence.start
    if unit.code not in _RADIATION and _NEGATIVE.search(sentence.text[max(0, start - 6) : start]):
        return True
    before = sentence.text[max(0, start - _REACH) : start]
    after = sentence.text[unit.end - sentence.start : unit.end - sentence.start + 50]
    if _MEAN.search(before) or _CUMULATIVE.search(before) or _is_bound(sentence, quantity):
        return True
    if unit.code in _RADIATION:
        if sentence.text[unit.start - sentence.start : unit.end - sentence.start] == "rAd":  # a virus
            return True
        return _is_no_prescription(before, after)
    if unit.code in _SMALL | _BULK and (_is_level(before, _LEVEL) or _AFTER.match(after)):
        return True
    if unit.code in _BULK and (_RINSED.search(before) or _is_level(before, _BODILY)):
        return True
    return bool(_SOLID_AFTER.match(after) and _STRENGTH.search(before))


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
