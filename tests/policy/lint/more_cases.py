"""Cases of the lint rules from L121 on: a code, entries of a policy or whole policies, the texts under the findings."""

from __future__ import annotations

from .linting import rule

MARKETING = "when category is promotional "
MESSAGE = 'to "+33639980001" from "A" category promotional body "x"'
AT = "at 2026-11-24 10:00"


def policy(name: str, places: str, entries: str, languages: str = "en") -> str:
    """A whole policy."""
    return f'policy {name} "Title of {name}" {{ recipients {places} languages {languages} {entries} }}\n'


def house(name: str, clauses: str) -> str:
    """A house rule."""
    return rule(name, clauses, "house")


def tested(name: str, expectations: str, clauses: str = MARKETING + "deny") -> str:
    """A rule and a test of it."""
    return rule(name, clauses) + f'test "Test of {name}" {{ {MESSAGE} {AT} {expectations} }}'


NIGHT = 'table night (category) -> (open) {{ {} }}\nrule n "N" {{ when night(category).open is no deny basis house }}'
COUNTRY = 'table t (country) -> (v) {{ {} }}\nrule n "N" {{ when t(recipient.country).v is no deny basis house }}'
REQUIRED = 'rule a "A" {{ require {} else {} basis house }}'
CURLY, LONG = '" Stop : l’arrêt"', '" If you no longer wish to get these, reply STOP"'
TURKISH = '" Durdur: şimdi"'
MIXED = '" Durdur: şimdi, ahí"'
GSM_40 = f'" {"x" * 39}"'
# a letter of the Turkish tables takes two septets beside GSM-7, one in its place: the header leaves 155
TURKISH_34, TURKISH_36 = f'" {"x" * 33}ş"', f'" {"x" * 34}ş"'

