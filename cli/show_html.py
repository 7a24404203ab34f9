"""A place as one page of HTML: nothing is loaded from elsewhere, every text is escaped, it prints and darkens well."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from importlib.resources import files
from typing import Any

from ..policy.render import visible
from .week_svg import week_svg

Data = dict[str, Any]

_YEAR = 365
_REPLIES = {"opt_out": "No more messages", "opt_in": "Messages, please", "help": "Help"}


def place_page(data: Data) -> str:
    """The page of a place, from `show_data.place_data`."""
    title = f"{data['place']}: sending rules of {data['name']}"
    sections = (
        ("Hours", _hours(data)),
        ("Senders", _tables(data["senders"])),
        ("Limits and paces", _limits(data["limits"])),
        ("Rules of its own", _rules(rule for rule in data["rules"] if not rule["everywhere"])),
        ("Rules that hold everywhere", _rules(rule for rule in data["rules"] if rule["everywhere"])),
        ("What recipients may answer", _replies(data["replies"])),
        ("Words that are looked for", _words(data["words"])),
        ("Public holidays ahead", _holidays(data["holidays"])),
        ("Sources", _sources(data["sources"])),
    )
    filled = [(name, body) for name, parts in sections if (body := "\n".join(parts))]
    links = "".join(f'<a href="#s{number}">{text(name)}</a>' for number, (name, _) in enumerate(filled, 1))
    body = "\n".join(
        f'<section id="s{number}">\n<h2>{text(name)}</h2>\n{section}\n</section>'
        for number, (name, section) in enumerate(filled, 1)
    )
    style = files(__package__).joinpath("show.css").read_text("utf-8")
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{text(title)}</title>
<style>
{style}</style>
</head>
<body>
<header>
<h1>{text(data["place"])} <span>{text(data["name"])}</span></h1>
<p>The rules as of {text(data["on"])}, for messages to people there. No legal advice.</p>
{_policies(data["policies"])}
<nav>{links}</nav>
</header>
<main>
{body}
</main>
</body>
</html>
"""


def text(value: object) -> str:
    """A text as it may stand in a page or an attribute; what cannot be seen is spelt out."""
    return escape(visible(str(value)), quote=True)


def _policies(policies: list[Data]) -> str:
    entries = "".join(
        f"<li><b>{text(policy['name'])}</b> {text(policy['title'])}"
        + "".join(f'<p class="note">{text(note)}</p>' for note in policy["notes"])
        + "</li>"
        for policy in policies
    )
    return f'<ul class="policies">{entries}</ul>' if entries else ""


