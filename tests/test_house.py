"""Rules of the house that a reader would not notice being broken."""

import re
import tomllib
from pathlib import Path

import pytest

from tests.conftest import ROOT

SOURCES = sorted((ROOT / "src").rglob("*.py"))


def test_every_package_is_installed():
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["packages"]
    found = {".".join(p.parent.relative_to(ROOT / "src").parts) for p in SOURCES if p.name == "__init__.py"}
    assert set(listed) == found | {"hcclit_flows", "hcclit_models"}


def test_prefect_is_imported_by_the_flows_only():
    pattern = re.compile(r"^\s*(?:import|from) prefect\b", re.M)
    assert [p.name for p in SOURCES if pattern.search(p.read_text())] == []


@pytest.mark.parametrize("name", ["dose", "marker", "date", "response", "statistic"])
def test_extractors_do_not_see_one_another(name):
    others = {"dose", "marker", "date", "response", "statistic"} - {name}
    place = ROOT / "src/hcclit/extractors"
    files = [place / f"{name}.py"] if (place / f"{name}.py").exists() else sorted((place / name).glob("*.py"))
    assert files
    for file in files:
        imported = set(re.findall(r"hcclit\.extractors\.(\w+)", file.read_text()))
        assert not imported & others, file


def test_nothing_names_a_machine_or_a_host():
    hosts = ("pypi" + ".org", "python" + "hosted")
    for path in [*SOURCES, *sorted((ROOT / "flows").glob("*.py")), ROOT / "requirements.lock", ROOT / "README.md"]:
        text = path.read_text(encoding="utf-8")
        assert "/work/" not in text, path
        assert not any(host in text for host in hosts), path


def test_the_readme_names_commands_that_exist(hcclit):
    readme = "\n".join(re.findall(r"```sh\n(.*?)```", (ROOT / "README.md").read_text(), re.S))
    commands = set(re.findall(r"^hcclit (\w+)", readme, re.M))
    assert commands >= {"extract", "run", "serve", "evaluate", "mark"}
    for command in sorted(commands):
        assert hcclit(command, "--help").returncode == 0
    targets = set(re.findall(r"^make (\w+)", readme, re.M))
    assert targets == {"run", "test"}
    makefile = (ROOT / "Makefile").read_text()
    assert all(f"\n{target}:" in makefile for target in targets)


def test_documents_that_the_readme_links_are_there():
    links = re.findall(r"\]\(([^)#:]+)\)", (ROOT / "README.md").read_text())
    assert links
    assert [link for link in links if not Path(ROOT / link).exists()] == []
