"""A model that knows exactly what a test needs: spaCy's own entity ruler."""

import pytest
import spacy

NAMES = {"CHEMICAL": ["Foobarin", "quuxol", "SFN"], "DISEASE": ["plorositis"]}


def make_ruler(labels=NAMES):
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": label, "pattern": name} for label, names in labels.items() for name in names])
    return nlp


@pytest.fixture(scope="session")
def ruler(tmp_path_factory):
    """The folder of a pipeline that finds a few invented names."""
    folder = tmp_path_factory.mktemp("models") / "ruler"
    make_ruler().to_disk(folder)
    return folder
