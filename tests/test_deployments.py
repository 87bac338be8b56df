"""prefect.yaml names flows that are there, with parameters that they take."""

import inspect
from importlib import import_module

import pytest
import yaml

from tests.conftest import ROOT

DEPLOYMENTS = yaml.safe_load((ROOT / "prefect.yaml").read_text())["deployments"]


@pytest.mark.flow
@pytest.mark.parametrize("deployment", DEPLOYMENTS, ids=lambda d: d["name"])
def test_a_deployment_fits_its_flow(deployment):
    path, name = deployment["entrypoint"].split(":")
    assert (ROOT / path).exists()
    flow = getattr(import_module("hcclit_" + path.removesuffix(".py").replace("/", ".")), name)
    taken = inspect.signature(flow.fn).parameters
    assert set(deployment["parameters"]) <= set(taken)
    needed = {n for n, p in taken.items() if p.default is inspect.Parameter.empty}
    assert needed <= set(deployment["parameters"])
    described = flow.parameters.properties
    assert all(described[n].get("description") for n in taken), "a parameter without a description"
