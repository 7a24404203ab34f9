"""Writes examples/campaign.jsonl and examples/messages.csv from the texts in tools/campaign. Deterministic.

    python tools/make_campaign.py [FOLDER]

Each file there is one business of fiction: who it is, its senders, and what it sends to whom and when. A `to`
such as `FR1 FR2:customer TEX7:opted_out` names people by area and number and, after the colon, the consent
they gave (people.toml says what these words and areas mean). A time without an offset is local to the
recipient, one that ends with Z the same instant for all; several times are dealt out in turn. `{name}`,
`{order}`, `{code}` and `{hour}` differ by message.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from string import digits
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
TEXTS = ROOT / "tools" / "campaign"
EXAMPLES = ROOT / "examples"

Fields = dict[str, Any]

COPIED = (
    *("category", "answers", "subjects", "campaign", "channel", "sender_type", "sender_country"),
    *("sender_shared", "recipient", "registrations"),
)
"""What a send says of its messages in the words of the message itself."""

ORDER = (
    *("id", "to", "sender", "sender_type", "sender_country", "sender_shared", "brand", "registrations", "registers"),
    *("channel", "category", "answers", "subjects", "body", "campaign", "at", "recipient", "consent", "history"),
)

GOOD = '"to": "+33612345601", "sender": "SOLEIL", "category": "promotional", "at": "2026-11-24T11:00:00+01:00"'
BAD_LINES: tuple[tuple[int, bytes], ...] = (
    (12, b'{"id": "bad-cut-off", "to": "+33612345601", "sender": "SOLEIL", "category": "promoti'),
    (57, f'{{"id": "bad-body", {GOOD}, "body": 20}}'.encode()),
    (101, f'{{"id": "bad-time", {GOOD.replace("+01:00", "")}, "body": "Soldes !"}}'.encode()),
    (163, f'{{"id": "bad-category", {GOOD.replace("promotional", "marketing")}, "body": "Soldes !"}}'.encode()),
    (214, f'{{"id": "bad-number", {GOOD.replace("+33612345601", "+33-SOLDES")}, "body": "Soldes !"}}'.encode()),
    (268, f'{{"id": "bad-field", {GOOD}, "body": "Soldes !", "consnet": {{"status": "opted_in"}}}}'.encode()),
    (311, f'{{{GOOD}, "body": "Soldes ! Une ligne sans identifiant."}}'.encode()),
    (365, f'{{"id": "soleil-boundaries-01", {GOOD}, "body": "Le même identifiant une deuxième fois."}}'.encode()),
    (412, f'{{"id": "bad-nul", {GOOD}, "body": "Soldes\\u0000 !"}}'.encode()),
    (460, f'{{"id": "bad-bytes", {GOOD}, "body": "Soldes d\'été"}}'.encode("latin-1")),
    (488, f'{{"id": "bad-possible", {GOOD.replace("+33612345601", "+3361234")}, "body": "Soldes !"}}'.encode()),
)
"""Lines that are no messages, and the line numbers they come to stand on."""

IN_TABLE = (
    *("soleil-boundaries-03", "soleil-boundaries-04", "soleil-too-often-04", "soleil-black-friday-10"),
    *("hollis-code-13", "kestrel-on-the-way-26", "clinic-answers-04", "still-no-age-02", "still-shared-code-01"),
    *("noor-white-friday-04", "bomnal-new-colours-03", "authority-flood-02", "casino-disguised-01"),
)
"""The messages that stand in the CSV too."""


def main(arguments: Sequence[str]) -> None:
    """Writes both files to the folder named, or to their place in the repository."""
    folder = Path(arguments[0]) if arguments else EXAMPLES
    (folder / "campaign.jsonl").write_bytes(b"".join(line + b"\n" for line in lines()))
    (folder / "messages.csv").write_text(table(), encoding="utf-8")


def table() -> str:
    """A few of the messages as CSV, in the order of IN_TABLE."""
    messages = {message["id"]: message for message in every_message()}
    rows = [dict(_cells("", messages[id])) for id in IN_TABLE]
    written = io.StringIO()
    names = sorted(
        dict.fromkeys(name for row in rows for name in row), key=lambda name: ORDER.index(name.split(".")[0])
    )
    writer = csv.DictWriter(written, names, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue()


def _cells(prefix: str, data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Nested fields under dotted names, lists separated by `;`, a history as JSON."""
    for key, value in data.items():
        if isinstance(value, dict):
            yield from _cells(f"{prefix}{key}.", value)
        elif key == "history":
            yield key, json.dumps(value, ensure_ascii=False)
        elif isinstance(value, list):
            yield prefix + key, ";".join(value)
        else:
            yield prefix + key, ("no", "yes")[value] if isinstance(value, bool) else str(value)


