"""A campaign: one message to many recipients, judged once as far as it is the same for all.

A verdict depends on the recipient's number only through its class (`number_classes`), unless a rule asks for the
number itself; and on what else is known of the recipient only where a rule that is left for this campaign and country
asks for it (`partial`). So recipients who agree in these share one outcome, which is `Policy.evaluate`'s own.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, cast

from ..policy.diagnostics import did_you_mean
from ..policy.vocabulary import CONSENT_STATUSES
from .campaign_explanation import CampaignExplanation, explain_campaign
from .campaign_keys import Keys
from .facts import read_facts, read_number, sender_facts
from .message import Consent, Message, MessageError, parse_message
from .number_classes import class_of
from .number_heads import AFTER_SHORT, ALONE, LONG_HEAD, SHORT_HEAD, number_heads
from .numbers import NumberFacts, country_timezones, is_e164
from .outcome import Outcome, outcome_of
from .partial import PartialEvaluator, Residue

if TYPE_CHECKING:
    from .campaign_doors import Table
    from .campaign_table import CampaignTable
    from .policy import Policy

ROW_FIELDS: Final = ("to", "at", "recipient", "registers", "consent", "history")
"""The fields of a message that may differ from one recipient to the next."""

AS_STATED: Final = object()
"""Said for a recipient's consent: what the campaign's own message states."""

_ANYONE = "+12015550123"
"""Stands for the recipient where a campaign names none; no recipient's facts are read from it."""
_MOST_OUTCOMES = 16_384
_MOST_SHARED = 4_096
"""Outcomes by the class of the number alone, for each status: more than there are classes in a hundred countries."""
_BATCH = 256
"""Recipients of a list that are looked at together."""
_PLUSES: Final = b"+" * _BATCH
_FIRST: Final = itemgetter(0)
_CONSENTS: Final[Mapping[str | None, Consent]] = {
    status: Consent.model_validate({"status": status}) for status in (None, *CONSENT_STATUSES)
}

Recipient = tuple[str, Any] | Mapping[str, Any]


