"""`hcclit export` and `hcclit import` as a user meets them."""

import json
import shutil
from datetime import UTC, datetime

import pytest
import spacy
from spacy.tokens import DocBin

from hcclit.exchange.brat import to_ann
from hcclit.exchange.papers import Paper
from hcclit.exchange.sources import Wanted, papers_of
from hcclit.limits import Limits
from hcclit.outcomes import Failure, Outcome
from hcclit.pipeline import extract_text
from hcclit.readers.files import content_hash
from hcclit.runs import write_run
from hcclit.store import make_plan, open_store, run_into
from tests.conftest import CASE, SEEDS


def dumped(records):
    return [record.model_dump(mode="json") for record in records]


@pytest.mark.parametrize("tool", ["brat", "labelstudio"])
def test_the_gold_of_the_seeds_comes_back_byte_for_byte(hcclit, tmp_path, tool):
    assert hcclit("export", SEEDS / "gold", "--to", tool, "-o", tmp_path / "out").returncode == 0
    done = hcclit("import", tmp_path / "out", "--from", tool, "-o", tmp_path / "gold", "--docs", SEEDS)
    assert (done.returncode, done.stdout) == (0, "")
    for file in sorted((SEEDS / "gold").iterdir()):
        assert (tmp_path / "gold" / file.name).read_bytes() == file.read_bytes()


def test_papers_are_extracted_and_come_back_as_they_were_extracted(hcclit, tmp_path):
    (tmp_path / "case.txt").write_text(CASE)
    (tmp_path / "none.txt").write_text("Nothing to find here.")
    assert hcclit("export", tmp_path, "--to", "brat", "-o", tmp_path / "out").returncode == 0
    assert hcclit("import", tmp_path / "out", "--from", "brat", "-o", tmp_path / "gold").returncode == 0
    assert [json.loads(line) for line in (tmp_path / "gold/case.jsonl").read_text().splitlines()] == dumped(
        extract_text(CASE, "case")
    )
    assert (tmp_path / "gold/none.jsonl").read_text() == ""  # a paper without records is gold too


def test_a_store_is_a_source(tmp_path):
    path = tmp_path / "case.txt"
    path.write_text(CASE)
    records = extract_text(CASE, "case")
    with open_store(tmp_path / "store") as store:
        outcome = Outcome(str(path), content_hash(path), records, size=len(CASE))
        run_into(store, make_plan(store.path, store.catalog, [path]), "inbox", [outcome])
    wanted = Wanted(texts=True, docs=None, limits=Limits())
    (paper,) = papers_of([tmp_path / "store"], wanted)
    assert paper.text == CASE
    assert list(paper.fields) == dumped(records)
    path.write_text(f"Corrected. {CASE}")
    (failure,) = papers_of([tmp_path / "store"], wanted)
    assert failure == Failure("case", "the file that was read is gone or has changed; name its folder with --docs")


def test_the_folder_of_a_run_is_a_source(tmp_path):
    (tmp_path / "case.txt").write_text(CASE)
    records = extract_text(CASE, "case")
    outcomes = [Outcome("case.txt", "0", records), Outcome("bad.txt", None, failure=Failure("bad.txt", "is bad"))]
    (tmp_path / "run").mkdir()
    write_run(tmp_path / "run", outcomes, datetime.now(UTC))
    (paper,) = papers_of([tmp_path / "run"], Wanted(texts=True, docs=tmp_path, limits=Limits()))
    assert (paper.text, list(paper.fields)) == (CASE, dumped(records))


def test_what_is_missing_is_told_and_the_rest_is_written(hcclit, tmp_path):
    shutil.copytree(SEEDS / "gold", tmp_path / "gold")
    (tmp_path / "gold/absent.jsonl").write_text("")
    done = hcclit("export", tmp_path / "gold", "--docs", SEEDS, "--to", "docbin", "-o", tmp_path / "train.spacy")
    assert done.returncode == 1
    assert f"absent: no paper of this name in {SEEDS}" in done.stderr
    assert "'0.6%': cuts a token of '0.6%).25'; left out" in done.stderr
    assert done.stderr.splitlines()[-1].endswith("656 records of 5 papers; 3 could not be carried over")
    docs = list(DocBin().from_disk(tmp_path / "train.spacy").get_docs(spacy.blank("en").vocab))
    assert sum(len(doc.spans["hcclit"]) for doc in docs) == 656


@pytest.fixture
def annotated(tmp_path):
    """A folder for brat, with the records of `CASE`."""
    (tmp_path / "case.txt").write_text(CASE)
    (tmp_path / "out").mkdir()
    (tmp_path / "out/case.txt").write_text(CASE)
    ann, _ = to_ann(Paper("case", tuple(dumped(extract_text(CASE, "case"))), CASE))
    (tmp_path / "out/case.ann").write_text(ann)
    return tmp_path


def test_a_region_without_fields_is_told_and_the_others_are_gold(hcclit, annotated):
    tmp_path = annotated
    whole = (tmp_path / "out/case.ann").read_text()
    (tmp_path / "out/case.ann").write_text(f"{whole}T99\tdose 3 10\tOctober\n")
    done = hcclit("import", tmp_path / "out", "--from", "brat", "-o", tmp_path / "gold", "--origin", "review")
    assert done.returncode == 1
    assert done.stderr.splitlines()[0].startswith("case: T99 3-10 'October': no record of type dose: its note lacks")
    records = [json.loads(line) for line in (tmp_path / "gold/case.jsonl").read_text().splitlines()]
    assert len(records) == whole.count("\nT") + 1
    assert {record["origin"] for record in records} == {"review"}


def test_a_text_that_the_tool_has_changed_is_refused(hcclit, annotated):
    tmp_path = annotated
    (tmp_path / "case.txt").write_text(CASE.replace("our", "one"))
    done = hcclit("import", tmp_path / "out", "--from", "brat", "-o", tmp_path / "gold", "--docs", tmp_path)
    assert done.returncode == 1
    assert "case: the tool's text is not the paper's" in done.stderr
    assert list((tmp_path / "gold").iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("export", "missing.txt", "--to", "brat", "-o", "out"), "missing.txt: no such file"),
        (("export", "bad.jsonl", "--to", "brat", "-o", "out"), "bad.jsonl:1: type None is none of"),
        (("import", "missing", "--from", "labelstudio", "-o", "out"), "missing: no such file"),
        (("import", ".", "--from", "brat", "-o", "out"), "no .ann file in this folder"),
        (("import", ".", "--from", "brat", "-o", "out", "--origin", "me"), "give review or blind"),
        (("import", ".", "--from", "brat", "-o", "bad.jsonl"), "File exists"),
    ],
)
def test_errors_are_a_line(hcclit, tmp_path, arguments, said):
    (tmp_path / "bad.jsonl").write_text("{}\n")
    done = hcclit(*arguments, cwd=tmp_path)
    assert done.returncode in (1, 2)
    assert said in done.stderr
    assert "Traceback" not in done.stderr
