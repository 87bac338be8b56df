"""What sort of value a marker's number is: one patient's measurement, a group's median, mean or range, a threshold.

A reference range, a cut-off, a criterion and the bound of a subgroup are thresholds. A bound without such words
(`AFP >400 ng/ml`) is a threshold unless it is said of a patient.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from hcclit.extractors.marker.attach import Owned
from hcclit.extractors.marker.values import Value
from hcclit.records import MarkerKind

_REFERENCE = (
    r"(?:\b(?:normal|reference|ref|refs|NR|RR|nl|nv|n\.v|ULN|ULRR|upper\slimit|lower\slimit|cut-?offs?|cut\soff|threshold|norm|normals|N)\b\.?)"
)
_REFERENCE_TAIL = (
    r"(?:\s?(?:laboratory|serum|adult|upper|range|ranges|value|values|level|levels|limit|limits|interval|intervals|point|points|is|was|of|being|at|set|"
    r"defined|as|from|to|up|be|between|for|AFP|CEA|DCP|PIVKA-II|used|normal|tumou?r|markers?|the|these|:|=|,|;|-|\())*\s?"
)
_REFERENCE_BEFORE = re.compile(rf"{_REFERENCE}{_REFERENCE_TAIL}$", re.IGNORECASE)
_NORMALIZED_TO = re.compile(r"\b(?:to|within|at)\s(?:a|the)?\s?normal\s(?:level|value|range)s?\s(?:of\s|at\s|\()?$", re.IGNORECASE)
_REFERENCE_AFTER = re.compile(
    r"\s?[)\]]?,?\s?(?:(?:was|were|is|being|or\sless|or\smore)\s)?(?:(?:used|chosen|set|taken|selected|defined|regarded)\s)?(?:as\s)?(?:the\s|an?\s)?"
    r"(?:optimal\s|best\s|normal\s|upper\s|diagnostic\s)?(?:cut-?off|threshold|upper\slimit|normal\srange|reference|limit\sof\snormal|normal\supper|normal\b(?!i|\slevel))",
    re.IGNORECASE,
)
_CRITERION = re.compile(
    r"\b(?:criteri\w+|eligib\w+|inclusion|included|exclusion|defined\sas|definition|diagnosed\s(?:based|on|by|as|when|if)|diagnosis\s(?:was|is|of\sHCC\s(?:was|is))\s(?:based|made\son|established)"
    r"|cut-?offs?|threshold|subgroups?|stratif\w+|univariate|multivariate|multivariable|hazard|HR|OR|odds|risk\sfactors?|prognostic|predict\w*|associated\swith|independent\w*|factors?\b"
    r"|score\w*|points?\sfor|versus|vs|groups?\b|patients\swith|those\swith|patients\swhose|patients\shaving|subjects\swith|if\b|sensitivity|specificity|when\sAFP|cases\swith|individuals\swith|dichotomi[sz]ed"
    r"|p\s?[<=]\s?0|regression|sub-?analys\w+|correlat\w+|suspicio\w+\sfor|suggestive|considered\sdiagnostic|guidelines?|recommend\w*)",
    re.IGNORECASE,
)
_OF_PATIENT = re.compile(
    r"\b(?:his|her|he|she|our\spatient(?!s)|the\spatient(?!s)|this\spatient(?!s)|patient's|\d+-year-old|(?:an?|one|the)\s(?:[\w-]+\s){0,3}?(?:man|woman|boy|girl|patient|male|female|case|infant)(?!s)|[Pp]atient\s\d+|admission|admitted|hospitali[sz]\w+|"
    r"physical\sexamination|laboratory\s(?:data|tests?|findings?|examinations?|results?|values?))\b",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"\b(?:rose|risen|increas\w+|decreas\w+|fell|fallen|dropp\w+|declin\w+|reach\w+|elevat\w+|peak\w*|return\w+|remain\w+|stay\w+|exceed\w+|reduc\w+|normali[sz]ed|raised|became)\b",
    re.IGNORECASE,
)
_MEASURE = re.compile(r"\b(?P<median>median)\b|\b(?P<mean>mean|averaged?|averaging)\b", re.IGNORECASE)
_MEASURE_BEFORE_NAME = re.compile(r"\b(?:(?P<median>median)|(?P<mean>mean|average))\b[^.;,0-9]{0,60}$", re.IGNORECASE)
_MEASURE_AFTER = re.compile(r"\s?[(\[,]\s?(?:(?P<median>median)|(?P<mean>mean|average))\b", re.IGNORECASE)
_RANGE_AFTER = re.compile(r"\s?[(\[,]\s?(?:with\sa\s)?(?:the\s)?(?:total\s|full\s)?(?:range|ranging|IQR|interquartile|inter-quartile)\b", re.IGNORECASE)
_CALLED_NORMAL = re.compile(r"\bnormal(?:\s(?:level|value|range|limit)s?)?\s?[,(:]\s?(?:at\s)?$", re.IGNORECASE)
_BRACKET_BEFORE = re.compile(r"\s?,?\s?[(\[]\s?$")


def kinds(text: str, owned: Sequence[Owned], of_patients: bool) -> list[MarkerKind]:
    """The kind of each value of a sentence.

    Args:
        text: the sentence.
        owned: its values with their markers, in order.
        of_patients: whether the passage tells of individual patients (a case report's case).
    """
    out: list[MarkerKind] = []
    for index, item in enumerate(owned):
        previous = owned[index - 1] if index else None
        out.append(_kind(text, item, (previous, out[-1] if out else None), of_patients))
    return out


def _kind(text: str, item: Owned, before: tuple[Owned | None, MarkerKind | None], of_patients: bool) -> MarkerKind:
    previous, previous_kind = before
    if _is_reference(text, item, previous, previous_kind):
        return "threshold"
    if previous and previous.group == item.group and previous_kind == "threshold" and item.value.comparator == previous.value.comparator:
        return "threshold"
    if previous_kind == "threshold" and previous and _named_behind(previous) and _named_behind(item):
        return "threshold"
    if item.value.sd is not None:
        return "mean"
    if item.value.high is not None:
        return "threshold" if _is_criterion(text, item, of_patients) else "range"
    if item.value.comparator in ("<", "<=", ">", ">=") and _is_criterion(text, item, of_patients):
        return "threshold"
    return _measure(text, item, previous, previous_kind) or "measurement"


def _is_reference(text: str, item: Owned, previous: Owned | None, previous_kind: MarkerKind | None) -> bool:
    value = item.value
    since = previous.value.end if previous and previous.value.end <= value.start else 0
    before = text[max(since, value.start - 70) : value.start]
    if _REFERENCE_BEFORE.search(before) and not (_NORMALIZED_TO.search(before) or _is_given_as_normal(before, value)):
        return True
    if _REFERENCE_AFTER.match(text, value.end):
        return True
    if previous is None or previous.analyte != item.analyte or previous_kind not in ("measurement", None):
        return False
    bracketed = bool(_BRACKET_BEFORE.fullmatch(text[previous.value.end : value.start]))
    bound = value.comparator != "=" or (value.high is not None and value.value <= 10)
    return bracketed and bound and previous.value.comparator in ("=", "~", ">", "<")


def _named_behind(item: Owned) -> bool:
    """`the reference value was 0-5 ng/mL for CEA, 0-35 U/mL for CA19-9`."""
    return item.name_start >= item.value.end


def _is_given_as_normal(before: str, value: Value) -> bool:
    """`returned to normal (6 ng/ml)`: the value that was normal, not a bound of what is."""
    return bool(_CALLED_NORMAL.search(before)) and value.comparator in ("=", "~") and value.high is None


def _is_criterion(text: str, item: Owned, of_patients: bool) -> bool:
    """Whether a bound or range is that of a subgroup or a criterion, and not what a patient had."""
    if _CHANGED.search(text[item.name_end : item.value.start]) or (item.value.high is not None and not _CRITERION.search(text)):
        return False
    if _CRITERION.search(text):
        return not (_OF_PATIENT.search(text) and of_patients)
    return not (of_patients or _OF_PATIENT.search(text))


def _measure(text: str, item: Owned, previous: Owned | None, previous_kind: MarkerKind | None) -> MarkerKind | None:
    after = _MEASURE_AFTER.match(text, item.value.end)
    if after:
        return "median" if after["median"] else "mean"
    since = max(item.name_end, previous.value.end if previous else 0)
    words = list(_MEASURE.finditer(text, min(since, item.value.start), item.value.start))
    found = words[-1] if words else None
    if found is None and (previous is None or previous.value.end <= item.name_start):
        found = _MEASURE_BEFORE_NAME.search(text[max(0, item.name_start - 80) : item.name_start])
    if found:
        return "median" if found["median"] else "mean"
    if previous and previous_kind in ("median", "mean") and previous.name_start == item.name_start:
        return previous_kind
    if _RANGE_AFTER.match(text, item.value.end):
        return "median"
    return None
