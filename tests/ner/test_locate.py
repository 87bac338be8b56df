"""Finding and checking models: the shipped one, whole or not, folders, installed packages."""

import os
import shutil
import subprocess
import sys

import pytest
from spacy.cli.package import package

from hcclit.errors import SetupError
from hcclit.ner.labels import label_map
from hcclit.ner.locate import locate
from hcclit.ner.model import load
from tests.conftest import ROOT
from tests.ner.conftest import make_ruler

UNEXPLAINED = "At home she used reserpine 0.25 mg daily.\n"
NEEDS_NONE = "AFP was 12 ng/mL. He was given sorafenib 400 mg twice daily.\n"


@pytest.fixture
def copied(tmp_path):
    """A copy of the shipped model that goes before the installed one, and the environment in which it does."""
    folder = tmp_path / "site" / "hcclit_models"
    folder.mkdir(parents=True)
    for name in ("__init__.py", "models.toml"):
        shutil.copy(ROOT / "models" / name, folder / name)
    shutil.copytree(ROOT / "models/ner", folder / "ner")
    path = os.pathsep.join([str(tmp_path / "site"), *filter(None, [os.environ.get("PYTHONPATH")])])
    return folder, os.environ | {"PYTHONPATH": path, "HCCLIT_ENTITIES": "both"}


def test_the_shipped_model_is_whole_and_small():
    found = locate("shipped")
    assert found.folder.name == "ner"
    assert sum(p.stat().st_size for p in found.folder.rglob("*") if p.is_file()) < 40e6


def test_the_shipped_model_carries_no_words_of_the_corpora():
    assert (ROOT / "models/ner/vocab/strings.json").read_text().strip() == "[]"


def _flip(path):
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize("what", ["flipped", "cut", "gone", "folder", "list", "list cut"])
def test_a_damaged_model_ends_every_command_with_one_line(hcclit, tmp_path, copied, what):
    folder, environment = copied
    largest = max((p for p in (folder / "ner").rglob("*") if p.is_file()), key=lambda p: p.stat().st_size)
    match what:
        case "flipped":
            _flip(largest)
        case "cut":
            largest.write_bytes(largest.read_bytes()[:100])
        case "gone":
            largest.unlink()
        case "folder":
            shutil.rmtree(folder / "ner")
        case "list":
            (folder / "models.toml").unlink()
        case "list cut":
            (folder / "models.toml").write_text("[sha")
    (tmp_path / "note.txt").write_text(NEEDS_NONE)
    commands = [("extract", "note.txt")]
    if what == "flipped":
        commands += [("run", "note.txt"), ("run", "note.txt", "--store", "store"), ("evaluate",)]
    for command in commands:
        done = hcclit(*command, env=environment, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (2, ""), done.stderr
        assert len(done.stderr.splitlines()) == 1, done.stderr
        assert done.stderr.startswith("entity model")
        assert "install hcclit again, make it yourself (models/README.md), or go without the model" in done.stderr
    without = hcclit("extract", "note.txt", env=environment | {"HCCLIT_ENTITIES": "vocabulary"}, cwd=tmp_path)
    assert (without.returncode, len(without.stdout.splitlines())) == (0, 2)


def test_a_model_that_spacy_cannot_load_is_of_no_paper(hcclit, tmp_path):
    model = tmp_path / "broken"
    make_ruler().to_disk(model)
    (model / "config.cfg").write_text("[nlp]\nlang = 'klingon'\n")
    (tmp_path / "a.txt").write_text(UNEXPLAINED)
    (tmp_path / "b.txt").write_text(UNEXPLAINED)
    environment = os.environ | {"HCCLIT_MODEL": str(model), "HCCLIT_ENTITIES": "both"}
    for command in (("extract", "a.txt", "b.txt"), ("run", ".", "--store", "s", "--workers", "2")):
        done = hcclit(*command, env=environment, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (2, ""), done.stderr
        assert len(done.stderr.splitlines()) == 1, done.stderr
        assert f"entity model {model}: spaCy cannot load it" in done.stderr


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("en_no_such_model", "no such package is installed; install it"),
        ("no/such/folder", "no folder of a spaCy pipeline"),
        (str(ROOT / "tests"), "no folder of a spaCy pipeline"),
        ("json", "no such package is installed"),
    ],
)
def test_a_model_that_is_not_there_is_told(name, told):
    with pytest.raises(SetupError, match=told) as error:
        locate(name)
    assert "\n" not in str(error.value)


def test_any_installed_package_is_used_by_its_name(hcclit, tmp_path):
    nlp = make_ruler({"CHEM": ["reserpine"]})
    nlp.meta |= {"name": "drugs", "version": "1.2.3"}
    nlp.to_disk(tmp_path / "model")
    (tmp_path / "built").mkdir()
    package(tmp_path / "model", tmp_path / "built", create_sdist=False, create_wheel=False, silent=True)
    options = ["--no-deps", "--no-build-isolation", "--no-index", "--quiet", "--disable-pip-version-check"]
    source = tmp_path / "built/en_drugs-1.2.3"
    subprocess.run(
        [sys.executable, "-m", "pip", "install", *options, "--target", tmp_path / "site", source], check=True
    )
    path = os.pathsep.join([str(tmp_path / "site"), *filter(None, [os.environ.get("PYTHONPATH")])])
    environment = os.environ | {"PYTHONPATH": path, "HCCLIT_MODEL": "en_drugs", "HCCLIT_ENTITIES": "both"}
    (tmp_path / "note.txt").write_text(UNEXPLAINED)
    unmapped = hcclit("extract", "note.txt", env=environment, cwd=tmp_path)
    assert unmapped.stderr.splitlines() == [
        "entity model en_drugs: none of its labels (CHEM) is known; map them in the settings, in [model.labels]"
    ]
    (tmp_path / "hcclit.toml").write_text('[model]\nlabels = {CHEM = "DRUG"}\n')
    mapped = hcclit("extract", "note.txt", env=environment, cwd=tmp_path)
    assert (mapped.returncode, mapped.stderr) == (0, "")
    assert '"drug":"reserpine"' in mapped.stdout.replace('": "', '":"')


def test_another_model_has_another_digest(tmp_path, ruler):
    other = tmp_path / "other"
    make_ruler({"CHEMICAL": ["foobarin"]}).to_disk(other)
    assert locate(str(ruler)).digest != locate(str(other)).digest


def test_labels_are_known_in_any_case_and_the_settings_win():
    known = label_map("m", ["CHEMICAL", "Disease", "Other"], {})
    assert known == {"CHEMICAL": "DRUG", "Disease": "DISEASE"}
    assert label_map("m", ["CHEMICAL", "Other"], {"CHEMICAL": "PROCEDURE", "Other": "MARKER"}) == {
        "CHEMICAL": "PROCEDURE",
        "Other": "MARKER",
    }
    with pytest.raises(SetupError, match=r"model.labels: m has no label Chemcal \(it has CHEMICAL, Other\)"):
        label_map("m", ["CHEMICAL", "Other"], {"Chemcal": "DRUG"})


def test_the_shipped_model_has_a_tokeniser_that_loads_at_once():
    assert type(load(locate("shipped")).tokenizer).__name__ == "WordTokenizer"
