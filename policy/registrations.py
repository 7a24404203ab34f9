"""The names of registrations: what a sender has registered, and where. One list, in vocabulary.py."""

from __future__ import annotations

import re

from .diagnostics import did_you_mean
from .places import is_place, place_meant, suggest_place
from .vocabulary import REGISTRATION_PREFIXES, REGISTRATIONS

OWN_COUNTRY = "{country}"
"""Stands for the recipient's country in a rule: `registrations has "sender_id:{country}"`."""


def registration_problem(name: str, *, in_rule: bool = False) -> tuple[str, str] | None:
    """What is wrong with the name of a registration, and what to do about it; None if it is known.

    `in_rule` admits `{country}` as the place.
    """
    if name in REGISTRATIONS:
        return None
    prefix, colon, place = name.partition(":")
    if prefix in REGISTRATION_PREFIXES and colon:
        if is_place(place) or (in_rule and place == OWN_COUNTRY):
            return None
        help_text = re.sub("(did you mean|write) `(.*)`", rf"\1 `{prefix}:\2`", place_meant(place)) or suggest_place(
            place
        )
        return f"`{place}` in `{name}` is not a known place", help_text
    shapes = (*REGISTRATIONS, *(f"{known}:{place or 'FR'}" for known in REGISTRATION_PREFIXES))
    help_text = did_you_mean(name, shapes) or f"the known ones are {', '.join(f'`{shape}`' for shape in shapes)}"
    return f"there is no registration called `{name}`", help_text
