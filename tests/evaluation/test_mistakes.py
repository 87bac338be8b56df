import json

from hcclit.evaluation import evaluate, list_mistakes
from hcclit.evaluation.mistakes import sentence

from .build import date, dose, statistic

TEXT = "He was well. Sorafenib was started at 400 mg\ntwice a day (Fig. 2) in May 2008. AFP fell.\n\nNext part 7"


def at(mention):
    return TEXT.index(mention), TEXT.index(mention) + len(mention)


def mistakes(gold, predicted, text=TEXT):
    evaluation = evaluate({"paper": gold}, {"paper": predicted})
    return list_mistakes(evaluation, {} if text is None else {"paper": text})


def test_miss_and_false_alarm_with_their_sentences():
    gold, false = dose(*at("400 mg\ntwice a day")), date(*at("7"))
    miss, alarm = mistakes([gold], [false])
    assert (miss.kind, miss.level, miss.line, miss.gold, miss.predicted) == (
        "miss",
        "span",
        "dose",
        gold,
        None,
    )
    assert miss.context == "Sorafenib was started at [[400 mg twice a day]] (Fig. 2) in May 2008."
    assert (alarm.kind, alarm.level, alarm.line) == ("false_alarm", "span", "date")
    assert (alarm.gold, alarm.predicted, alarm.context) == (None, false, "Next part [[7]]")


def test_every_wrong_field_with_both_values_and_its_level():
    place = at("400 mg")
    gold = dose(*place, per_day=2, action="start", when="2008-05")
    wrong_core = mistakes([gold], [dose(*place, unit="g", per_day=1, action="stop")])
    assert [(m.level, m.field, m.gold_value, m.predicted_value) for m in wrong_core] == [
        ("core", "unit", "mg", "g"),
        ("core", "per_day", 2, 1),
        ("full", "action", "start", "stop"),
    ]
    wrong_beside = mistakes([gold], [dose(*place, per_day=2)])
    assert [(m.level, m.field, m.predicted_value) for m in wrong_beside] == [
        ("full", "action", None),
        ("when", "when", None),
    ]
    assert {m.kind for m in wrong_core + wrong_beside} == {"wrong_field"}


def test_wrong_group_is_listed_with_its_line():
    gold, predicted = statistic(0, 4, group="sorafenib", factor="age"), statistic(0, 4, group="placebo")
    assert [(m.level, m.field) for m in mistakes([gold], [predicted])] == [
        ("group", "group"),
        ("group", "factor"),
    ]


def test_listed_by_paper_line_and_place():
    gold = {"b": [date(9, 12)], "a": [date(5, 8), date(0, 4), dose(8, 9)]}
    listed = list_mistakes(evaluate(gold, {"a": [date(20, 24), date(4, 5)]}), {})
    assert [(m.doc_id, m.line, m.kind, (m.gold or m.predicted).start) for m in listed] == [
        ("paper", "dose", "miss", 8),
        ("paper", "date", "miss", 0),
        ("paper", "date", "false_alarm", 4),
        ("paper", "date", "miss", 5),
        ("paper", "date", "false_alarm", 20),
        ("paper", "date", "miss", 9),
    ]


def test_mistakes_account_for_every_lost_point(examples):
    cut = {doc_id: records[::2] for doc_id, records in examples.items()}
    evaluation = evaluate(examples, cut)
    listed = list_mistakes(evaluation, {})
    lost = sum(evaluation.lines[line].gold - evaluation.lines[line].span for line in ("micro", "extended"))
    assert sum(mistake.kind == "miss" for mistake in listed) == lost > 0


def test_without_text_the_mention_stands_alone():
    (miss,) = mistakes([date(0, 4)], [], text=None)
    assert miss.context == "[[xxxx]]"


def test_describe_is_one_line():
    gold, predicted = dose(*at("400 mg\ntwice a day")), dose(*at("400 mg"), amount=800)
    (wrong,) = mistakes([gold], [predicted])
    assert wrong.describe() == (
        "paper dose: wrong field amount (core): 400.0 read as 800.0 | "
        "Sorafenib was started at [[400 mg twice a day]] (Fig. 2) in May 2008."
    )
    (miss,) = mistakes([gold], [])
    assert miss.describe().startswith("paper dose: miss | Sorafenib")


def test_to_dict_is_json():
    fields = mistakes([dose(0, 4)], [dose(0, 4, amount=800)])[0].to_dict()
    assert json.loads(json.dumps(fields)) == fields
    assert fields["gold"]["amount"] == 400
    assert fields["predicted"]["amount"] == fields["predicted_value"] == 800
    assert mistakes([dose(0, 4)], [])[0].to_dict()["predicted"] is None


def test_sentence_begins_at_a_mention_after_a_full_stop():
    assert sentence("It ended. Four deaths. Then", 10, 14) == "[[Four]] deaths."


def test_long_sentence_is_cut_on_both_sides():
    cut = sentence("aa " * 400 + "2008" + " bb" * 400, 1200, 1204)
    assert cut == "…" + "aa " * 100 + "[[2008]]" + " bb" * 100 + "…"


def test_every_example_shows_its_mention(examples, example_texts):
    for doc_id, records in examples.items():
        for record in records:
            shown = sentence(example_texts[doc_id], record.start, record.end)
            assert f"[[{' '.join(record.text.split())}]]" in shown
            assert "\n" not in shown
