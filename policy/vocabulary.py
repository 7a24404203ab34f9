"""Every fact a rule may speak of: its name, type, unit, and one line of meaning.

The checker, completion, the reference page and the message model all read this one table, so that a name
means the same thing everywhere. Nothing else in the package may invent a fact or an enumeration.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, get_args

Kind = Literal[
    "text",  # a string
    "number",  # an integer
    "yes_no",  # a boolean, written yes and no
    "choice",  # one of a fixed set of words
    "place",  # ISO 3166-1 alpha-2 or ISO 3166-2, or none
    "language",  # BCP 47
    "duration",  # elapsed or calendar time
    "subject",  # what a text is about
    "list",  # several strings
    "places",  # several places
    "choices",  # several words of a fixed set
    "record",  # only known or not known
]

Category = Literal[
    "promotional",
    "transactional",
    "authentication",
    "conversational",
    "consent_request",
    "emergency",
    "political",
]
SenderType = Literal["alphanumeric", "short_code", "long_code", "toll_free"]
Channel = Literal["sms", "mms", "rcs", "imessage"]
Status = Literal["opted_in", "existing_customer", "opted_out", "none", "unknown"]
Method = Literal["written", "spoken", "online", "handset", "purchase", "inquiry"]
Answer = Literal["request", "opt_out", "opt_in", "help"]
CATEGORIES: tuple[str, ...] = get_args(Category)
SENDER_TYPES: tuple[str, ...] = get_args(SenderType)
CHANNELS: tuple[str, ...] = get_args(Channel)
CONSENT_STATUSES: tuple[str, ...] = get_args(Status)
CONSENT_METHODS: tuple[str, ...] = get_args(Method)
ANSWERS: tuple[str, ...] = get_args(Answer)
ANSWER_VALUES = ("none", *ANSWERS)
ENCODINGS = {"gsm7": "GSM-7", "ucs2": "UCS-2", "utf8": "UTF-8"}
LINES = (
    "none",
    "mobile",
    "fixed",
    "fixed_or_mobile",
    "toll_free",
    "premium",
    "shared_cost",
    "voip",
    "personal",
    "pager",
    "uan",
    "voicemail",
)
REPLY_KINDS = ("opt_out", "opt_in", "help")
BASES = ("law", "regulator", "carrier", "provider", "house", "guideline")
"""How firm a rule stands, firmest first."""

LIMIT_KEYS = ("brand", "sender", "campaign", "category", "subject", "text")
PACE_KEYS = ("sender", "brand", "campaign")
PLACEHOLDERS = ("brand", "sender", "stop")
"""What a text added to a body, or a confirmation, may hold in braces."""

COVERS = ("night", "sundays", "calls")
"""What a consent may name beyond the ordinary (`consent covers night`); messages may use other words."""

SUBJECTS = (
    "adult",
    "alcohol",
    "cannabis",
    "crypto",
    "debt_collection",
    "energy_renovation",
    "firearms",
    "gambling",
    "gifts",
    "health",
    "lead_generation",
    "loans",
    "political",
    "religious",
    "subscription",
    "tobacco",
)
"""Subjects known without a words list of their name. A words list adds its own name to these."""

REGISTRATIONS = (
    "10dlc",
    "campaign_verify",
    "toll_free:verified",
    "dlt:entity",
    "dlt:header",
    "dlt:template",
)
REGISTRATION_PREFIXES = ("sender_id", "short_code", "template", "url", "entity", "authority")
"""Registrations written with a place behind a colon, such as `sender_id:SA`."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: its dotted name, kind, one-line meaning, and, for a choice, its words."""

    name: str
    kind: Kind
    meaning: str
    words: tuple[str, ...] = ()
    unit: str = ""
    missing: str = field(default="")
    """The name a verdict's `missing` gives it; its own name when empty."""
    computed: bool = False
    """Whether the engine derives it, so that no message (and no test) can set it."""
    judges_added_text: bool = False
    """Whether a rule that adds text may not ask for it, because the added text changes it (so is `length of
    body`).
    """

    @property
    def missing_name(self) -> str:
        """The name under which a verdict reports this fact as missing."""
        return self.missing or self.name


