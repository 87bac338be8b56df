import re

from hypothesis import given
from hypothesis import strategies as st

from hcclit.alternatives import grouped, one_of

WORDS = st.lists(st.text("abAB1- ", min_size=1, max_size=4), min_size=1, max_size=8)
TEXTS = st.text("abAB1- .", max_size=40)


@given(WORDS, TEXTS)
def test_it_finds_what_a_plain_list_finds(words, text):
    plain = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    expected = [m.span() for m in re.finditer(f"(?:{plain})", text, re.IGNORECASE)]
    assert [m.span() for m in re.finditer(one_of(words), text)] == expected


@given(WORDS, TEXTS)
def test_case_may_count(words, text):
    plain = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    expected = [m.span() for m in re.finditer(f"(?:{plain})", text)]
    assert [m.span() for m in re.finditer(one_of(words, any_case=False), text)] == expected


def test_no_words_match_nothing():
    assert re.search(one_of([]), "anything") is None


@given(TEXTS)
def test_grouped_alternatives_match_where_the_list_does(text):
    pattern = r"ab\w*|a?1|(?:a|b)-1|[AB]{2} |b\.|-a|a(?:1|-)|bb*"
    expected = re.search(pattern, text, re.IGNORECASE) is not None
    assert (re.search(grouped(pattern), text) is not None) == expected


def test_what_words_share_and_where_they_part_is_spelt_alike():
    pattern = one_of(["time to death", "time", "timely"], spelling=lambda part: part.replace(" ", "[ -]"))
    assert [m.group() for m in re.finditer(pattern, "Time-to death, TIME to, timely")] == [
        "Time-to death",
        "TIME",
        "timely",
    ]
