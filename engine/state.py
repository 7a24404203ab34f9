"""V(t): what the rules say of a message at one instant."""

from __future__ import annotations

from typing import NamedTuple

from .added import Additions
from .firing import Firing


class State(NamedTuple):
    """Every firing at an instant (epoch seconds), and the text with what the rules add. `effects`: those that occur."""

    t: int
    firings: tuple[Firing, ...]
    additions: Additions
    effects: frozenset[str]

    @property
    def refuses(self) -> bool:
        """Whether anything but a window or limit refuses."""
        return "deny" in self.effects

    @property
    def allows(self) -> bool:
        """Whether nothing refuses and nothing is closed."""
        return "deny" not in self.effects and "defer" not in self.effects


_SILENCE: frozenset[str] = frozenset()


def state_of(t: int, firings: tuple[Firing, ...], additions: Additions) -> State:
    """The state that these firings make."""
    return State(t, firings, additions, frozenset([firing.effect for firing in firings]) if firings else _SILENCE)
