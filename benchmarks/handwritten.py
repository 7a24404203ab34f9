"""The rules of `rules/five_countries.policy` as a programmer would write them by hand, on the same raw facts.

It reads a ready `Message`, works out the same facts by the same means (the number, the words in the text, the local
clock, the encoding) and answers with a decision and every reason. It does not say when a deferral ends, nor cite.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from sendlaw import Message
from sendlaw.engine.encoding import encode
from sendlaw.engine.numbers import number_facts
from sendlaw.engine.words import WordIndex
from sendlaw.engine.zones import local

_WEEK = 7 * 86_400
_NAME = re.compile("[A-Za-z0-9]*[A-Za-z][A-Za-z0-9]*")
_LANDLINES = frozenset({"fixed", "premium", "shared_cost", "uan", "pager", "voicemail"})
_EITHER = frozenset({"opted_in", "existing_customer"})
_OPTED_IN = frozenset({"opted_in"})
_STOP = '"STOP"'

WORDS = WordIndex(
    {
        "gambling": {
            "fr": ("casino", "pari* sportif*", "jeux d'argent"),
            "en": ("casino", "bet* now", "poker", "betting", "free spins", "rummy", "satta"),
            "de": ("Glücksspiel", "Sportwette*", "Spielbank"),
        },
        _STOP: {"": ("STOP",)},
    }
)


class Law(NamedTuple):
    """What differs from country to country. Minutes of the day, `closes` excluded; weekdays before `days` are open."""

    opens: int
    closes: int
    days: int
    consents: frozenset[str]
    longest_name: int
    limit: int
    segments: int
    way_out: str


LAWS: Mapping[str, Law] = {
    "FR": Law(480, 1290, 6, _EITHER, 11, 2, 3, " STOP au {stop}"),
    "US": Law(480, 1260, 7, _OPTED_IN, 0, 3, 4, " Reply STOP to end"),
    "GB": Law(540, 1200, 7, _EITHER, 11, 3, 3, " STOP to {stop}"),
    "DE": Law(480, 1200, 6, _OPTED_IN, 11, 2, 2, " STOP an {stop}"),
    "IN": Law(600, 1140, 7, _EITHER, 6, 5, 4, " STOP: {stop}"),
}


class Judgement(NamedTuple):
    """Allow, defer or deny; the rules that spoke, each with what decided; the text to send and its segments."""

    decision: str
    reasons: tuple[tuple[str, str], ...]
    text: str
    encoding: str
    segments: int


def judge(message: Message) -> Judgement:
    """What the rules of the recipient's country say of a message."""
    number = number_facts(message.to)
    country = number.country or ""
    law = LAWS[country]
    found = WORDS.scan(message.body)
    reasons: list[tuple[str, str]] = []
    text, decision = message.body, "allow"
    if message.category == "promotional":
        text, decision = _marketing(message, country, law, number.timezones, _STOP in found, reasons)
    if "gambling" in found or "gambling" in message.subjects:
        decision = "deny"
        reasons.append((f"{country}.gambling", "the text is about gambling"))
    if number.line is None or number.line in _LANDLINES:
        decision = "deny"
        reasons.append((f"{country}.landline", f"the line is {number.line}"))
    sender = message.sender
    if not (sender.isdigit() or sender.startswith("+")) and (
        len(sender) > law.longest_name or not _NAME.fullmatch(sender)
    ):
        decision = "deny"
        reasons.append((f"{country}.name", f"the sender is {sender}"))
    encoding = encode(text)
    if encoding.segments > law.segments and message.category == "promotional":
        reasons.append((f"{country}.brief", f"{encoding.segments} segments"))
    if len(reasons) > 1:
        reasons.sort()
    return Judgement(decision, tuple(reasons), text, encoding.name, encoding.segments)


def _marketing(
    message: Message, country: str, law: Law, zones: tuple[str, ...], says_stop: bool, reasons: list[tuple[str, str]]
) -> tuple[str, str]:
    """What marketing has to heed besides; the text with the way out, and the decision so far."""
    decision, text = "allow", message.body
    at = int(message.at.timestamp())
    for zone in zones:
        day, second = local(zone, at)
        if not (law.opens * 60 <= second < law.closes * 60 and (day - 1) % 7 < law.days):
            decision = "defer"
            reasons.append((f"{country}.hours", f"{second // 3600:02}:{second // 60 % 60:02} in {zone}"))
            break
    if message.history is None or (message.history and _recent(message, at) >= law.limit):
        decision = "defer" if message.history is not None else "deny"
        reasons.append((f"{country}.seldom", f"{law.limit} or more in a week"))
    if message.consent.status not in law.consents:
        decision = "deny"
        reasons.append((f"{country}.consent", f"consent is {message.consent.status}"))
    if not says_stop:
        reasons.append((f"{country}.way_out", "no STOP in the text"))
        text += law.way_out.replace("{stop}", message.brand.stop or "")
    return text, decision


def _recent(message: Message, at: int) -> int:
    """How many of the last week's messages to the recipient had the same brand and category."""
    count = 0
    for earlier in message.history or ():
        sent = int(earlier.at.timestamp())
        if at - _WEEK < sent <= at and earlier.category == message.category:
            count += earlier.brand is None or message.brand.name is None or earlier.brand == message.brand.name
    return count
