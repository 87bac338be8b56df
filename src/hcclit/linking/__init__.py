"""Linking: joins mentions to what they are about (section, subject, patient, time)."""

from __future__ import annotations

from hcclit.language import Analysis
from hcclit.linking.elapsed import elapsed_of
from hcclit.linking.patient import patient_of
from hcclit.linking.study import study_of
from hcclit.linking.subject import subject_of
from hcclit.linking.when import when_of
from hcclit.mention import Mention
from hcclit.records import Subject


def link(analysis: Analysis, mentions: list[Mention]) -> None:
    """Fill the linking fields of all mentions of a paper, in place.

    Fields that an extractor or an earlier step has set are kept, but for the `study` of what is not cited.
    """
    for mention in mentions:
        _link_one(analysis, mention)


def _link_one(analysis: Analysis, mention: Mention) -> None:
    fields, in_text = mention.fields, mention.cell is None
    fields.setdefault("section", analysis.sentence_at(mention.start).section if in_text else "table")
    fields.setdefault("subject", subject_of(analysis, mention))
    if mention.type == "statistic" and fields["subject"] != "cited":
        fields["study"] = None  # only other work has a study's name; here it is compared with
    elif mention.type == "statistic" and in_text:
        fields.setdefault("study", study_of(analysis, mention))
    if fields["subject"] == "patient":
        fields.setdefault("patient_id", patient_of(analysis, mention))
    if in_text and mention.type != "date" and _has_time(mention):
        if mention.type != "dose" or fields["subject"] == "patient":
            fields.setdefault("when", when_of(analysis, mention))
        fields.setdefault("elapsed", elapsed_of(analysis, mention))


def _has_time(mention: Mention) -> bool:
    """Whether a mention can be dated: a finding can, and what this paper's patient was given.

    What is general has no time, nor do statistics of other work; the plan of a group's treatment has no date.
    """
    subject: Subject | None = mention.fields["subject"]
    if mention.type == "dose":
        return subject in ("patient", "cohort")
    return subject in ("patient", "cohort") or (subject == "cited" and mention.type != "statistic")
