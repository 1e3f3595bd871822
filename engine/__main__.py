"""`python -m engine` is `engine`."""

from engine.cli import main

main(prog_name="engine")
