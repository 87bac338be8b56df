"""Citation marks in the styles that papers use, and what only looks like one."""

import pytest

from hcclit.citations import find_citations


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("as shown before [7,8].", ["[7,8]"]),
        ("confirmed in two trials.8,9 Currently it is used.", ["8,9"]),
        ("a rare tumour.3 It grows.", ["3"]),
        ("first described (Tanabe 1999; Oduya 2003) in men", ["(Tanabe 1999; Oduya 2003)"]),
        ("shown (e.g. Moreau et al., 2011)", ["(e.g. Moreau et al., 2011)"]),
        ("the first visit (May 2009) was", []),
        ("OS was 24.6 [7-28] months", []),
        ("the range [95% CI 3-4]", []),
        ("a dose of 1.5 mg", []),
        ("P=.05 in all", []),
        ("see Fig.1 for", []),
        ("in group (3) of five", []),
    ],
)
def test_marks(text, marks):
    assert [text[start:end] for start, end in find_citations(text)] == marks


def test_numbers_in_round_brackets_are_references_where_the_paper_counts_them():
    text = "It is common (1). It is deadly (2,3). Care has changed (4). Trials failed (5). In arm (6) all lived (3-18)."
    assert len(find_citations(text)) == 6
    assert find_citations("It is common (1). Grade (3) fever.") == []
