"""Linking: joins mentions to what they are about (section, subject, patient, time)."""

from __future__ import annotations

from hcclit.language import Analysis
from hcclit.linking.elapsed import elapsed_of
from hcclit.linking.patient import patient_of
from hcclit.linking.subject import subject_of
from hcclit.linking.when import when_of
from hcclit.mention import Mention


def link(analysis: Analysis, mentions: list[Mention]) -> None:
    """Fill the linking fields of all mentions of a paper, in place.

    Fields that an extractor or an earlier step has set are kept.
    """
    for mention in mentions:
        _link_one(analysis, mention)


def _link_one(analysis: Analysis, mention: Mention) -> None:
    fields, in_text = mention.fields, mention.cell is None
    fields.setdefault("section", analysis.sentence_at(mention.start).section if in_text else "table")
    fields.setdefault("subject", subject_of(analysis, mention))
    if fields["subject"] == "patient":
        fields.setdefault("patient_id", patient_of(analysis, mention))
    if in_text and _has_time(mention):
        fields.setdefault("when", when_of(analysis, mention))
        fields.setdefault("elapsed", elapsed_of(analysis, mention))


def _has_time(mention: Mention) -> bool:
    """Whether a mention can be dated: what is general cannot, nor is the plan of a group's treatment."""
    subject = mention.fields["subject"]
    return subject in ("patient", "cited") or (subject == "cohort" and mention.type != "dose")
