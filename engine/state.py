"""V(t): what the rules say of a message at one instant."""

from __future__ import annotations

from typing import NamedTuple

from .firing import Firing
from .verdict import STRICTNESS, Obligation


class State(NamedTuple):
    """Every firing at an instant (epoch seconds); the text with what the rules add, and the obligations that made it
    so. `effects`: those that occur.
    """

    t: int
    firings: tuple[Firing, ...]
    text: str
    obligations: tuple[Obligation, ...]
    effects: frozenset[str]

    @property
    def refuses(self) -> bool:
        """Whether anything but a window or limit refuses."""
        return "deny" in self.effects

    @property
    def allows(self) -> bool:
        """Whether nothing refuses and nothing is closed."""
        return "deny" not in self.effects and "defer" not in self.effects


Judged = tuple[State, State | None, int | None]
"""V(at); V(T) and T where the message may go, T being `at` or later; None and None where it may not."""

_NONE: frozenset[str] = frozenset()
_ALONE = {effect: frozenset((effect,)) for effect in STRICTNESS}


def state_of(t: int, firings: tuple[Firing, ...], text: str, obligations: tuple[Obligation, ...]) -> State:
    """The state that these firings make."""
    effects = _ALONE[firings[0].effect] if len(firings) == 1 else frozenset([firing.effect for firing in firings])
    return State(t, firings, text, obligations, effects)


def silence(t: int, text: str) -> State:
    """The state in which no rule speaks."""
    return State(t, (), text, (), _NONE)
