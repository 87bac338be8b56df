"""A paper's review, made by hand for the tests of the library."""

from hcclit.records import Record
from hcclit.review.steps import Opened
from tests.evaluation.build import date, dose, marker, response

RECORDS: list[Record] = [
    dose(0, 6, confidence=0.7),
    marker(10, 16, confidence=0.4),
    date(20, 24, confidence=0.9),
    response(30, 32, confidence=0.95),
]
KEYS = [record.id for record in RECORDS]


def opened(records: list[Record] | None = None, origin: str = "review") -> Opened:
    kept = RECORDS if records is None else records
    return Opened(doc_id="paper", origin=origin, text_sha256="0" * 64, extractors="test", records=kept)
