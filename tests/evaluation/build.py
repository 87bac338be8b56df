"""Short ways to make records for the tests of the evaluation."""

from typing import Any

from hcclit.records import Date, Dose, Marker, Record, Response, Statistic

DEFAULTS: dict[type, dict[str, Any]] = {
    Dose: {"drug": "sorafenib", "amount": 400, "unit": "mg"},
    Marker: {"analyte": "AFP", "value": 120, "unit": "ng/mL", "kind": "measurement"},
    Date: {"value": "2008-01"},
    Response: {"category": "PR", "assertion": "affirmed"},
    Statistic: {"endpoint": "OS", "measure": "median", "value": 10.5, "unit": "mo"},
}


def _make(model, start, end, **fields):
    place = {"doc_id": "paper", "start": start, "end": end, "text": "x" * (end - start)}
    return model(**place | DEFAULTS[model] | fields)


def dose(start: int, end: int, **fields: Any) -> Record:
    return _make(Dose, start, end, **fields)


def marker(start: int, end: int, **fields: Any) -> Record:
    return _make(Marker, start, end, **fields)


def date(start: int, end: int, **fields: Any) -> Record:
    return _make(Date, start, end, **fields)


def response(start: int, end: int, **fields: Any) -> Record:
    return _make(Response, start, end, **fields)


def statistic(start: int, end: int, **fields: Any) -> Record:
    return _make(Statistic, start, end, **fields)
