"""Long and odd texts take no more than time in proportion to their length."""

import time

import pytest

from hcclit.extractors.dose import extract
from hcclit.language import analyse
from hcclit.readers.text import read_text

ODD = {
    "amounts": "400 mg " * 4000,
    "numbers": "1, 2, 3, " * 4000 + "5 mg",
    "days": "days 1, 8, 15, 22, " * 2000 + "5 mg",
    "areas": "area under the a b c " * 2000 + " AUC 5 carboplatin",
    "verbs": "sorafenib 400 mg was was was not " * 1000,
    "digits": "1" * 40000 + " mg sorafenib",
    "spaces": "400 " + " " * 40000 + "mg",
}


@pytest.mark.parametrize("name", ODD)
def test_odd_texts_take_little_time(name):
    analysis = analyse(read_text(ODD[name], name))
    begin = time.process_time()
    list(extract(analysis))
    assert time.process_time() - begin < 10


def test_a_very_long_sentence_is_read_to_its_end():
    text = "sorafenib 400 mg twice daily or lenvatinib 8 mg once daily or " * 200
    doses = list(extract(analyse(read_text(text, "long"))))
    assert len(doses) == 400
    assert {m.fields["per_day"] for m in doses} == {1, 2}
