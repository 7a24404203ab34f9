"""Checking texts for readers and recipients: placeholders, languages, words to look for, dates."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from . import tree as t
from .diagnostics import did_you_mean
from .phrases import phrase_fault
from .places import LANGUAGES, is_language
from .scope import Scope, listed
from .source import Span
from .vocabulary import PLACEHOLDERS

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}|[{}]")


def check_placeholders(text: t.Text, scope: Scope) -> bool:
    """Whether a text holds only known placeholders in braces; if not, the errors are reported."""
    # As written: no escape holds a brace, so that places in the text are true.
    found = list(_PLACEHOLDER.finditer(text.span.text))
    names = [f"{{{name}}}" for name in PLACEHOLDERS]
    once = {match.group(1): match for match in reversed(found)}  # each kind of mistake where it is first made
    for match in reversed(once.values()):
        span = Span(text.span.source, text.span.start + match.start(), text.span.start + match.end())
        if match.group(1) is None:
            scope.error("E213", span, "a brace stands alone", f"braces hold placeholders: {listed(names)}")
        elif match.group() not in names:
            near = did_you_mean(match.group(1), PLACEHOLDERS)
            help_text = re.sub("`(.*)`", r"`{\1}`", near) + " " * bool(near) + f"the placeholders are {listed(names)}"
            scope.error("E213", span, f"there is no placeholder `{match.group()}`", help_text)
    return all(match.group() in names for match in found)


def check_filled(text: t.Text, what: str, scope: Scope) -> bool:
    """Whether a text says something; if not, the error is reported."""
    if not text.value.strip():
        hint = "write the words to look for" if what == "the phrase" else "write what a reader should see"
        scope.error("E411", text.span, f"{what} is empty", hint)
        return False
    return True


def check_language(name: t.Name, scope: Scope) -> bool:
    """Whether this is a language of ISO 639; if not, the error is reported."""
    if is_language(name.text):
        return True
    otherwise = "write an ISO 639 code such as `fr`, or with a country as in `pt-BR`"
    known = LANGUAGES if len(name.text) > 2 else ()
    scope.unknown("E207", name, f"there is no language `{name.text}`", known, otherwise)
    return False


def check_day(day: t.Day, scope: Scope) -> date | None:
    """The date; None, with the error reported, if the calendar lacks it."""
    if day.value == date.min:
        message = f"there is no date {day.span.text}"
        scope.error("E305", day.span, message, "dates are written year-month-day: `2026-03-01`")
        return None
    return day.value


def check_phrases(entries: Iterable[t.Tagged], scope: Scope) -> None:
    """Report languages that do not exist, and phrases that cannot be looked for."""
    for entry in entries:
        if entry.language is not None:
            check_language(entry.language, scope)
        for text in entry.texts:
            if check_filled(text, "the phrase", scope):
                check_phrase(text, scope)


def check_phrase(text: t.Text, scope: Scope) -> bool:
    """Whether a phrase can be looked for; if not, the error is reported."""
    for word in text.value.split():
        if "*" in word.rstrip("*") or word.startswith("*") or word.endswith("**"):
            message = f"the star in `{word}` does not stand at the end of a word"
            scope.error("E302", text.span, message, "a star stands for a word's ending: `sportif*`")
            return False
    fault = phrase_fault(text.value)
    if fault is not None:
        scope.error("E302", text.span, *fault)
    return fault is None
