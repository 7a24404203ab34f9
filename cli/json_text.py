"""JSON, strictly: no NaN, no number beyond a float, no key twice, no nesting that exhausts the stack."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NoReturn

from .lines import RawLine


@dataclass(frozen=True, slots=True)
class JsonError:
    """Why a text is not JSON; `line` where it is known better than where the text began."""

    reason: str
    field: str | None = None
    line: int | None = None


class _Strict(ValueError):
    def __init__(self, reason: str, field: str | None = None) -> None:
        super().__init__(reason)
        self.field = field


def parse_json(line: RawLine) -> object:
    """The value the line holds, or a `JsonError`."""
    if line.error is not None:
        return JsonError(line.error, line=line.number)
    try:
        return _DECODER.decode(line.text)
    except json.JSONDecodeError as error:
        said = error.msg.removesuffix(" at")
        reason = f"is not JSON: {said[:1].lower()}{said[1:]} at character {error.colno}"
        return JsonError(reason, line=line.number + error.lineno - 1)
    except _Strict as error:
        return JsonError(str(error), error.field)
    except RecursionError:
        return JsonError("is nested too deeply for a message")
    except ValueError:
        return JsonError("holds a number with too many digits")


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    data = dict(pairs)
    if len(data) < len(pairs):
        raise _Strict("stands twice in the same object", first_repeated(key for key, _ in pairs))
    return data


def first_repeated(names: Iterable[str]) -> str | None:
    """The first name that came before, in time linear in their number; None where each is another."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            return name
        seen.add(name)
    return None


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise _Strict(f"holds the number {text[:20]}, which is too large")
    return value


def _no_constant(name: str) -> NoReturn:
    raise _Strict(f"holds {name}, which is no JSON")


_DECODER = json.JSONDecoder(object_pairs_hook=_unique, parse_float=_finite, parse_constant=_no_constant)
