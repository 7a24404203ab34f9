"""How rules meet: `replaces`, subjects, tables, added text, the strictest, sentence by sentence."""

from __future__ import annotations

from typing import Any

import pytest
from sendlaw.policy.diagnostics import PolicyError

from .meaning import ANYWHERE_US, MIAMI, NEW_YORK, judged, policy, told, written

WORLD = written('rule hours "H" { only 09:00-20:00 GUIDE } rule no "N" { deny GUIDE }', "anywhere", "W", "")
EVENING = "2026-11-24T21:00:00+01:00"
CLOSED = "defer 2026-11-25T09:00:00+01:00; W.hours defer"


@pytest.mark.parametrize(
    ("rule", "fields", "expected"),
    [
        # Where its `when` is known to hold, the wider rule is silent.
        ("only 08:00-22:00 replaces W.hours LAW", {}, "allow"),
        ("when category is promotional only 08:00-22:00 replaces W.hours LAW", {}, "allow"),
        ("when category is political only 08:00-22:00 replaces W.hours LAW", {}, CLOSED),
        # Not known to hold: both apply.
        ("when consent is none only 08:00-22:00 replaces W.hours LAW", {}, CLOSED),
        ("when consent is none only 08:00-22:00 replaces W.hours LAW", {"consent": {"status": "none"}}, "allow"),
        ("when consent.age <= 2 years only 08:00-22:00 replaces W.hours LAW", {}, CLOSED),
        ("when consent.age <= 2 years only 08:00-22:00 replaces W.hours LAW", {"consent": {"at": EVENING}}, "allow"),
        # `unless` is left aside: the exception belongs to the same law.
        (
            "unless consent covers night only 08:00-10:00 replaces W.hours LAW",
            {"consent": {"covers": ["night"]}},
            "allow",
        ),
        ("unless consent covers night only 08:00-22:00 replaces W.hours LAW", {}, "allow"),
        # Not in force: it replaces nothing.
        ("only 08:00-22:00 replaces W.hours since 2026-11-25 LAW", {}, CLOSED.replace("T09", "T08")),
        ("only 08:00-22:00 replaces W.hours before 2026-11-24 LAW", {}, CLOSED),
        ("only 08:00-22:00 replaces W.hours since 2026-11-24 LAW", {}, "allow"),
        # One that says `subject` replaces for its subjects, and nothing where there are none.
        ("when subject is gifts only 08:00-22:00 replaces W.hours LAW", {}, CLOSED),
        ("when subject is gifts only 08:00-22:00 replaces W.hours LAW", {"subjects": ["gifts"]}, "allow"),
        ("when subject is gifts only 08:00-22:00 replaces W.hours LAW", {"subjects": ["gifts", "loans"]}, CLOSED),
    ],
)
def test_replaces(rule: str, fields: dict[str, Any], expected: str) -> None:
    rules = policy(WORLD.replace('rule no "N" { deny', 'rule no "N" { when category is emergency deny'),
                   written(f'rule a "A" {{ {rule} }}'))  # fmt: skip
    assert told(judged(rules, {"at": EVENING, **fields})) == expected


@pytest.mark.parametrize(
    ("to", "stated", "expected"),
    [
        (MIAMI, None, "allow"),
        (NEW_YORK, None, "deny; W.a deny"),
        # In one of several places only, it replaces nothing.
        (ANYWHERE_US, None, "deny; W.a deny"),
        (NEW_YORK, "US-FL", "deny; W.a deny"),
        (ANYWHERE_US, "US-FL", "allow"),
    ],
)
def test_replaces_in_every_place_the_recipient_may_be(to: str, stated: str | None, expected: str) -> None:
    wide = written('rule a "A" { deny GUIDE }', "US", "W", "")
    narrow = written('rule a "A" { when category is promotional require category is promotional replaces W.a LAW }',
                     "US-FL", "F", "")  # fmt: skip
    assert told(judged(policy(wide, narrow), {"to": to, "recipient": {"subdivision": stated}})) == expected


HALF_PAST = "2026-03-01T00:30:00+01:00"  # midnight has passed in Madrid, not in the Canaries


