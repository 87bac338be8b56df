"""The record contract as typed models; `docs/RECORDS.md` says what every field means.

A record is one stated fact with its place in the text. Models are frozen and complete: `to_json` writes
every field, null or not, in the order in which they are declared here.
"""

from __future__ import annotations

import hashlib
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, computed_field

RecordType = Literal["dose", "marker", "date", "response", "statistic"]
Section = Literal[
    "front", "abstract", "introduction", "case", "methods", "results",
    "discussion", "conclusion", "table", "figure", "back",
]  # fmt: skip
Subject = Literal["patient", "cohort", "cited", "general"]
Origin = Literal["review", "blind"]
"""How a person came to a record of gold: by going through predictions, or without seeing any."""
Comparator = Literal["=", "<", "<=", ">", ">=", "~"]
POperator = Literal["=", "<", "<=", ">", ">="]
DoseUnit = Literal[
    "mg", "g", "ug", "ng", "kg", "mL", "L", "mmol", "mg/m2", "g/m2", "ug/m2", "mg/kg", "g/kg", "ug/kg",
    "mL/kg", "IU", "IU/kg", "IU/m2", "MIU", "U", "Gy", "cGy", "MBq", "GBq", "mCi", "MBq/kg", "AUC",
    "mg/mL", "{capsule}", "{tablet}", "{drop}",
]  # fmt: skip
Action = Literal["start", "reduce", "increase", "continue", "stop", "restart"]
Analyte = Literal["AFP", "PIVKA-II", "AFP-L3", "CEA", "CA19-9", "CA125"]
MarkerUnit = Literal[
    "ng/mL", "ug/L", "ng/dL", "ug/mL", "IU/mL", "U/mL", "kU/L", "mAU/mL", "AU/mL", "%",
]  # fmt: skip
MarkerKind = Literal["measurement", "median", "mean", "range", "threshold", "qualitative"]
Bound = Literal["from", "to", "start", "mid", "end"]
Category = Literal["CR", "PR", "SD", "PD"]
Assertion = Literal["affirmed", "negated"]
Measure = Literal["median", "mean", "rate", "count", "HR", "OR", "RR", "range", "p"]
StatisticUnit = Literal["mo", "wk", "d", "a", "%", "1", "h"]
RangeKind = Literal["range", "iqr"]

RECORD_TYPES: tuple[RecordType, ...] = get_args(RecordType)

PARTIAL_DATE = r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"
DURATION = r"^P(?=.)(\d+(\.\d+)?[YMWD])*(T\d+H)?$"
ENDPOINT = (
    r"^(OS|PFS|TTP|TTSP|DFS|ORR|DCR|CBR|CR|PR|SD|PD|recurrence|mortality|follow_up|treatment_duration"
    r"|time_to_response|duration_of_response|sample_size|other|AE:.+|baseline:.+)$"
)

IsoDate = Annotated[str, Field(pattern=PARTIAL_DATE)]
IsoDuration = Annotated[str, Field(pattern=DURATION)]


_BESIDE = {"id", "codes", "confidence", "origin", "page", "bbox", "xpath"}
"""Fields that say nothing of the fact itself."""


