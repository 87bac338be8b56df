"""`python -m hcclit` is the command line."""

from hcclit.cli import main

main()
