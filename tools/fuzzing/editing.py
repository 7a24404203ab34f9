"""What an editor can ask about a file and the one beside it, at random places; what is proposed is carried out."""

from __future__ import annotations

from random import Random

from sendlaw.policy import language_features as features
from sendlaw.policy.diagnostics import Edit, Finding
from sendlaw.policy.source import Source, Span

from .targets import NAME, OTHER, TODAY, Input, must

_PLACES = 4


def edits(given: Input) -> bool:
    """Language features of two open files at some places; sometimes after the second is changed, the first kept."""
    random = Random(given.salt)
    first, second = Source(NAME, given.text), Source(OTHER, given.other)
    analysis = features.analyse([first, second], frozenset(), TODAY)
    if random.random() < 0.2:
        cut = Source(OTHER, given.other[: random.randint(0, len(given.other))])
        analysis = features.analyse([first, cut], frozenset(), TODAY, analysis)
    _whole_file(analysis, given.text, random)
    for _ in range(_PLACES):
        _at(analysis, given.text, _place(random, given.text), random)
    _proposals(analysis, given.text, random)
    return True


def _place(random: Random, text: str) -> int:
    """Anywhere, mostly where something ends that could be a word."""
    at = random.randint(0, len(text))
    while random.random() < 0.9 and at < len(text) and not text[at].isspace():
        at += 1
    return at


def _whole_file(analysis: features.Analysis, text: str, random: Random) -> None:
    _lie_within(text, [entry.span for entry in features.outline(analysis, NAME)])
    _lie_within(text, [finding.span for finding in features.diagnostics(analysis, NAME)])
    changed = carried_out(text, features.formatting(analysis, NAME))
    if changed != text and random.random() < 0.2:
        again = features.analyse([Source(NAME, changed)], frozenset(), TODAY)
        must(not features.formatting(again, NAME), "formatting in the editor twice changes something")


def _lie_within(text: str, spans: list[Span]) -> None:
    must(all(span.end <= len(text) for span in spans if span.source.name == NAME), "a place lies behind the text")


def _at(analysis: features.Analysis, text: str, offset: int, random: Random) -> None:
    shown = features.hover(analysis, NAME, offset, lambda rule_set, test: ["a difference"])
    found = [*features.definitions(analysis, NAME, offset), *features.references(analysis, NAME, offset)]
    _lie_within(text, found + ([shown.span] if shown else []))
    must(all(span.text.strip() for span in found), "what is found is nothing but blanks")
    must(0 <= features.completion_start(text, offset) <= offset, "a completion starts behind the cursor")
    labels = [item.label for item in features.completions(analysis, NAME, offset)]
    must(len(labels) == len(set(labels)), "a completion is offered twice")
    _rename(analysis, text, offset, random)


def _rename(analysis: features.Analysis, text: str, offset: int, random: Random) -> None:
    name = random.choice(("renamed", "Renamed", "deny", "hours", "é", ""))
    try:
        old = features.renameable(analysis, NAME, offset)
        wanted = features.rename_edits(analysis, NAME, offset, name)
    except features.RenameError as error:
        must(bool(str(error)), "a name is refused without a reason")
        return
    must(not wanted or any(edit.span == old for edit in wanted), "what is renamed keeps its name where it was asked")
    if analysis.checked.rule_set is not None:
        texts = {name: facts.parsed.file.source.text for name, facts in analysis.files.items()}
        changed = [Source(name, carried_out(texts[name], of_file(wanted, name))) for name in texts]
        again = features.analyse(changed, frozenset(), TODAY).checked
        must(again.rule_set is not None, f"what is renamed does not compile: {[one.message for one in again.findings]}")


def _proposals(analysis: features.Analysis, text: str, random: Random) -> None:
    fixes = features.quick_fixes(analysis, NAME, 0, len(text))
    for fix in random.sample(fixes, min(3, len(fixes))):
        changed = carried_out(text, of_file(fix.edits, NAME))
        others = [facts.parsed.file.source for name, facts in analysis.files.items() if name != NAME]
        again = features.analyse([Source(NAME, changed), *others], frozenset(), TODAY)
        left = [one for one in features.diagnostics(again, NAME) if _is_same(one, fix.finding)]
        must(not left, f"following the proposal of {fix.finding.code} mends nothing: {fix.title}")


def _is_same(one: Finding, other: Finding) -> bool:
    key = (other.code, other.message, other.span.start, other.span.text)
    return (one.code, one.message, one.span.start, one.span.text) == key


def of_file(wanted: tuple[Edit, ...], name: str) -> tuple[Edit, ...]:
    """The edits of one file."""
    return tuple(edit for edit in wanted if edit.span.source.name == name)


def carried_out(text: str, wanted: tuple[Edit, ...]) -> str:
    """A text with edits carried out, none of which overlap."""
    last = len(text)
    for edit in sorted(wanted, key=lambda edit: edit.span.start, reverse=True):
        must(edit.span.end <= last, "two edits overlap")
        text, last = text[: edit.span.start] + edit.text + text[edit.span.end :], edit.span.start
    return text