class RecordBase(BaseModel):
    """What every record has: its place, whom it is about and when.

    `start` and `end` are Unicode code points into the document's text, half open.
    """

    # The duration pattern of the contract looks ahead, which only Python's engine can.
    model_config = ConfigDict(extra="forbid", frozen=True, regex_engine="python-re")

    doc_id: str = Field(min_length=1)
    type: RecordType
    start: int = Field(ge=0)
    end: int = Field(ge=1)
    text: str = Field(min_length=1)
    section: Section | None = None
    subject: Subject | None = None
    patient_id: str | None = None
    when: IsoDate | None = None
    elapsed: IsoDuration | None = None
    codes: dict[str, str] = Field(default_factory=dict)  # code system -> code, as the vocabulary has them
    confidence: float | None = Field(default=None, ge=0, le=1)  # that span and core fields are right; null in gold
    origin: Origin | None = None  # of gold that says so; null in what was extracted
    page: int | None = Field(default=None, ge=1)  # of formats that have pages
    bbox: list[tuple[float, float, float, float]] | None = None  # x0, top, x1, bottom in points, one for each line
    xpath: str | None = None  # of the paragraph or table, in formats of marked-up elements

    @computed_field  # type: ignore[prop-decorator]  # mypy does not know pydantic's stacked decorator
    @property
    def id(self) -> str:
        """Twelve hexadecimal digits made from the record's content: the same fact has the same id in every run."""
        fields = self.model_dump(mode="json", exclude=_BESIDE)
        return hashlib.sha256(repr(sorted(fields.items())).encode()).hexdigest()[:12]


class Dose(RecordBase):
    """An amount of a named drug or agent, given, planned or recommended."""

    type: Literal["dose"] = "dose"
    drug: str = Field(min_length=1)
    amount: float = Field(gt=0)
    amount_high: float | None = None
    unit: DoseUnit
    per_day: float | None = Field(default=None, gt=0)
    daily_amount: float | None = Field(default=None, gt=0)
    action: Action | None = None


class Marker(RecordBase):
    """A value of a serum tumour marker."""

    type: Literal["marker"] = "marker"
    analyte: Analyte
    value: float | None
    value_high: float | None = None
    comparator: Comparator | None = None
    unit: MarkerUnit | None = None
    value_ng_ml: float | None = None
    sd: float | None = None
    kind: MarkerKind
    interpretation: Literal["normal"] | None = None


class Date(RecordBase):
    """A calendar date, month or year at its stated precision."""

    type: Literal["date"] = "date"
    value: IsoDate
    bound: Bound | None = None


class Response(RecordBase):
    """A tumour response category said of an individual patient, or denied of a group."""

    type: Literal["response"] = "response"
    category: Category
    assertion: Assertion
    criteria: str | None = None


class Statistic(RecordBase):
    """A number that states a result, an effect or the size of a group."""

    type: Literal["statistic"] = "statistic"
    endpoint: str = Field(pattern=ENDPOINT)
    measure: Measure
    value: float
    unit: StatisticUnit | None = None
    at: IsoDuration | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    ci_level: float | None = None
    range_low: float | None = None
    range_high: float | None = None
    range_kind: RangeKind | None = None
    sd: float | None = None
    p: float | None = Field(default=None, ge=0, le=1)
    p_op: POperator | None = None
    n: int | None = None
    total: int | None = None
    group: str | None = None
    comparator_group: str | None = None
    factor: str | None = None
    study: str | None = None


Record = Annotated[Dose | Marker | Date | Response | Statistic, Field(discriminator="type")]
RecordAdapter: TypeAdapter[Dose | Marker | Date | Response | Statistic] = TypeAdapter(Record)
MODELS: dict[RecordType, type[RecordBase]] = {
    "dose": Dose,
    "marker": Marker,
    "date": Date,
    "response": Response,
    "statistic": Statistic,
}


def from_json(line: str | bytes) -> Record:
    """Read one record from its JSON line; a stored `id` is ignored, since it follows from the content.

    Raises:
        pydantic.ValidationError: the line is no record of the contract.
    """
    return from_dict(TypeAdapter(dict[str, Any]).validate_json(line))


def from_dict(fields: dict[str, Any]) -> Record:
    """Make a record of a plain mapping; see `from_json`."""
    return RecordAdapter.validate_python({k: v for k, v in fields.items() if k != "id"})


def sort_key(record: RecordBase, known_id: str | None = None) -> tuple[str, int, int, str, str]:
    """Order of records in every output: document, place, type, id (made anew unless it is given)."""
    return (record.doc_id, record.start, record.end, record.type, known_id or record.id)
