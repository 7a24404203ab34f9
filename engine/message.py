"""The message: what a sender asks about, with every fact the rules may need. The pydantic shape of the contract."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    StrictBool,
    StrictStr,
)
from pydantic import ValidationError as PydanticError
from pydantic_core import core_schema

from ..policy.diagnostics import did_you_mean
from ..policy.places import is_country, is_place, is_subdivision, suggest_place
from ..policy.vocabulary import Answer as Answer
from ..policy.vocabulary import Category as Category
from ..policy.vocabulary import Channel as Channel
from ..policy.vocabulary import Method as Method
from ..policy.vocabulary import SenderType as SenderType
from ..policy.vocabulary import Status as Status

_E164 = re.compile(r"\+[1-9][0-9]{1,14}\Z")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z")
_SURROGATE = re.compile("[\ud800-\udfff]")
_DIGEST = re.compile(r"[0-9a-f]{64}\Z")
_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|z|[+-]\d\d:\d\d)?\Z", re.ASCII)


FIRST_YEAR, LAST_YEAR = 1971, 2199
"""The years a message may be sent in."""

_HALF = "holds half of a surrogate pair, which is no character"


class MessageError(ValueError):
    """A message that is not well formed: `field` names the place, `reason` says what is wrong with it."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}" if field else reason)
        self.field = field
        self.reason = reason


def _country(value: str) -> str:
    if not is_country(value):
        raise ValueError(f"`{value[:40]}` is not an ISO 3166-1 country code such as FR{_meant(value, is_country)}")
    return value


def _place(value: str) -> str:
    if not is_place(value):
        raise ValueError(f"`{value[:40]}` is not a country (FR) or subdivision (US-FL) code{_meant(value, is_place)}")
    return value


def _subdivision(value: str) -> str:
    if not is_subdivision(value):
        hint = _meant(value, is_subdivision)
        raise ValueError(f"`{value[:40]}` is not an ISO 3166-2 subdivision code such as US-FL{hint}")
    return value


def _meant(value: str, fits: Callable[[str], bool]) -> str:
    """What was probably meant, where that is a code of the kind that the field asks for."""
    hint = suggest_place(value)
    named = re.findall("`([^`]*)`", hint)
    return f"; {hint}" if any(map(fits, named)) and not hint.startswith("write an") else ""


def _e164(value: str) -> str:
    if not _E164.match(value):
        raise ValueError("not an E.164 number: write `+`, the country code and the digits, without spaces")
    return value


def _text(value: str) -> str:
    if "\x00" in value:
        raise ValueError("holds a NUL character, which no handset can show")
    if not value.isascii() and _SURROGATE.search(value):
        raise ValueError(_HALF)
    return value


def _written_time(value: Any) -> Any:
    if isinstance(value, str):
        match = _TIME.match(value)
        if not match:
            raise ValueError(f"`{value}` is not a time such as 2026-11-24T22:14:00+01:00")
        if match.group(3) is None:
            raise ValueError(f"`{value}` has no offset: write 2026-11-24T22:14:00+01:00, or end it with Z")
    elif not isinstance(value, datetime):
        raise ValueError("a time is written as a string such as 2026-11-24T22:14:00+01:00")
    return value


def _aware(value: datetime) -> datetime:
    if value.tzinfo is None or value.utcoffset() is None:
        raise ValueError("the time has no offset")
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValueError(f"the year {value.year} lies outside {FIRST_YEAR} to {LAST_YEAR}")
    return value


def _written_date(value: Any) -> Any:
    if isinstance(value, datetime) or not isinstance(value, str | date):
        raise ValueError("a date is written as a string such as 2026-11-24")
    return value


def _zone(value: str) -> str:
    from .zones import is_zone

    if not is_zone(value):
        raise ValueError(f"`{value}` is not an IANA time zone such as Europe/Paris")
    return value


def _unknown_status(value: Any) -> Any:
    return "unknown" if value is None else value


def _not_empty(value: str) -> str:
    if not value:
        raise ValueError("must not be empty")
    return value