class Campaign:
    """One message for many recipients. Immutable to its users, so any number of threads may share one.

    What it remembers is bounded: outcomes by what decided them.
    """

    def __init__(self, policy: Policy, message: Message | Mapping[str, Any]) -> None:
        self.policy = policy
        self.message = _complete(message)
        sender_facts(self.message)
        self._fields = {name: getattr(self.message, name) for name in Message.model_fields if name != "to"}
        self._whole = parse_message({**self._fields, "to": self.message.to})
        self._residues: dict[tuple[str, bool], Residue] = {}
        self._keys: dict[tuple[str, bool], Keys] = {}
        self._outcomes: dict[Hashable, Outcome] = {}
        self.columns: CampaignTable | None = None
        self._evaluate = policy.one_after_another()
        self._heads = number_heads()
        self._short, self._long = self._heads.short, self._heads.long
        statuses = (AS_STATED, None, *CONSENT_STATUSES)
        self._shared: dict[Any, dict[int, Outcome | None]] = {status: {ALONE: None} for status in statuses}
        """By consent and code of a number's class: the outcome, or None where each recipient is judged alone."""

    def judge(self, to: str, consent: Any = AS_STATED) -> Outcome:
        """The outcome for one recipient, of whom the number and the status of the consent are stated.

        `to`: E.164. `consent`: a status of the message reference, None for not known, or a whole consent; what the
        campaign's message says of consent if left out. All else is as in the campaign's message. Raises
        `MessageError` with the field and the reason, as `Policy.evaluate` does.
        """
        try:
            size = len(to)
            found = self._shared[consent][self._short[size][to[SHORT_HEAD]] or self._long[size][to[LONG_HEAD]]]
            if found is not None and to[AFTER_SHORT].isdigit() and to.isascii():
                return found
        except (KeyError, IndexError, TypeError):
            pass
        return self._judge_new(to, consent)

    def judge_many(self, recipients: Iterable[Recipient]) -> Iterator[Outcome]:
        """The outcomes for recipients, in the same order: of pairs as `judge` takes them, or rows as `judge_row` does.

        Raises `MessageError` at a malformed one; the rest is then not judged. A list or tuple is looked at many at a
        time; of anything else a recipient is taken when the outcome is asked for.
        """
        if type(recipients) is list or type(recipients) is tuple:
            return chain.from_iterable(self._in_batches(recipients))
        return self._each(recipients)

    def _each(self, recipients: Iterable[Recipient]) -> Iterator[Outcome]:
        short, long, shared, short_head, long_head = self._short, self._long, self._shared, SHORT_HEAD, LONG_HEAD
        for recipient in recipients:
            if type(recipient) is not tuple:
                yield self.judge_row(cast(Mapping[str, Any], recipient))
                continue
            to, consent = recipient
            try:  # as in `judge`, which would cost a call for each
                size = len(to)
                found = shared[consent][short[size][to[short_head]] or long[size][to[long_head]]]
                if found is not None and to[AFTER_SHORT].isdigit() and to.isascii():
                    yield found
                    continue
            except (KeyError, IndexError, TypeError):
                pass
            yield self._judge_new(to, consent)

    def _in_batches(self, recipients: Sequence[Recipient]) -> Iterator[list[Outcome]]:
        start = 0
        while batch := recipients[start : start + _BATCH]:
            known = self._at_once(batch)
            if all(known):
                yield cast(list[Outcome], known)
            else:
                yield from self._completed(batch, known)
            start += _BATCH

    def _at_once(self, batch: Sequence[Any]) -> Sequence[Outcome | None]:
        """The outcomes that are known; None for all where one of the batch is not simply a number and a status."""
        short, long, shared, short_head, long_head = self._short, self._long, self._shared, SHORT_HEAD, LONG_HEAD
        try:
            if list(map(type, batch)).count(tuple) == len(batch):
                # With beginnings that are known, as many pluses as numbers say that digits follow, and nothing else.
                numbers = "".join(map(_FIRST, batch)).encode("ascii")
                if numbers.translate(None, b"0123456789") == _PLUSES[: len(batch)]:
                    return [
                        shared[consent][short[len(to)][to[short_head]] or long[len(to)][to[long_head]]]
                        for to, consent in batch
                    ]
        except (KeyError, IndexError, TypeError, ValueError):
            pass
        return [None] * len(batch)

    def _completed(self, batch: Sequence[Recipient], known: Sequence[Outcome | None]) -> Iterator[list[Outcome]]:
        """The outcomes of a batch of which some are known. Where one cannot be judged, those before it come first."""
        found: list[Outcome] = []
        left = self._each(recipient for recipient, outcome in zip(batch, known, strict=True) if outcome is None)
        try:
            for outcome in known:
                found.append(next(left) if outcome is None else outcome)
        except Exception:
            yield found
            raise
        yield found

    def judge_row(self, row: Mapping[str, Any]) -> Outcome:
        """The outcome for one recipient, as a mapping of the message fields that differ: any of `ROW_FIELDS`.

        A field that the row states replaces the campaign's as a whole; `consent` may be a status alone. Raises
        `MessageError` with the field and the reason, as `Policy.evaluate` does.
        """
        message = self.message_to(row)
        read_number(message)
        number = class_of(message.to)
        keys = self._keys_for(number.country, message.at == self.message.at)
        key = keys.of(message, number)
        if key is None:
            return self._judged(message)
        return self._outcomes.get(key) or self._keep(key, self._judged(message))

    def judge_alone(self, row: Mapping[str, Any]) -> Outcome:
        """As `judge_row`, for a recipient with whom no other is to share the outcome."""
        return self._judged(self.message_to(row))

    def judge_plain(self, to: str, consent: Any = AS_STATED) -> Outcome:
        """As `judge_alone`, of a number in the form of E.164 and one of the statuses, both known to be well formed."""
        return self._judged(self.message_to_plain(to, consent))

    def judge_table(self, table: Table) -> Any:
        """The outcomes of a table of recipients: one row for each, in the same order, with the columns `decision`,
        `until` (UTC), `rule` and `error`, which names what is wrong with a malformed row.

        `table`: a polars DataFrame or LazyFrame, a pyarrow Table, or whatever else gives itself out by Arrow's C
        stream interface; the answer is of the same kind, a DataFrame for the last. Its columns are named as the
        fields of a message: `to` and any of `at`, `consent.status` (or `consent` for short), `consent.at`,
        `recipient.language`, `registers.FR.listed`, `history` and so on; an empty cell is not known.

        Raises `MessageError` for a column that no recipient has, `ImportError` without the extra `tables`.
        """
        from .campaign_doors import judge_table

        return judge_table(self, table)

    def explain(self, *countries: str) -> CampaignExplanation:
        """What the message settles for every recipient of these countries (ISO 3166-1 alpha-2; those that policies name
        where none is given): rules that stay silent or speak for all, and which facts of a recipient still decide.
        """
        return explain_campaign(self, countries)

    def message_to(self, row: Mapping[str, Any]) -> Message:
        """The whole message to one recipient. Raises `MessageError` for a malformed row."""
        unknown = next((name for name in row if name not in ROW_FIELDS), None)
        if unknown is not None:
            raise MessageError(str(unknown), _no_row_field(str(unknown)))
        stated = dict(row)
        if "consent" in stated and (stated["consent"] is None or isinstance(stated["consent"], str)):
            stated["consent"] = {"status": stated["consent"]}
        return parse_message({**self._fields, **stated})

    def message_to_plain(self, to: str, consent: Any) -> Message:
        """The same message as `message_to` makes, from what `judge_plain` takes."""
        stated = {"to": to} if consent is AS_STATED else {"to": to, "consent": _CONSENTS[consent]}
        return self._whole.model_copy(update=stated)

    def residue(self, country: str, *, dated: bool = True) -> Residue:
        """What is left of the rules for recipients of a country (ISO 3166-1 alpha-2).

        `dated`: for messages at the campaign's own time; else at any.
        """
        key = (country, dated)
        found = self._residues.get(key)
        if found is None:
            found = self._residues.setdefault(key, self._reduce(country, dated))
        return found

    def _reduce(self, country: str, dated: bool) -> Residue:
        anyone = NumberFacts(_ANYONE, country, None, country_timezones(country), ())
        rule_set, index = self.policy.rule_set, self.policy.index
        facts = read_facts(self.message, anyone, index, self.policy.subject_words)
        return PartialEvaluator(rule_set, index, facts, dated=dated).residue()

    def _keys_for(self, country: str | None, dated: bool) -> Keys:
        key = (country or "", dated)
        found = self._keys.get(key)
        if found is None:
            asks = () if country is None else self.residue(country, dated=dated).asks
            found = self._keys.setdefault(key, Keys(asks))
        return found

    def _judged(self, message: Message) -> Outcome:
        source = partial(self._evaluate, message)
        return outcome_of(source(), source)

    def _keep(self, key: Hashable, outcome: Outcome) -> Outcome:
        if len(self._outcomes) >= _MOST_OUTCOMES:
            self._outcomes = {}
        self._outcomes[key] = outcome
        return outcome

    # ---- numbers and consent alone

    def _judge_new(self, to: Any, consent: Any) -> Outcome:
        """As `judge`, for a class of recipients that was not met before, or one that shares nothing."""
        row = {"to": to} if consent is AS_STATED else {"to": to, "consent": consent}
        if not isinstance(to, str) or not is_e164(to) or not _is_status(consent):
            return self.judge_row(row)
        code = self._heads.code(to)
        number = self._heads.classes[code] if code != ALONE else None
        if number is None or self.asks_number(number.country):
            self._share(consent, code, None)
            return self.judge_row(row)
        found = self._shared[consent].get(code) or self.judge_plain(to, consent)
        self._share(consent, code, found)
        return found

    def asks_number(self, country: str | None, *, dated: bool = True) -> bool:
        """Whether a rule left for this country asks for the number itself, so that no two recipients are alike."""
        if country is None or not self.policy.asks_numbers:
            return False
        return self._keys_for(country, dated).asks_number

    def _share(self, consent: Any, code: int, found: Outcome | None) -> None:
        if len(self._shared[consent]) >= _MOST_SHARED:
            self._shared[consent] = {ALONE: None}
        self._shared[consent][code] = found


def _complete(message: Message | Mapping[str, Any]) -> Message:
    """The message of a campaign, with someone for its recipient where it names none."""
    if isinstance(message, Mapping) and "to" not in message:
        message = {**message, "to": _ANYONE}
    return parse_message(message)


def _is_status(consent: object) -> bool:
    return consent is AS_STATED or consent is None or (isinstance(consent, str) and consent in CONSENT_STATUSES)


def _no_row_field(name: str) -> str:
    hint = did_you_mean(name, ROW_FIELDS)
    told = f"; {hint}" if hint else ""
    return f"is no field of a recipient, which are {', '.join(ROW_FIELDS)}{told}"
