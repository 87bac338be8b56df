"""From the raw corpora to the packaged model, in numpy: `python -m models.recipe CORPORA`, or `make train`.

`texts` and `samples` read the corpora, `language_model` and `tagger` train, `package` puts the result into `models/`.
`models/README.md` tells what came of it.
"""
