"""``python -m clearinghouse``."""

from clearinghouse.cli import main

main(prog_name="clearinghouse")
