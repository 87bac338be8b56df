"""Invented papers and records for the figures."""

from hcclit.pipeline import extract_document
from hcclit.readers.text import read_text
from hcclit.records import Dose, Marker, Response, Statistic

COURSE = (
    "Case report\n\nIn March 2011 a farmer of 61 years was admitted; his AFP was 1,905 ng/mL (normal <10 ng/mL). On 4 "
    "April 2011 sorafenib 400 mg twice daily was started. Two weeks later, AFP fell to 300 ng/mL. After 2 months of "
    "sorafenib, PR by mRECIST was recorded. In September 2011 the dose of sorafenib was reduced to 200 mg twice daily "
    "and AFP was within the normal range. His CEA was 3 ng/mL.\n"
)


def paper(text, doc_id="invented"):
    document = read_text(text, doc_id)
    return document, extract_document(document)


def _record(model, **fields):
    base = {"doc_id": "invented", "start": 0, "end": 1, "text": "x", "subject": "patient"}
    return model(**{**base, **fields})


def dose(**fields):
    return _record(
        Dose, **{"drug": "sorafenib", "amount": 400, "unit": "mg", "per_day": 2, "daily_amount": 800} | fields
    )


def marker(**fields):
    return _record(
        Marker, **{"analyte": "AFP", "value": 20, "unit": "ng/mL", "value_ng_ml": 20, "kind": "measurement"} | fields
    )


def response(**fields):
    return _record(Response, **{"category": "PR", "assertion": "affirmed"} | fields)


def statistic(**fields):
    return _record(
        Statistic, **{"endpoint": "OS", "measure": "median", "value": 9, "unit": "mo", "subject": "cohort"} | fields
    )
