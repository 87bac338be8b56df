"""Small runs of the figures that `python -m tests.bench_checks` measures."""

from random import Random

from tests import bench_checks


def test_consistent_statements_have_no_findings(capsys):
    assert bench_checks.simulated(150, seed=11) == 0, capsys.readouterr().out


def test_planted_errors_are_found():
    told = [was_found for _, was_found in bench_checks.invented(40, Random(11))]
    assert len(told) > 30
    assert sum(told) >= 0.8 * len(told)
