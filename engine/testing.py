"""Runs the tests in rule files: each case's message is judged, and the verdict compared with what the case expects.

    expect allow | deny | defer [until TIME] [by R, …]       the decision; R are among its reasons
    expect append | prepend | warn | pace ["…"] [by R, …]    what the rules do besides
    expect no deny | defer | append | … [by R, …]            no rule does so; of those named, none does
                                                             (at a deferral's end what is done besides counts too)
    expect text "…" | segments N | encoding E | missing F    what the verdict says
    expect opt_out | opt_in | help in LANG | nothing         what a recipient's `reply` means

A message let through that breaks a promise (`never allow when …`) is a difference too, whatever the case expects.
In a test with `reply`, `to` says where the recipient is; without it, they are where the test's policy holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from ..policy import model as m
from ..policy import tree as t
from ..policy.source import Span
from ..policy.vocabulary import ENCODINGS, REPLY_KINDS
from .explanation import LookedAt, explain
from .message import Message, MessageError
from .policy import Policy
from .promises import broken_promises
from .replies import ReplyMeaning, reply_country
from .test_messages import SettingError, build_message, moment, reply_of, setting_text
from .verdict import Verdict

_DECISIONS = ("allow", "deny", "defer")
_ABOUT_REPLIES = (*REPLY_KINDS, "nothing")


@dataclass(frozen=True, slots=True)
class Difference:
    """What was expected, where that stands, and what came instead."""

    span: Span
    expected: str
    got: str


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One case of a test: its message and verdict, where they could be made, and every difference found."""

    test: m.Test
    case: m.Case
    differences: tuple[Difference, ...]
    message: Message | None = None
    verdict: Verdict | None = None

    @property
    def passed(self) -> bool:
        """Whether everything was as expected."""
        return not self.differences

    @property
    def row(self) -> str:
        """The case's row as written, on one line; empty where the test has no rows."""
        return "" if self.case.span == self.test.span else " ".join(self.case.span.text.split())

    def where(self, difference: Difference) -> str:
        """The line of what was expected, with its file where that is another: a promise may stand anywhere."""
        span = difference.span
        same = span.source.name == self.case.span.source.name
        return f"line {span.line}" if same else f"{span.source.name}:{span.line}"


def run_tests(policy: Policy, tests: Iterable[m.Test]) -> Iterator[CaseResult]:
    """The result of every case of the tests, in order."""
    for test in tests:
        for case in test.cases:
            yield run_case(policy, test, case)


def run_case(policy: Policy, test: m.Test, case: m.Case) -> CaseResult:
    """The result of one case; a message that cannot be made or judged is a difference."""
    if reply_of(case) is not None:
        return CaseResult(test, case, _reply_differences(policy, test, case))
    message = None
    try:
        message = build_message(case)
        verdict = policy.evaluate(message)
        found = (
            *_differences(case, verdict, _at_its_end(policy, message, verdict)),
            *_broken(policy, message, verdict),
        )
    except SettingError as error:
        return CaseResult(test, case, (Difference(error.span, "a message that can be judged", error.reason),), message)
    except MessageError as error:
        wrong = Difference(case.span, "a message that can be judged", f"the message is wrong: {error}")
        return CaseResult(test, case, (wrong,), message)
    return CaseResult(test, case, found, message, verdict)


def silent_rules(policy: Policy, result: CaseResult) -> Iterator[LookedAt]:
    """The rules that a failed case expects to speak and that stay silent, each with what it asked and why."""
    failed = {difference.span for difference in result.differences}
    pairs = zip(result.case.expects, result.case.rules, strict=True)
    expected = {rule for expect, rules in pairs if expect.span in failed and not expect.negated for rule in rules}
    if result.message is None or result.verdict is None or not expected:
        return
    for looked in explain(policy, result.message).looked_at:
        if looked.rule.id in expected and looked.effect == "silent":
            yield looked


def _at_its_end(policy: Policy, message: Message, verdict: Verdict) -> Verdict:
    """What is said when a deferral ends: a warning of then is in the verdict, the rule that gave it is not."""
    if verdict.until is None:
        return verdict
    return policy.evaluate(message.model_copy(update={"at": verdict.until}))


def _differences(case: m.Case, verdict: Verdict, then: Verdict) -> Iterator[Difference]:
    for expect, rules in zip(case.expects, case.rules, strict=True):
        got = _got(expect, rules, verdict, then)
        if got is not None:
            yield Difference(expect.span, _as_written(expect), got)


def _broken(policy: Policy, message: Message, verdict: Verdict) -> Iterator[Difference]:
    got = "this message is allowed" if verdict.allowed else _decided(verdict)
    for promise in broken_promises(policy, message, verdict):
        yield Difference(promise.span, " ".join(promise.span.text.split()), got)


def _as_written(expect: t.Expect) -> str:
    return " ".join(expect.span.text.split()).removeprefix("expect ")


def _got(expect: t.Expect, rules: tuple[str, ...], verdict: Verdict, then: Verdict) -> str | None:
    """What came instead of what was expected; None where it came."""
    outcome = expect.outcome.text
    if expect.negated:
        return _unwanted(expect, rules, verdict, then)
    if outcome in _DECISIONS:
        return _decision(expect, rules, verdict)
    if outcome in _ABOUT_REPLIES:
        return "a verdict: the test has no `reply`"
    if outcome in _SAID:
        return _SAID[outcome](expect, verdict)
    return _effect(expect, rules, verdict, then)


# ---- the decision


