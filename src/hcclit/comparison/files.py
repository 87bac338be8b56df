"""Which files belong together: the same paper in two formats, or in two versions."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from hcclit.outcomes import Failure, find_papers


class UnpairedError(ValueError):
    """Paths that hold no pair of files to compare; the message is one line for the user."""


def pairs_of(left: Path, right: Path | None) -> tuple[list[tuple[Path, Path]], list[Path]]:
    """The pairs of files to compare, and the files that have no partner.

    Args:
        left: a file, or a folder.
        right: the other file, or the other folder, whose files answer those of the same name (endings aside); None
            where the one folder holds both files of each paper (`a.pdf` and `a.xml`): the first by its ending is left.

    Raises:
        UnpairedError: a file is compared with a folder or with nothing, a path is missing, or nothing fits together.
    """
    if right is not None and not left.is_dir() and not right.is_dir():
        return [(left, right)], []
    if right is None:
        by_stem = _by_stem(left)
        pairs = [(files[0], other) for files in by_stem.values() for other in files[1:]]
        alone = [files[0] for files in by_stem.values() if len(files) == 1]
    else:
        lefts, rights = _by_stem(left), _by_stem(right)
        both = lefts.keys() & rights.keys()
        pairs = [(a, b) for stem in sorted(both) for a in lefts[stem] for b in rights[stem]]
        alone = [file for side in (lefts, rights) for stem in side.keys() - both for file in side[stem]]
    if not pairs:
        raise UnpairedError(f"{left}: no two files of the same name here (like a.pdf and a.xml)")
    return pairs, sorted(alone)


def _by_stem(folder: Path) -> dict[str, list[Path]]:
    if not folder.is_dir():
        raise UnpairedError(f"{folder}: is no folder; give two files, two folders, or one with two files of each paper")
    files: defaultdict[str, list[Path]] = defaultdict(list)
    for found in find_papers([folder]):
        if isinstance(found, Failure):
            raise UnpairedError(f"{found.path}: {found.reason}")
        files[found.stem].append(found)
    return files
