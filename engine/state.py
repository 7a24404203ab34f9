"""V(t): what the rules say of a message at one instant."""

from __future__ import annotations

from typing import NamedTuple

from .added import Additions
from .firing import Firing


class State(NamedTuple):
    """Every firing at an instant (epoch seconds), and the text with what the rules add."""

    t: int
    firings: tuple[Firing, ...]
    additions: Additions

    @property
    def refuses(self) -> bool:
        """Whether anything but a window or limit refuses."""
        return any(firing.effect == "deny" for firing in self.firings)

    @property
    def allows(self) -> bool:
        """Whether nothing refuses and nothing is closed."""
        return not self.firings or not any(firing.effect in ("deny", "defer") for firing in self.firings)
