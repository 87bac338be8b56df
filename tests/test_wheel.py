"""hcclit as others install it: from a wheel, not editable, into a venv that has nothing of it."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv

import pytest

from tests.conftest import CASE, ROOT

_SOURCES = ("src", "flows", "models", "pyproject.toml", "README.md")
_COMPONENT = """
import hcclit, hcclit_models, spacy
nlp = spacy.blank("en")
nlp.add_pipe("hcclit")
doc = nlp("He took sorafenib 400 mg bid.")
print(hcclit.__file__, hcclit_models.__file__, [s.label_ for s in doc.spans["hcclit"]], sep="\\n")
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A venv with hcclit from its wheel; what it depends on is lent by the venv of the tests."""
    folder = tmp_path_factory.mktemp("wheel")
    for name in _SOURCES:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    options = ["--no-deps", "--no-index"]
    subprocess.run([*pip, "wheel", *options, "--no-build-isolation", "-w", folder / "dist", folder], check=True)
    home = folder / "venv"
    venv.create(home)
    python = home / "bin/python"
    (wheel,) = (folder / "dist").glob("hcclit-*.whl")
    subprocess.run([sys.executable, "-m", "pip", "--python", python, "install", "--quiet", *options, wheel], check=True)
    (site,) = (home / "lib").glob("python*/site-packages")
    (site / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return home


def run(installed, folder, *command):
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "HCCLIT"))}
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=folder, env=environment, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_it_extracts_and_is_found_by_spacy(installed, tmp_path):
    (tmp_path / "note.txt").write_text(CASE)
    records = [
        json.loads(line)
        for line in run(installed, tmp_path, installed / "bin/hcclit", "extract", "note.txt").splitlines()
    ]
    assert {record["type"] for record in records} == {"date", "dose", "marker", "response"}
    code, models, types = run(installed, tmp_path, installed / "bin/python", "-c", _COMPONENT).splitlines()
    assert code.startswith(str(installed))
    assert models.startswith(str(installed))
    assert types == "['dose']"


def test_it_carries_the_model(installed, tmp_path):
    (tmp_path / "note.txt").write_text("At home she used reserpine 0.25 mg daily.\n")
    out = run(installed, tmp_path, installed / "bin/hcclit", "extract", "note.txt", "--entities", "both")
    assert json.loads(out)["drug"] == "reserpine"
