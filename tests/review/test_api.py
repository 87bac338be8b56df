"""The server behind the page: who may talk to it, and what it says to good and bad requests."""

import hashlib
import json

import pytest
from starlette.testclient import TestClient

from hcclit.checks.silencing import Silence, read_silences
from hcclit.evaluation import load_gold
from hcclit.outcomes import Outcome, find_papers
from hcclit.records import Date, Dose
from hcclit.review.sources import gold_folder
from hcclit.store import make_plan, open_store, run_into
from tests.conftest import CASE

from .conftest import HOST, HOSTILE, TOKEN


@pytest.fixture
def desk(at_desk):
    return at_desk(reviewer="anna")


def paper(client, number=0):
    answer = client.get(f"api/papers/{number}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def step(client, seen, number=0, **asked):
    return client.post(f"api/papers/{number}/steps", json={"seen": seen, **asked})


# --- who may talk to it -----------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["", "assets/review.js", "api/papers", "api/papers/1", "nothing"])
@pytest.mark.parametrize("token", ["", "wrong", TOKEN[:-1], TOKEN + "x", "%FF", f"x/{TOKEN}"])
def test_every_request_needs_the_token(desk, path, token):
    client = TestClient(desk.client.app, base_url=f"http://{HOST}")
    answer = client.get(f"/{token}/{path}")
    assert answer.status_code == 403
    assert "open the address" in answer.text
    assert TOKEN not in answer.text


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8765", "127.0.0.1", "127.0.0.1:1", "localhost", ""])
def test_other_names_of_this_machine_are_refused(desk, host):
    assert desk.client.get("api/papers", headers={"host": host}).status_code == 403


def test_a_request_out_of_a_foreign_page_is_refused(desk):
    for origin in ("https://evil.example", "null", f"https://{HOST}"):
        answer = desk.client.post("api/papers/0/steps", json={}, headers={"origin": origin})
        assert answer.status_code == 403
    assert desk.client.get("api/papers", headers={"origin": f"http://{HOST}"}).status_code == 200


@pytest.mark.parametrize("path", ["", "assets/review.js", "assets/nothing.js", "api/papers/99"])
def test_every_answer_forbids_foreign_and_inline_scripts(desk, path):
    headers = desk.client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"


def test_the_page_has_no_script_of_its_own_and_nothing_from_elsewhere(desk):
    page = desk.client.get("").text
    assert '<script type="module" src="assets/review.js"></script>' in page
    assert page.count("<script") == 1
    assert "style=" not in page
    assert "onclick" not in page
    for name in ("review.js", "form.js", "panel.js", "offsets.js", "review.css"):
        answer = desk.client.get(f"assets/{name}")
        assert answer.status_code == 200
        assert "http://" not in answer.text
        assert "https://" not in answer.text
    assert desk.client.get("assets/../web.py").status_code in (403, 404)


def test_a_reviewers_name_is_no_markup(at_desk):
    page = at_desk(reviewer='<script>alert(1)</script>"').client.get("").text
    assert page.count("<script") == 1
    assert "&lt;script&gt;" in page


# --- papers -----------------------------------------------------------------------------------------


def test_papers_are_listed_with_what_they_come_to(desk):
    paper(desk.client)
    found = {line["doc_id"]: line["state"] for line in desk.client.get("api/papers").json()["papers"]}
    assert found == {"case": "begun", "empty": "new", "hostile": "new"}


def test_a_paper_that_cannot_be_read_says_why_and_the_others_go_on(desk):
    answer = desk.client.get("api/papers/1")
    assert answer.status_code == 422
    assert "empty.txt: the file is empty" in answer.json()["message"]
    assert paper(desk.client)["doc_id"] == "case"


def test_each_record_comes_with_its_sentence_and_its_form(desk):
    shown = paper(desk.client)
    dose = next(item for item in shown["items"] if item["type"] == "dose")
    assert CASE[dose["start"] : dose["end"]] == dose["text"] == "400 mg bid"
    around = dose["context"]
    assert around["before"] + dose["text"] + around["after"] in CASE
    assert dose["values"]["drug"] == dose["predicted"]["drug"] == "sorafenib"
    assert 0 < dose["confidence"] < 1
    forms = desk.client.get("api/papers").json()["forms"]
    assert {field["name"] for field in forms["dose"]} == set(dose["values"])


def test_the_text_is_marked_and_hostile_text_is_text(desk):
    html = desk.client.get("api/papers/2/text").text
    assert "<script>" not in html
    assert "<img" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    ids = {item["id"] for item in paper(desk.client, 2)["items"]}
    assert ids
    assert all(f'data-record="{each}"' in html for each in ids)


# --- steps ------------------------------------------------------------------------------------------


def test_from_the_first_step_to_gold(desk, papers, tmp_path):
    shown = paper(desk.client)
    keys = [item["key"] for item in shown["items"]]
    seen = shown["seen"]
    for key in keys[:-1]:
        answer = step(desk.client, seen, do="accept", key=key).json()
        assert [item["verdict"] for item in answer["changed"]] == ["accepted"]
        seen = answer["seen"]
    refused = step(desk.client, seen, do="finish")
    assert (refused.status_code, refused.json()["message"]) == (422, "1 record is not decided yet")
    seen = step(desk.client, seen, do="reject", key=keys[-1]).json()["seen"]
    assert step(desk.client, seen, do="finish").json()["done"]
    gold = load_gold(papers / "review")["case"]
    assert len(gold) == len(keys) - 1
    assert {record.origin for record in gold} == {"review"}
    log = [json.loads(line) for line in (papers / "review/journal/case.jsonl").read_text().splitlines()]
    assert {line["by"] for line in log} == {"anna"}
    assert [line["do"] for line in log] == ["open", *["accept"] * (len(keys) - 1), "reject", "finish"]


def test_a_field_and_a_span_are_corrected(desk):
    shown = paper(desk.client)
    dose = next(item for item in shown["items"] if item["type"] == "dose")
    at = CASE.index("mg bid")
    form = {"type": "dose", "start": at - 4, "end": at + 2, "values": dose["values"] | {"per_day": "1"}}
    answer = step(desk.client, shown["seen"], do="correct", key=dose["key"], **form).json()
    (now,) = answer["changed"]
    assert (now["key"], now["text"], now["values"]["per_day"], now["verdict"]) == (
        dose["key"],
        "400 mg",
        "1",
        "corrected",
    )
    assert now["predicted"]["per_day"] == "2"
    undone = step(desk.client, answer["seen"], do="undo").json()
    assert undone["key"] == dose["key"]
    assert undone["changed"] == [dose]


def test_a_record_is_added_where_the_text_was_selected_by_code_points(desk):
    at = HOSTILE.index("May 2009")
    form = {"do": "add", "type": "date", "values": {"value": "2009-05", "bound": "from"}}
    seen = paper(desk.client, 2)["seen"]
    answer = step(desk.client, seen, 2, start=at - 1, end=at + 9, quote=" May 2009 ", **form)
    (item,) = answer.json()["changed"]
    assert (item["text"], item["start"], item["verdict"]) == ("May 2009", at, "added")
    # a page whose offsets were UTF-16 would be two too far, and is refused
    wrong = step(desk.client, answer.json()["seen"], 2, start=at + 2, end=at + 10, quote="May 2009", **form)
    assert wrong.status_code == 422
    assert "another text" in wrong.json()["message"]


def test_what_is_wrong_in_a_form_is_said_by_field_and_nothing_is_saved(desk, papers):
    seen = paper(desk.client)["seen"]
    before = (papers / "review/journal/case.jsonl").read_bytes()
    form = {"do": "add", "type": "dose", "start": 3, "end": 10, "values": {"amount": "1,905"}}
    answer = step(desk.client, seen, **form)
    assert answer.status_code == 422
    assert set(answer.json()["errors"]) == {"drug", "amount", "unit"}
    blank = step(desk.client, seen, **form | {"start": 2, "end": 3})
    assert blank.json()["errors"] == {"span": "no text is selected"}
    assert (papers / "review/journal/case.jsonl").read_bytes() == before


def test_a_second_window_is_told_and_shown_anew(desk):
    shown = paper(desk.client)
    first, second, *_ = (item["key"] for item in shown["items"])
    assert step(desk.client, shown["seen"], do="accept", key=first).status_code == 200
    late = step(desk.client, shown["seen"], do="accept", key=second)
    assert late.status_code == 409
    assert "another window" in late.json()["message"]


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"do": "dance"},
        {"do": "accept"},
        {"do": "accept", "key": 7},
        {"do": "accept", "key": "x" * 20_000},
        {"do": "add", "type": "spoon", "start": 0, "end": 3, "values": {}},
        {"do": "add", "type": "date", "start": -1, "end": 3, "values": {}},
        {"do": "add", "type": "date", "start": 0, "end": 3, "values": {"value": ["2009"]}},
        {"do": "add", "type": "date", "start": 10**9, "end": 10**9 + 3, "values": {"value": "2009"}},
        {"do": "silence", "finding": "f" * 12, "reason": " "},
        {"do": "silence", "finding": "f", "reason": "so"},
        {"do": "silence", "finding": "f" * 12, "reason": "of no finding here"},
        {"do": "undo"},
        {"do": "undo", "more": 1},
    ],
)
def test_bad_requests_are_refused_and_change_nothing(desk, papers, asked):
    seen = paper(desk.client)["seen"]
    before = (papers / "review/journal/case.jsonl").read_bytes()
    assert step(desk.client, seen, **asked).status_code == 422
    assert (papers / "review/journal/case.jsonl").read_bytes() == before


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff", b"null", b"[" * 100_000])
def test_a_body_that_is_no_request_is_refused(desk, body):
    answer = desk.client.post("api/papers/0/steps", content=body, headers={"content-type": "application/json"})
    assert answer.status_code in (400, 422)


def test_too_much_at_once_is_refused(desk):
    assert desk.client.post("api/papers/0/steps", content=b" " * 1_000_001).status_code == 413


@pytest.mark.parametrize("number", ["99", "-1", "x"])
def test_a_paper_that_is_not_there(desk, number):
    assert desk.client.get(f"api/papers/{number}").status_code in (404, 422)


def test_a_finding_is_silenced_for_all_commands_until_that_is_undone(at_desk, tmp_path):
    (tmp_path / "wrong.txt").write_text("Results\n\nRash occurred in 12 of 48 patients (35%).\n")
    gold = tmp_path / "gold"
    client = at_desk(tmp_path / "wrong.txt", gold, reviewer="anna").client
    shown = paper(client)
    (finding,) = shown["findings"]
    answer = step(client, shown["seen"], do="silence", finding=finding["id"], reason=" as printed ").json()
    assert answer["silenced"] == {finding["id"]: "as printed"}
    said = Silence(finding=finding["id"], doc_id="wrong", reason="as printed", by="anna")
    assert read_silences(gold) == read_silences(gold / "checks/silenced.jsonl") == {finding["id"]: said}
    assert step(client, answer["seen"], do="undo").json()["silenced"] == {}
    assert read_silences(gold) == {}


# --- blind, again, and otherwise --------------------------------------------------------------------


def test_blind_shows_no_prediction_and_its_gold_says_so(at_desk, papers):
    blind = at_desk(origin="blind").client
    shown = paper(blind)
    assert (shown["items"], shown["findings"]) == ([], [])
    assert "<mark" not in blind.get("api/papers/0/text").text
    assert "Accept" not in blind.get("").text
    at = CASE.index("October 2009")
    form = {"type": "date", "start": at, "end": at + 12, "quote": "October 2009", "values": {"value": "2009-10"}}
    seen = step(blind, shown["seen"], do="add", **form).json()["seen"]
    assert step(blind, seen, do="finish").json()["done"]
    (record,) = load_gold(papers / "review")["case"]
    assert (record.origin, record.text) == ("blind", "October 2009")


def test_who_has_seen_predictions_cannot_label_blind(at_desk):
    seeing = at_desk()
    paper(seeing.client)
    seeing.desk.gold.close()
    answer = at_desk(origin="blind").client.get("api/papers/0")
    assert answer.status_code == 422
    assert "with predictions seen" in answer.json()["message"]


def test_a_review_goes_on_where_it_ended(at_desk):
    first = at_desk()
    shown = paper(first.client)
    assert step(first.client, shown["seen"], do="reject", key=shown["items"][0]["key"]).status_code == 200
    now = paper(first.client)
    first.desk.gold.close()
    assert paper(at_desk().client) == now


def test_a_paper_that_reads_otherwise_now_is_refused(at_desk, papers):
    first = at_desk()
    shown = paper(first.client)
    step(first.client, shown["seen"], do="accept", key=shown["items"][0]["key"])
    first.desk.gold.close()
    (papers / "case.txt").write_text("A new first line.\n" + CASE)
    answer = at_desk().client.get("api/papers/0")
    assert answer.status_code == 422
    assert "the places no longer hold" in answer.json()["message"]


def test_gold_of_other_hands_is_not_written_over(at_desk, papers, tmp_path):
    gold = tmp_path / "gold"
    gold.mkdir()
    (gold / "case.jsonl").write_text("")
    answer = at_desk(gold=gold).client.get("api/papers/0")
    assert answer.status_code == 422
    assert "no review made it" in answer.json()["message"]
    assert (gold / "case.jsonl").read_text() == ""


def test_of_two_papers_of_one_name_one_can_be_reviewed(at_desk, papers):
    (papers / "more").mkdir()
    (papers / "more" / "case.txt").write_text(CASE)
    lines = at_desk().client.get("api/papers").json()["papers"]
    first, second = (line["failure"] for line in lines if line["doc_id"] == "case")
    assert first is None
    assert "has the same name" in second


def test_a_store_is_reviewed_with_the_records_that_it_holds(at_desk, papers, tmp_path):
    path = papers / "case.txt"
    place = {"doc_id": "case", "start": 3, "end": 15, "text": CASE[3:15]}
    held = [Date(**place, value="2009-10", confidence=0.4), Dose(**place, drug="sorafenib", amount=1, unit="mg")]
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    with open_store(tmp_path / "store") as store:
        plan = make_plan(store.path, store.catalog, find_papers([path]))
        run_into(store, plan, str(papers), [Outcome(str(path), digest, held, size=path.stat().st_size)])
    desk = at_desk(place=tmp_path / "store", gold=tmp_path / "gold")
    assert {item["key"] for item in paper(desk.client)["items"]} == {record.id for record in held}
    path.write_text("another text")
    answer = at_desk(place=tmp_path / "store", gold=tmp_path / "other").client.get("api/papers/0")
    assert "has changed since the store read it" in answer.json()["message"]
    path.unlink()
    answer = at_desk(place=tmp_path / "store", gold=tmp_path / "third").client.get("api/papers/0")
    assert "is gone" in answer.json()["message"]


def test_where_the_gold_goes_if_nobody_says_otherwise(papers, tmp_path):
    assert gold_folder(papers) == papers / "review"
    assert gold_folder(papers / "case.txt") == papers / "review"
    with open_store(tmp_path / "store"):
        assert gold_folder(tmp_path / "store") == tmp_path / "store-review"
