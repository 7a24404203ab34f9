"""What a recipient's reply means: a refusal, a call for help, a consent, or nothing.

A refusal must never be overlooked, and a consent never be read into a text: 47 CFR 64.1200(a)(10) takes a refusal by
any reasonable means, and consent is never assumed. So, in this order:

1. a refusal: a listed word anywhere in a reply of up to six words, or among the first or last three of a longer one
   ("please stop texting me" and "stop by the store" are refusals, "does the bus stop at the harbour today" is not);
2. a call for help, found in the same way;
3. a consent, where a listed word is the whole reply;
4. a refusal in another language: a word of any other policy, where it is the whole reply.

The words of 1 to 3 are those of the policies that protect the recipient, and of those that protect everybody.
One-letter words and bare digits ("N", "11") count as the whole reply only, and only in those policies.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate

from ..policy import model as m
from ..policy.vocabulary import PLACEHOLDERS
from .letters import PLAIN, canonical, is_spaceless, word_spans
from .message import MessageError
from .numbers import NumberError, number_facts
from .words import WordIndex

EDGE_WORDS = 3
"""How many words at either end of a reply may hold a word that is listed."""
SPACELESS = 3
"""How many letters count as a word in scripts that write no spaces, where each letter is found as a word."""

PRECEDENCE = ("opt_out", "help", "opt_in")


@dataclass(frozen=True, slots=True)
class ReplyMeaning:
    """What a reply means.

    `kind` is `opt_out`, `help` or `opt_in`; `word` and `language` are those listed, by `policy`; `confirmation` is the
    answer the policy gives, None if it has none; place holders that were not given stand in it as `{brand}`.
    """

    kind: str
    language: str
    word: str
    policy: str
    confirmation: str | None


@dataclass(frozen=True, slots=True)
class _Listed:
    """A reply block, and the policy it stands in."""

    policy: m.Policy
    reply: m.Reply

    @property
    def key(self) -> str:
        """Its name in the index of words."""
        return f"{self.policy.name} {self.reply.kind} {self.reply.language}"

    def protects(self, country: str | None) -> bool:
        """Whether its policy protects people in the country, or in a part of it."""
        places = self.policy.places
        if places.anywhere or country is None:
            return places.anywhere
        return country in places.countries or any(part.startswith(f"{country}-") for part in places.subdivisions)

    @property
    def rank(self) -> tuple[bool, str, int, str]:
        """A place's own policy before one for everybody; the languages in its order."""
        languages = self.policy.languages
        order = languages.index(self.reply.language) if self.reply.language in languages else len(languages)
        return self.policy.places.anywhere, self.policy.name, order, self.reply.language


class ReplyWords:
    """The reply words of a rule set, searched together."""

    def __init__(self, rule_set: m.RuleSet) -> None:
        listed = [_Listed(policy, reply) for policy in rule_set.policies for reply in policy.replies]
        self._listed = sorted(listed, key=lambda entry: entry.rank)
        self._index = WordIndex({entry.key: _searched(entry.reply) for entry in self._listed})

    def classify(
        self, text: str, country: str | None = None, given: Mapping[str, str | None] | None = None
    ) -> ReplyMeaning | None:
        """What a reply from a country means, None if nothing; `given` fills the place holders of the confirmation."""
        whole = canonical(text, PLAIN).strip()
        if not whole:
            return None
        own = [entry for entry in self._listed if entry.protects(country)]
        others = (entry for entry in self._listed if not entry.protects(country))
        found = self._own(own, text, whole) or _whole(_of("opt_out", others), whole, lambda word: not is_terse(word))
        if found is None:
            return None
        entry, word = found
        said = filled(_confirmation(entry, own), given or {})
        return ReplyMeaning(entry.reply.kind, entry.reply.language, word, entry.policy.name, said)

    def _own(self, own: list[_Listed], text: str, whole: str) -> tuple[_Listed, str] | None:
        places = {key: hit.phrase for part in _edges(text) for key, hit in self._index.scan(part).items()}
        for kind in PRECEDENCE:
            entries = _of(kind, own)
            exact = _whole(entries, whole, lambda word: True)
            if exact is not None:
                return exact
            for entry in entries if kind != "opt_in" else ():
                word = places.get(entry.key)
                if word is not None:
                    return entry, word
        return None


def reply_country(to: str) -> str | None:
    """The country of the number that replied. Raises `MessageError` for what is not a possible phone number."""
    try:
        return number_facts(to).country
    except NumberError as error:
        raise MessageError("to", str(error)) from None


def is_terse(word: str) -> bool:
    """Whether a word is one letter or bare digits, which mean something only where a country says so."""
    form = canonical(word, PLAIN).strip()
    return len(form) == 1 or form.replace(" ", "").isdigit()


def filled(text: str | None, given: Mapping[str, str | None]) -> str | None:
    """A confirmation with the place holders that are given; the others stay as they are."""
    for name in PLACEHOLDERS:
        value = given.get(name)
        if text is not None and value is not None:
            text = text.replace("{" + name + "}", value)
    return text


def _searched(reply: m.Reply) -> dict[str, tuple[str, ...]]:
    return {reply.language: tuple(word for word in reply.words if not is_terse(word))}


def _of(kind: str, entries: Iterable[_Listed]) -> list[_Listed]:
    return [entry for entry in entries if entry.reply.kind == kind]


def _whole(entries: Iterable[_Listed], whole: str, counts: Callable[[str], bool]) -> tuple[_Listed, str] | None:
    """The first listed word that is the whole reply, in the form that folds case, accents and punctuation."""
    for entry in entries:
        for word in entry.reply.words:
            if canonical(word, PLAIN).strip() == whole and counts(word):
                return entry, word
    return None


def _edges(text: str) -> tuple[str, ...]:
    """The parts of a reply that are searched: the whole of a short one, else its first and last words."""
    spans = word_spans(text, PLAIN)
    weights = [1 if is_spaceless(text[start]) else SPACELESS for start, _ in spans]
    if sum(weights) <= 2 * EDGE_WORDS * SPACELESS:
        return (text,)
    first, last = _reach(weights), len(spans) - _reach(weights[::-1])
    return text[: spans[first - 1][1]], text[spans[last][0] :]


def _reach(weights: list[int]) -> int:
    """How many of the words make up one edge."""
    return bisect_right(list(accumulate(weights)), EDGE_WORDS * SPACELESS)


def _confirmation(entry: _Listed, own: list[_Listed]) -> str | None:
    """What its policy says; else what the recipient's policies say to such a reply, in its language if they can."""
    if entry.reply.say is not None:
        return entry.reply.say
    said = [other.reply for other in _of(entry.reply.kind, own) if other.reply.say is not None]
    same = [reply.say for reply in said if reply.language == entry.reply.language]
    return next(iter((*same, *(reply.say for reply in said))), None)
