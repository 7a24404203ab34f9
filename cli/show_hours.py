"""The week of a place as its messages find it: for each category, when it is open, open with a warning, or closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..policy import model as m
from ..policy.vocabulary import CATEGORIES

HOLIDAY = 7
"""The day behind the seven of the week: a public holiday."""
OPEN, ADVISED, CLOSED = "open", "advised", "closed"
"""`advised`: it may be sent, and a rule warns of it."""

Piece = tuple[int, int, str]
"""From a minute of the day to before another, and what that stretch is."""


@dataclass(frozen=True, slots=True)
class Week:
    """Categories that find the same hours; the windows that make them; the pieces of each day, Monday first.

    Behind Sunday stand the pieces of a public holiday where one differs.
    """

    categories: tuple[str, ...]
    rules: tuple[m.Rule, ...]
    days: tuple[tuple[Piece, ...], ...]


def weeks(rules: Sequence[m.Rule]) -> list[Week]:
    """One week for each group of categories under the same windows, in the order of the categories."""
    grouped: dict[tuple[str, ...], tuple[list[str], tuple[m.Rule, ...]]] = {}
    for category in CATEGORIES:
        windows = _windows(rules, category)
        grouped.setdefault(tuple(rule.id for rule in windows), ([], windows))[0].append(category)
    return [Week(tuple(named), windows, _days(windows)) for named, windows in grouped.values()]


def _windows(rules: Sequence[m.Rule], category: str) -> tuple[m.Rule, ...]:
    """The rules with hours that may speak of the category, without those that others surely replace there."""
    speaking = [rule for rule in rules if truth(rule.when, category) is not False]
    replaced = {name for rule in speaking if truth(rule.when, category) is True for name in rule.replaces}
    return tuple(rule for rule in speaking if isinstance(rule.action, m.Only) and rule.id not in replaced)


def truth(condition: m.Condition | None, category: str) -> bool | None:
    """What a condition comes to where only the category is known; None where other facts decide."""
    match condition:
        case None:
            return True
        case m.And():
            parts = [truth(part, category) for part in condition.parts]
            return False if False in parts else None if None in parts else True
        case m.Or():
            parts = [truth(part, category) for part in condition.parts]
            return True if True in parts else None if None in parts else False
        case m.Not():
            part = truth(condition.part, category)
            return None if part is None else not part
        case m.OneOf(term=m.FactTerm(name="category"), values=values):
            return category in values
        case _:
            return None


def _days(rules: tuple[m.Rule, ...]) -> tuple[tuple[Piece, ...], ...]:
    windows = [rule.action.window for rule in rules if isinstance(rule.action, m.Only)]
    holidays = any(window.except_holidays or any(span.holiday for span in window.hours) for window in windows)
    return tuple(tuple(_pieces(rules, day)) for day in range(HOLIDAY + 1 if holidays else HOLIDAY))


def _pieces(rules: tuple[m.Rule, ...], day: int) -> list[Piece]:
    actions = [rule.action for rule in rules if isinstance(rule.action, m.Only)]
    edges = {edge for only in actions for span in only.window.hours for edge in (span.start, span.end)}
    pieces: list[Piece] = []
    for start, end in pairwise(sorted({0, 1440} | edges)):
        state = _state(rules, day, start)
        if pieces and pieces[-1][2] == state:
            start = pieces.pop()[0]
        pieces.append((start, end, state))
    return pieces


def _state(rules: tuple[m.Rule, ...], day: int, minute: int) -> str:
    state = OPEN
    for rule in rules:
        if isinstance(rule.action, m.Only) and not _opens(rule.action.window, day, minute):
            if rule.action.warning is None:
                return CLOSED
            state = ADVISED
    return state


def _opens(window: m.Window, day: int, minute: int) -> bool:
    """On a holiday that a window does not speak of, it is open where it is on every day of the week."""
    spans = [span for span in window.hours if span.start <= minute < span.end]
    if day != HOLIDAY:
        return any(day in span.days for span in spans)
    if window.except_holidays:
        return False
    if any(span.holiday for span in window.hours):
        return any(span.holiday for span in spans)
    return all(any(weekday in span.days for span in spans) for weekday in range(7))
