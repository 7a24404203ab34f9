"""Checking what surrounds the rules of a policy: recipients, languages, holidays, sources, words, replies."""

from __future__ import annotations

from typing import TypeVar

from . import model as m
from . import tree as t
from .diagnostics import Related
from .gsm7 import NATIONAL
from .places import has_holidays, is_country, is_place, is_subdivision, suggest_place
from .scope import Scope, alternatives
from .texts import check_day, check_filled, check_language, check_phrases, check_placeholders
from .values import check_place
from .vocabulary import REPLY_KINDS

_Entry = TypeVar("_Entry", bound=t.Entry)


def entries(policy: t.Policy, kind: type[_Entry]) -> list[_Entry]:
    """The entries of one kind, in the order written."""
    return [entry for entry in policy.entries if isinstance(entry, kind)]


def _only_one(policy: t.Policy, kind: type[_Entry], word: str, scope: Scope) -> _Entry | None:
    found = entries(policy, kind)
    for extra in found[1:]:
        related = (Related(found[0].span, "first written here"),)
        message = f"`{word}` stands twice in the policy `{policy.name.text}`"
        scope.error("E403", extra.span, message, "write all of it in one entry", related)
    return found[0] if found else None


def check_places(policy: t.Policy, scope: Scope) -> m.Places:
    """Whom the policy protects."""
    node = _only_one(policy, t.Recipients, "recipients", scope)
    if node is None:
        if "recipients" not in scope.lost:
            message = f"the policy `{policy.name.text}` does not say whom it protects"
            scope.error("E409", policy.name.span, message, "add `recipients FR`, or `recipients anywhere`")
        return m.Places(False, frozenset(), frozenset())
    found = {place for name in node.places for place in check_place(name, scope) or ()}
    countries = frozenset(place for place in found if is_country(place))
    return m.Places(node.anywhere, countries, frozenset(place for place in found if is_subdivision(place)))


def check_languages(policy: t.Policy, scope: Scope) -> tuple[str, ...]:
    """The languages of the policy."""
    node = _only_one(policy, t.Languages, "languages", scope)
    if node is None:
        if "languages" not in scope.lost:
            message = f"the policy `{policy.name.text}` does not say in which languages its recipients read"
            scope.error("E410", policy.name.span, message, "add `languages fr`")
        return ()
    return tuple(dict.fromkeys(code.text for code in node.codes if check_language(code, scope)))


def check_alphabets(policy: t.Policy, places: m.Places, scope: Scope) -> tuple[str, ...]:
    """The languages whose tables of GSM-7 may be used."""
    node = _only_one(policy, t.Alphabets, "alphabets", scope)
    if node is None:
        return ()
    if not places.anywhere and not places.countries and places.subdivisions:
        message = "alphabets are understood in whole countries, and this policy is for parts of them"
        scope.error("E413", node.span, message, "write them in the policy of the country")
    for name in node.names:
        if name.text not in NATIONAL:
            message = f"GSM-7 has no tables called `{name.text}`"
            scope.error("E207", name.span, message, alternatives(name.text, NATIONAL, "it has tables for"))
    return tuple(sorted({name.text for name in node.names}))


def check_calendar(policy: t.Policy, scope: Scope) -> m.Calendar | None:
    """The holiday calendar of the policy, if it has one."""
    node = _only_one(policy, t.Holidays, "holidays", scope)
    if node is None:
        return None
    if not is_place(node.place.text):
        scope.error(
            "E206",
            node.place.span,
            f"there is no place called `{node.place.text}`",
            suggest_place(node.place.text),
        )
    elif not has_holidays(node.place.text):
        message = f"the holiday calendars know no `{node.place.text}`"
        scope.error("E206", node.place.span, message, "name the country, or write hours without holidays")
    also = (check_day(day, scope) for day in node.also)
    return m.Calendar(node.place.text, frozenset(day for day in also if day is not None))


def check_sources(policy: t.Policy, scope: Scope) -> dict[str, m.Cited]:
    """The sources of the policy, by name."""
    found: dict[str, m.Cited] = {}
    for node in entries(policy, t.Citation):
        name = node.name.text
        if name in found:
            scope.twice("sources", name, node.name.span, found[name].span)
        check_filled(node.title, "the title", scope)
        if not node.url.value.startswith(("https://", "http://")):
            message = "the address of a source starts with `https://`"
            scope.error("E302", node.url.span, message, "write the whole address, as a browser shows it")
        checked = check_day(node.checked, scope) or node.checked.value
        found.setdefault(name, m.Cited(node.span, name, node.title.value, node.url.value, checked))
    return found


def check_words(node: t.Words, policy: str, scope: Scope) -> m.WordList:
    """A words list: phrases per language."""
    check_phrases(node.entries, scope)
    phrases: dict[str, tuple[str, ...]] = {}
    for entry in node.entries:
        language = entry.language.text if entry.language else ""
        texts = (*phrases.get(language, ()), *(text.value for text in entry.texts))
        phrases[language] = tuple(dict.fromkeys(texts))
    if not phrases and node.name.text not in scope.lost:
        message = f"the words list `{node.name.text}` is empty"
        scope.error("E411", node.name.span, message, 'write a language and its words: `en: "casino", "poker"`')
    return m.WordList(node.span, node.name.text, policy, phrases)


def check_replies(policy: t.Policy, scope: Scope) -> tuple[m.Reply, ...]:
    """What recipients may answer, and what they are told."""
    nodes = [entry for block in entries(policy, t.Replies) for entry in block.entries]
    seen: dict[tuple[str, str], t.ReplyEntry] = {}
    found = []
    for node in nodes:
        reply = _reply(node, scope)
        first = seen.setdefault((reply.kind, reply.language), node)
        if first is not node:
            related = (Related(first.span, "first written here"),)
            message = f"`{reply.kind}` has two entries for `{reply.language}`"
            scope.error("E403", node.span, message, "write all words of a language in one entry", related)
        found.append(reply)
    return tuple(found)


def _reply(node: t.ReplyEntry, scope: Scope) -> m.Reply:
    kind, language = node.kind.text, node.words.language.text if node.words.language else ""
    if kind not in REPLY_KINDS:
        help_text = alternatives(kind, REPLY_KINDS, "the kinds are")
        scope.error("E214", node.kind.span, f"there is no kind of reply called `{kind}`", help_text)
    check_phrases((node.words,), scope)
    if node.say is not None:
        check_filled(node.say, "the answer", scope)
        check_placeholders(node.say, scope)
    words = tuple(dict.fromkeys(text.value for text in node.words.texts))
    return m.Reply(node.span, kind, language, words, node.say.value if node.say else None)