def _facts(*facts: Fact) -> dict[str, Fact]:
    return {fact.name: fact for fact in facts}


FACTS: dict[str, Fact] = _facts(
    Fact("recipient.number", "text", "the recipient's number, E.164", missing="to"),
    Fact("recipient.country", "place", "the country the recipient's number belongs to", computed=True),
    Fact(
        "recipient.subdivisions",
        "places",
        "the states or provinces the recipient may be in",
        missing="recipient.subdivision",
    ),
    Fact("recipient.line", "choice", "the kind of line the recipient's number is", LINES, computed=True),
    Fact("recipient.timezones", "list", "the time zones the recipient may be in", missing="recipient.timezone"),
    Fact("recipient.language", "language", "the language the recipient is known to read"),
    Fact("recipient.age_at_least", "number", "the age the recipient is known to have reached", unit="years"),
    Fact("sender.id", "text", "the sender ID as the recipient sees it", missing="sender"),
    Fact("sender.type", "choice", "the kind of sender ID", SENDER_TYPES, missing="sender_type"),
    Fact("sender.country", "place", "the country the sender ID belongs to, or none", missing="sender_country"),
    Fact("sender.line", "choice", "the kind of line the sender's number is", LINES, computed=True),
    Fact("sender.shared", "yes_no", "whether several businesses share the sender ID", missing="sender_shared"),
    Fact(
        "sender.registered",
        "yes_no",
        "whether the registrations cover this type of sender in the recipient's country",
        computed=True,
        missing="registrations",
    ),
    Fact("brand.name", "text", "the name of the business"),
    Fact("brand.country", "place", "the country the business is established in"),
    Fact("brand.stop", "text", "the number or link where the business takes refusals"),
    Fact("body", "text", "the text as it will be sent; in a rule that adds text, the text the sender wrote"),
    Fact("body.links", "list", "the hosts of the links in the text", computed=True),
    Fact(
        "body.shorteners",
        "list",
        "the hosts of links in the text that are public link shorteners",
        computed=True,
    ),
    Fact("body.phone_numbers", "list", "the phone numbers in the text", computed=True, judges_added_text=True),
    Fact("body.unencodable", "list", "the characters that force UCS-2", computed=True, judges_added_text=True),
    Fact("channel", "choice", "the channel the message travels on", CHANNELS),
    Fact("category", "choice", "what the message is for", CATEGORIES),
    Fact("subject", "subject", "what the text is about; a rule that says it is judged once for each"),
    Fact("subjects", "list", "all subjects of the text together"),
    Fact("campaign", "text", "the name of the campaign"),
    Fact("answers", "choice", "what the recipient did that this message answers", ANSWER_VALUES),
    Fact("registrations", "list", "what the sender has registered, and where"),
    Fact(
        "encoding",
        "choice",
        "how the text is encoded",
        tuple(ENCODINGS),
        computed=True,
        judges_added_text=True,
    ),
    Fact("segments", "number", "how many segments the text takes", computed=True, judges_added_text=True),
    Fact("consent", "choice", "the recipient's consent to this brand", CONSENT_STATUSES[:-1], missing="consent"),
    Fact("consent.status", "choice", "the same as `consent`", CONSENT_STATUSES[:-1], missing="consent"),
    Fact("consent.method", "choice", "how the consent was given", CONSENT_METHODS),
    Fact("consent.age", "duration", "how long ago consent was given or last confirmed", missing="consent.at"),
    Fact("consent.double", "yes_no", "whether the consent was confirmed a second time"),
    Fact("consent.covers", "choices", "what the consent names beyond the ordinary", COVERS),
    Fact(
        "register",
        "yes_no",
        "whether the number is listed in the do-not-contact register of the policy's own place",
        missing="registers",
    ),
    Fact("register.listed", "yes_no", "the same as `register`", missing="registers"),
    Fact("register.age", "duration", "how long ago that register was asked", missing="registers"),
    Fact("history", "record", "earlier sends to this recipient"),
)

