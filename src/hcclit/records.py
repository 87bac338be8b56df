"""The record contract as typed models; `docs/RECORDS.md` has its rules.

What a field means, and its unit, stands below it; the data dictionary (`hcclit dictionary`) is made of that.

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
    model_config = ConfigDict(extra="forbid", frozen=True, regex_engine="python-re", use_attribute_docstrings=True)

    doc_id: str = Field(min_length=1)
    """The paper: its file's name without the ending."""
    type: RecordType
    """What kind of fact it is."""
    start: int = Field(ge=0)
    """Where the mention begins in the document's text, in Unicode code points from 0."""
    end: int = Field(ge=1)
    """Where the mention ends, in Unicode code points; the sign there is the first after it."""
    text: str = Field(min_length=1)
    """The mention exactly as it stands, line breaks included."""
    section: Section | None = None
    """The part of the paper; `table` and `figure` (a caption) win over the section that they stand in."""
    subject: Subject | None = None
    """Whom it is about: a patient of this paper, its own group, other work, or a general rule; null for a date."""
    patient_id: str | None = None
    """Which patient, where the paper numbers several."""
    when: IsoDate | None = None
    """The date that the text gives for the fact, ISO 8601 at its stated precision."""
    elapsed: IsoDuration | None = None
    """The time that the text gives from an event to the fact, an ISO 8601 duration."""
    codes: dict[str, str] = Field(default_factory=dict)
    """Codes of the vocabulary, by code system."""
    confidence: float | None = Field(default=None, ge=0, le=1)
    """How likely span and core fields are right, from 0 to 1; null in gold."""
    origin: Origin | None = None
    """How a person came to a record of gold; null in what was extracted."""
    page: int | None = Field(default=None, ge=1)
    """The page from 1, in formats that have pages."""
    bbox: list[tuple[float, float, float, float]] | None = None
    """Boxes on the page, one for each line: x0, top, x1, bottom in points from the upper left corner."""
    xpath: str | None = None
    """The paragraph or table, in formats of marked-up elements."""

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
    """Generic name in lower case; abbreviations, codes and brands resolved, salts dropped."""
    amount: float = Field(gt=0)
    """The amount of one administration, in `unit`; the low end of a range."""
    amount_high: float | None = None
    """The high end of a range, in `unit`."""
    unit: DoseUnit
    """As stated, not converted, written as UCUM writes it where it can."""
    per_day: float | None = Field(default=None, gt=0)
    """Administrations a day; every N weeks is 1/(7N), rounded to 4 places."""
    daily_amount: float | None = Field(default=None, gt=0)
    """`amount` times `per_day`, in `unit`, where `per_day` is known and at least 1."""
    action: Action | None = None
    """What the text says was done with this dose."""


class Marker(RecordBase):
    """A value of a serum tumour marker."""

    type: Literal["marker"] = "marker"
    analyte: Analyte
    """The tumour marker."""
    value: float | None
    """The value as stated, in `unit`; the low end of a range; null for `qualitative`."""
    value_high: float | None = None
    """The high end of a range, in `unit`."""
    comparator: Comparator | None = None
    """How the value is stated; `~` for about."""
    unit: MarkerUnit | None = None
    """As stated; null where it is nowhere stated."""
    value_ng_ml: float | None = None
    """AFP only: `value` in ng/mL (IU/mL times 1.21)."""
    sd: float | None = None
    """The standard deviation stated with a mean, in `unit`."""
    kind: MarkerKind
    """One patient at one time, a group's median, mean or range, a limit, or words alone."""
    interpretation: Literal["normal"] | None = None
    """For `qualitative`: that the marker is, stays or was back in the normal range, or is negative."""


class Date(RecordBase):
    """A calendar date, month or year at its stated precision."""

    type: Literal["date"] = "date"
    value: IsoDate
    """The date, ISO 8601 at its stated precision."""
    bound: Bound | None = None
    """Which end of a stated interval it is, or which part of the year or month."""


class Response(RecordBase):
    """A tumour response category said of an individual patient, or denied of a group."""

    type: Literal["response"] = "response"
    category: Category
    """Complete or partial response, stable or progressive disease."""
    assertion: Assertion
    """Whether it is said or denied."""
    criteria: str | None = None
    """The response criteria as stated; several joined by `; `."""


class Statistic(RecordBase):
    """A number that states a result, an effect or the size of a group."""

    type: Literal["statistic"] = "statistic"
    endpoint: str = Field(pattern=ENDPOINT)
    """What is measured; `AE:` and `baseline:` are followed by the event or characteristic in lower case."""
    measure: Measure
    """What kind of number it is; `rate` is a percentage, `p` a p-value whose statistic is not given."""
    value: float
    """The number as stated, in `unit`; the low end of a `range`."""
    unit: StatisticUnit | None = None
    """`mo`, `wk`, `d`, `a` (years), `h` or `%`; `1` for counts, ratios and p-values."""
    at: IsoDuration | None = None
    """The landmark of a rate or count, an ISO 8601 duration."""
    ci_low: float | None = None
    """The confidence interval's low limit, in `unit`."""
    ci_high: float | None = None
    """The confidence interval's high limit, in `unit`."""
    ci_level: float | None = None
    """The confidence level in percent; 95 where an interval is given without one."""
    range_low: float | None = None
    """The low end of the stated range, in `unit`."""
    range_high: float | None = None
    """The high end of the stated range, in `unit`."""
    range_kind: RangeKind | None = None
    """Whether the range is the whole one or the interquartile range; null counts as `range`."""
    sd: float | None = None
    """The standard deviation stated with a mean, in `unit`."""
    p: float | None = Field(default=None, ge=0, le=1)
    """The p-value that the text attaches to the number or to its comparison."""
    p_op: POperator | None = None
    """How the p-value is stated."""
    n: int | None = None
    """The numerator stated with a rate: patients with the event."""
    total: int | None = None
    """The denominator stated with a rate in its own sentence or cell: patients."""
    group: str | None = None
    """The arm or subgroup as the text names it; null for the whole study."""
    comparator_group: str | None = None
    """For ratios: the arm that it is compared with."""
    factor: str | None = None
    """For ratios of a regression: the factor."""
    study: str | None = None
    """For other work: the trial or first author."""


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