def _decision(expect: t.Expect, rules: tuple[str, ...], verdict: Verdict) -> str | None:
    wanted = expect.outcome.text
    if verdict.decision != wanted:
        return _decided(verdict)
    until = expect.value
    if isinstance(until, t.Moment) and verdict.until != moment(until, verdict.timezones):
        return _decided(verdict)
    spoke = {reason.rule for reason in verdict.reasons if wanted == "allow" or reason.effect == wanted}
    return None if spoke.issuperset(rules) else _decided(verdict)


def _decided(verdict: Verdict) -> str:
    until = "" if verdict.until is None else f" until {verdict.until.isoformat(sep=' ')}"
    spoke = sorted({reason.rule for reason in verdict.reasons if reason.effect == verdict.decision})
    return f"{verdict.decision}{until}" + (f" by {', '.join(spoke)}" if spoke else "")


# ---- what rules do besides


def _effect(expect: t.Expect, rules: tuple[str, ...], verdict: Verdict, then: Verdict) -> str | None:
    kind = expect.outcome.text
    spoke, texts = _done(kind, verdict, then)
    if isinstance(expect.value, t.Text) and expect.value.value not in texts:
        return _listed(f"{kind} ", [f"“{text}”" for text in texts]) or f"no {kind}"
    if spoke.issuperset(rules) and spoke:
        return None
    return _listed(f"{kind} by ", sorted(spoke)) or f"no {kind}"


def _unwanted(expect: t.Expect, rules: tuple[str, ...], verdict: Verdict, then: Verdict) -> str | None:
    """What there is of what there must not be: a rule of those named that did so, a text, or the decision."""
    kind = expect.outcome.text
    spoke, texts = _done(kind, verdict, then)
    if isinstance(expect.value, t.Text):
        if expect.value.value in texts and (not rules or spoke.intersection(rules)):
            return f"{kind} “{expect.value.value}”"
        return None
    if rules:
        return _listed(f"{kind} by ", sorted(spoke.intersection(rules))) or None
    if verdict.decision == kind:
        return _decided(verdict)
    return _listed(f"{kind} by ", sorted(spoke)) or None


def _done(kind: str, verdict: Verdict, then: Verdict) -> tuple[set[str], list[str]]:
    """The rules that do something of a kind, and its texts. For a deferral, the rules that do so now count and those
    that do so at its end; the texts are those of its end, as in the verdict."""
    carried = [(o.rule, o.text) for o in verdict.obligations if o.kind == kind]
    besides = then.reasons if kind not in _DECISIONS else ()
    spoke = {reason.rule for reason in (*verdict.reasons, *besides) if reason.effect == kind}
    spoke.update(rule for rule, _ in carried)
    return spoke, list(verdict.warnings) if kind == "warn" else [text for _, text in carried]


def _listed(before: str, entries: list[str]) -> str:
    return before + ", ".join(entries) if entries else ""


# ---- what the verdict says


def _unless_equal(wanted: object, got: object, told: str) -> str | None:
    return None if wanted == got else told


def _text(expect: t.Expect, verdict: Verdict) -> str | None:
    wanted = expect.value.value if isinstance(expect.value, t.Text) else ""
    return _unless_equal(wanted, verdict.text, f"“{verdict.text}”")


def _segments(expect: t.Expect, verdict: Verdict) -> str | None:
    wanted = expect.value.value if isinstance(expect.value, t.Number) else -1
    return _unless_equal(wanted, verdict.segments, f"{verdict.segments} in {verdict.encoding}")


def _encoding(expect: t.Expect, verdict: Verdict) -> str | None:
    wanted = ENCODINGS.get(_path(expect), "")
    # `GSM-7 Turkish` is GSM-7 too.
    return None if verdict.encoding.startswith(wanted) else verdict.encoding


def _missing(expect: t.Expect, verdict: Verdict) -> str | None:
    if _path(expect) in verdict.missing:
        return None
    return _listed("missing ", list(verdict.missing)) or "nothing is missing"


def _path(expect: t.Expect) -> str:
    return expect.value.text if isinstance(expect.value, t.Path) else ""


_SAID: dict[str, Callable[[t.Expect, Verdict], str | None]] = {
    "text": _text,
    "segments": _segments,
    "encoding": _encoding,
    "missing": _missing,
}


# ---- replies


def _reply_differences(policy: Policy, test: m.Test, case: m.Case) -> tuple[Difference, ...]:
    reply = reply_of(case)
    assert reply is not None
    try:
        to = setting_text(case, "to")
        country = _home(policy, test) if to is None else reply_country(to)
    except MessageError as error:
        return (Difference(case.span, "a number that can reply", str(error)),)
    meaning = policy.reply_words.classify(reply.value, country)
    pairs = ((expect, _meant(expect, meaning)) for expect in case.expects)
    return tuple(Difference(expect.span, _as_written(expect), got) for expect, got in pairs if got is not None)


def _home(policy: Policy, test: m.Test) -> str | None:
    """Where a test's policy holds: its first country, or that of its first subdivision; None if everywhere."""
    places = next(found.places for found in policy.rule_set.policies if found.name == test.policy)
    return min((place[:2] for place in (*places.countries, *places.subdivisions)), default=None)


def _meant(expect: t.Expect, meaning: ReplyMeaning | None) -> str | None:
    kind = expect.outcome.text
    if kind not in _ABOUT_REPLIES:
        return "a reply, which is not judged: leave `reply` out"
    if meaning is None:
        return None if kind == "nothing" else "nothing"
    if kind == meaning.kind and (expect.language is None or expect.language.text == meaning.language):
        return None
    return f"{meaning.kind} in {meaning.language}, by “{meaning.word}” of {meaning.policy}"
