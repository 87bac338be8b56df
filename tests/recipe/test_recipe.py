"""The recipe from raw corpora to the packaged model, on invented ones."""

import json
import os
import shutil

import pytest
from models.recipe.package import package
from models.recipe.run import run
from models.recipe.samples import held_out, read_samples, tags_of
from models.recipe.sizes import TINY

from hcclit.ner.corpora import CorpusError
from tests.conftest import ROOT
from tests.recipe.invent import invent


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """A tiny model, packaged as the shipped one is; the folder that it was made in."""
    folder = tmp_path_factory.mktemp("train")
    invent(folder / "corpora")
    models = folder / "site" / "hcclit_models"
    models.mkdir(parents=True)
    shutil.copy(ROOT / "models/__init__.py", models)
    run(folder / "corpora", folder / "work", TINY, models)
    return folder


def test_a_tiny_model_is_trained_packaged_checked_loaded_and_scored(hcclit, trained):
    path = os.pathsep.join([str(trained / "site"), *filter(None, [os.environ.get("PYTHONPATH")])])
    environment = os.environ | {"PYTHONPATH": path}
    for corpus, where, least in (("bc5cdr", "bc5cdr/devel.tsv", 0.9), ("maccrobat", "maccrobat", 0.8)):
        done = hcclit(
            "evaluate-ner", "--corpus", corpus, trained / "corpora" / where, "--format", "json", env=environment
        )
        assert done.stderr == ""
        assert json.loads(done.stdout)["strict"]["micro"]["f1"] > least
    (trained / "note.txt").write_text("Her drugs were quuxol 30 mg daily.\n")
    found = hcclit("extract", trained / "note.txt", env=environment).stdout
    assert json.loads(found)["drug"] == "quuxol"
    weights = trained / "site/hcclit_models/ner/hcclit_tagger/weights.npz"
    weights.write_bytes(weights.read_bytes()[:-1])
    broken = hcclit("extract", trained / "note.txt", env=environment)
    assert (broken.returncode, len(broken.stderr.splitlines())) == (2, 1)
    assert "is damaged" in broken.stderr


def test_the_same_seed_gives_the_same_model(trained, tmp_path):
    run(trained / "corpora", tmp_path / "work", TINY, tmp_path / "models")
    made = trained / "work" / "all"
    for path in sorted(p.relative_to(made) for p in made.rglob("*") if p.is_file()):
        assert (made / path).read_bytes() == (tmp_path / "work/all" / path).read_bytes(), path


def test_what_is_held_out_is_not_learnt(tmp_path):
    corpora = invent(tmp_path / "corpora")
    some, everything = (read_samples(corpora, everything=all_of_it) for all_of_it in (False, True))
    assert {head: len(own) for head, own in everything.items()} == {"bc5": 240, "mac": 60}
    assert {head: len(own) for head, own in some.items()} == {"bc5": 120, "mac": 48}
    assert {head: len(texts) for head, texts in held_out(corpora).items()} == {"bc5": 1, "mac": 4}


def test_spans_become_tags_the_longest_where_they_overlap(tmp_path):
    corpora = invent(tmp_path / "corpora", cases=1)
    for path in (corpora / "maccrobat").iterdir():
        path.unlink()
    (corpora / "maccrobat/a.txt").write_text("Foo bar-baz 3 mg daily. Half\nand half.")
    marks = ["Medication 0 11", "Medication 4 7", "Dosage 12 22", "Disease_disorder 24 33", "Age 1 3", "Shape 12 13"]
    lines = [f"T{n}\t{mark}\tx" for n, mark in enumerate(marks)]
    (corpora / "maccrobat/a.ann").write_text("\n".join(lines))
    first, second, third = read_samples(corpora, everything=True)["mac"]
    names = [tags_of("mac")[tag] for tag in first.tags]
    assert first.words == ["Foo", "bar", "-", "baz", "3", "mg", "daily", "."]
    assert names == [
        "B-Medication", "I-Medication", "I-Medication", "E-Medication", "B-Dosage", "I-Dosage", "E-Dosage", "O",
    ]  # fmt: skip
    assert not second.tags.any()  # a span over a line's end is none
    assert not third.tags.any()


def test_corpora_that_are_not_there_are_told(tmp_path):
    with pytest.raises(CorpusError, match=r"train.tsv: cannot be read \(No such file"):
        run(tmp_path, tmp_path / "work", TINY, None)


def test_only_a_pipeline_is_packaged(tmp_path):
    with pytest.raises(FileNotFoundError, match="no spaCy pipeline"):
        package(tmp_path, tmp_path / "models")
