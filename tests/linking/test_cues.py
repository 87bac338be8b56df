"""Every phrase of the table of cues finds its own example."""

import pytest

from hcclit.linking.cues import find_cues
from hcclit.vocabulary import rows


@pytest.mark.parametrize("row", rows("work_cues"), ids=lambda row: row["example"])
def test_example_gives_a_cue_of_its_kind(row):
    found = {(cue.kind, cue.holds) for cue in find_cues(row["example"])}
    assert (row["kind"], row["holds"]) in found


@pytest.mark.parametrize(
    "text",
    [
        "The response rate was 24%",
        "In a multivariate analysis the hazard ratio was 1.8",
        "Patients previously treated with sorafenib were enrolled",
        "To our knowledge this is rare",
        "They were assigned to one of three other study groups",
    ],
)
def test_plain_words_give_no_strong_cue(text):
    assert [cue for cue in find_cues(text) if cue.holds == "anywhere"] == []


def test_the_longer_cue_of_two_that_overlap_holds():
    [cue] = [c for c in find_cues("It was 24% in our previous report") if c.holds != "faint"]
    assert cue.kind == "other"
