"""The folder of a review: gold of what is done, as `hcclit evaluate` takes it."""

import pytest

from hcclit.checks.silencing import read_silences
from hcclit.evaluation import evaluate, load_gold, load_origins
from hcclit.review.gold import GoldFolder
from hcclit.review.journal import Journal, JournalError
from hcclit.review.steps import Accepted, Finished, Rejected, Resumed, Silenced

from .build import KEYS, RECORDS, opened

DONE = [*(Accepted(key=key) for key in KEYS[:3]), Rejected(key=KEYS[3]), Finished()]


@pytest.fixture
def folder(tmp_path):
    opened_folder = GoldFolder(tmp_path / "review")
    yield opened_folder
    opened_folder.close()


def begin(folder, steps, first=None):
    journal = Journal.begun(folder.journal_path("paper"), first or opened())
    folder.journals["paper"] = journal
    for step in steps:
        journal.take(step)
        folder.write("paper")
    return journal


def test_only_a_paper_that_is_done_has_gold(folder):
    journal = begin(folder, DONE[:-1])
    assert not folder.gold_path("paper").exists()
    assert (
        folder.describe()
        == f"0 papers done, gold in {folder.path}; 1 begun and not done, kept in {folder.path}/journal"
    )
    journal.take(DONE[-1])
    folder.write("paper")
    gold = load_gold(folder.path)
    assert gold == {"paper": [r.model_copy(update={"origin": "review", "confidence": None}) for r in RECORDS[:3]]}
    assert evaluate(gold, {"paper": RECORDS}).lines["micro"].core == 3
    assert load_origins(folder.path) == {"paper": "review"}
    assert folder.describe() == f"1 paper done, gold in {folder.path}"


def test_gold_goes_when_the_paper_is_not_done_after_all(folder):
    journal = begin(folder, DONE)
    journal.take(Resumed())
    folder.write("paper")
    assert not folder.gold_path("paper").exists()
    assert load_origins(folder.path) == {}


def test_what_is_silenced_is_no_gold_and_is_there_again_at_the_next_start(folder):
    begin(folder, [Silenced(finding="f1" * 6, reason="so", by="anna"), *DONE])
    assert list(load_gold(folder.path)) == ["paper"]
    folder.close()
    (folder.path / "checks/silenced.jsonl").unlink()
    again = GoldFolder(folder.path)
    again.write_all()
    assert read_silences(folder.path)["f1" * 6].by == "anna"
    again.close()


def test_gold_follows_second_thoughts(folder):
    journal = begin(folder, DONE)
    journal.take(Rejected(key=KEYS[0]))
    folder.write("paper")
    assert len(load_gold(folder.path)["paper"]) == 2


def test_a_blind_paper_without_a_record_is_an_empty_file_and_still_blind(folder):
    begin(folder, [Finished()], opened([], "blind"))
    assert load_gold(folder.path) == {"paper": []}
    assert load_origins(folder.path) == {"paper": "blind"}


@pytest.mark.parametrize("left", [b"", b"{}", None])
def test_a_kill_between_journal_and_gold_is_mended_at_the_next_start(folder, left):
    begin(folder, DONE)
    whole = folder.gold_path("paper").read_bytes()
    folder.close()
    if left is None:
        folder.gold_path("paper").unlink()
    else:
        folder.gold_path("paper").write_bytes(left)
    (folder.path / "origins.json").unlink()
    again = GoldFolder(folder.path)
    assert again.write_all() == ["paper"]
    assert folder.gold_path("paper").read_bytes() == whole
    assert load_origins(folder.path) == {"paper": "review"}
    assert again.write_all() == []
    again.close()


def test_gold_is_the_same_bytes_whatever_the_way_there(folder, tmp_path):
    begin(folder, DONE)
    other = GoldFolder(tmp_path / "other")
    begin(other, [Rejected(key=KEYS[0]), *reversed(DONE[:-1]), DONE[-1]])
    assert other.gold_path("paper").read_bytes() == folder.gold_path("paper").read_bytes()
    other.close()


def test_two_reviews_cannot_be_open_in_one_folder(folder):
    with pytest.raises(JournalError, match="another review is open in this folder"):
        GoldFolder(folder.path)


def test_gold_that_no_review_made_is_known(folder):
    folder.gold_path("paper").write_text("")
    assert folder.foreign("paper")
    assert not folder.foreign("other")


def test_a_folder_that_cannot_be_made_is_one_line(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(JournalError, match="cannot be written"):
        GoldFolder(tmp_path / "file" / "review")