def lines() -> list[bytes]:
    """The lines of the campaign: messages by time, and the bad ones at their places."""
    messages = sorted(every_message(), key=lambda message: (datetime.fromisoformat(message["at"]), message["id"]))
    written = [json.dumps(message, ensure_ascii=False).encode() for message in messages]
    for number, line in BAD_LINES:
        written.insert(number - 1, line)
    return written


@dataclass(frozen=True, slots=True)
class Person:
    """A recipient. `area` and `country` choose the text; `known` is what people.toml says of the area."""

    number: str
    name: str
    area: str
    country: str
    known: Mapping[str, Any]


def every_message() -> Iterator[dict[str, Any]]:
    """The messages of all businesses, in the shape of the message reference."""
    people = _read(TEXTS / "people.toml")
    for path in sorted(TEXTS.glob("*.toml")):
        if path.stem != "people":
            business = _read(path)
            for send in business["send"]:
                yield from _messages(path.stem, business, send, people)


def _messages(name: str, business: dict[str, Any], send: dict[str, Any], people: dict[str, Any]) -> Iterator[Fields]:
    for place, word in enumerate(send["to"].split()):
        who, _, consent = word.partition(":")
        person = _person(who, people)
        id = f"{name}-{send['id']}-{place + 1:02}"
        at = _time(send, place, person)
        message: Fields = {"registrations": business.get("registrations", [])}
        message |= {key: send[key] for key in COPIED if key in send}
        message |= {"id": id, "to": person.number, "at": at.isoformat(), "body": _text(send, id, person)}
        message |= {"brand": send.get("brand", business["brand"]), **_sender(business, send, person)}
        message |= {"consent": people["consents"][consent or send.get("consent", "opted_in")]}
        message |= {"recipient": person.known.get("recipient", {}) | send.get("recipient", {})}
        message |= {"registers": _registers(send, person, at), "history": _history(send, message, at)}
        yield {key: message[key] for key in ORDER if message.get(key) not in (None, {})}


def _person(word: str, people: dict[str, Any]) -> Person:
    """`FR7` is the person with the last two digits 07 in the area FR; a number written out is nobody's."""
    area = word.rstrip(digits)
    known = people["areas"].get(area, {})
    country = known.get("country", area)
    if not known:
        return Person(word, people["names"]["default"][0], area, country, known)
    place = int(word.removeprefix(area))
    names = people["names"].get(country, people["names"]["default"])
    return Person(f"{known['number']}{place:02}", names[place % len(names)], area, country, known)


def _sender(business: dict[str, Any], send: dict[str, Any], person: Person) -> Fields:
    senders = send.get("sender", business["senders"])
    sender = senders if isinstance(senders, str) else senders.get(person.country, senders.get("default"))
    if sender.isdigit() and "sender_country" not in send:
        return {"sender": sender, "sender_country": person.country}
    return {"sender": sender}


def _registers(send: dict[str, Any], person: Person, at: datetime) -> Fields:
    """What the do-not-contact registers answered: asked lately and not listed, unless the send says otherwise."""
    asked = send.get("asked", "lately")
    if asked == "never" or send["category"] != "promotional":
        return {}
    checked = at.date() - timedelta(days=200 if asked == "long ago" else 9)
    answer = {"listed": asked == "listed", "checked": checked.isoformat()}
    return dict.fromkeys(person.known.get("registers", []), answer)


def _time(send: dict[str, Any], place: int, person: Person) -> datetime:
    times = send["at"] if isinstance(send["at"], list) else [send["at"]]
    written = times[place % len(times)]
    moment = datetime.fromisoformat(written)
    local = datetime.strptime(person.known.get("offset", "+00:00"), "%z").tzinfo
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=local)
    elif written.endswith("Z"):
        moment = moment.astimezone(local)
    return moment + timedelta(seconds=send.get("every", 0) * place)


def _text(send: dict[str, Any], id: str, person: Person) -> str:
    texts = send["text"]
    if not isinstance(texts, str):
        texts = next(texts[key] for key in (person.area, person.country, "default") if key in texts)
    number = int(hashlib.sha256(id.encode()).hexdigest(), 16)
    code, order, hour = number % 900_000 + 100_000, number % 90_000 + 10_000, number % 9 + 9
    text: str = texts.format(name=person.name, code=code, order=f"K{order}", hour=hour)
    return text


def _history(send: dict[str, Any], message: Fields, at: datetime) -> list[Fields] | None:
    """None where the send says that the history is not known."""
    entries = send.get("history", [])
    return None if entries == "unknown" else [_earlier(entry, message, at) for entry in entries]


def _earlier(entry: str, message: Fields, at: datetime) -> Fields:
    """`2d promotional` or `3h promotional`: that long before the message, from the same sender and brand."""
    ago, category = entry.split()
    unit = {"d": "days", "h": "hours", "m": "minutes"}[ago[-1]]
    then = at - timedelta(**{unit: int(ago[:-1])})
    return {
        "at": then.isoformat(),
        "category": category,
        "sender": message["sender"],
        "brand": message["brand"]["name"],
    }


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main(sys.argv[1:])