def _table(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table of cells that are HTML already."""
    head = "".join(f'<th scope="col">{text(column)}</th>' for column in columns)
    body = "\n".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f'<div class="wide"><table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table></div>'


def _link(source: Data) -> str:
    """A source; only web addresses are links."""
    title, url = text(source["title"]), source["url"]
    if not url.startswith(("https://", "http://")):
        return f"{title} {text(url)}".strip()
    return f'<a href="{text(url)}" rel="noopener noreferrer">{title}</a>'


# ---- sections


def _hours(data: Data) -> Iterator[str]:
    for week in data["hours"]:
        names = ", ".join(category.replace("_", " ") for category in week["categories"])
        yield f"<figure>\n<figcaption>{text(names)}</figcaption>"
        yield week_svg(week["days"], f"When {names} may be sent, on the recipient's clock")
        rules = "".join(_window(window) for window in week["windows"])
        yield f"<ul>{rules}</ul>" if rules else "<p>at any time</p>"
        yield "</figure>"
    parts = "".join(f"<li>{text(', '.join(part['parts']))}: {_told(part)}</li>" for part in data["hours_in_parts"])
    if parts:
        yield f"<p>In parts of the country also:</p>\n<ul>{parts}</ul>"
    if data["hours"]:
        yield (
            '<p class="legend"><i class="open"></i> open <i class="advised"></i> open, with a warning '
            '<i class="closed"></i> closed: wait until it opens. Times on the recipient\'s clock; rules that turn on '
            "more than the category are drawn as if they spoke.</p>"
        )


def _window(window: Data) -> str:
    return f"<li>{_told(window)}</li>"


def _told(window: Data) -> str:
    return (
        f'<a href="#{text(window["rule"])}">{text(window["rule"])}</a> {text(window["hours"])} '
        f"<small>({text(window['basis'])})</small>"
    )


def _tables(tables: list[Data]) -> Iterator[str]:
    for table in tables:
        yield f"<h3>{text(table['table'].replace('_', ' '))}</h3>"
        yield _table(table["columns"], ([text(cell) for cell in row] for row in table["rows"]))


def _limits(limits: list[Data]) -> Iterator[str]:
    rows = [
        [f'<a href="#{text(limit["rule"])}">{text(limit["rule"])}</a>', text(limit["limit"]), text(limit["basis"])]
        for limit in limits
    ]
    if rows:
        yield _table(("rule", "limit", "basis"), rows)


def _rules(rules: Iterable[Data]) -> Iterator[str]:
    for rule in rules:
        dates = " ".join(f"{word} {rule[word]}" for word in ("since", "before") if rule[word])
        yield f'<article id="{text(rule["id"])}">'
        yield f"<h3>{text(rule['title'])} <code>{text(rule['id'])}</code></h3>"
        told = [rule["effect"], rule["basis"], *([f"in force {dates}"] if dates else [])]
        replaced = ", ".join(rule["replaces"])
        told += [f"replaces {replaced}"] if replaced else []
        yield f'<p class="facts">{" · ".join(map(text, told))}</p>'
        cited = "".join(f"<li>{_link(source)}, checked {text(source['checked'])}</li>" for source in rule["sources"])
        yield f'<ul class="cited">{cited}</ul>' if cited else ""
        if rule["note"]:
            yield f'<p class="note">{text(rule["note"])}</p>'
        yield f"<details><summary>as written</summary><pre>{_lines(rule['text'])}</pre></details>\n</article>"


def _lines(written: str) -> str:
    return "\n".join(text(line) for line in written.split("\n"))


def _replies(replies: list[Data]) -> Iterator[str]:
    rows = [
        [
            text(_REPLIES.get(reply["kind"], reply["kind"])),
            text(reply["language"]),
            text(", ".join(reply["words"])),
            text(reply["say"] or ""),
            text(reply["policy"]),
        ]
        for reply in replies
    ]
    if rows:
        yield _table(("means", "language", "words", "answer", "policy"), rows)


def _words(lists: list[Data]) -> Iterator[str]:
    for listed in lists:
        count = sum(len(phrases) for phrases in listed["phrases"].values())
        others = f", and {listed['other_languages']} other languages" if listed["other_languages"] else ""
        yield f"<details><summary>{text(listed['list'])} <small>({count} here{others})</small></summary>"
        for language, phrases in listed["phrases"].items():
            yield f'<p lang="{text(language)}"><b>{text(language)}</b> {text(", ".join(phrases))}</p>'
        yield "</details>"


def _holidays(holidays: list[Data]) -> Iterator[str]:
    rows = [
        [text(day["day"]), text(day["name"]), "in parts of the country" if day["regional"] else ""] for day in holidays
    ]
    if rows:
        yield _table(("day", "holiday", ""), rows)


def _sources(sources: list[Data]) -> Iterator[str]:
    rows = [[_link(source), text(source["id"]), text(source["checked"]), _age(source["age"])] for source in sources]
    if rows:
        yield _table(("source", "name", "checked", "age"), rows)


def _age(days: int) -> str:
    if days < 0:
        return "checked later"
    told = f"{days} day{'' if days == 1 else 's'}"
    return f'<strong class="old">{told}: check it again</strong>' if days > _YEAR else told
