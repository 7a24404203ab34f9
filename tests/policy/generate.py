"""Random rule files that the checker accepts, of the whole grammar, as tokens or as text.

Everything is drawn from one `random.Random`: hypothesis passes its own (`st.randoms(use_true_random=False)`) and can
then make a failing file smaller; long hunts pass a seeded one, which is faster.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from random import Random

from .generate_conditions import condition, text
from .generate_names import COUNTRIES, LANGUAGES, PHONES, STATES, SUBJECTS, Names, some

BASES = ("law", "regulator", "carrier", "provider", "house", "guideline")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ZONES = ("Europe/Paris", "America/New_York", "Asia/Kolkata", "UTC")
ACTIONS = (
    "deny",
    "require",
    "require_add",
    "require_warn",
    "only",
    "only_warn",
    "limit",
    "pace",
    "append",
    "prepend",
    "warn",
)


@dataclass
class Written:
    """What has been written so far that later entries may name."""

    names: Names = field(default_factory=Names)
    rules: list[tuple[str, str, str]] = field(default_factory=list)  # id, kind of action, basis


def policy_tokens(r: Random, policies: int = 2, rules: int = 4) -> list[str]:
    """The tokens of a file with up to so many policies of up to so many rules each."""
    written = Written()
    tokens: list[str] = []
    if r.random() < 0.5:
        written.names.groups.append("NEAR")
        tokens += ["group", "NEAR", "=", *commas(some(r, COUNTRIES + STATES))]
    for number in range(r.randint(1, policies)):
        name = "world" if number == 0 else f"P{number}"
        tokens += ["policy", name, text(r), "{", *_entries(r, name, rules, written), "}"]
    return tokens


def policy_text(r: Random, policies: int = 2, rules: int = 4) -> str:
    """A file as a person might have typed it: any line breaks, no comments."""
    return scattered(r, policy_tokens(r, policies, rules), comments=False)


def scattered(r: Random, tokens: list[str], comments: bool = True) -> str:
    """Tokens with blanks, line ends, blank lines and (at ends of lines) comments between them."""
    out = []
    for token in ["", *tokens]:
        out.append(token)
        roll = r.random()
        if comments and roll < 0.1:
            out.append(r.choice((" ", "\n", "\n\n\n  ")) + comment(r) + "\n")
        elif roll < 0.3:
            out.append(r.choice(("\n", "\r\n", "\n \n\n", "\n\t")))
        else:
            out.append(r.choice((" ", " ", "   ", "\t")))
    return "".join(out)


def comment(r: Random) -> str:
    """A comment; some hold what would mean something outside."""
    return r.choice(("#", "# why", '# "', "# } rule x {", "#!  ", "# else", "# expect", "# lint: allow L101", "# é 中"))


def commas(items: list[str]) -> list[str]:
    """Items as tokens with commas between them."""
    return [token for item in items for token in (item, ",")][:-1]


def _entries(r: Random, policy: str, rules: int, written: Written) -> list[str]:
    places = ["anywhere"] if policy == "world" else commas(some(r, COUNTRIES + STATES + tuple(written.names.groups)))
    tokens = ["recipients", *places, "languages", *commas(some(r, LANGUAGES))]
    if r.random() < 0.2 and all(place in ("anywhere", ",", *COUNTRIES) for place in places):
        tokens += ["alphabets", *commas(some(r, ("turkish", "spanish", "portuguese")))]
    calendar = r.random() < 0.6
    if calendar:
        also = ["also", *commas(some(r, ("2026-12-24", "2026-12-31")))] if r.random() < 0.3 else []
        tokens += ["holidays", r.choice(COUNTRIES), *also]
    sources = some(r, ("act", "guide", "charter"))
    for source in sources:
        tokens += [
            "source",
            source,
            text(r),
            '"https://example.com/law"',
            "checked",
            r.choice(("2026-11-20", "2024-02-29")),
        ]
    tokens += _words(r, written) + _table(r, policy, written)
    for number in range(r.randint(1, rules)):
        tokens += _rule(r, policy, f"r{number}", sources, calendar, written)
    tokens += ["never", "allow", "when", *condition(r, written.names)] if r.random() < 0.3 else []
    tokens += ["note", text(r)] if r.random() < 0.2 else []
    tokens += _replies(r) if r.random() < 0.4 else []
    for _ in range(r.randint(0, 2)):
        tokens += _test(r, policy, written)
    return tokens


def _words(r: Random, written: Written) -> list[str]:
    tokens = []
    for name in some(r, ("gambling", "spam_words", "loans")) if r.random() < 0.7 else ():
        written.names.words.append(name)
        tokens += ["words", name, "{"]
        for language in some(r, LANGUAGES):
            tokens += [
                f"{language}:",
                *commas(
                    some(
                        r,
                        (
                            '"casino"',
                            '"pari* sportif*"',
                            '"bet now"',
                            '"借款"',
                            '"Ünal"',
                            '"whisky"',
                            '"loan*"',
                            '"vote for"',
                        ),
                    )
                ),
            ]
        tokens.append("}")
    return tokens


def _table(r: Random, policy: str, written: Written) -> list[str]:
    if r.random() < 0.5:
        return []
    name = f"t_{policy.lower()}"
    written.names.tables.append(name)
    tokens = ["table", name, "(", "country", ",", "sender_type", ")", "->", "(", "support", ",", "most", ")", "{"]
    keys = [(place, kind) for place in (*COUNTRIES, "*") for kind in ("alphanumeric", "short_code", "*")]
    for place, kind in [*some(r, tuple(keys)), ("US", "long_code")]:
        support, most = r.choice(("yes", "no", "undocumented")), r.choice(("1", "160", "undocumented"))
        tokens += [place, "|", kind, "|", support, "|", most]
    return [*tokens, "CA", "|", "*", "|", "yes", "|", "7", "IT", "|", "*", "|", "no", "|", "8", "}"]


def _replies(r: Random) -> list[str]:
    tokens = ["replies", "{"]
    for kind in some(r, ("opt_out", "opt_in", "help")):
        for language in some(r, LANGUAGES):
            say = ["say", json.dumps(f"{{brand}}: {kind}")] if r.random() < 0.5 else []
            tokens += [kind, f"{language}:", *commas(some(r, (f'"{kind}"', '"STOP"', '"2"'))), *say]
    return [*tokens, "}"]


# ---- rules


def _rule(r: Random, policy: str, name: str, sources: list[str], calendar: bool, written: Written) -> list[str]:
    action, basis = r.choice(ACTIONS), r.choice(BASES)
    adds = action in ("require_add", "append", "prepend")
    clauses: list[list[str]] = [["basis", basis]]
    if r.random() < 0.8:
        clauses.append(["when", *condition(r, written.names, adds)])
    if r.random() < 0.3:
        clauses.append(["unless", *condition(r, written.names, adds)])
    kind, tokens = _action(r, action, calendar, written.names)
    clauses += [tokens, ["cite", *commas(some(r, tuple(sources)))]]
    dates = r.choice(((), ("since",), ("before",), ("since", "before")))
    clauses += [[word, "2025-01-01" if word == "since" else "2027-03-01"] for word in dates]
    wider = [rule for rule, other, firm in written.rules if other == kind and _may_replace(basis, firm)]
    if wider and r.random() < 0.5:
        clauses.append(["replaces", *commas(some(r, tuple(wider)))])
    clauses += [["note", text(r)]] if r.random() < 0.2 else []
    r.shuffle(clauses)
    written.rules.append((f"{policy}.{name}", kind, basis))
    return ["rule", name, text(r), "{", *(token for clause in clauses for token in clause), "}"]


def _may_replace(basis: str, wider: str) -> bool:
    return wider == "guideline" if basis == "house" else BASES.index(wider) >= BASES.index(basis)


def _action(r: Random, action: str, calendar: bool, names: Names) -> tuple[str, list[str]]:
    """The kind of action, as `replaces` compares it, and its tokens."""
    word = r.choice(("append", "prepend")) if action == "require_add" else action
    if action.startswith("require"):
        asked = ["require", *condition(r, names, action == "require_add")]
        if action == "require_add":
            return word, [*asked, "else", *_added(r, word)]
        if action == "require_warn":
            return "warn", [*asked, "else", "warn", *([text(r)] if r.random() < 0.5 else [])]
        return "deny", asked + (["else", "deny"] if r.random() < 0.2 else [])
    if action.startswith("only"):
        return "only", [*_only(r, calendar), *(["else", "warn"] if action == "only_warn" else [])]
    if action in ("append", "prepend"):
        return word, _added(r, word)
    if action in ("limit", "pace"):
        return word, _rate(r, word)
    return word, [word, text(r)] if word == "warn" else [word]


def _added(r: Random, word: str) -> list[str]:
    def added() -> str:
        return json.dumps(r.choice((" STOP {stop}", "{brand}: ", " (via {sender}) ", " Ad. ")))

    if r.random() < 0.5:
        return [word, added()]
    return [word, *(token for language in some(r, LANGUAGES) for token in (f"{language}:", added(), ","))][:-1]


def _rate(r: Random, word: str) -> list[str]:
    count = str(r.randint(1, 5))
    if word == "pace":
        unit = ["segments"] if r.random() < 0.5 else []
        keys = commas(some(r, ("sender", "brand", "campaign")))
        return ["pace", count, *unit, "per", "1", "second", "per", *keys]
    keys = commas(["recipient", *some(r, ("brand", "sender", "campaign", "category", "subject", "text"))])
    period = r.choice(
        (["7", "days"], ["24", "hours"], ["calendar", "day"], ["calendar", "week"], ["calendar", "month"])
    )
    return ["limit", count, "per", *period, "per", *keys]


def _only(r: Random, calendar: bool) -> list[str]:
    tokens = ["only"]
    holidays = calendar and r.random() < 0.4
    for number in range(r.randint(1, 3)):
        tokens += [","] if number else []
        start = r.randint(0, 22 * 4)
        end = r.randint(start + 1, 24 * 4)
        days = some(r, (*DAYS, "mon-fri", "sat-thu")) if r.random() < 0.6 else []
        days += ["holidays"] if holidays and days and r.random() < 0.6 else []
        tokens += [*days, f"{start // 4:02}:{start % 4 * 15:02}-{end // 4:02}:{end % 4 * 15:02}"]
    if calendar and "holidays" not in tokens and r.random() < 0.5:
        tokens.append("except holidays")
    return tokens + (["in", r.choice(ZONES)] if r.random() < 0.2 else [])


# ---- tests


def _test(r: Random, policy: str, written: Written) -> list[str]:
    settings = [
        ["to", json.dumps(r.choice(PHONES))],
        ["from", r.choice(('"ACME"', '"12345"', '"+12025550123"'))],
        ["category", r.choice(("promotional", "transactional", "emergency"))],
        [
            "at",
            "2026-11-24",
            r.choice(("22:14", "9:30", "10:00:30", "08:00 Europe/Paris", "08:00+01:00", "08:00-05:00")),
        ],
        ["body", text(r)],
        ["history", *_history(r)],
    ]
    settings += some(
        r,
        (
            ["consent", r.choice(("opted_in", "none", "unknown"))],
            ["consent.at", r.choice(("2026-01-01", "2026-01-01 10:00"))],
            ["brand.stop", '"36179"'],
            ["subjects", *commas(some(r, SUBJECTS))],
            ["registrations", '"10dlc"', ",", '"sender_id:FR"'],
            ["registers.US-FL.listed", "no"],
            ["recipient.age_at_least", "18"],
        ),
    )
    by = ["by", *commas(some(r, tuple(rule for rule, _, _ in written.rules)))] if r.random() < 0.5 else []
    expects = [r.choice((["allow"], ["deny"], ["defer"], ["defer", "until", "2026-11-25", "08:00"])) + by]
    expects += some(r, (["segments", "1"], ["encoding", "gsm7"], ["missing", "consent"], ["text", '"x"'], ["warn"]))
    expects += some(r, (["no", "deny", *by], ["no", "defer"], ["no", 'append "x"'], ["no", "warn"]))
    parts = settings + [["expect", *expect] for expect in expects]
    r.shuffle(parts)
    parts += [_cases(r)] if r.random() < 0.3 else []
    return ["test", text(r), "{", *(token for part in parts for token in part), "}"]


def _history(r: Random) -> list[str]:
    entries = [
        ["2025-11-20", "10:00", "promotional"],
        ["2025-11-21", "10:00", "UTC", "transactional", "brand", '"ACME"', "campaign", '"x"'],
        ["2025-11-22", "10:00+01:00", "promotional", "sender", '"A"'],
    ]
    chosen = r.sample(entries, r.randint(0, len(entries)))
    listed = [token for entry in chosen for token in (*entry, ",")]
    return ["[", *listed[:-1], "]"]


def _cases(r: Random) -> list[str]:
    tokens = ["cases", "(", "channel", ",", "sender_shared", ")", "{"]
    for _ in range(r.randint(0, 3)):
        outcome = r.choice(
            (
                ["allow"],
                ["deny"],
                ["defer", "until", "2026-11-25", "8:00"],
                ['append " STOP"'],
                ["no", "deny"],
                ["no", "pace"],
                *(["segments 2"], ["encoding gsm7"], ["missing consent.at"], ["missing holidays"], ['text "x"']),
                *(["opt_out in", "fr"], ["help in", "pt-BR"], ["nothing"]),
            )
        )
        tokens += [r.choice(("sms", "rcs")), "|", r.choice(("yes", "no")), "|", *outcome]
    return [*tokens, "}"]
