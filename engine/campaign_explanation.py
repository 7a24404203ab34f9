"""What a campaign settles before any recipient is known, and which of a recipient's facts still decide, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..policy import model as m
from ..policy.render import visible
from .message import Message
from .partial import Left, Residue

if TYPE_CHECKING:
    from .campaign import Campaign

_MEANINGS = {
    "at": "the time of sending",
    "consent.at": "how old the consent is",
    "consent.status": "the consent",
    "history": "earlier sends to the recipient",
    "recipient.line": "the kind of line that the number is",
    "recipient.subdivision": "the state or province",
    "recipient.timezone": "the clock",
    "to": "the number itself",
}
_ORDER = {"speaks": 0, "open": 1, "silent": 2}


@dataclass(frozen=True, slots=True)
class CampaignExplanation:
    """What is left of the rules for the recipients of each country."""

    message: Message
    countries: tuple[Residue, ...]

    def model_dump(self) -> dict[str, Any]:
        """The explanation as plain JSON data."""
        told = {"sender": self.message.sender, "category": self.message.category, "at": self.message.at.isoformat()}
        return {"campaign": told, "countries": [_country_data(residue) for residue in self.countries]}

    def lines(self, *, silent: bool = True) -> Iterator[str]:
        """The explanation in words, one line each; `silent`: with the rules that never speak."""
        message = self.message
        yield f"{message.category} from {visible(message.sender)}, {message.at.isoformat()}"
        for residue in self.countries:
            yield ""
            yield from _country_lines(residue, silent)


def explain_campaign(campaign: Campaign, countries: Iterable[str]) -> CampaignExplanation:
    """What is left for some countries (ISO 3166-1 alpha-2); for none given, for all that a policy names."""
    wanted = tuple(countries) or named_countries(campaign.policy.rule_set)
    return CampaignExplanation(campaign.message, tuple(campaign.residue(country) for country in wanted))


def named_countries(rule_set: m.RuleSet) -> tuple[str, ...]:
    """The countries that policies name, themselves or by a subdivision, sorted."""
    places = [policy.places for policy in rule_set.policies]
    found = {code for place in places for code in (*place.countries, *(spot[:2] for spot in place.subdivisions))}
    return tuple(sorted(found))


def asked_by(residue: Residue) -> dict[str, tuple[str, ...]]:
    """The facts that still decide, sorted, each with the rules that ask for it."""
    return {
        name: tuple(dict.fromkeys(left.rule.id for left in residue.rules if name in left.asks))
        for name in sorted(residue.asks)
    }


def _country_lines(residue: Residue, silent: bool) -> Iterator[str]:
    counted = Counter(left.standing for left in residue.rules)
    yield (
        f"{residue.country}: of {len(residue.rules)} rules {counted['silent']} are silent for every recipient, "
        f"{counted['speaks']} speak for every recipient, {counted['open']} depend on the recipient"
    )
    for name, rules in asked_by(residue).items():
        meaning = f" ({_MEANINGS[name]})" if name in _MEANINGS else ""
        yield f"  decides {name}{meaning}: {', '.join(rules)}"
    for left in sorted(residue.rules, key=lambda left: (_ORDER[left.standing], left.rule.id, left.place)):
        if silent or left.standing != "silent":
            yield f"  {_told(left)}"


def _told(left: Left) -> str:
    place = "" if left.place in left.rule.places.countries or left.rule.places.anywhere else f" ({left.place})"
    why = left.why or f"asks {', '.join(left.asks) or 'no one'}"
    return f"{left.standing:7} {left.rule.id}{place}  {visible(left.rule.title)}: {visible(why)}"


def _country_data(residue: Residue) -> dict[str, Any]:
    return {
        "country": residue.country,
        "decides": {name: list(rules) for name, rules in asked_by(residue).items()},
        "rules": [_rule_data(left) for left in residue.rules],
    }


def _rule_data(left: Left) -> dict[str, Any]:
    rule = left.rule
    return {
        "rule": rule.id,
        "place": left.place,
        "standing": left.standing,
        "why": left.why,
        "asks": list(left.asks),
        "title": rule.title,
        "basis": rule.basis,
        "sources": [{"title": source.title, "url": source.url} for source in rule.sources],
    }
