"""How facts are named in figures: short, and the same everywhere."""

from __future__ import annotations

import re

from hcclit.records import Dose, Marker, Response

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u200b-\u200f\u2028-\u202e\u2060-\u2069]+|\s+")
_COMPARATORS = {"<=": "≤", ">=": "≥", "~": "about ", "=": ""}
_LONGEST = 300


def plain(text: str) -> str:
    """A text in one line, without signs that a picture or XML cannot hold."""
    return _UNPRINTABLE.sub(" ", text[:_LONGEST]).strip()


def number(value: float) -> str:
    """A number as figures print it: `22,100`, `0.58`."""
    return f"{value:,.10g}" if abs(value) < 1e12 else f"{value:.3g}"


def dose_label(dose: Dose) -> str:
    """Amount and frequency: `400 mg ×2/day`."""
    unit = dose.unit.strip("{}")
    amount = number(dose.amount) + (f"–{number(dose.amount_high)}" if dose.amount_high else "")
    return f"{amount} {unit}{_frequency(dose.per_day)}"


def _frequency(per_day: float | None) -> str:
    if per_day is None:
        return ""
    if per_day == 1:
        return "/day"
    if per_day > 1:
        return f" ×{number(per_day)}/day"
    days = round(1 / per_day)
    if abs(per_day * days - 1) > 0.01:  # given days of a cycle
        return f" ×{number(round(per_day * 7, 2))}/week"
    return f" every {days // 7} weeks".replace(" 1 weeks", " week") if days % 7 == 0 else f" every {days} days"


def marker_label(marker: Marker) -> str:
    """Marker and value as stated: `AFP 22,100 ng/mL`, `AFP normal`."""
    unit = f" {marker.unit or '(no unit)'}" if marker.value is not None else ""
    return f"{marker.analyte} {value_label(marker)}{unit}"


def value_label(marker: Marker, factor: float = 1) -> str:
    """The value alone, in the unit that the factor leads to: `<10`, `2.02–3.6`, `normal`."""
    if marker.value is None:
        return marker.interpretation or "not quantified"
    sign = _COMPARATORS.get(marker.comparator or "=", marker.comparator or "")
    high = f"–{number(marker.value_high * factor)}" if marker.value_high is not None else ""
    return f"{sign}{number(marker.value * factor)}{high}"


def response_label(response: Response) -> str:
    """Category, and that it is denied: `PR`, `no CR`."""
    return f"no {response.category}" if response.assertion == "negated" else response.category


def fact_label(fact: Dose | Marker | Response) -> str:
    """What a list calls a fact."""
    if isinstance(fact, Dose):
        return plain(f"{fact.drug} {dose_label(fact)}" + (f" ({fact.action})" if fact.action else ""))
    return plain(marker_label(fact) if isinstance(fact, Marker) else response_label(fact))


_ENDPOINTS = {
    "OS": "Overall survival",
    "PFS": "Progression-free survival",
    "TTP": "Time to progression",
    "TTSP": "Time to symptomatic progression",
    "DFS": "Disease-free survival",
    "ORR": "Objective response",
    "DCR": "Disease control",
    "CBR": "Clinical benefit",
    "CR": "Complete response",
    "PR": "Partial response",
    "SD": "Stable disease",
    "PD": "Progressive disease",
    "other": "Endpoint not named",
}


def endpoint_name(endpoint: str) -> str:
    """An endpoint as a heading: `Overall survival`, `Adverse event: fatigue`."""
    kind, _, what = endpoint.partition(":")
    if what:
        return plain(f"{'Adverse event' if kind == 'AE' else 'Baseline'}: {what}")
    return _ENDPOINTS.get(endpoint, endpoint.replace("_", " ").capitalize())
