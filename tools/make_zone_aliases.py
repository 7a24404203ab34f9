"""Write engine/data/zone_aliases.json: old time zone names and the names in use, from the data pytz ships.

The links are those of tzdata.zi. Where such a link leads into another country (Iceland to Africa/Abidjan,
whose clocks agree), the name in use in the zone's own country is written down here instead.
Run: python tools/make_zone_aliases.py
"""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path

import pytz

TARGET = Path(__file__).resolve().parent.parent / "engine" / "data" / "zone_aliases.json"

OWN_COUNTRY = {
    "Africa/Asmera": "Africa/Asmara",
    "Africa/Timbuktu": "Africa/Bamako",
    "America/Coral_Harbour": "America/Atikokan",
    "America/Virgin": "America/St_Thomas",
    "Antarctica/South_Pole": "Antarctica/McMurdo",
    "Atlantic/Jan_Mayen": "Arctic/Longyearbyen",
    "Iceland": "Atlantic/Reykjavik",
    "Pacific/Ponape": "Pacific/Pohnpei",
    "Pacific/Truk": "Pacific/Chuuk",
    "Pacific/Yap": "Pacific/Chuuk",
}


def links() -> dict[str, str]:
    """Every link of tzdata.zi: name to target."""
    text = resources.files(pytz).joinpath("zoneinfo", "tzdata.zi").read_text(encoding="utf-8")
    fields = [line.split() for line in text.splitlines() if line.startswith("L ")]
    return {name: target for _, target, name in fields}


def aliases() -> dict[str, str]:
    """Old name to name in use. A name in the country table is in use, whatever tzdata.zi links it to."""
    in_use = {zone for country in pytz.country_timezones for zone in pytz.country_timezones[country]}
    known = links() | OWN_COUNTRY
    return {name: known[name] for name in sorted(known) if name not in in_use and name in pytz.all_timezones_set}


def main() -> None:
    """Write the table and say how many names it holds."""
    table = aliases()
    TARGET.write_text(json.dumps(table, indent=0) + "\n", encoding="utf-8")
    print(f"{TARGET.name}: {len(table)} names")


if __name__ == "__main__":
    main()
