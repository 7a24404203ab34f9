"""What would change a verdict, as a person reads it."""

from __future__ import annotations

from collections.abc import Iterator

from ..engine.changes import Answer, Proposal
from ..engine.verdict import Verdict
from ..policy.render import visible
from .common import painter

_HONEST = "What begins with `if` is a fact: it helps only where it is so, and may be stated only then."


def change_lines(verdict: Verdict, answer: Answer, *, colour: bool) -> Iterator[str]:
    """Each set of changes after which the message may be sent at once, the smallest first."""
    yield ""
    yield painter(colour)("what would let it pass", bold=True)
    if verdict.allowed:
        yield "  nothing needs to change: it may be sent"
        return
    for number, proposal in enumerate(answer.proposals, 1):
        yield from _proposal(number, proposal)
    tried = [rule for rule in answer.unmoved if rule not in answer.why]
    if tried:
        yield f"  nothing that was tried moves {', '.join(tried)}"
    for rule, why in answer.why.items():
        yield f"  nothing the sender can change or state moves {rule}: {visible(why)}"
    if not answer.unmoved and not answer.proposals:
        yield f"  nothing that was tried, in {answer.judged:,} messages judged: too much stands in the way at once"
    if any(change.kind == "fact" for proposal in answer.proposals for change in proposal.changes):
        yield f"  {painter(colour)(_HONEST, dim=True)}"


def _proposal(number: int, proposal: Proposal) -> Iterator[str]:
    for position, change in enumerate(proposal.changes):
        lead = f"{number}." if position == 0 else ""
        joint = "and " if position else ""
        yield f"  {lead:3} {joint}{visible(change.what)}"