MISSING = frozenset((*(fact.missing_name for fact in FACTS.values()), "holidays"))
"""What a verdict may call missing: the fields behind facts, and the public holidays of a year without data."""

UNITS: dict[str, int | None] = {
    "second": 1,
    "minute": 60,
    "hour": 3600,
    "day": 86_400,
    "week": 604_800,
    "month": None,
    "year": None,
}
"""Seconds in each unit of elapsed time; None where the calendar decides."""

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


# ---- message fields, as tests in rule files set them

FieldKind = Literal[
    "text",  # a quoted text
    "phone",  # a quoted number, E.164
    "choice",  # one of a fixed set of words
    "yes_no",
    "country",
    "subdivision",
    "language",  # a code, quoted if it holds a `-`
    "zone",  # a quoted IANA name
    "number",
    "moment",  # a date and time
    "day_or_moment",
    "day",
    "choices",  # several words of a fixed set
    "subjects",  # several subjects
    "registrations",  # several quoted names
    "history",  # [ … ], or `unknown`
]


@dataclass(frozen=True, slots=True)
class MessageField:
    """A field that a test may set: its name there, its kind, and its dotted name in the message contract.

    `several` fields take values separated by commas; `reply` has no place in a message.
    """

    name: str
    kind: FieldKind
    field: str
    words: tuple[str, ...] = ()

    @property
    def several(self) -> bool:
        """Whether the field holds a list."""
        return self.kind in ("choices", "subjects", "registrations")


def _message_fields(*fields: MessageField) -> dict[str, MessageField]:
    return {field.name: field for field in fields}


TEST_FIELDS: dict[str, MessageField] = _message_fields(
    MessageField("id", "text", "id"),
    MessageField("to", "phone", "to"),
    MessageField("from", "text", "sender"),
    MessageField("sender", "text", "sender"),
    MessageField("sender_type", "choice", "sender_type", SENDER_TYPES),
    MessageField("sender_country", "country", "sender_country"),
    MessageField("sender_shared", "yes_no", "sender_shared"),
    MessageField("brand.name", "text", "brand.name"),
    MessageField("brand.country", "country", "brand.country"),
    MessageField("brand.stop", "text", "brand.stop"),
    MessageField("registrations", "registrations", "registrations"),
    MessageField("channel", "choice", "channel", CHANNELS),
    MessageField("category", "choice", "category", CATEGORIES),
    MessageField("answers", "choice", "answers", ANSWER_VALUES),
    MessageField("subjects", "subjects", "subjects"),
    MessageField("body", "text", "body"),
    MessageField("campaign", "text", "campaign"),
    MessageField("at", "moment", "at"),
    MessageField("recipient.timezone", "zone", "recipient.timezone"),
    MessageField("recipient.subdivision", "subdivision", "recipient.subdivision"),
    MessageField("recipient.language", "language", "recipient.language"),
    MessageField("recipient.age_at_least", "number", "recipient.age_at_least"),
    MessageField("consent", "choice", "consent.status", CONSENT_STATUSES),
    MessageField("consent.status", "choice", "consent.status", CONSENT_STATUSES),
    MessageField("consent.method", "choice", "consent.method", CONSENT_METHODS),
    MessageField("consent.at", "day_or_moment", "consent.at"),
    MessageField("consent.double", "yes_no", "consent.double"),
    MessageField("consent.covers", "choices", "consent.covers", COVERS),
    MessageField("history", "history", "history"),
    MessageField("reply", "text", ""),
)
"""Message fields beside these: `registers.PLACE.listed` and `registers.PLACE.checked`, of REGISTER_FIELDS."""

REGISTER_FIELDS: dict[str, FieldKind] = {"listed": "yes_no", "checked": "day"}

HISTORY_FIELDS: dict[str, MessageField] = _message_fields(
    MessageField("sender", "text", "sender"),
    MessageField("from", "text", "sender"),
    MessageField("brand", "text", "brand"),
    MessageField("campaign", "text", "campaign"),
    MessageField("subjects", "subjects", "subjects"),
    MessageField("text", "text", "text"),
)
"""What an entry of `history` in a test may say beside its time and category; one subject each, and the text
itself.
"""
