"""`sendlaw show --html` and `--json`: one page that loads nothing, every text escaped; the same as data."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest
from sendlaw.cli.show_hours import ADVISED, CLOSED, HOLIDAY, OPEN, Piece, weeks
from sendlaw.cli.show_html import place_page
from sendlaw.engine.policy import Policy
from sendlaw.policy.source import Source

from .support import SHOP_ALONE, run

VOID = {"meta", "br", "hr", "img", "input", "link"}
LOADING = {"script", "link", "img", "iframe", "object", "embed", "base", "form", "audio", "video", "source"}
EVIL = '<script>alert(1)</script>&"\u202e'
SEEN = EVIL.replace("\u202e", "\N{REPLACEMENT CHARACTER}")
WRITTEN = """policy FR "{evil}" {{
  recipients FR
  languages fr
  source code "{evil}" "https://example.org/{evil}" checked 2024-11-20
  note "{evil}"
  words gambling {{ fr: "{evil}" }}
  rule r "{evil}" {{
    when category is promotional # {evil}
    only 08:00-20:00
    basis law cite code
    note "{evil}"
  }}
  replies {{ opt_out fr: "STOP" say "{evil}" }}
}}
"""


class Page(HTMLParser):
    """A page as read by its tags: what is open, what was never closed, and what it refers to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.targets: list[tuple[str, str]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attributes:
            if name == "id":
                self.ids.append(value or "")
            if name in ("href", "src", "xlink:href", "action", "style") or name.startswith("on"):
                self.targets.append((f"{tag} {name}", value or ""))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> at {self.getpos()}")


def page_of(tmp_path: Path, *arguments: str) -> str:
    path = tmp_path / "page.html"
    result = run("show", *arguments, "--html", str(path), "--on", "2026-11-24")
    assert (result.exit_code, result.stdout) == (0, "")
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("place", ["FR", "us", "US-FL", "SA", "AQ"])
def test_a_page_is_whole_and_loads_nothing(place: str, tmp_path: Path) -> None:
    text = page_of(tmp_path, place)
    page = Page(text)
    assert (page.faults, page.open) == ([], [])
    assert not LOADING & set(page.tags)
    assert {kind for kind, _ in page.targets} <= {"a href"}
    outside = [value for _, value in page.targets if not value.startswith("#")]
    assert all(value.startswith(("https://", "http://")) for value in outside)
    inside = {value[1:] for _, value in page.targets if value.startswith("#")}
    assert inside <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))
    style = text[text.index("<style>") : text.index("</style>")]
    assert "url(" not in style and "@import" not in style
    assert "prefers-color-scheme: dark" in style and "@media print" in style


def test_a_page_holds_what_show_prints(tmp_path: Path) -> None:
    text = page_of(tmp_path, "FR", *SHOP_ALONE)
    for told in (
        "<h1>FR <span>France</span></h1>",
        'id="FR.hours"',
        "Marketing needs prior consent",
        "An account alone is not enough.",
        '<a href="https://example.org/charter" rel="noopener noreferrer">A charter</a>, checked 2026-11-20',
        "<td>at most 2 in 7 days per recipient, brand</td>",
        "<td>alphanumeric</td>",
        "{brand} : c&#x27;est fini.",
        "casino",
        "2026-12-25",
        "Mon 08:00–21:30 open",
        "<td>4 days</td>",
        "since 2026-03-01",
    ):
        assert told in text, told
    assert "FR.late" not in text, "no longer in force"


def test_every_text_is_escaped(tmp_path: Path) -> None:
    rules = tmp_path / "evil.policy"
    rules.write_text(WRITTEN.format(evil=EVIL.replace('"', '\\"')), encoding="utf-8")
    text = page_of(tmp_path, "FR", "--no-bundled", "--rules", str(rules))
    page = Page(text)
    assert (page.faults, page.open) == ([], [])
    assert "script" not in page.tags
    assert "\u202e" not in text
    assert {value for _, value in page.targets if value.startswith("http")} == {f"https://example.org/{SEEN}"}
    assert text.count("&lt;script&gt;alert(1)&lt;/script&gt;&amp;") >= 7
    assert "734 days: check it again" in text


def test_only_web_addresses_are_links() -> None:
    data = json.loads(run("show", "FR", *SHOP_ALONE, "--json").stdout)
    data["sources"][0]["url"] = "javascript:alert(1)"
    page = place_page(data)
    assert "A charter javascript:alert(1)" in page
    assert not any("javascript" in value for _, value in Page(page).targets)


