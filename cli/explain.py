"""`sendlaw explain`: one message, every rule that was looked at, and the verdict."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator

import click

from ..engine.changes import what_would_allow
from ..engine.explanation import Asked, Explanation, LookedAt
from ..engine.explanation import explain as explain_message
from ..engine.message import Message, MessageError
from ..policy.render import visible
from .campaign_view import check_countries, show_campaign
from .changes_view import change_lines
from .common import COLOURS, colour_on, is_csv_name, load_policy, number_of, opened, painter, rules_options
from .reading import LineError, read_messages
from .verdict_view import verdict_lines

_ANSWERS = {True: "holds", False: "does not hold", None: "not known"}
_SHIFTED = {
    "only": {True: "open", False: "closed", None: "not known"},
    "limit": {True: "room", False: "full", None: "not known"},
}


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@rules_options
@click.option("--changes", is_flag=True, help="Also say what would let the message pass, the smallest changes first.")
@click.option("--campaign", is_flag=True, help="Say what the message settles whoever its recipient is.")
@click.option(
    "--country",
    "countries",
    multiple=True,
    metavar="CODE",
    callback=check_countries,
    help="With --campaign: only for this country, with the rules that stay silent; may be repeated.",
)
@click.option("--json", "as_json", is_flag=True, help="The explanation as JSON.")
def explain(
    file: str,
    rules: tuple[str, ...],
    no_bundled: bool,
    changes: bool,
    campaign: bool,
    countries: tuple[str, ...],
    as_json: bool,
) -> None:
    """Show every rule that was looked at for the one message in FILE, and the verdict.

    For each rule: what it asked, what it found, why it spoke or stayed silent, and its source. FILE holds the
    message as JSON or CSV; - is standard input.

    With --changes, every set of changes is judged before it is shown. Those that begin with "if" are facts: they help
    only where they are so.

    With --campaign, the message may leave out `to`: for each country with rules of its own, which rules are settled for
    every recipient, which are not, and which facts of a recipient still decide.

    \b
    Examples: sendlaw explain message.json
              sendlaw explain --changes message.json
              sendlaw explain --campaign --country FR message.json
    """
    if campaign and changes:
        raise click.UsageError("--changes is about one recipient: leave out --campaign")
    if countries and not campaign:
        raise click.UsageError("--country goes with --campaign")
    if campaign:
        show_campaign(file, load_policy(rules, no_bundled=no_bundled), countries, as_json=as_json)
        return
    message = _one_message(file)
    policy = load_policy(rules, no_bundled=no_bundled)
    try:
        explanation = explain_message(policy, message)
        answer = what_would_allow(policy, message) if changes else None
    except MessageError as error:
        raise click.ClickException(f"{file}: {error}") from None
    if as_json:
        more = {} if answer is None else {"changes": answer.model_dump()}
        print(json.dumps({**explanation.model_dump(), **more}, ensure_ascii=False, indent=2))
        return
    colour = colour_on(sys.stdout)
    print("\n".join(_lines(explanation, colour)))
    if answer is not None:
        print("\n".join(change_lines(explanation.verdict, answer, colour=colour)))


def _one_message(file: str) -> Message:
    with opened(file) as stream:
        lines = read_messages(stream, is_csv=is_csv_name(file))
        line = next(lines, None)
        if line is None:
            raise click.ClickException(f"{file}: holds no message")
        if isinstance(line, LineError):
            field = "" if line.field is None else f"{line.field}: "
            raise click.ClickException(f"{file}, line {line.line}: {field}{line.error}")
        if next(lines, None) is not None:
            raise click.ClickException(f"{file}: holds more than one message; `sendlaw check` judges many")
    return line.message


def _lines(explanation: Explanation, colour: bool) -> Iterator[str]:
    spoke = [looked for looked in explanation.looked_at if looked.effect != "silent"]
    silent = [looked for looked in explanation.looked_at if looked.effect == "silent"]
    bold = painter(colour)
    yield bold(f"{number_of(len(spoke), 'rule')} spoke", bold=True)
    for looked in spoke:
        yield from looked_at_lines(looked, colour)
    yield bold(f"{number_of(len(silent), 'rule')} stayed silent", bold=True)
    for looked in silent:
        yield from looked_at_lines(looked, colour)
    if explanation.elsewhere:
        yield f"{number_of(explanation.elsewhere, 'rule')} for other places"
        yield ""
    yield bold("verdict", bold=True)
    yield from verdict_lines(explanation.verdict, colour=colour)


def looked_at_lines(looked: LookedAt, colour: bool) -> Iterator[str]:
    """One rule: what it did, what it asked and found, why, its sources; an empty line at the end."""
    paint, rule = painter(colour), looked.rule
    effect = paint(f"{looked.effect:7}", fg=COLOURS.get(looked.effect, "cyan"))
    yield f"  {effect} {paint(rule.id, bold=True)} ({looked.place})  {visible(rule.title)}"
    for asked in looked.asked:
        yield f"          {visible(_asked(asked))}"
    yield f"          why: {visible(looked.why)}"
    if looked.missing:
        yield f"          missing: {', '.join(looked.missing)}"
    for source in rule.sources:
        yield f"          {paint(visible(f'{rule.basis}: {source.title}, {source.url}'), dim=True)}"
    if not rule.sources:
        yield f"          {paint(rule.basis, dim=True)}"
    if rule.note is not None:
        yield f"          {paint(visible(f'note: {rule.note}'), dim=True)}"
    yield ""


def _asked(asked: Asked) -> str:
    about = "" if asked.subject is None else f"[{asked.subject}] "
    answer = _SHIFTED.get(asked.clause, _ANSWERS)[asked.holds]
    found = f"{answer}: {asked.found}" if asked.found else answer
    return f"{about}{asked.clause} {asked.text} → {found}"
