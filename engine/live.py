"""A policy whose rule files may change while it judges: for services that run for months."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

from .campaign import Campaign
from .message import Message
from .policy import Policy
from .replies import ReplyMeaning
from .rule_store import read_sources
from .verdict import Verdict

Content = frozenset[tuple[str, str]]
"""Name and text of each rule file."""


class _Loaded(NamedTuple):
    policy: Policy
    content: Content


class LivePolicy:
    """The rules at some paths, read anew on demand. Any number of threads may judge while another reloads.

    A reload reads, checks and compiles the new rules aside and then puts the whole policy in place of the old one at
    once. Every call below works with one policy from beginning to end, so no verdict mixes two.
    """

    def __init__(self, *paths: str | Path, bundled: bool = True) -> None:
        """Loads the rules as `Policy.load` does. Raises `PolicyError` with every finding where they do not compile."""
        self._paths = tuple(Path(path) for path in paths)
        self._bundled = bundled
        self._reloading = Lock()
        self._loaded = self._load()

    @property
    def policy(self) -> Policy:
        """The policy now in force: it stays as it is, whatever is reloaded later. Two verdicts that must rest on the
        same rules are asked of one such policy.
        """
        return self._loaded.policy

    @property
    def digest(self) -> str:
        """The digest of the policy now in force."""
        return self.policy.digest

    def reload(self) -> Policy:
        """Reads the rule files anew and puts them in force; the answer is the new policy.

        Raises `PolicyError` with every finding where a file cannot be read or does not compile; the old policy then
        stays in force. Of two reloads at once, the second begins when the first is done.
        """
        with self._reloading:
            self._loaded = self._load()
            return self._loaded.policy

    def reload_if_changed(self) -> bool:
        """Reloads where a rule file has another content, another name, came or went; whether it did so.

        The bundled rules are those of the installed package and not looked at. Raises as `reload` does, and again at
        every call until the files are mended.
        """
        with self._reloading:
            before = self._loaded
            self._loaded = self._load(before)
            return self._loaded is not before

    def evaluate(self, message: Message | Mapping[str, Any]) -> Verdict:
        """The verdict on one message, as `Policy.evaluate` gives it."""
        return self.policy.evaluate(message)

    def evaluate_many(self, messages: Iterable[Message | Mapping[str, Any]]) -> Iterator[Verdict]:
        """The verdicts on messages, in the same order, all by the policy in force when this is called."""
        return self.policy.evaluate_many(messages)

    def campaign(self, message: Message | Mapping[str, Any]) -> Campaign:
        """A judge of many recipients of one message, by the policy in force when this is called."""
        return self.policy.campaign(message)

    def classify_reply(
        self,
        text: str,
        *,
        to: str | None = None,
        sender: str | None = None,
        brand: str | None = None,
        stop: str | None = None,
    ) -> ReplyMeaning | None:
        """What a reply means, as `Policy.classify_reply` gives it."""
        return self.policy.classify_reply(text, to=to, sender=sender, brand=brand, stop=stop)

    def _load(self, before: _Loaded | None = None) -> _Loaded:
        """The rules as they are on disk now; what was loaded before, if they are the same."""
        sources, findings = read_sources(self._paths)
        content = frozenset((source.name, source.text) for source in sources)
        if before is not None and not findings and content == before.content:
            return before
        return _Loaded(Policy.from_sources(sources, bundled=self._bundled, findings=findings), content)
