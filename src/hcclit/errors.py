"""Errors that are of no one paper."""


class SetupError(RuntimeError):
    """The settings or the entity model cannot be used; told once, in one line, and nothing is extracted."""
