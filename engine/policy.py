"""The door to the engine: a policy, compiled once, that judges messages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..policy import model as m
from ..policy.diagnostics import Finding
from ..policy.source import Source
from ..policy.walk import walk
from .assemble import assemble, refuse_number
from .evaluator import Evaluator
from .facts import TextFacts, Texts, read_facts, read_number, sender_facts
from .interpreter import Interpreter
from .loading import Loaded, load_rules
from .message import Message, parse_message
from .replies import ReplyMeaning, ReplyWords, reply_country
from .rule_store import read_sources
from .subject_names import SubjectNames
from .text_memory import TextMemory
from .verdict import Verdict
from .word_lists import build_index

if TYPE_CHECKING:
    from .campaign import Campaign


class Policy:
    """A checked and compiled rule set. Immutable, so any number of threads may use one."""

    def __init__(self, loaded: Loaded) -> None:
        self.rule_set = loaded.rule_set
        self.digest = loaded.digest
        self.index = build_index(self.rule_set)
        self.subject_words = frozenset(self.rule_set.word_lists)
        self._subject_names = SubjectNames(self.rule_set)
        self.interpreter = Interpreter(self.rule_set)
        self._evaluator = Evaluator(self.rule_set)

    @classmethod
    def load(cls, *paths: str | Path, bundled: bool = True) -> Policy:
        """The bundled rules and the rule files at `paths` (files, or folders of `*.policy`), checked together.

        Raises `PolicyError` with every finding where a file cannot be read or does not compile.
        """
        sources, findings = read_sources(Path(path) for path in paths)
        return cls.from_sources(sources, bundled=bundled, findings=findings)

    @classmethod
    def from_sources(
        cls, sources: Iterable[Source], *, bundled: bool = True, findings: Iterable[Finding] = ()
    ) -> Policy:
        """The same from texts. `findings` are errors met before, in reading them."""
        return cls(load_rules(sources, bundled, findings))

    def evaluate(self, message: Message | Mapping[str, Any]) -> Verdict:
        """The verdict on one message. Pure: the same message and policy give the same verdict, byte for byte.

        Raises `MessageError` with the field and the reason for a malformed message, and for nothing else.
        """
        return self._verdict(message, self._evaluator)

    def interpret(self, message: Message | Mapping[str, Any]) -> Verdict:
        """The same verdict from the readable interpreter, many times slower: the check on `evaluate`."""
        return self._verdict(message, self.interpreter)

    def _verdict(
        self, message: Message | Mapping[str, Any], judge: Evaluator | Interpreter, texts: Texts = TextFacts
    ) -> Verdict:
        if type(message) is not Message:
            message = parse_message(message)
        number = read_number(message)
        if number.country is None:
            return refuse_number(message, sender_facts(message).type, self.digest, self._subject_names)
        facts = read_facts(message, number, self.index, self.subject_words, texts)
        return assemble(facts, judge.judge(facts), self.digest, self._subject_names)

    def evaluate_many(self, messages: Iterable[Message | Mapping[str, Any]]) -> Iterator[Verdict]:
        """The verdicts on messages, each judged alone, in the same order, as `one_after_another` does."""
        return map(self.one_after_another(), messages)

    def one_after_another(self) -> Callable[[Message | Mapping[str, Any]], Verdict]:
        """The function `evaluate`, for many messages: a text that comes again, as in a campaign, is looked at once."""
        return partial(self._verdict, judge=self._evaluator, texts=TextMemory())

    def campaign(self, message: Message | Mapping[str, Any]) -> Campaign:
        """A judge of many recipients of one message, which may leave out `to`. What it states of its recipient, and its
        time, hold for all who state nothing else. Raises `MessageError` for a malformed message.
        """
        from .campaign import Campaign  # a process that judges single messages does without

        return Campaign(self, message)

    @cached_property
    def asks_numbers(self) -> bool:
        """Whether any rule asks for the recipient's number itself."""
        facts = (node for node in walk(self.rule_set.rules) if isinstance(node, m.FactTerm))
        return any(fact.name == "recipient.number" for fact in facts)

    @cached_property
    def reply_words(self) -> ReplyWords:
        """What recipients may answer, by place and language."""
        return ReplyWords(self.rule_set)

    def classify_reply(
        self,
        text: str,
        *,
        to: str | None = None,
        sender: str | None = None,
        brand: str | None = None,
        stop: str | None = None,
    ) -> ReplyMeaning | None:
        """What the reply of the recipient `to` means: a refusal, a call for help, a consent; None if none of them.

        `sender` is the sender ID that was answered; it, `brand` and `stop` fill the text of the confirmation. Without
        `to`, only what holds everywhere counts, and refusals of all languages where they are the whole reply.
        Raises `MessageError` where `to` is not a possible phone number.
        """
        given = {"brand": brand, "sender": sender, "stop": stop}
        return self.reply_words.classify(text, None if to is None else reply_country(to), given)


@cache
def default_policy() -> Policy:
    """The bundled rules, compiled at first use."""
    return Policy.load()


def evaluate(message: Message | Mapping[str, Any]) -> Verdict:
    """The verdict of the bundled rules on one message. Raises `MessageError` for a malformed one."""
    return default_policy().evaluate(message)