def test_only_a_place_has_a_page(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    result = run("show", "FR.hours", *SHOP_ALONE, "--html", str(path))
    assert result.exit_code == 2
    assert "a page shows a place such as FR or US-FL, and `FR.hours` is none" in result.stderr
    assert not path.exists()


def test_a_page_that_cannot_be_written_is_an_error_in_words(tmp_path: Path) -> None:
    result = run("show", "FR", *SHOP_ALONE, "--html", str(tmp_path / "none" / "page.html"))
    assert result.exit_code == 2
    assert "page.html" in result.stderr


# ---- as data


def test_a_place_as_json() -> None:
    data = json.loads(run("show", "FR", *SHOP_ALONE, "--json", "--on", "2026-11-24").stdout)
    assert (data["place"], data["name"], data["on"]) == ("FR", "France", "2026-11-24")
    assert [rule["id"] for rule in data["rules"]] == [
        "FR.consent",
        "FR.gambling",
        "FR.hours",
        "FR.often",
        "FR.old_hours",
        "FR.way_out",
    ]
    marketing, others = data["hours"]
    assert marketing["categories"] == ["promotional"]
    assert [window["rule"] for window in marketing["windows"]] == ["FR.hours"]
    assert marketing["days"][0] == [
        {"from": 0, "to": 480, "state": "closed"},
        {"from": 480, "to": 1290, "state": "open"},
        {"from": 1290, "to": 1440, "state": "closed"},
    ]
    assert others["days"] == [[{"from": 0, "to": 1440, "state": "open"}]] * 7
    assert data["senders"][0]["rows"] == [["alphanumeric", "yes", "no"]]
    assert data["sources"][0] == {
        "id": "FR.charter",
        "title": "A charter",
        "url": "https://example.org/charter",
        "checked": "2026-11-20",
        "age": 4,
    }


@pytest.mark.parametrize(
    "what, kind, ids",
    [("hours", "rules", ["FR.hours"]), ("FR.code", "sources", ["FR.code"]), ("code", "sources", ["FR.code"])],
)
def test_rules_and_sources_as_json(what: str, kind: str, ids: list[str]) -> None:
    data = json.loads(run("show", what, *SHOP_ALONE, "--json").stdout)
    assert [found["id"] for found in data[kind]] == ids


def test_what_there_is_not_is_no_json() -> None:
    result = run("show", "cod", *SHOP_ALONE, "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "did you mean `FR.code`?" in result.stderr


# ---- the week of a category


def week_of(category: str, *rules: str) -> list[list[Piece]]:
    written = "".join(f'rule r{number} "R" {{ {rule} }}\n' for number, rule in enumerate(rules))
    head = (
        'policy FR "F" { recipients FR languages fr holidays FR source s "S" "https://example.org" checked 2026-01-01'
    )
    source = f"{head}\n{written}}}"
    policy = Policy.from_sources([Source("fr.policy", source)], bundled=False)
    (week,) = [week for week in weeks(policy.rule_set.rules) if category in week.categories]
    return [list(day) for day in week.days]


def day(*edges: int | str) -> list[Piece]:
    """Pieces from hours and states in turn: `day(0, CLOSED, 8, OPEN, 24)`."""
    hours, states = [edge for edge in edges if isinstance(edge, int)], [edge for edge in edges if isinstance(edge, str)]
    return [(start * 60, end * 60, state) for start, end, state in zip(hours, hours[1:], states, strict=False)]


LAW = "basis law cite s"


def test_windows_of_several_rules_must_all_be_open() -> None:
    week = week_of("promotional", f"only mon-sat 08:00-20:00 {LAW}", f"only 09:00-22:00 else warn {LAW}")
    assert week[0] == day(0, CLOSED, 8, ADVISED, 9, OPEN, 20, CLOSED, 24)
    assert week[6] == day(0, CLOSED, 24)
    assert len(week) == HOLIDAY


def test_holidays_have_a_row_where_they_differ() -> None:
    week = week_of("promotional", f"only 08:00-20:00 except holidays else warn {LAW}")
    assert week[HOLIDAY] == day(0, ADVISED, 24)
    named = week_of("promotional", f"only 08:00-20:00, holidays 10:00-12:00 {LAW}", f"only sat-thu 00:00-11:00 {LAW}")
    assert named[0] == day(0, CLOSED, 8, OPEN, 11, CLOSED, 24)
    assert named[HOLIDAY] == day(0, CLOSED, 24), "a holiday may be a Friday"


def test_categories_are_told_apart() -> None:
    rules = (
        f"when category is promotional only 08:00-20:00 {LAW}",
        f"when category is not authentication and consent is opted_in only 06:00-24:00 {LAW}",
    )
    assert week_of("promotional", *rules)[0] == day(0, CLOSED, 8, OPEN, 20, CLOSED, 24)
    assert week_of("transactional", *rules)[0] == day(0, CLOSED, 6, OPEN, 24)
    assert week_of("authentication", *rules)[0] == day(0, OPEN, 24)


def test_a_replaced_window_counts_where_its_successor_does_not_surely_speak() -> None:
    wide = f"only 08:00-20:00 {LAW}"
    assert week_of("promotional", wide, f"only 10:00-22:00 replaces r0 {LAW}")[0] == day(
        0, CLOSED, 10, OPEN, 22, CLOSED, 24
    )
    unsure = f"when consent is opted_in only 10:00-22:00 replaces r0 {LAW}"
    assert week_of("promotional", wide, unsure)[0] == day(0, CLOSED, 10, OPEN, 20, CLOSED, 24)