@pytest.mark.parametrize(
    ("wide", "narrow", "expected"),
    [
        ("", "since 2026-03-01", "deny; W.a deny"),
        ("", "before 2026-03-01", "deny; W.a deny"),
        ("", "since 2026-02-28", "allow"),
        ("", "since 2026-03-01 before 2026-04-01", "deny; W.a deny"),
        # Where the wider rule itself is in force, it is replaced: on the clock on which it has begun, or not yet ended.
        ("since 2026-03-01", "since 2026-03-01", "allow"),
        ("before 2026-03-01", "before 2026-03-01", "allow"),
        ("before 2026-03-01", "since 2026-03-01", "deny; W.a deny"),
    ],
)
def test_replaces_on_every_clock_of_the_recipient(wide: str, narrow: str, expected: str) -> None:
    rules = policy(
        written(f'rule a "A" {{ deny GUIDE {wide} }}', "anywhere", "W", ""),
        written(f'rule a "A" {{ require category is promotional replaces W.a LAW {narrow} }}', "ES", "P", ""),
    )
    assert told(judged(rules, {"to": "+34612345678", "at": HALF_PAST})) == expected


def test_two_versions_replace_by_turns() -> None:
    rules = policy(
        written('rule a "A" { deny GUIDE }', "anywhere", "W", ""),
        written(
            'rule a "A" { require category is promotional replaces W.a LAW before 2026-03-01 }'
            'rule b "B" { require category is promotional replaces W.a LAW since 2026-03-01 }',
            "ES",
            "P",
            "",
        ),
    )
    for at in ("2026-02-28T23:30:00+01:00", HALF_PAST, "2026-03-01T01:30:00+01:00"):
        assert told(judged(rules, {"to": "+34612345678", "at": at})) == "allow"


def test_a_deferral_ends_where_the_rule_is_replaced_on_every_clock() -> None:
    rules = policy(
        written('rule a "A" { only 09:00-10:00 GUIDE }', "anywhere", "W", ""),
        written('rule a "A" { only 00:00-24:00 replaces W.a LAW since 2026-03-01 }', "ES", "P", ""),
    )
    expected = "defer 2026-03-01T00:00:00+00:00; W.a defer"  # written in the first zone by name
    assert told(judged(rules, {"to": "+34612345678", "at": HALF_PAST})) == expected


@pytest.mark.parametrize(
    ("federal", "state", "expected"),
    [
        (False, True, "allow; F.a warn"),
        (True, False, "deny; F.a warn; W.a deny"),
        (None, False, "deny; C.a deny ?registers; F.a warn; W.a deny"),
    ],
)
def test_a_country_replaces_by_its_own_register_wherever_in_it_they_are(
    federal: bool | None, state: bool, expected: str
) -> None:
    wide = written('rule a "A" { deny GUIDE }', "anywhere", "W", "")
    country = written('rule a "A" { when register is no require register is no replaces W.a LAW }', "US", "C", "")
    names_florida = written('rule a "A" { warn "w" LAW }', "US-FL", "F", "")
    registers = {"US": federal, "US-FL": state}
    fields = {
        "to": MIAMI,
        "registers": {place: {"listed": listed} for place, listed in registers.items() if listed is not None},
    }
    assert told(judged(policy(wide, country, names_florida), fields)) == expected


@pytest.mark.parametrize(
    ("rules", "code"),
    [
        # The wider rule may not stand firmer, must act alike, and a house replaces only guidelines.
        ('rule a "A" { only 08:00-20:00 LAW } rule b "B" { only 08:00-22:00 replaces a GUIDE }', "E503"),
        ('rule a "A" { only 08:00-20:00 GUIDE } rule b "B" { deny replaces a LAW }', "E502"),
        ('rule a "A" { deny basis house } rule b "B" { deny replaces a basis house }', "E504"),
        ('rule a "A" { deny replaces a LAW }', "E501"),
        ('rule a "A" { deny replaces b LAW } rule b "B" { deny replaces a LAW }', "E501"),
        ('rule a "A" { deny replaces b LAW }', "E203"),
        # A rule that adds text may not ask for what the text changes.
        ('rule a "A" { when segments > 1 append " x" LAW }', "E505"),
        ('rule a "A" { unless length of body > 9 append " x" LAW }', "E505"),
        ('rule a "A" { require encoding is gsm7 else prepend "x " LAW }', "E505"),
        ('table t (n) -> (v) { 1 | yes\n * | no } rule a "A" { when t(segments).v is yes append "x" LAW }', "E505"),
        # A misspelt name is an error, never a rule that silently passes.
        ('rule a "A" { when categry is promotional deny LAW }', "E201"),
        ('rule a "A" { when category is promotionl deny LAW }', "E202"),
        ('rule a "A" { when subject is gamblin deny LAW }', "E209"),
        ('rule a "A" { when recipient.country is UK deny LAW }', "E206"),
        ('rule a "A" { only 08:00-09:00 in Europe/Pari LAW }', "E208"),
        ('rule a "A" { when registrations has "sender_id:XQ" deny LAW }', "E210"),
        ('rule a "A" { when consent is unknown deny LAW }', "E202"),
        ('rule a "A" { when category is promotional and consent is none or consent is opted_in deny LAW }', "E406"),
        ('rule a "A" { limit 1 per 1 month per recipient LAW }', "E312"),
        ('rule a "A" { limit 1 per 1 day per brand LAW }', "E408"),
        ('rule a "A" { only 20:00-08:00 LAW }', "E405"),
        ('rule a "A" { when sender.id matches "(a)\\\\1" deny LAW }', "E304"),
        ('rule a "A" { append " {name}" LAW }', "E213"),
        ('rule a "A" { when category is promotional LAW }', "E401"),
        ('rule a "A" { deny warn "w" LAW }', "E402"),
        ('rule a "A" { deny basis law cite t }', "E204"),
    ],
)
def test_what_the_checker_refuses(rules: str, code: str) -> None:
    with pytest.raises(PolicyError) as raised:
        policy(written(rules))
    assert [finding.code for finding in raised.value.findings] == [code]


