"""`python -m hackgym` is the `hackgym` command."""

from hackgym.cli import main

main()
