"""The trained entity model: `ner/` is a spaCy pipeline, `models.toml` lists its files with their sha256."""
