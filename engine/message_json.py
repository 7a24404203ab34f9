"""A message straight from a line of JSON, without a dict in between: most lines of long files are well formed."""

from __future__ import annotations

from pydantic import BaseModel, ValidationError

from .message import Message

_validator = Message.__pydantic_validator__


def message_from_json(line: bytes) -> Message | None:
    """The message that `line` holds, the very one `parse_message` makes of what it says; None where that is not sure.

    Not sure are lines that hold no message, so that whoever reads them step by step can say why, and lines in which
    a name might stand twice: what reads them here would take one of the two in silence.
    """
    try:
        message = _validator.validate_json(line)
    except ValidationError:
        return None
    return message if _each_name_once(line, message) else None


def _each_name_once(line: bytes, message: Message) -> bool:
    """Whether no object holds a name twice; False where it takes more than counting to tell.

    Where no quote is followed by a blank, each name is followed by its colon, so there are at most as many names as
    `":` in the line; and at least as many as the message has fields. If these are equal, no name is left over.
    """
    if b'" ' in line or b"\t" in line or b"\r" in line or b"\n" in line:
        return False
    return line.count(b'":') == _fields(message)


def _fields(message: Message) -> int:
    """How many names the message was written with, those of nested objects included."""
    count = _given(message) + _given(message.brand) + _given(message.consent) + _given(message.recipient)
    if message.history:
        count += sum(map(_given, message.history))
    if message.registers:
        count += len(message.registers) + sum(map(_given, message.registers.values()))
    return count


def _given(shape: BaseModel) -> int:
    return len(shape.__pydantic_fields_set__)
