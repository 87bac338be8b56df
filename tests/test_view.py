"""The cleaned view: what a line's end breaks is whole again."""

import pytest

from hcclit.document import Block, Document
from hcclit.view import make_view, with_hyphens


def view(text):
    return make_view(Document("any", text, (Block("paragraph", 0, len(text)),))).text.strip()


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("given with sora-\nfenib", "given with sorafenib"),
        ("given with sora\u2010\nfenib", "given with sorafenib"),
        ("a follow-\nup of a year; follow-up was short", "a follow-up of a year; follow-up was short"),
        ("the first-\nline therapy; none at first, nor in line", "the first-line therapy; none at first, nor in line"),
        ("by RE-\nCIST, as in all papers RECIST is", "by RECIST, as in all papers RECIST is"),
        ("AS-\n703026 was given", "AS-703026 was given"),
        ("Fifty-\nfive patients", "Fifty-five patients"),
        ("with-\nout pain; he went out with her", "without pain; he went out with her"),
        ("side-\n-effects", "side-effects"),
        ("60 mg/\nday", "60 mg/day"),
        ("600 mg/\nm²", "600 mg/m2"),
        ("3–\n4 months", "3-4 months"),
        ("was high –\nnot low", "was high - not low"),
    ],
)  # fmt: skip
def test_line_ends(printed, meant):
    assert view(printed) == meant


def test_soft_hyphens_that_belong_to_their_words_become_hyphens():
    text = (
        "Neutropenia and anaemia were seen. Neutro\u00adpenia\tprogression-free\tprogression\u00adfree\tfifty\u00adtwo"
    )
    assert with_hyphens(text) == text.replace("n\u00adf", "n-f").replace("fifty\u00ad", "fifty-")
