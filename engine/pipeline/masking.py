"""Phone numbers as people may see them: the country code and the last two digits, nothing between."""

from __future__ import annotations

import re

from phonenumbers import COUNTRY_CODE_TO_REGION_CODE

_NUMBER = re.compile(r"\+[1-9][0-9]{6,14}(?![0-9])")
_SHOWN_AT_THE_END = 2


def mask_number(number: str) -> str:
    """An E.164 number with its subscriber digits hidden: `+33639981242` becomes `+33•••••••42`."""
    digits = number.removeprefix("+")
    start = _country_code_length(digits)
    hidden = len(digits) - start - _SHOWN_AT_THE_END
    if hidden < 1:
        return "+" + "•" * len(digits)
    return f"+{digits[:start]}{'•' * hidden}{digits[-_SHOWN_AT_THE_END:]}"


def mask_numbers(text: str) -> str:
    """`text` with every E.164 number in it masked."""
    return _NUMBER.sub(lambda match: mask_number(match.group()), text)


def _country_code_length(digits: str) -> int:
    for length in (1, 2, 3):
        if digits[:length].isdigit() and int(digits[:length]) in COUNTRY_CODE_TO_REGION_CODE:
            return length
    return 0
