"""The checks, one module each: formula and source in its docstring, and `check(paper)`, which yields findings."""
