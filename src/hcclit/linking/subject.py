"""Whom a fact is about: a patient or a group of this paper, other work, or nobody in particular (`general`)."""

from __future__ import annotations

from hcclit.language import Analysis, Sentence
from hcclit.linking.habit import habitual_side
from hcclit.linking.individual import is_about_one
from hcclit.linking.origin import Side, side_at, stretch_at
from hcclit.linking.paper import repeats_results
from hcclit.linking.standard import is_standard_dose
from hcclit.linking.table_subject import subject_in_table
from hcclit.mention import Mention
from hcclit.records import Subject


def subject_of(analysis: Analysis, mention: Mention) -> Subject | None:
    """The subject of a mention; None for a date."""
    if mention.type == "date":
        return None
    if mention.fields.get("kind") == "threshold":
        return "general"
    if mention.cell is not None:
        return subject_in_table(analysis, mention)
    sentence = analysis.sentence_at(mention.start)
    if mention.type == "dose" and is_standard_dose(analysis, sentence, mention):
        return "general"
    side = side_of(analysis, sentence, mention)
    if side == "own":
        return "patient" if is_about_one(analysis, sentence, mention) else "cohort"
    return "cited" if side == "cited" else "general"


def side_of(analysis: Analysis, sentence: Sentence, mention: Mention) -> Side | None:
    """Whose work a mention in running text belongs to; None for a dose that is nobody's.

    In this order: what its part of the sentence names, whether it repeats the paper's own results, what the
    paragraph was speaking of, the section's habit.
    """
    if mention.type == "dose" and sentence.section == "methods":
        return "own"  # methods follow the schemes of others, but what they give is this paper's protocol
    stretch = stretch_at(analysis, mention.start)
    side = side_at(stretch, mention.start)
    certain = stretch.reason == "told" or (stretch.named and stretch.turn in (None, "parted"))
    if side == "own" or certain:
        return side
    repeating = mention.type == "statistic" and sentence.section in ("discussion", "conclusion")
    if repeating and repeats_results(analysis, stretch.start, stretch.end):
        return "own"
    return side or habitual_side(analysis, sentence, stretch, mention)
