"""Write engine/data/area_codes.json: North American area codes and the states or provinces they serve.

Derived from the English descriptions in the phonenumbers library's geographic data. An area code's own
description decides ("Florida", "Miami, FL", "Nova Scotia/Prince Edward Island"); where it has none, those of
its exchanges do. A single exchange that names another state than its area code is left aside.
Run: python tools/make_area_codes.py
"""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

from phonenumbers.geodata import GEOCODE_DATA

TARGET = Path(__file__).resolve().parent.parent / "engine" / "data" / "area_codes.json"

STATES = """AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut
DE Delaware|DC Washington D.C.|FL Florida|GA Georgia|HI Hawaii|ID Idaho|IL Illinois|IN Indiana
IA Iowa|KS Kansas|KY Kentucky|LA Louisiana|ME Maine|MD Maryland|MA Massachusetts|MI Michigan
MN Minnesota|MS Mississippi|MO Missouri|MT Montana|NE Nebraska|NV Nevada|NH New Hampshire
NJ New Jersey|NM New Mexico|NY New York|NC North Carolina|ND North Dakota|OH Ohio|OK Oklahoma
OR Oregon|PA Pennsylvania|RI Rhode Island|SC South Carolina|SD South Dakota|TN Tennessee
TX Texas|UT Utah|VT Vermont|VA Virginia|WA Washington State|WV West Virginia|WI Wisconsin
WY Wyoming"""

PROVINCES = """AB Alberta|BC British Columbia|BC British Colombia|MB Manitoba|NB New Brunswick
NL Newfoundland and Labrador|NS Nova Scotia|NT Northwest Territories|NU Nunavut|ON Ontario
PE Prince Edward Island|QC Quebec|SK Saskatchewan|YT Yukon"""


def _names(country: str, text: str) -> dict[str, str]:
    """Every way a subdivision is named (`Florida`, `FL`) to its ISO 3166-2 code (`US-FL`)."""
    pairs = [entry.split(" ", 1) for entry in text.replace("\n", "|").split("|")]
    codes = {code: f"{country}-{code}" for code, _ in pairs}
    return codes | {name: f"{country}-{code}" for code, name in pairs}


CODES = _names("US", STATES) | _names("CA", PROVINCES)


def subdivisions(description: str) -> set[str]:
    """The ISO 3166-2 codes a description names: one behind a comma, or several between slashes."""
    names = description.rsplit(", ", 1)[-1].split("/")
    return {CODES[name] for name in names if name in CODES}


def descriptions() -> dict[str, list[str]]:
    """The English descriptions of each area code: its own alone, else those of its exchanges."""
    own: dict[str, list[str]] = {}
    parts: dict[str, list[str]] = defaultdict(list)
    for prefix, by_language in GEOCODE_DATA.items():
        if not prefix.startswith("1") or len(prefix) < 4 or "en" not in by_language:
            continue
        if len(prefix) == 4:
            own[prefix[1:]] = [by_language["en"]]
        else:
            parts[prefix[1:4]].append(by_language["en"])
    return parts | own


def area_codes() -> dict[str, list[str]]:
    """Area code to the sorted subdivisions it serves, without those that serve none."""
    found = {
        area: sorted(set[str]().union(*(subdivisions(text) for text in texts)))
        for area, texts in descriptions().items()
    }
    return {area: found[area] for area in sorted(found) if found[area]}


def main() -> None:
    """Write the table and say how many area codes it holds."""
    table = area_codes()
    lines = ",\n".join(f"{json.dumps(area)}: {json.dumps(codes)}" for area, codes in table.items())
    TARGET.write_text("{\n" + lines + "\n}\n", encoding="utf-8")
    print(f"{TARGET.name}: {len(table)} area codes")


if __name__ == "__main__":
    main()
