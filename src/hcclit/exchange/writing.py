"""Papers written for another tool, each tool by its own module, and what became of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from hcclit import export
from hcclit.exchange.effects import Effect, effects_of, to_csv
from hcclit.exchange.papers import Paper, Problem, records_of
from hcclit.exchange.sources import Wanted, papers_of
from hcclit.outcomes import Failure
from hcclit.records import Record


@dataclass
class Done:
    """What was carried over: how many papers and records, where to, and what was not.

    `cited` is whether effects of other work are wanted too, `unit` what `records` counts.
    """

    output: Path
    cited: bool = False
    unit: str = "records"
    papers: int = 0
    records: int = 0
    problems: list[Problem] = field(default_factory=list)

    def describe(self) -> str:
        """One line."""
        lost = sum(problem.lost for problem in self.problems)
        said = f"{self.output}: {self.records} {self.unit} of {self.papers} papers"
        return f"{said}; {lost} could not be carried over" if lost else said


def export_to(target: str, sources: Iterable[Path], wanted: Wanted, done: Done) -> Done:
    """Write the papers of some sources for a tool, and say in `done` what came of it.

    Args:
        target: a name of `WRITERS`.
        sources: records, folders of them, stores or papers.
        wanted: see there.
        done: with the output: a file, or a folder for brat and RevMan; a file of a fixed name where it is a folder.

    Raises:
        OSError: the output cannot be written.
        ValueError, hcclit.store.StoreError, hcclit.limits.WorkerError: as `papers_of`.
    """
    papers = list(_sound(papers_of(sources, wanted), done))
    WRITERS[target](papers, done)
    return done


def _sound(found: Iterable[Paper | Failure], done: Done) -> Iterable[Paper]:
    """The papers that can be written, each name once; all else becomes a problem."""
    names: set[str] = set()
    for paper in found:
        if isinstance(paper, Failure):
            done.problems.append(Problem(paper.path, paper.reason))
        elif Path(paper.doc_id).name != paper.doc_id:
            done.problems.append(Problem(repr(paper.doc_id), "an id that is no file name; the paper is left out"))
        elif paper.doc_id in names:
            done.problems.append(Problem(paper.doc_id, "a second paper of this name; left out, export it by itself"))
        else:
            names.add(paper.doc_id)
            yield paper


def file_of(output: Path, name: str) -> Path:
    """The file to write: the output itself, or one of this name in it where it is a folder; its folder is made."""
    path = output / name if output.is_dir() or not output.suffix else output
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _brat(papers: list[Paper], done: Done) -> None:
    from hcclit.exchange import brat  # noqa: PLC0415  # each tool loads what it needs

    done.output.mkdir(parents=True, exist_ok=True)
    for name, content in brat.settings().items():
        (done.output / name).write_text(content, encoding="utf-8")
    for paper in papers:
        lines, problems = brat.to_ann(paper)
        assert paper.text is not None
        (done.output / f"{paper.doc_id}.txt").write_bytes(paper.text.encode("utf-8"))
        (done.output / f"{paper.doc_id}.ann").write_bytes(lines.encode("utf-8"))
        _count(done, paper, problems)


def _labelstudio(papers: list[Paper], done: Done) -> None:
    from hcclit.exchange import labelstudio  # noqa: PLC0415

    done.output = file_of(done.output, "tasks.json")
    tasks, problems = labelstudio.to_tasks(papers)
    done.output.write_bytes(tasks.encode("utf-8"))
    done.output.with_suffix(".xml").write_text(labelstudio.config(), encoding="utf-8")
    for paper in papers:
        _count(done, paper, [])
    _lose(done, problems)


def _docbin(papers: list[Paper], done: Done) -> None:
    from hcclit.exchange.docbin import write_docbin  # noqa: PLC0415

    done.output = file_of(done.output, "records.spacy")
    problems = write_docbin(papers, done.output)
    for paper in papers:
        _count(done, paper, [])
    _lose(done, problems)


def _csv(papers: list[Paper], done: Done) -> None:
    done.output = file_of(done.output, "records.csv")
    done.output.write_bytes(export.to_csv(_records(papers, done)).encode("utf-8"))


def _parquet(papers: list[Paper], done: Done) -> None:
    done.output = file_of(done.output, "records.parquet")
    export.to_parquet(_records(papers, done), done.output)


def _excel(papers: list[Paper], done: Done) -> None:
    from hcclit.exchange.excel import write_workbook  # noqa: PLC0415

    done.output = file_of(done.output, "records.xlsx")
    write_workbook(_records(papers, done), _effects(papers, done.cited), done.output)


def _effect_table(papers: list[Paper], done: Done) -> None:
    done.output = file_of(done.output, "effects.csv")
    effects = _effects(papers, done.cited)
    done.output.write_bytes(to_csv(effects).encode("utf-8"))
    done.papers, done.records, done.unit = len(papers), len(effects), "effects"


def _revman(papers: list[Paper], done: Done) -> None:
    from hcclit.exchange.revman import study_files  # noqa: PLC0415

    done.output.mkdir(parents=True, exist_ok=True)
    files, problems = study_files(_effects(papers, done.cited), _records(papers, done))
    for name, content in files.items():
        (done.output / name).write_bytes(content.encode("utf-8"))
    done.problems += problems
    done.records, done.unit = files["study-results.csv"].count("\n") - 1, "results"


def _records(papers: list[Paper], done: Done) -> list[Record]:
    records = [record for paper in papers for record in records_of(paper.fields)]
    done.papers, done.records = len(papers), len(records)
    return records


def _effects(papers: list[Paper], cited: bool) -> list[Effect]:
    return [effect for paper in papers for effect in effects_of(records_of(paper.fields), cited)]


def _count(done: Done, paper: Paper, problems: list[Problem]) -> None:
    done.papers += 1
    done.records += len(paper.fields)
    _lose(done, problems)


def _lose(done: Done, problems: list[Problem]) -> None:
    done.records -= sum(problem.lost for problem in problems)
    done.problems += problems


WRITERS: dict[str, Callable[[list[Paper], Done], None]] = {
    "brat": _brat,
    "labelstudio": _labelstudio,
    "docbin": _docbin,
    "csv": _csv,
    "parquet": _parquet,
    "excel": _excel,
    "effects": _effect_table,
    "revman": _revman,
}
"""By the name of the tool: what writes papers for it."""
TEXTS = frozenset({"brat", "labelstudio", "docbin"})
"""Those that need the papers' texts."""