WORDS = 'words gambling { en: "casino" }\n'
ALCOHOL = 'words gambling { fr: "loterie" }\nrule z "Z" { warn "z" basis house }'


@pytest.mark.parametrize(
    ("rule", "fields", "expected"),
    [
        # Silent without subjects, also where it says only what the subject is not.
        ("when subject is gambling deny LAW", {}, "allow"),
        ("when subject is not gambling deny LAW", {}, "allow"),
        ("unless subject is gambling deny LAW", {}, "allow"),
        ("require subject is gambling LAW", {}, "allow"),
        # Declared, found by words of any policy, and political by category.
        ("when subject is gambling deny LAW", {"subjects": ["gambling"]}, "deny; P.a deny"),
        ("when subject is gambling deny LAW", {"body": "Big casino"}, "deny; P.a deny"),
        ("when subject is gambling deny LAW", {"body": "Grande loterie"}, "deny; P.a deny"),
        ("when subject is political deny LAW", {"category": "political"}, "deny; P.a deny"),
        # Judged once for each, the strictest counts.
        ("when subject is not gambling deny LAW", {"subjects": ["gambling", "gifts"]}, "deny; P.a deny"),
        ("when subject is not gambling deny LAW", {"subjects": ["gambling"]}, "allow"),
        ("require subject is gambling LAW", {"subjects": ["gambling", "gifts"]}, "deny; P.a deny"),
        ("unless subject is gambling deny LAW", {"subjects": ["gambling", "gifts"]}, "deny; P.a deny"),
        # What only warns for one of them is not told beside what refuses for another.
        (
            "when subject is gambling or (subject is loans and consent is none) deny GUIDE",
            {"subjects": ["gambling", "loans"]},
            "deny; P.a deny",
        ),
        (
            "when subject is gambling or (subject is loans and consent is none) deny GUIDE",
            {"subjects": ["loans"]},
            "allow; P.a warn ?consent",
        ),
        # A subject in a table's key.
        ("when t(subject).v is yes deny LAW", {"subjects": ["gifts", "loans"]}, "deny; P.a deny"),
        ("when t(subject).v is yes deny LAW", {"subjects": ["gifts"]}, "allow"),
        ("when t(subject).v is yes deny LAW", {}, "allow"),
    ],
)
def test_subjects(rule: str, fields: dict[str, Any], expected: str) -> None:
    table = "table t (what) -> (v) { loans | yes\n * | no }\n"
    rules = policy(written(f'{WORDS}{table}rule a "A" {{ {rule} }}'), written(ALCOHOL, "BE", "Q", ""))
    assert told(judged(rules, fields)) == expected


TABLE = """table t (country, kind) -> (v, n) {
  FR | alphanumeric | a | 3
  FR | *            | b | undocumented
  *  | alphanumeric | c | 5
}
"""


