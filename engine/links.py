"""The links and phone numbers written in a text.

A link is `http://` or `https://` with a host, a host that begins with `www.`, or a bare host under a known
top-level domain (data/tlds.txt). Texts often lack the space after a full stop ("ok.so"), so a bare host
without a path counts only under the domains that are no word of a language (example.com, example.co.uk).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from unicodedata import normalize

from ..policy.characters import known

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_WIDE_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_IPV4 = r"(?:\d{1,3}\.){3}\d{1,3}"
_TOP = r"[a-z][a-z0-9-]{1,62}"
_PATH = r"(?::\d+)?/[^\s/]"
_DOT = re.compile(r"\.(?<=[A-Za-z0-9]\.)[A-Za-z]")
"""A dot inside a word; a search that begins with one character, or looks for a text, is several times as fast."""
_TO_SPACE = re.compile(r"\S*")
_WORD = re.compile(r"\S+")
_NUMBER_HINT = re.compile(r"\d(?<!\d\d)(?:[\Wxー]{0,4}+\d){6}")
"""Seven digits with at most four signs between any two: what the phone library at least asks of a number in a text.
Of digits in a row only the first is tried, and signs are taken as many as there are, once.
"""


@cache
def _data(name: str) -> tuple[str, ...]:
    text = (files(f"{__package__}.data") / name).read_text("utf-8")
    return tuple(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


@cache
def _domains() -> dict[str, frozenset[str]]:
    sections: dict[str, set[str]] = {}
    for line in _data("tlds.txt"):
        if line.startswith("["):
            words = sections.setdefault(line.strip("[]"), set())
        else:
            words.update(line.split())
    return {name: frozenset(words) for name, words in sections.items()}


@cache
def _shorteners() -> frozenset[str]:
    return frozenset(_data("shorteners.txt"))


@cache
def _link(ascii_only: bool) -> re.Pattern[str]:
    """Finds a link. In a word of ASCII none can end in another script, and looking for that takes most of the time."""
    native = "|".join(sorted(_domains()["native"], key=len, reverse=True))
    wide = rf"(?:{_WIDE_LABEL}\.)+"
    host = rf"{_IPV4}|(?:{_LABEL}\.)+{_TOP}|{wide}(?:{native}|[a-z]{{2,24}}|{_WIDE_LABEL})|{_LABEL}"
    kinds = [
        rf"https?://(?:[^\s/@]*@)?(?P<schemed>{host})",
        rf"(?<![a-z0-9@.])(?P<www>www\.(?:{_LABEL}\.)+{_TOP})",
        rf"(?<![a-z0-9@.\-_/])(?P<bare>(?:{_LABEL}\.)+[a-z]{{2,24}})(?![a-z0-9@_-]|\.[a-z0-9])(?P<path>{_PATH})?",
    ]
    if not ascii_only:
        kinds.append(rf"(?<![\w@.\-/])(?P<wide>(?:{_WIDE_LABEL}\.)+(?:{native}))(?!\w)(?P<wide_path>{_PATH})?")
    return re.compile("|".join(kinds), re.IGNORECASE | (re.ASCII if ascii_only else 0))


def links(text: str) -> tuple[str, ...]:
    """The hosts of the links in a text, in order, in lower case; a host linked twice stands twice."""
    return () if text.isascii() and not _may_hold(text) else tuple([host for host, _ in _found(text)])


def shorteners(hosts: Iterable[str]) -> tuple[str, ...]:
    """Those of the hosts that are public link shorteners (data/shorteners.txt) or below one, in order."""
    return tuple(host for host in hosts if any(part in _shorteners() for part in _parents(host)))


def domain_matches(host: str, domain: str) -> bool:
    """Whether a host is the domain or below it. Case, a trailing dot and punycode make no difference."""
    return any(part == _folded(domain) for part in _parents(_folded(host)))


def phone_numbers(text: str, country: str | None) -> tuple[str, ...]:
    """The valid phone numbers in a text as E.164, in order, each once; links are passed over.

    `country` (ISO 3166-1) says how numbers without a country code are read; None finds those with one alone.
    """
    if not _NUMBER_HINT.search(_shown(text)):
        return ()
    from phonenumbers import Leniency, PhoneNumberFormat, PhoneNumberMatcher, format_number

    matches = PhoneNumberMatcher(_without_links(text), country, leniency=Leniency.VALID)
    return tuple(dict.fromkeys(format_number(match.number, PhoneNumberFormat.E164) for match in matches))


def _found(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    for match in _candidates(_shown(text)):
        if match["schemed"]:
            yield match["schemed"].lower(), match
        elif match["www"]:
            yield _trimmed(match["www"].lower()), match
        else:
            host, path = (match["bare"], match["path"]) if match["bare"] else (match["wide"], match["wide_path"])
            if _is_bare_link(host.lower(), bool(path)):
                yield host.lower(), match


def _may_hold(shown: str) -> bool:
    """A quick test: whether a text in compatible form, or a word of one, may hold a link."""
    return "://" in shown or bool(_DOT.search(shown) if shown.isascii() else "." in shown)


def _candidates(shown: str) -> Iterator[re.Match[str]]:
    """What looks like a link, word by word: none reaches over a space, and few words hold what all of them need."""
    for word in _WORD.finditer(shown):
        if _may_hold(word[0]):
            yield from _link(word[0].isascii()).finditer(shown, *word.span())


def _shown(text: str) -> str:
    """The text as a browser would read it: compatibility forms resolved, the full stops of hosts as dots."""
    return text if text.isascii() else normalize("NFKC", known(text.replace("。", ".")))


def _known(top: str) -> bool:
    domains = _domains()
    return top in domains["country"] or top in domains["generic"] or top in domains["native"]


def _trimmed(host: str) -> str:
    """Without the words that a missing space glued to the host, as in `www.example.com.Reply`."""
    labels = host.split(".")
    while len(labels) > 3 and not _known(labels[-1]):
        labels.pop()
    return ".".join(labels) if _known(labels[-1]) else host


def _is_bare_link(host: str, has_path: bool) -> bool:
    domains = _domains()
    labels = host.split(".")
    last = labels[-1]
    if has_path or last in domains["alone"]:
        return _known(last)
    return len(labels) > 2 and last in domains["country"] and labels[-2] in domains["second"]


def _parents(host: str) -> Iterator[str]:
    labels = host.split(".")
    return (".".join(labels[start:]) for start in range(len(labels)))


def _folded(host: str) -> str:
    labels = normalize("NFKC", known(host)).casefold().strip(".").split(".")
    return ".".join(_unicode_label(label) for label in labels)


def _unicode_label(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except UnicodeError:
        return label


def _without_links(text: str) -> str:
    """The text with its links, paths and queries included, as spaces."""
    shown = _shown(text)
    for _, match in _found(text):
        link = _TO_SPACE.match(shown, match.start())
        end = link.end() if link else match.end()
        shown = shown[: match.start()] + " " * (end - match.start()) + shown[end:]
    return shown
