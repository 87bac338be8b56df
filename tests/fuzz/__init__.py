"""Mutated papers for the readers: `python -m tests.fuzz_readers`."""