@pytest.mark.parametrize(
    ("asked", "fields", "holds"),
    [
        # The most specific row, further left first.
        ("t(recipient.country, sender.type).v is a", {}, True),
        ("t(recipient.country, sender.type).v is b", {"sender": "36123"}, True),
        ("t(sender.country, sender.type).v is c", {"sender_country": "BE"}, True),
        # A key may be written out.
        ("t(recipient.country, alphanumeric).v is a", {"sender": "36123"}, True),
        ("t(recipient.country, short_code).v is a", {}, False),
        ("t(sender.country, alphanumeric).v is c", {"sender_country": "BE"}, True),
        # A gap is unknown, and so is a number that nobody documented.
        ("t(sender.country, sender.type).v is known", {"sender": "36123", "sender_country": "BE"}, False),
        ("t(recipient.country, sender.type).n <= 3", {}, True),
        ("t(recipient.country, sender.type).n < 3", {}, False),
        ("t(recipient.country, sender.type).n >= 3", {}, True),
        ("t(recipient.country, sender.type).n > 3", {}, False),
        ("t(recipient.country, sender.type).n > 0", {"sender": "36123"}, False),
        ("t(recipient.country, sender.type).n is undocumented", {"sender": "36123"}, True),
    ],
)
def test_tables(asked: str, fields: dict[str, Any], holds: bool) -> None:
    rules = policy(written(f'{TABLE}rule a "A" {{ require {asked} LAW }}'))
    assert judged(rules, fields).allowed is holds


@pytest.mark.parametrize(
    ("asked", "fields", "missing"),
    [
        # An undocumented number lacks in the table, a row that is not there too, a key in the message.
        ("t(recipient.country, sender.type).n > 0", {"sender": "36123"}, ("t",)),
        ("t(sender.country, sender.type).n > 0", {"sender": "36123", "sender_country": "BE"}, ("t",)),
        ("t(sender.country, sender.type).n > 0", {"sender": "36123"}, ("sender_country",)),
        ("t(sender.country, sender.type).v is a", {"sender": "36123"}, ("sender_country",)),
        ("t(recipient.country, sender.type).n > 3", {}, ()),
        # `*` stands for every key that is known.
        ("any(sender.country, sender.type).v is yes", {"sender": "36123"}, ("sender_country",)),
        ("any(sender.country, sender.type).v is no", {"sender": "36123", "sender_country": "BE"}, ()),
    ],
)
def test_what_a_table_lacks(asked: str, fields: dict[str, Any], missing: tuple[str, ...]) -> None:
    every = "table any (country, kind) -> (v) { FR | * | no\n * | * | yes }\n"
    rules = policy(written(f'{TABLE}{every}rule a "A" {{ require {asked} LAW }}'))
    verdict = judged(rules, fields)
    assert (verdict.allowed, verdict.missing) == (False, missing)


@pytest.mark.parametrize(
    ("asked", "body", "holds"),
    [
        # A link leads to a domain if it leads to any part of it.
        ('body.links has "example.com"', "See https://example.com/a", True),
        ('body.links has "example.com"', "See https://shop.example.com/a", True),
        ('body.links has "example.com"', "See https://notexample.com/a", False),
        ('body.links has "example.com"', "See nothing", False),
        ('body.shorteners has "bit.ly"', "See https://bit.ly/a and https://example.com", True),
        ('body.shorteners has "bit.ly"', "See https://x.bit.ly/a", True),
        ('body.shorteners has "example.com"', "See https://bit.ly/a and https://example.com", False),
        ("count of body.links > 1", "See https://bit.ly/a and https://example.com", True),
        ('body.phone_numbers has "+33612345678"', "Call +33 6 12 34 56 78", True),
        ('body.phone_numbers has "+3361234567"', "Call +33 6 12 34 56 78", False),
        ('body.unencodable has "ç"', "ça", True),
        ('body.unencodable has "ç"', "ca", False),
    ],
)
def test_what_a_text_holds(asked: str, body: str, holds: bool) -> None:
    """Asked in both ways: a rule that is left out by mistake is seen in one of them."""
    for rule, allowed in ((f"require {asked}", holds), (f"when {asked} deny", not holds)):
        assert judged(policy(written(f'rule a "A" {{ {rule} LAW }}')), {"body": body}).allowed is allowed


