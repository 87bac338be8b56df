"""Numbers, ranges and units: every printed form reads back as its value, and no text breaks the scanner."""

import gc
import time
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hcclit.quantity import parse_number, scan, unit_at
from hcclit.vocabulary import rows

WHOLE = st.integers(0, 9_999_999)
DECIMAL = st.decimals(min_value=0, max_value=99_999, places=2, allow_nan=False)
UNITS = [row for row in rows("units") if row["kind"] in ("dose", "marker", "time") and len(row["written"]) > 1]
WORDS = {
    "seven": 7,
    "Twelve": 12,
    "Sixty-two": 62,
    "forty": 40,
    "ninety-nine": 99,
    "one hundred and ten": 110,
    "a hundred": 100,
}


@pytest.mark.parametrize("digits", ["9" * 16, "9" * 400, "1" * 5000, "1 x 10^99", "1-" + "9" * 400, "1±" + "9" * 400])
def test_long_rows_of_digits_are_no_numbers(digits):
    assert [q.value for q in scan(f"codes {digits} mg and 12 mg")] == [12]


def only(text):
    (found,) = scan(text)
    return found


def spaced(number, mark):
    return f"{number:,}".replace(",", mark)


@given(number=WHOLE, mark=st.sampled_from([",", " ", ""]))
def test_thousands_read_back_whatever_parts_them(number, mark):
    written = spaced(number, mark)
    text = f"the level was {written} ng/mL."
    found = only(text)
    assert (found.value, found.high) == (number, None)
    assert text[found.start : found.number_end] == written
    assert parse_number(written) == number


@given(number=DECIMAL)
def test_decimals_read_back(number):
    assert only(f"the level was {number} ng/mL.").value == float(number)


@given(number=st.decimals(min_value="0.001", max_value="0.999", places=3))
def test_a_number_may_begin_with_its_point(number):
    written = str(number).removeprefix("0")
    assert only(f"(P={written})").value == float(number)


@given(
    whole=st.integers(0, 999),
    part=st.integers(0, 99),
    unit=st.sampled_from(["%", "ng/mL", "mL", "µg/l", "kU/l", "U/mL", "months"]),
)
def test_a_decimal_comma_is_seen_by_the_unit(whole, part, unit):
    found = only(f"the level was {whole},{part:02d} {unit}.")
    assert found.value == float(f"{whole}.{part:02d}")


@given(
    lead=st.integers(10, 99),
    power=st.integers(2, 9),
    sign=st.sampled_from(["x 10^", " × 10^", "x10^", "*10^"]),
)
def test_powers_read_back(lead, power, sign):
    assert only(f"HBV DNA was {lead / 10}{sign}{power} IU/mL.").value == float(f"{lead / 10}e{power}")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.2 × 104 ng/mL", 12000),
        ("2.5 x 105 copies/mL", 250000),
        ("50x109/l", 50e9),
        ("4.2 × 103 IU/mL", 4200),
    ],
)
def test_a_power_that_lost_its_sign(text, value):
    assert only(text).value == value


@pytest.mark.parametrize("text", ["a lesion of 5 x 104 mm", "3 x 100 mg"])
def test_a_product_is_no_power(text):
    assert scan(text)[0].value in (5, 3)


@pytest.mark.parametrize("word", WORDS)
def test_words_are_numbers(word):
    found = only(f"{word} patients died")
    assert (found.value, found.number.is_word) == (WORDS[word], True)


@given(low=DECIMAL, high=DECIMAL, joiner=st.sampled_from(["-", " - ", " to "]))
def test_a_range_keeps_both_ends(low, high, joiner):
    found = only(f"(range {low}{joiner}{high} ng/mL)")
    assert (found.value, found.high.value) == (float(low), float(high))


@given(low=WHOLE, high=WHOLE)
def test_a_range_of_thousands_keeps_both_ends(low, high):
    found = only(f"(range {low:,}-{high:,} ng/mL)")
    assert (found.value, found.high.value) == (low, high)


@given(mean=DECIMAL, sd=DECIMAL, sign=st.sampled_from(["±", " ± ", "+/-", " +/- "]))
def test_a_standard_deviation_is_kept(mean, sd, sign):
    found = only(f"a mean of {mean}{sign}{sd} ng/mL")
    assert (found.value, found.sd.value, found.high) == (float(mean), float(sd), None)


