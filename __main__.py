"""`python -m sendlaw` is the command `sendlaw`."""

from __future__ import annotations

from .cli.main import main

main(prog_name="sendlaw")
