"""Write policy/subdivisions.py: the codes of ISO 3166-2, from the data that pycountry and the holiday library carry.

A code counts if either has it: the one lags behind the standard here, the other there. Codes that the standard has
withdrawn are in neither, so whoever still writes one is told.
Run: pip install pycountry, then python tools/make_subdivisions.py
"""

from __future__ import annotations

import json
import re
import textwrap
from collections import defaultdict
from importlib import resources
from importlib.metadata import version
from pathlib import Path

from holidays import list_supported_countries

TARGET = Path(__file__).resolve().parent.parent / "policy" / "subdivisions.py"
PAGE = '''"""The subdivisions of ISO 3166-2. Written by tools/make_subdivisions.py, from pycountry {version}."""

CODES = """
{lines}
"""
"""Countries, each followed by the codes of its subdivisions without the country before them."""
'''


def codes() -> dict[str, set[str]]:
    """The codes of each country's subdivisions, without the country."""
    found: dict[str, set[str]] = defaultdict(set)
    text = resources.files("pycountry").joinpath("databases", "iso3166-2.json").read_text(encoding="utf-8")
    for entry in json.loads(text)["3166-2"]:
        country, _, code = entry["code"].partition("-")
        found[country].add(code)
    for country, names in list_supported_countries(include_aliases=False).items():
        if len(country) == 2:
            found[country].update(name for name in names if re.fullmatch("[A-Z0-9]{1,3}", name))
    return {country: found[country] for country in sorted(found) if found[country]}


def main() -> None:
    """Write the table and say how many codes it holds."""
    table = codes()
    lines = "\n".join(
        textwrap.fill(f"{country}: {' '.join(sorted(names))}", 118, subsequent_indent=" ")
        for country, names in table.items()
    )
    TARGET.write_text(PAGE.format(version=version("pycountry"), lines=lines), encoding="utf-8")
    print(f"{TARGET.name}: {sum(map(len, table.values()))} codes of {len(table)} countries")


if __name__ == "__main__":
    main()