RULES = [
    ("L121", rule("a", MARKETING + "deny") + rule("b", MARKETING + "only 08:00-20:00"), ["b"]),
    ("L121", rule("a", MARKETING + "deny") + rule("b", "only 08:00-20:00"), []),
    ("L121", rule("a", MARKETING + "deny") + rule("b", MARKETING + "and sender.shared deny"), ["b"]),
    (
        "L121",
        rule("a", MARKETING + "deny before 2026-01-01") + rule("b", MARKETING + "limit 1 per 1 day per recipient"),
        [],
    ),
    ("L121", rule("a", "require segments < 3") + rule("b", "require segments < 5"), ["b"]),
    ("L121", rule("a", "require segments < 3") + rule("b", "when sender.shared require segments < 3"), ["b"]),
    ("L121", rule("a", "require segments < 3") + rule("b", "when sender.shared require segments < 2"), []),
    ("L121", rule("a", MARKETING + "deny", "guideline cite act") + rule("b", MARKETING + "only 08:00-20:00"), []),
    ("L121", rule("a", MARKETING + "unless sender.shared deny") + rule("b", MARKETING + "only 08:00-20:00"), []),
    ("L121", rule("a", MARKETING + "deny") + rule("b", MARKETING + "deny"), []),
    ("L122", policy("RU", "RU", house("a", "only 10:00-18:00")), ["a"]),
    ("L122", policy("RU", "RU", house("a", "only 09:00-21:00")), []),
    ("L122", policy("RU", "RU", house("a", "only 10:00-18:00 in Europe/Moscow")), []),
    ("L122", policy("RU", "RU", house("a", "only 10:00-18:00 else warn")), []),
    ("L122", policy("RU", "anywhere", house("a", "only 10:00-18:00")), []),
    *(
        ("L124", house("a", MARKETING + added) + house("b", refused), hits)
        for added, refused, hits in (
            ('append " STOP {stop}"', 'require not (body mentions "STOP")', ["b"]),
            ('append " STOP {stop}"', 'when body mentions "stop" deny', ["b"]),
            ('append " STOP {stop}"', 'when body mentions "stop" and sender.shared deny', []),
            ('append " STOP {stop}"', 'when sender.shared require not (body mentions "stop")', ["b"]),
            ('append " STOP {stop}"', 'require not (body mentions "STOP 36179")', []),
            ('append " STOP{stop}"', 'require not (body mentions "STOP")', []),
            ('append "STOP {stop}"', 'require not (body mentions "STOP")', []),
            ('append " STOP {stop}"', 'require not (body mentions "START") or body mentions "STOP"', []),
            ('append " STOP {stop}"', "require length of body <= 5", ["b"]),
            ('append " STOP {stop}"', "require length of body <= 6", []),
            ('append " STOP {stop}"', "require length of body < 6", ["b"]),
            ('append " STOP {stop}"', "require length of body is 5", ["b"]),
            ('append " STOP {stop}"', "require length of body > 5", []),
            ('append " STOP {stop}"', "require length of body <= 5 or sender.shared", []),
            ('append " STOP {stop}"', "when category is political require length of body <= 5", []),
            ('append " STOP"', 'require body ends with "!"', ["b"]),
            ('append " STOP {stop}"', 'require body ends with "!"', []),
            ('append " STOP"', 'require body ends with "OP"', []),
            ('append " STOP"', 'require body ends with "now STOP"', []),
            ('append fr: " STOP", en: " END"', 'require body ends with "!"', ["b"]),
            ('append fr: " STOP", en: " END"', 'require body ends with "END"', []),
            ('append " STOP"', 'require body starts with "(Ad)"', []),
            ('prepend "[X] "', 'require body starts with "(Ad)"', ["b"]),
            ('prepend "[X] "', 'require body starts with "[X"', []),
            ('prepend "[{brand}] "', 'require body starts with "[Y"', []),
            ('prepend "[{brand}] "', 'require body starts with "(Ad)"', ["b"]),
            ('prepend "{brand}: "', 'require body starts with "(Ad)"', []),
        )
    ),
    *(
        (
            "L124",
            house("a", MARKETING + 'prepend "[X] "')
            + house("b", 'require body starts with "(Ad)"')
            + house("c", f'when sender.shared prepend "{other}"'),
            hits,
        )
        for other, hits in (("(Ad) ", []), ("[Y] ", ["b", "b"]))
    ),
    (
        "L124",
        'words closing { fr: "arrêt", "fin*" }\n'
        + house("a", 'append " FINIR ?"')
        + house("b", "require not (body mentions closing)"),
        ["b"],
    ),
    ("L124", house("a", 'append " STOP"') + rule("b", "require length of body < 5", "guideline cite act"), []),
    (
        "L124",
        rule("a", "require length of body <= 5") + house("b", 'append " STOP {stop}"'),
        ["a"],
    ),
    ("L124", house("a", 'require body starts with "[A]"') + house("b", 'require body starts with "[B]"'), ["b"]),
    ("L124", house("a", 'require body starts with "[A]"') + house("b", 'require body starts with "[A] x"'), []),
    (
        "L123",
        policy("A", "FR", house("a", "only 09:00-17:00")) + policy("B", "FR", house("b", "only 18:00-20:00")),
        ["b"],
    ),
    ("L123", policy("A", "FR", house("a", "only 09:00-17:00")) + policy("B", "DE", house("b", "only 18:00-20:00")), []),
    (
        "L123",
        policy("A", "FR", house("a", "only 09:00-17:00")) + policy("B", "anywhere", house("b", "only 16:00-20:00")),
        [],
    ),
    (
        "L123",
        policy("A", "JP", house("a", "only 09:00-17:00"))
        + policy("B", "anywhere", house("b", "only 09:00-17:00 in UTC")),
        ["b"],
    ),
    (
        "L123",
        policy("A", "FR", rule("a", "only 09:00-17:00", "guideline"))
        + policy("B", "FR", house("b", "only 18:00-20:00 replaces A.a")),
        [],
    ),
    (
        "L123",
        policy("A", "FR", house("a", MARKETING + "only 09:00-17:00"))
        + policy("B", "FR", house("b", "when category is political only 18:00-20:00")),
        [],
    ),
    ("L124", rule("a", "require sender.type is short_code") + rule("b", "require sender.type is toll_free"), ["b"]),
    ("L124", rule("a", "require segments < 3") + rule("b", "require segments < 5"), []),
    (
        "L124",
        rule("a", MARKETING + "require sender.shared")
        + rule("b", "when category is political require not (sender.shared)"),
        [],
    ),
    (
        "L124",
        rule("a", "require sender.shared before 2026-01-01")
        + rule("b", "require not (sender.shared) since 2026-01-01"),
        [],
    ),
    ("L125", NIGHT.format("promotional | no"), ["night(category).open"]),
    ("L125", NIGHT.format("promotional | no * | yes"), []),
    ("L125", COUNTRY.format("FR | no"), []),
    ("L125", COUNTRY.format("DE | no"), ["t(recipient.country).v"]),
    ("L125", policy("A", "anywhere", COUNTRY.format("DE | no")), ["t(recipient.country).v"]),
    ("L126", COUNTRY.format("FR | no DE | yes"), ["DE | yes"]),
    ("L126", NIGHT.format("promotional | no * | yes"), []),
    ("L126", COUNTRY.format("FR | no * | yes"), ["* | yes"]),
    ("L126", policy("A", "anywhere", COUNTRY.format("DE | no * | yes")), []),
    ("L127", 'words w { fr: "e-casino", "e casino" }', ['"e casino"']),
    ("L127", 'words w { fr: "сasino", "casino" }', ['"casino"']),
    ("L127", 'words w { fr: "casino", "CASINO" }', []),
    ("L127", 'words w { fr: "e-casino" en: "e casino" }', []),
    ("L127", 'words w { fr: "arret", "arrêt" hi: "सट्टा", "सट्टे" }', []),
    ("L128", 'words w { fr: "сasino" }', ['"сasino"']),
    ("L128", 'replies { opt_out fr: "SТOP" }', ['"SТOP"']),
    ("L128", 'words w { fr: "casino казино" }', []),
    ("L129", 'words w { fr: "betting", "sports betting" }', ['"sports betting"']),
    ("L129", 'words w { fr: "casin*", "casino" }', ['"casino"']),
    ("L129", 'words w { fr: "casino", "c4sino", "c a s i n o", "ca-sino" }', ['"c4sino"', '"c a s i n o"']),
    ("L129", 'words w { fr: "c4sino", "cas1no", "c a s i n o" }', []),
    ("L129", 'words w { fr: "bet", "b3t", "b e t" }', []),
    ("L129", 'words w { fr: "carte", "carte 4711" }', ['"carte 4711"']),
    ("L129", 'words w { fr: "casino", "casin*" }', ['"casino"']),
    ("L129", 'words w { fr: "bet now", "now bet", "bets now" }', []),
    ("L129", 'words w { fr: "bet" en: "sports bet" }', []),
    ("L130", 'words w { fr: "bet*" }', ['"bet*"']),
    ("L130", 'words w { fr: "pari*", "bet* now", "bet" ja: "賭け*" }', []),
    (
        "L131",
        policy("A", "FR", 'replies { opt_out fr: "FIN" }') + policy("B", "FR", 'replies { help nl: "fin" }'),
        ['"fin"'],
    ),
    ("L131", policy("A", "FR", 'replies { opt_out fr: "FIN" }') + policy("B", "DE", 'replies { help nl: "fin" }'), []),
    (
        "L131",
        policy("A", "FR", 'replies { opt_out fr: "FIN" }') + policy("B", "FR", 'replies { opt_out nl: "fin" }'),
        [],
    ),
    ("L132", policy("A", "BE", 'replies { opt_out fr: "STOP" }', "fr, nl"), ["nl"]),
    ("L132", policy("A", "BE", 'replies { opt_out fr: "STOP" opt_out nl: "STOP" }', "fr-BE, nl"), []),
    (
        "L132",
        policy("A", "BE", 'replies { help nl: "HULP" }', "en")
        + policy("B", "anywhere", 'replies { opt_out en: "STOP" }'),
        [],
    ),
    ("L133", policy("A", "BE", house("a", MARKETING + "deny"), "fr"), ["A"]),
    ("L133", policy("A", "BE", house("a", "when sender.shared deny"), "fr"), []),
    (
        "L133",
        policy("A", "BE", house("a", MARKETING + "deny"), "fr")
        + policy("B", "anywhere", 'replies { opt_out fr: "STOP" }'),
        [],
    ),
    # the words of the policies of its countries
    (
        "L132",
        policy("A", "BE, LU", 'replies { opt_out fr: "STOP" }', "fr, nl, de")
        + policy("B", "LU", 'replies { opt_out de: "STOP" }', "de"),
        ["nl"],
    ),
    (
        "L133",
        policy("A", "BE, LU", house("a", MARKETING + "deny"), "fr")
        + policy("B", "BE", 'replies { opt_out fr: "STOP" }', "fr")
        + policy("C", "LU", 'replies { opt_out fr: "STOP", "ARRET" }', "fr"),
        [],
    ),
    (
        "L133",
        policy("A", "BE, LU", house("a", MARKETING + "deny"), "fr, de")
        + policy("B", "BE", 'replies { opt_out fr: "STOP" }', "fr")
        + policy("C", "LU", 'replies { opt_out de: "STOP" }', "de"),
        [],
    ),
    (
        "L133",
        policy("A", "BE, LU", house("a", MARKETING + "deny"), "fr")
        + policy("B", "BE", 'replies { opt_out fr: "STOP" }', "fr"),
        ["A"],
    ),
    (
        "L133",
        policy("A", "US-FL, US-TX", house("a", MARKETING + "deny"), "en")
        + policy("B", "US", 'replies { opt_out en: "STOP" }', "en"),
        [],
    ),
    (
        "L133",
        policy("A", "US", house("a", MARKETING + "deny"), "en")
        + policy("B", "US-FL", 'replies { opt_out en: "STOP" }', "en"),
        ["A"],
    ),
    ("L134", REQUIRED.format('body mentions "x"', f"append {CURLY}"), [CURLY]),
    ("L134", REQUIRED.format('body mentions "x"', 'append fr: " Stop: l\'arret", ko: " (광고)"'), []),
    ("L134", "alphabets turkish\n" + REQUIRED.format('body mentions "x"', f"append {TURKISH}"), []),
    ("L134", "alphabets spanish\n" + REQUIRED.format('body mentions "x"', f"append {TURKISH}"), [TURKISH]),
    # tables of another policy for the country, of all countries, of one of two; letters of two languages
    (
        "L134",
        policy("A", "TR", REQUIRED.format('body mentions "x"', f"append {TURKISH}"), "tr")
        + policy("B", "TR, CY", "alphabets turkish", "tr"),
        [],
    ),
    (
        "L134",
        policy("A", "TR", REQUIRED.format('body mentions "x"', f"append {TURKISH}"), "tr")
        + policy("B", "anywhere", "alphabets turkish", "tr"),
        [],
    ),
    (
        "L134",
        policy("A", "TR, CY", REQUIRED.format('body mentions "x"', f"append {TURKISH}"), "tr")
        + policy("B", "TR", "alphabets turkish", "tr"),
        [TURKISH],
    ),
    (
        "L134",
        "alphabets turkish, spanish\n" + REQUIRED.format('body mentions "x"', f"append {MIXED}"),
        [MIXED],
    ),
    # letters that stand in the place of GSM-7's own alone
    ("L134", "alphabets portuguese\n" + REQUIRED.format('body mentions "x"', 'append " STOP ª"'), []),
    ("L135", REQUIRED.format('body mentions "x"', f"append {LONG}"), [LONG]),
    ("L135", "alphabets turkish\n" + REQUIRED.format('body mentions "x"', f"append {GSM_40}"), []),
    ("L135", "alphabets turkish\n" + REQUIRED.format('body mentions "x"', f"append {TURKISH_34}"), []),
    ("L135", "alphabets turkish\n" + REQUIRED.format('body mentions "x"', f"append {TURKISH_36}"), [TURKISH_36]),
    ("L135", REQUIRED.format('body mentions "x"', f"append {TURKISH_34}"), [TURKISH_34]),
    (
        "L135",
        policy("A", "TR", REQUIRED.format('body mentions "x"', f"append {TURKISH_34}"), "tr")
        + policy("B", "TR", "alphabets turkish", "tr"),
        [],
    ),
    ("L135", REQUIRED.format('body mentions "x"', 'append " Reply STOP to opt out {brand}"'), []),
    ("L135", 'rule a "A" { prepend "Это рекламное сообщение: " basis house }', ['"Это рекламное сообщение: "']),
    ("L136", rule("a", MARKETING + "deny") + rule("b", "when category is political deny replaces a"), ["a"]),
    ("L136", rule("a", MARKETING + "deny") + rule("b", "when sender.shared deny replaces a"), []),
    ("L136", rule("a", "deny before 2026-01-01") + rule("b", "deny since 2026-01-01 replaces a"), ["a"]),
    (
        "L137",
        policy("A", "DE", rule("a", "only 08:00-20:00", "guideline"))
        + policy("B", "FR", rule("b", "only 08:00-20:00 replaces A.a", "guideline")),
        ["A.a"],
    ),
    (
        "L137",
        policy("A", "US-FL", rule("a", "deny", "guideline"))
        + policy("B", "US", rule("b", "deny replaces A.a", "guideline")),
        ["A.a"],
    ),
    (
        "L137",
        policy("A", "US", rule("a", "deny", "guideline"))
        + policy("B", "US-FL", rule("b", "deny replaces A.a", "guideline")),
        [],
    ),
    ("L138", rule("a", MARKETING + "require register is no"), ["a"]),
    ("L138", rule("a", MARKETING + 'require register is no note "Ask the register."'), []),
    ("L138", rule("a", MARKETING + "require register is no", "guideline cite act"), []),
    ("L138", rule("a", "when register is known and register deny"), []),
    ("L138", tested("a", "expect deny by a expect missing registers", "require register is no"), []),
    ("L139", tested("a", "expect deny by a"), ["a"]),
    ("L139", tested("a", "cases (consent) { none | deny by a opted_in | allow }"), []),
    ("L139", tested("a", "cases (consent) { none | deny by a opted_in | no deny by a }"), []),
    ("L139", tested("a", "expect deny by a", "deny"), []),
    ("L140", rule("h_2024", "only 08:00-22:00") + rule("h", "only 08:00-21:00 since 2026-03-01"), ["h"]),
    ("L140", rule("h_2024", "only 08:00-22:00 before 2026-03-01") + rule("h", "only 08:00-21:00 since 2026-03-01"), []),
    ("L140", rule("h_2024", "only 08:00-22:00") + rule("g", "only 08:00-21:00 since 2026-03-01"), []),
    (
        "L141",
        rule("h_2024", "only 08:00-22:00 before 2026-02-01") + rule("h", "only 08:00-21:00 since 2026-03-01"),
        ["h"],
    ),
    ("L141", rule("h_2024", "only 08:00-22:00 before 2026-03-01") + rule("h", "only 08:00-21:00 since 2026-03-01"), []),
    ("L142", rule("a", "deny since 2206-03-01"), ["2206-03-01"]),
    ("L142", rule("a", "deny since 2036-03-01"), []),
    ("L143", 'source b "B" "https://example.com/b" checked 2026-11-23', ["2026-11-23"]),
    ("L143", 'source b "B" "https://example.com/b" checked 2026-11-22', []),
    ("L144", 'source b "B" "http://example.com/b" checked 2026-11-20', ["b"]),
    ("L144", 'source b "B" "https://example.com/b" checked 2026-11-20', []),
    ("L145", 'source b "B" "https://example.com/act/" checked 2026-11-20', ['"https://example.com/act/"']),
    ("L145", 'source b "B" "https://example.com/act#2" checked 2026-11-20', []),
    ("L146", f'rule a "{"x" * 101}" {{ deny basis house }}', [f'"{"x" * 101}"']),
    ("L146", f'rule a "{"x" * 100}" {{ deny basis house }}', []),
    ("L147", rule("a", f'deny note "{"x" * 601}"'), [f'"{"x" * 601}"']),
    ("L147", rule("a", f'deny note "{"x" * 600}"'), []),
    (
        "L148",
        rule("a", MARKETING + "unless category is promotional and sender.shared deny"),
        ["category is promotional"],
    ),
    ("L148", rule("a", "when sender.shared or segments > 3 or sender.shared deny"), ["sender.shared"]),
    ("L148", rule("a", MARKETING + "unless sender.shared and segments > 3 deny"), []),
    ("L149", rule("a", "when not (sender.type is not short_code) deny"), ["not (sender.type is not short_code)"]),
    ("L149", rule("a", "when not (not (sender.shared)) deny"), ["not (not (sender.shared))"]),
    ("L149", rule("a", "when not (sender.shared and sender.type is not short_code) deny"), []),
    (
        "L149",
        rule("a", "when not (not (not (sender.shared))) and sender.shared deny"),
        ["not (not (not (sender.shared)))"],
    ),
    ("L149", rule("a", "when not (not (segments is not 3)) deny"), ["not (not (segments is not 3))"]),
    ("L150", rule("a", "when not (not (segments > 3)) deny"), []),
    ("L150", rule("a", "when not ((not (consent is known))) deny"), []),
    ("L150", rule("a", "when not (sender.shared and not (segments > 3)) deny"), ["not (segments > 3)"]),
    ("L150", rule("a", "when not (segments > 3) deny"), ["not (segments > 3)"]),
    ("L150", rule("a", "when not (consent is known) deny"), ["not (consent is known)"]),
    ("L150", rule("a", "when not (sender.shared) or not (segments > 3 or sender.shared) deny"), []),
    ("L151", rule("a", "when category is one of (promotional) deny"), ["category is one of (promotional)"]),
    ("L151", "group NEAR = DE, BE " + rule("a", "when sender.country is one of (NEAR) deny"), []),
    ("L152", "table t (country) -> (v, w) { FR | yes | no }", ["t"]),
    ("L152", "table t (country) -> (v) { FR | yes }" + rule("a", "when t(recipient.country).v deny"), []),
    ("L153", rule("a", "deny") + rule("b", "when sender.shared deny"), ["FR"]),
    ("L153", rule("a", "deny"), []),
    ("L153", tested("a", "expect deny by a") + rule("b", "when sender.shared deny"), []),
    (
        "L154",
        f'{rule("a", "deny since 2026-11-26")} test "t" {{ {MESSAGE} {AT} expect deny by a }}',
        [f'test "t" {{ {MESSAGE} {AT} expect deny by a }}'],
    ),
    ("L154", f'{rule("a", "deny since 2026-11-25")} test "t" {{ {MESSAGE} {AT} expect deny by a }}', []),
    ("L154", f'{rule("a", "deny before 2026-11-23")} test "t" {{ {MESSAGE} {AT} expect allow }}', []),
    ("L155", REQUIRED.format('body mentions "STOP"', 'append " Write to {stop}"'), ['" Write to {stop}"']),
    ("L155", REQUIRED.format('body mentions "STOP" or body mentions "end"', 'append " To end: {stop}"'), []),
    ("L155", REQUIRED.format('body starts with "Ad: "', 'prepend "Ad "'), ['"Ad "']),
    ("L155", REQUIRED.format('body starts with "Ad: " and count of body.links > 0', 'prepend "Ad: "'), []),
    ("L155", REQUIRED.format('body ends with "END"', 'append " {brand}"'), []),
    (
        "L156",
        rule("a", "when sender.type is toll_free require sender.type is not short_code"),
        ["sender.type is not short_code"],
    ),
    ("L156", rule("a", "when sender.shared require sender.type is not short_code"), []),
    ("L156", rule("a", "unless segments > 3 require segments < 9"), ["segments < 9"]),
    ("L156", rule("a", "unless segments > 3 require segments < 3"), []),
    ("L157", rule("a", MARKETING + "unless category is emergency deny"), ["category is emergency"]),
    ("L157", rule("a", MARKETING + "unless sender.shared deny"), []),
]
"""What is found, and what is not."""
