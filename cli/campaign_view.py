"""`sendlaw explain --campaign`: what a message settles for all its recipients, and what of them still decides."""

from __future__ import annotations

import json
from typing import Any

import click

from ..engine.message import MessageError
from ..engine.numbers import countries as all_countries
from ..engine.policy import Policy
from ..policy.diagnostics import did_you_mean
from .common import opened
from .json_text import JsonError, parse_json
from .lines import MAX_LINE_BYTES, decoded


def show_campaign(file: str, policy: Policy, countries: tuple[str, ...], *, as_json: bool) -> None:
    """Prints the explanation of the campaign in `file`, a message as JSON that may leave out its recipient.

    Raises `ClickException` where the file holds no such message.
    """
    try:
        explanation = policy.campaign(_message(file)).explain(*countries)
    except MessageError as error:
        raise click.ClickException(f"{file}: {error}") from None
    if as_json:
        print(json.dumps(explanation.model_dump(), ensure_ascii=False, indent=2))
    else:
        print("\n".join(explanation.lines(silent=bool(countries))))


def check_countries(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    """Refuses what is no country."""
    for code in given:
        if code not in all_countries():
            hint = did_you_mean(code.upper(), sorted(all_countries())) or "write two capitals, such as FR"
            raise click.BadParameter(f"`{code}` is not an ISO 3166-1 country code; {hint}")
    return given


def _message(file: str) -> Any:
    with opened(file) as stream:
        data = stream.read(MAX_LINE_BYTES + 1)
    if len(data) > MAX_LINE_BYTES:
        raise click.ClickException(f"{file}: is longer than {MAX_LINE_BYTES:,} bytes, which no message is")
    found = parse_json(decoded(1, data))
    if isinstance(found, JsonError):
        raise click.ClickException(f"{file}: {found.reason}")
    return found
