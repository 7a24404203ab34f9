"""Which rules the tests of a rule set do not try from both sides: never heard, or never silent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..policy import model as m
from .explanation import facts_of
from .interpreter import Interpreter
from .message import Message, MessageError
from .policy import Policy

NEVER_SPOKE = "never speaks in a test"
NEVER_SILENT = "never stays silent in a test"


def uncovered(policy: Policy, rules: Sequence[m.Rule], messages: Iterable[Message]) -> Iterator[tuple[m.Rule, str]]:
    """Each rule that no message makes speak, and each that speaks whenever it could, with words for it."""
    spoke, silent = set[str](), set[str]()
    for message in messages:
        heard, asked = _heard(policy, rules, message)
        spoke |= heard
        silent |= asked - heard
    for rule in rules:
        if rule.id not in spoke:
            yield rule, NEVER_SPOKE
        elif rule.id not in silent:
            yield rule, NEVER_SILENT


def _heard(policy: Policy, rules: Sequence[m.Rule], message: Message) -> tuple[set[str], set[str]]:
    """The rules that spoke of a message, and those that could have."""
    try:
        facts = facts_of(policy, message)
    except MessageError:
        return set(), set()
    if facts is None:
        return set(), set()
    interpreter = Interpreter(policy.rule_set, policy.index)
    asked = {
        rule.id for rule in rules if interpreter.places(rule, facts) and interpreter.in_force(rule, facts, facts.at)
    }
    return {firing.rule.id for firing in interpreter.state(facts, facts.at).firings}, asked
