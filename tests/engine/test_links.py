"""Links, link shorteners, domains and phone numbers in texts."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sendlaw.engine.links import _NUMBER_HINT, domain_matches, links, phone_numbers, shorteners


@pytest.mark.parametrize(
    ("text", "hosts"),
    [
        ("No link here", ()),
        ("See https://example.com/a?b=c.", ("example.com",)),
        ("HTTP://Shop.Example.ORG:8080/x", ("shop.example.org",)),
        ("http://user:secret@example.com/", ("example.com",)),
        ("http://192.0.2.7/login", ("192.0.2.7",)),
        ("http://localhost/x", ("localhost",)),
        ("www.example.fr", ("www.example.fr",)),
        ("Go to www.example.com.Reply STOP", ("www.example.com",)),
        ("bit.ly/abc", ("bit.ly",)),
        ("two: is.gd/1, t.co/2", ("is.gd", "t.co")),
        ("twice example.com and example.com", ("example.com", "example.com")),
        ("example.co.uk", ("example.co.uk",)),
        ("shop.example.com.au!", ("shop.example.com.au",)),
        ("example.it/x", ("example.it",)),
        ("example.com:8080/x", ("example.com",)),
        ("(example.com)", ("example.com",)),
        ("http://пример.рф/страница", ("пример.рф",)),
        ("заходи на пример.рф сегодня", ("пример.рф",)),
        ("https://münchen.de", ("münchen.de",)),
        ("http://例え.テスト/", ("例え.テスト",)),
        ("访问www.example.com看看", ("www.example.com",)),
        ("请看example.com吧", ("example.com",)),
        ("http://xn--e1afmkfd.xn--p1ai/", ("xn--e1afmkfd.xn--p1ai",)),
        ("ｅｘａｍｐｌｅ．ｃｏｍ", ("example.com",)),
        ("http://example。com", ("example.com",)),
    ],
)
def test_links(text: str, hosts: tuple[str, ...]) -> None:
    assert links(text) == hosts


@pytest.mark.parametrize(
    "text",
    [
        "Go until jurong point,crazy..Available only",
        "ok.it is late.so go home.me too",
        "i.e. at 10.30am, e.g. no.5",
        "write to anna@example.com",
        "a.b.c.d",
        "Version 1.2.3",
        "Done.Thanks.Bye",
        "hola.de nada",
        "Привет.Москва ждёт",
        "see file.txt/x",
        "...com",
        "com. net. org.",
        "C.S. Lewis",
        "3.5/5",
        "\u0661.\u0662",
    ],
)
def test_what_is_no_link(text: str) -> None:
    assert links(text) == ()


@given(st.text())
def test_any_text_has_links_in_lower_case_or_none(text: str) -> None:
    assert all(host == host.lower() and host and not host.endswith(".") for host in links(text))


@given(st.text(st.sampled_from("a.-/:@wht ps"), max_size=200))
def test_texts_of_dots_end(text: str) -> None:
    assert len(links(text)) <= len(text)


def test_long_runs_of_labels_are_quick_to_read() -> None:
    assert links("a." * 20_000) == ()
    assert links("a" * 50_000 + ".") == ()


@pytest.mark.parametrize(
    ("hosts", "short"),
    [
        (("bit.ly", "example.com", "tinyurl.com"), ("bit.ly", "tinyurl.com")),
        (("go.bit.ly",), ("go.bit.ly",)),
        (("orbit.ly", "bit.ly.example.com"), ()),
        ((), ()),
    ],
)
def test_shorteners(hosts: tuple[str, ...], short: tuple[str, ...]) -> None:
    assert shorteners(hosts) == short


@pytest.mark.parametrize(
    ("host", "domain", "expected"),
    [
        ("example.com", "example.com", True),
        ("www.example.com", "example.com", True),
        ("a.b.example.com", "EXAMPLE.com.", True),
        ("example.com", "www.example.com", False),
        ("badexample.com", "example.com", False),
        ("example.com.evil.net", "example.com", False),
        ("пример.рф", "xn--e1afmkfd.xn--p1ai", True),
        ("xn--mnchen-3ya.de", "München.de", True),
        ("xn--\u00e9.de", "example.de", False),
        ("example.com", "", False),
    ],
)
def test_domain_matches(host: str, domain: str, expected: bool) -> None:
    assert domain_matches(host, domain) is expected


@pytest.mark.parametrize(
    ("text", "country", "numbers"),
    [
        ("Call +1 202-555-0143 now", None, ("+12025550143",)),
        ("Call 202-555-0143 now", "US", ("+12025550143",)),
        ("Call 202-555-0143 now", None, ()),
        ("Ring 020 7946 0958 today", "GB", ("+442079460958",)),
        ("Twice 020 7946 0958, 020 7946 0958", "GB", ("+442079460958",)),
        ("https://example.com/+442079460958", "GB", ()),
        ("wa.me/442079460958", "GB", ()),
        ("Your code is 123456", "GB", ()),
        ("STOP au 36179", "FR", ()),
        ("هاتف +٩٧١ ٥٠ ١٢٣ ٤٥٦٧", None, ("+971501234567",)),
        ("no digits", "FR", ()),
    ],
)
def test_phone_numbers(text: str, country: str | None, numbers: tuple[str, ...]) -> None:
    assert phone_numbers(text, country) == numbers


@pytest.mark.parametrize(
    ("text", "may"),
    [
        ("1234567", True),
        ("123456", False),
        ("123 4567", True),
        ("12-34-56-7", True),
        ("1    234567", True),
        ("1     234567", False),
        ("123456 a 7890123", True),
        ("123456 a 789012", False),
        ("1x2x3x4x5x6x7", True),
        ("1_234567", False),
        ("0 123456 a 1", True),
        ("٠٧٩٣٣٣٣", True),
        ("", False),
    ],
)
def test_how_many_digits_may_be_a_phone_number(text: str, may: bool) -> None:
    assert (_NUMBER_HINT.search(text) is not None) is may


@given(st.text("0123 -.x_aー٣", max_size=24))
def test_digits_tried_once_find_as_many_as_digits_tried_everywhere(text: str) -> None:
    naive = re.search(r"\d(?:[\Wxー]{0,4}\d){6}", text)
    assert (naive is None) is (_NUMBER_HINT.search(text) is None)
