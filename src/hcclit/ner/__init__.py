"""The trained entity model: where it is, what its labels mean, which sentences it has to read.

`locate` finds and checks it, `model` loads and runs it, `labels` gives its labels our names, `gate` picks the
sentences, `recogniser` makes entities of what it finds. spaCy is only loaded by `model`.
"""