@pytest.mark.parametrize(
    ("rules", "fields", "text"),
    [
        # Firmest outermost, then by rule ID; equal texts once.
        (
            'rule a "A" { append " a" GUIDE } rule b "B" { append " b" LAW } rule c "C" { append " c" LAW }',
            {},
            "Soldes a c b",
        ),
        (
            'rule a "A" { prepend "a " GUIDE } rule b "B" { prepend "b " LAW } rule c "C" { prepend "c " LAW }',
            {},
            "b c a Soldes",
        ),
        ('rule a "A" { append " x" LAW } rule b "B" { append " x" GUIDE }', {}, "Soldes x"),
        # Already there: not again.
        ('rule a "A" { append " x" LAW }', {"body": "Soldes x"}, "Soldes x"),
        # The recipient's language, that of a region too; else the policy's first.
        ('rule a "A" { append en: " E", fr: " F" LAW }', {}, "Soldes F"),
        ('rule a "A" { append en: " E", fr: " F" LAW }', {"recipient": {"language": "en-GB"}}, "Soldes E"),
        ('rule a "A" { append en: " E", fr: " F" LAW }', {"recipient": {"language": "de"}}, "Soldes F"),
        # In none of the policy's languages: the first.
        ('rule a "A" { append zh: " Z", zh-Hant: " H" LAW }', {"recipient": {"language": "zh-Hant-TW"}}, "Soldes H"),
        ('rule a "A" { append zh: " Z", zh-Hant: " H" LAW }', {"recipient": {"language": "zh-TW"}}, "Soldes Z"),
        ('rule a "A" { append de: " D", es: " S" LAW }', {"recipient": {"language": "it"}}, "Soldes D"),
        ('rule a "A" { append de: " D", es: " S" LAW }', {"recipient": {"language": "es-AR"}}, "Soldes S"),
        # Placeholders are filled once: what a name holds is no placeholder.
        (
            'rule a "A" { append " {brand} {sender} {stop}" LAW }',
            {"brand": {"name": "{stop} {sender}", "stop": "36{brand}"}},
            "Soldes {stop} {sender} ACME 36{brand}",
        ),
        # A rule that adds text sees what the sender wrote, every other rule the text as it will be sent.
        (
            'rule a "A" { append " STOP" LAW } rule b "B" { require body mentions "STOP" else append "!" LAW }',
            {},
            "Soldes! STOP",
        ),
    ],
)
def test_added_text(rules: str, fields: dict[str, Any], text: str) -> None:
    assert judged(policy(written(rules)), fields).text == text


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        # `deny` over `defer` over `allow`; every reason, sorted by rule; neither files nor rules have an order.
        (
            'rule c "C" { deny LAW } rule a "A" { warn "w" LAW } rule b "B" { only 13:00-14:00 LAW }',
            "deny; P.a warn; P.b defer; P.c deny",
        ),
        (
            'rule b "B" { only 13:00-14:00 LAW } rule a "A" { warn "w" LAW }',
            "defer 2026-11-24T13:00:00+01:00; P.a warn; P.b defer",
        ),
        # A guideline known to be broken refuses as any other.
        ('rule a "A" { deny GUIDE }', "deny; P.a deny"),
        # What is added counts: lengths and segments are judged after.
        (
            f'rule a "A" {{ append "{"x" * 160}" LAW }} rule b "B" {{ require segments <= 1 LAW }}',
            "deny; P.a append; P.b deny",
        ),
        ('rule a "A" { append " STOP" LAW } rule b "B" { require body mentions "STOP" LAW }', "allow; P.a append"),
        # A pace never changes the decision.
        ('rule a "A" { pace 1 segments per 1 second per sender LAW }', "allow; P.a pace"),
    ],
)
def test_the_strictest_wins(rules: str, expected: str) -> None:
    assert told(judged(policy(written(rules)), {})) == expected


def test_a_pace_of_several_places_is_one_obligation() -> None:
    rules = policy(written('rule a "A" { pace 1 per 1 second per sender LAW }', "US-FL, US-TX", holidays=""))
    assert len(judged(rules, {"to": ANYWHERE_US}).obligations) == 1


def test_obligations_tell_what_was_added_where_in_the_order_of_the_text_then_paces_and_warnings() -> None:
    rules = policy(
        written(
            'rule a "A" { append " a" GUIDE } rule b "B" { prepend "b " LAW } rule c "C" { append " c" LAW }'
            'rule d "D" { prepend "d " GUIDE } rule e "E" { append " a" LAW } rule f "F" { warn "w" LAW }'
            'rule g "G" { pace 2 per 1 minute per sender LAW } rule h "H" { when consent is none deny GUIDE }'
        )
    )
    verdict = judged(rules, {})
    assert verdict.text == "b d Soldes a c"
    assert [(duty.kind, duty.text, duty.rule) for duty in verdict.obligations] == [
        ("prepend", "b ", "P.b"),
        ("prepend", "d ", "P.d"),
        ("append", " a", "P.e"),
        ("append", " c", "P.c"),
        ("pace", "2 messages per 1 minute per sender", "P.g"),
    ]
    assert verdict.warnings == ("w", "H")