def _language(value: str) -> str:
    if not _LANGUAGE.match(value):
        raise ValueError(f"`{value[:40]}` is not a BCP 47 language such as fr or pt-BR")
    return value


def _digest(value: str) -> str:
    if not _DIGEST.match(value):
        raise ValueError("not a SHA-256 in hexadecimal: 64 digits 0-9 and a-f")
    return value


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


class _InJson:
    """How a field is read straight from JSON, in pydantic's own terms: the same values as by the functions before it in
    `Annotated`, in a fraction of the time, but with errors that nobody is shown (see message_json.py).
    """

    def __init__(self, schema: core_schema.CoreSchema) -> None:
        self._schema = schema

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.json_or_python_schema(json_schema=self._schema, python_schema=handler(source))


def _like(pattern: str) -> core_schema.CoreSchema:
    """A string that matches from its beginning to its end."""
    return core_schema.str_schema(pattern=rf"\A(?:{pattern})\z", strict=True)


_OFFSET_TIME = r"(?:197[1-9]|19[89]\d|2[01]\d\d)-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|z|[+-]\d\d:\d\d)"
_MOMENT = core_schema.chain_schema(
    [_like(_OFFSET_TIME.replace(r"\d", "[0-9]")), core_schema.datetime_schema(tz_constraint="aware")]
)

Text = Annotated[StrictStr, AfterValidator(_text), _InJson(_like(r"[^\x00]*"))]
Language = Annotated[StrictStr, AfterValidator(_language)]
Digest = Annotated[StrictStr, AfterValidator(_digest), _InJson(_like("[0-9a-f]{64}"))]
Country = Annotated[StrictStr, AfterValidator(_country)]
Place = Annotated[StrictStr, AfterValidator(_place)]
Subdivision = Annotated[StrictStr, AfterValidator(_subdivision)]
Zone = Annotated[StrictStr, AfterValidator(_zone)]
Number = Annotated[StrictStr, AfterValidator(_e164), _InJson(_like(r"\+[1-9][0-9]{1,14}"))]
SenderId = Annotated[Text, AfterValidator(_not_empty), _InJson(_like(r"[^\x00]+"))]
Time = Annotated[datetime, BeforeValidator(_written_time), AfterValidator(_aware), _InJson(_MOMENT)]
Day = Annotated[date, BeforeValidator(_written_date)]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Brand(_Shape):
    """The business: its name, where it is established, and its number or link for refusals."""

    name: Text | None = None
    country: Country | None = None
    stop: Text | None = None


class Register(_Shape):
    """The answer of a do-not-contact register and the day it was asked."""

    listed: StrictBool | None = None
    checked: Day | None = None


class Recipient(_Shape):
    """What the sender knows of the recipient."""

    timezone: Zone | None = None
    subdivision: Subdivision | None = None
    language: Language | None = None
    age_at_least: Annotated[int, Field(strict=True, ge=0, le=130)] | None = None


class Consent(_Shape):
    """The recipient's consent to this brand. `at`: given or last confirmed; for customers, when the relation ended."""

    status: Annotated[Status, BeforeValidator(_unknown_status)] = "unknown"
    method: Method | None = None
    at: Time | None = None
    double: StrictBool | None = None
    covers: tuple[Text, ...] | None = None


class Earlier(_Shape):
    """One earlier send to the recipient. `text`: SHA-256 of the NFC UTF-8 text, in hexadecimal."""

    at: Time
    category: Category
    sender: Text
    brand: Text | None = None
    campaign: Text | None = None
    subjects: tuple[Text, ...] | None = None
    text: Digest | None = None


class _Checked(type(BaseModel)):  # type: ignore[misc]
    """Turns what pydantic says of a malformed message into the one documented exception."""

    def __call__(cls, **fields: Any) -> Any:
        try:
            return super().__call__(**fields)
        except PydanticError as error:
            raise _first_error(error) from None


