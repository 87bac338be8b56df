import json

import pytest

from hcclit.evaluation import evaluate, load_gold, load_predictions, read_records

from .build import date, dose

DOSE = {
    "doc_id": "a", "type": "dose", "start": 0, "end": 6, "text": "400 mg", "drug": "sorafenib",
    "amount": 400, "unit": "mg",
}  # fmt: skip


def write(path, *lines):
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def test_unknown_fields_are_left_out(tmp_path):
    extra = {"id": "0", "certainty": 0.9, "codes": ["RxNorm 495881"], "measure": "median"}
    (record,) = read_records(write(tmp_path / "a.jsonl", DOSE | extra))
    assert record == dose(0, 6, doc_id="a", text="400 mg")


def test_null_fields_may_be_left_out_or_written(tmp_path):
    short, long = read_records(write(tmp_path / "a.jsonl", DOSE, DOSE | {"per_day": None, "when": None}))
    assert short == long


def test_other_line_separators_stay_inside_a_line(tmp_path):
    file = tmp_path / "a.jsonl"
    file.write_bytes(json.dumps(DOSE | {"text": "4\u2028\x85mg"}, ensure_ascii=False).encode() + b"\r\n\n  \n")
    assert [record.text for record in read_records(file)] == ["4\u2028\x85mg"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "Expecting property name enclosed in double quotes"),
        (b"[1]", "not a JSON object"),
        (b"{}", "type None is none of dose, marker, date, response, statistic"),
        (b'{"type": ["dose"]}', "type ['dose'] is none of dose"),
        (b"\xff\xfe", "can't decode byte 0xff"),
        (b"[" * 100_000, ""),
        (json.dumps(DOSE | {"amount": float("nan")}).encode(), "NaN is no JSON number"),
        (json.dumps(DOSE | {"amount": float("inf")}).encode(), "Infinity is no JSON number"),
        (json.dumps(DOSE | {"unit": "spoons"}).encode(), "unit: Input should be 'mg', 'g'"),
        (json.dumps(DOSE | {"start": -1, "amount": None}).encode(), "start: "),
        (
            json.dumps(DOSE | {"start": -1, "amount": None}).encode(),
            "; amount: Input should be a valid number",
        ),
        (json.dumps({k: v for k, v in DOSE.items() if k != "drug"}).encode(), "drug: Field required"),
        (json.dumps(DOSE | {"end": 0}).encode(), "end: Input should be greater than or equal to 1"),
        (json.dumps(DOSE | {"start": 6}).encode(), "the span 6–6 is empty"),
    ],
)
def test_bad_line_is_named_in_one_line(tmp_path, line, reason):
    file = write(tmp_path / "a.jsonl", DOSE)
    file.write_bytes(file.read_bytes() + b"\n" + line)
    with pytest.raises(ValueError) as caught:
        read_records(file)
    message = str(caught.value)
    assert message.startswith(f"{file}:3: ")
    assert reason in message
    assert "\n" not in message


def test_gold_has_a_file_for_each_document(tmp_path):
    write(tmp_path / "a.jsonl", DOSE, DOSE | {"amount": 800})
    write(tmp_path / "b.c.jsonl")
    (tmp_path / "notes.txt").write_text("no gold")
    gold = load_gold(tmp_path)
    assert {doc_id: len(records) for doc_id, records in gold.items()} == {"a": 2, "b.c": 0}


def test_gold_in_the_wrong_file_is_named(tmp_path):
    write(tmp_path / "b.jsonl", DOSE | {"doc_id": "b"}, DOSE)
    with pytest.raises(ValueError, match=r"b\.jsonl:2: doc_id 'a' in the file of 'b'$"):
        load_gold(tmp_path)


def test_predictions_from_a_file_or_a_directory(tmp_path):
    other = DOSE | {"doc_id": "b"}
    file = write(tmp_path / "all.jsonl", DOSE, other, DOSE)
    assert {doc_id: len(records) for doc_id, records in load_predictions(file).items()} == {"a": 2, "b": 1}
    write(tmp_path / "more.jsonl", other)
    assert {doc_id: len(records) for doc_id, records in load_predictions(tmp_path).items()} == {
        "a": 2,
        "b": 2,
    }


@pytest.mark.parametrize("load", [load_gold, load_predictions])
def test_missing_paths_are_errors(tmp_path, load):
    with pytest.raises(FileNotFoundError):
        load(tmp_path / "nowhere")
    with pytest.raises(ValueError, match=r"no \.jsonl file"):
        load(tmp_path)


def test_any_two_files_can_be_compared(tmp_path):
    one = write(tmp_path / "one.jsonl", DOSE, DOSE | {"start": 10, "end": 16})
    two = write(tmp_path / "two.jsonl", DOSE)
    forth = evaluate(load_gold(one), load_predictions(two)).lines["micro"].score("core")
    back = evaluate(load_gold(two), load_predictions(one)).lines["micro"].score("core")
    assert (forth.precision, forth.recall) == (back.recall, back.precision) == (1.0, 0.5)
    assert forth.f1 == back.f1


def test_written_records_are_read_back(tmp_path, examples):
    for doc_id, records in examples.items():
        lines = (record.model_dump_json() + "\n" for record in records)
        (tmp_path / f"{doc_id}.jsonl").write_text("".join(lines), encoding="utf-8")
    assert load_gold(tmp_path) == examples


def test_record_keeps_its_bound(tmp_path):
    record = date(0, 4, bound="from")
    file = tmp_path / "paper.jsonl"
    file.write_text(record.model_dump_json(exclude={"id", "codes"}))
    assert read_records(file) == [record]
