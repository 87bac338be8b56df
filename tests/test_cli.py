"""The command line as a user meets it: output, errors, exit codes."""

import csv
import io
import json

import jsonschema
import pytest

from tests.conftest import CASE, ROOT

SCHEMA = json.loads((ROOT / "tests/contract/records.schema.json").read_text())


@pytest.fixture
def inbox(tmp_path):
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "good.txt").write_text(CASE)
    return folder


def test_extract_writes_records_to_standard_output_and_nothing_else(hcclit, inbox):
    done = hcclit("extract", inbox / "good.txt")
    assert done.returncode == 0
    assert done.stderr == ""
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert {"dose", "marker", "date", "response"} <= {r["type"] for r in records}
    for record in records:
        jsonschema.validate(record, SCHEMA)
        assert CASE[record["start"] : record["end"]] == record["text"]


def test_formats_hold_the_same_records(hcclit, inbox, tmp_path):
    lines = hcclit("extract", inbox).stdout.splitlines()
    assert json.loads(hcclit("extract", inbox, "--format", "json").stdout) == [json.loads(line) for line in lines]
    rows = list(csv.DictReader(io.StringIO(hcclit("extract", inbox, "--format", "csv").stdout)))
    assert [row["id"] for row in rows] == [json.loads(line)["id"] for line in lines]
    table = hcclit("extract", inbox, "--format", "table").stdout
    assert "400 mg bid" in table
    out = tmp_path / "records.jsonl"
    assert hcclit("extract", inbox, "-o", out).stdout == ""
    assert out.read_text().splitlines() == lines


def test_folders_are_searched_to_the_bottom_and_patterns_fitted(hcclit, tmp_path):
    (tmp_path / "deep/er").mkdir(parents=True)
    (tmp_path / "deep/.hidden").mkdir()
    for name in ("a.txt", "deep/b.txt", "deep/er/c.txt", "deep/.hidden/d.txt", "deep/notes.csv"):
        (tmp_path / name).write_text(CASE)

    def papers(*paths):
        return sorted({json.loads(line)["doc_id"] for line in hcclit("extract", *paths).stdout.splitlines()})

    assert papers(tmp_path) == ["a", "b", "c"]
    assert papers(tmp_path / "**/b.*") == ["b"]
    assert papers(tmp_path / "a.txt", tmp_path) == ["a", "b", "c"]
    none = hcclit("extract", tmp_path / "*.pdf")
    assert (none.returncode, none.stderr) == (1, f"{tmp_path}/*.pdf: no file fits this pattern\n")


def test_standard_input_is_a_paper(hcclit):
    lines = hcclit("extract", "-", input=CASE).stdout.splitlines()
    assert {json.loads(line)["doc_id"] for line in lines} == {"stdin"}


def test_read_prints_the_document_that_offsets_refer_to(hcclit, tmp_path):
    paper = tmp_path / "case.txt"
    paper.write_text(CASE)
    document = json.loads(hcclit("read", paper).stdout)
    assert {"doc_id", "text", "blocks", "tables", "pages", "metadata"} == set(document)
    assert document["text"] == CASE == hcclit("read", paper, "--format", "text").stdout
    assert document["blocks"][0]["kind"] == "paragraph"


def test_a_paper_without_records_is_a_success(hcclit, tmp_path):
    paper = tmp_path / "plain.txt"
    paper.write_text("Hepatocellular carcinoma often arises in a cirrhotic liver.")
    done = hcclit("extract", paper)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


BAD = {
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \n\t\n", "empty"),
    "random.txt": (bytes(range(256)) * 8, "binary"),
    "latin.txt": ("Tumour d\xe9j\xe0 vu, 5 mg".encode("latin-1"), "UTF-8"),
    "cut.pdf": (b"%PDF-1.5\n1 0 obj\n<< /Type", "PDF"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_gets_one_clear_line_and_the_others_still_come_out(hcclit, inbox, name):
    data, reason = BAD[name]
    (inbox / name).write_bytes(data)
    done = hcclit("extract", inbox)
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert name in line
    assert reason in line
    assert '"dose"' in done.stdout


def test_missing_file_and_empty_folder(hcclit, inbox, tmp_path):
    (tmp_path / "nothing").mkdir()
    done = hcclit("extract", tmp_path / "missing.txt", tmp_path / "nothing", inbox)
    assert done.returncode == 1
    missing, nothing = done.stderr.splitlines()
    assert "missing.txt: no such file" in missing
    assert "nothing: no papers" in nothing
    assert '"dose"' in done.stdout


def test_unwritable_output_is_one_line(hcclit, inbox, tmp_path):
    done = hcclit("extract", inbox, "-o", tmp_path / "no/such/folder.jsonl")
    assert done.returncode == 2
    assert "folder.jsonl: cannot be written" in done.stderr
    assert "Traceback" not in done.stderr


def test_two_runs_give_the_same_bytes(hcclit):
    seeds = ROOT / "seeds"
    first, second = hcclit("extract", seeds), hcclit("extract", seeds)
    assert first.stdout == second.stdout
    assert first.stdout.count("\n") > 100


def test_evaluate_scores_gold_against_itself(hcclit):
    gold = ROOT / "seeds/gold"
    done = hcclit("evaluate", "--gold", gold, "--docs", ROOT / "seeds", "--predicted", gold, "--format", "json")
    assert done.returncode == 0, done.stderr
    micro = json.loads(done.stdout)["lines"]["micro"]
    assert [micro[level]["f1"] for level in ("span", "core", "full")] == [1.0, 1.0, 1.0]


def test_evaluate_names_a_bad_line(hcclit, tmp_path):
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"doc_id": "x"}\n')
    done = hcclit("evaluate", "--gold", bad)
    assert done.returncode == 2
    assert "bad.jsonl:1" in done.stderr
    assert "Traceback" not in done.stderr


def test_help_teaches(hcclit):
    done = hcclit("extract", "--help")
    assert "Example: hcclit extract" in done.stdout


def test_help_does_not_load_spacy():
    import subprocess
    import sys

    code = "import sys, hcclit.cli; sys.exit('spacy' in sys.modules or 'prefect' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_one_off_extraction_does_not_load_prefect_or_pandas(inbox):
    import subprocess
    import sys

    code = (
        "import sys, hcclit; hcclit.extract(sys.argv[1]);"
        "sys.exit(any(name in sys.modules for name in ('prefect', 'pandas', 'pyarrow')))"
    )
    assert subprocess.run([sys.executable, "-c", code, str(inbox / "good.txt")], check=False).returncode == 0