class Message(_Shape, metaclass=_Checked):
    """A message about to be sent; its fields are those of the message reference. `at` is now where none is given.

    Raises `MessageError` for unknown fields and values of the wrong kind.
    """

    id: Text | None = None
    to: Number
    sender: SenderId
    sender_type: SenderType | None = None
    sender_country: Country | None = None
    sender_shared: StrictBool = False
    brand: Brand = Brand()
    registrations: tuple[Text, ...] = ()
    registers: dict[Place, Register] = Field(default_factory=dict)
    channel: Channel = "sms"
    category: Category
    answers: Answer | None = None
    subjects: tuple[Text, ...] = ()
    body: Text
    campaign: Text | None = None
    at: Time = Field(default_factory=_now)
    recipient: Recipient = Recipient()
    consent: Consent = Consent()
    history: tuple[Earlier, ...] | None = None


def _reason(error: Mapping[str, Any]) -> str:
    if error["type"] == "extra_forbidden":
        return _no_field(error["loc"])
    if error["type"] == "missing":
        return "is required"
    if error["type"] == "literal_error":
        return _not_one_of(error)
    if error["type"] in _KINDS:
        return f"must be {_KINDS[error['type']]}, not {_article(error.get('input'))}"
    if error["type"] in _BOUNDS:
        kind, bound = _BOUNDS[error["type"]]
        return f"must be {kind} {error['ctx'][bound]}"
    if error["type"].startswith("date"):
        return _no_time(error)
    if error["type"] == "string_unicode":
        return _HALF
    return str(error["msg"]).removeprefix("Value error, ")


def _no_field(place: tuple[str | int, ...]) -> str:
    """That there is no such field, and the one that was probably meant."""
    inner: dict[str, Any] = {
        "brand": Brand,
        "consent": Consent,
        "recipient": Recipient,
        "registers": Register,
        "history": Earlier,
    }
    fields = Message.model_fields if len(place) == 1 else inner[str(place[0])].model_fields
    hint = did_you_mean(str(place[-1]), fields)
    return f"no such field; {hint}" if hint else "no such field"


def _no_time(error: Mapping[str, Any]) -> str:
    """A time or date of the right shape that no calendar or clock shows, such as 30 February."""
    example = (
        "a time such as 2026-11-24T22:14:00+01:00"
        if error["type"].startswith("datetime")
        else "a date such as 2026-11-24"
    )
    return f"`{str(error.get('input'))[:40]}` is not {example}"


_BOUNDS = {"less_than_equal": ("at most", "le"), "greater_than_equal": ("at least", "ge")}
_KINDS = {
    "string_type": "a text",
    "bool_type": "true or false",
    "int_type": "a whole number",
    "tuple_type": "a list",
    "dict_type": "an object with fields",
    "model_type": "an object with fields",
    "model_attributes_type": "an object with fields",
}


def _not_one_of(error: Mapping[str, Any]) -> str:
    """A word outside a fixed set: the set, and the word that was probably meant."""
    words = re.findall(r"'([^']*)'", str(error.get("ctx", {}).get("expected", "")))
    given = error.get("input")
    if not isinstance(given, str):
        return f"must be one of {', '.join(words)}, not {_article(given)}"
    hint = did_you_mean(given, words) if len(given) <= 80 else ""
    shown = given if len(given) <= 40 else f"{given[:40]}…"
    return f"`{shown}` is not one of {', '.join(words)}" + (f"; {hint}" if hint else "")


def _first_error(error: PydanticError) -> MessageError:
    first = error.errors(include_url=False)[0]
    return MessageError(".".join(str(part) for part in first["loc"] if part != "[key]"), _reason(first))


def parse_message(data: Any) -> Message:
    """A `Message` from a plain dict of the same shape.

    Raises `MessageError` with the dotted field and the reason for the first thing that is wrong.
    """
    if isinstance(data, Message):
        return data
    if not isinstance(data, Mapping):
        raise MessageError("", f"a message is an object with fields, not {_article(data)}")
    try:
        return Message.model_validate(data)
    except PydanticError as error:
        raise _first_error(error) from None


def _article(data: Any) -> str:
    names = {
        list: "a list",
        str: "a text",
        int: "a number",
        float: "a number",
        bool: "yes or no",
        type(None): "null",
    }
    return names.get(type(data), f"a {type(data).__name__}")