COMPARATORS = {
    "<": "<", ">": ">", "≤": "<=", "≥": ">=", "< ": "<", "<=": "<=", ">=": ">=", "~": "~", "below ": "<", "above ": ">",
    "less than ": "<", "more than ": ">", "at least ": ">=", "up to ": "<=", "about ": "~", "approximately ": "~",
    "over ": ">", "no more than ": "<=", "exceeding ": ">", "exceeded ": ">",
}  # fmt: skip


@given(number=WHOLE, written=st.sampled_from(sorted(COMPARATORS)))
def test_comparators_open_the_span(number, written):
    text = f"a level of {written}{number} ng/mL"
    found = only(text)
    assert found.comparator == COMPARATORS[written]
    assert text[found.start :].startswith(written.strip())


@given(
    number=WHOLE,
    after=st.sampled_from([("or more", ">="), ("or less", "<="), ("or higher", ">="), ("or below", "<=")]),
)
def test_comparators_that_follow_close_the_span(number, after):
    words, comparator = after
    text = f"a level of {number} ng/mL {words} was seen"
    found = only(text)
    assert (found.comparator, text[found.start : found.end]) == (comparator, f"{number} ng/mL {words}")


@given(unit=st.sampled_from(UNITS), number=st.integers(2, 99), space=st.sampled_from(["", " "]))
def test_units_read_back_as_the_table_has_them(unit, number, space):
    written = unit["written"]
    assume(space or not written[0].isdigit())
    found = unit_at(f"{number}{space}{written},", len(str(number)))
    assert (found.code, found.kind) == (unit["unit"], unit["kind"])


@given(number=WHOLE)
def test_an_unknown_ratio_is_no_unit(number):
    assert only(f"{number} mg/foo").unit is None


def test_numbers_in_skipped_spans_are_none_and_the_next_is_whole():
    text = "CA 19-9 856 U/mL [12] and CA 125 880 U/mL"
    found = scan(text, [(0, 7), (17, 21), (26, 32)])
    assert [(q.value, q.high) for q in found] == [(856, None), (880, None)]


TEXTS = st.lists(
    st.sampled_from(
        ["12", "1,234", "0.5", ".5", "-", " to ", "±", "<", "≥", "x 10^4", " ", ",", ".", "%", "ng/mL", "mg", "(", ")",
         "one", "hundred", "and", "or more", "about", "/", "n=", "\n", "é", "10", "×", "ſix", "leſs than ", "Μg", "٣"]
    ),
    max_size=30,
).map("".join)  # fmt: skip


@given(TEXTS | st.text(max_size=200))
def test_any_text_gives_sound_quantities(text):
    found = scan(text)
    assert all(0 <= q.start <= q.number.start < q.number_end <= q.end <= len(text) for q in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@given(TEXTS)
def test_every_number_reads_back_from_its_own_text(text):
    for quantity in scan(text):
        written = text[quantity.number.start : quantity.number.end]
        assert only(written).value == quantity.value or "," in written


@pytest.mark.parametrize(
    "part",
    ["1", "1,", "1 000 ", "1-", "1 to ", "±1", "1.", "<", "one hundred ", "about ", "1 x 10^4 ", "((", "mg/"],
)
def test_time_grows_with_length_only(part):
    def seconds(copies):
        text = part * copies
        gc.disable()  # a collection goes through all that earlier tests have left, which is not the scanner's doing
        try:
            begin = time.process_time()
            scan(text)
            return time.process_time() - begin
        finally:
            gc.enable()

    seconds(100)
    # ten times the text may take far less than a hundred times as long; a floor keeps the clock's noise out
    assert seconds(20_000) < 30 * max(seconds(2_000), 0.02)


@pytest.mark.parametrize(("text", "value"), [("P = 0,022", 0.022), ("P = 0,05", 0.05), ("n = 1,022", 1022)])
def test_a_leading_zero_makes_the_comma_decimal(text, value):
    assert only(text).value == value


@pytest.mark.parametrize("text", ["interferon α2b", "the β2 receptor", "χ2 test"])
def test_a_digit_after_a_greek_letter_belongs_to_the_name(text):
    assert not scan(text)
