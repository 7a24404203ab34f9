"""Reading rule files: what is written well, and every kind of bad input: clear errors, never a traceback."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sendlaw.policy import tree as t
from sendlaw.policy.checker import Checked, check
from sendlaw.policy.codes import CODES
from sendlaw.policy.parser import MAX_ERRORS, MAX_NESTING, Parsed, parse
from sendlaw.policy.render import counts, render_json, render_text
from sendlaw.policy.source import Source
from sendlaw.policy.syntax_errors import RESERVED
from sendlaw.policy.walk import walk

GRAMMAR = Path(__file__).resolve().parents[2] / "grammar" / "policy.lark"
FILE = """\
# A file of ordinary size.
group BENELUX = BE, NL, LU

policy FR "France" {
  recipients FR, BENELUX
  languages  fr
  holidays   FR also 2026-12-24
  source act "Act" "https://example.org/act" checked 2026-11-20

  words gambling {
    fr: "casino", "pari* sportif*"
  }

  table t (country, sender_type) -> (support) {
    FR | alphanumeric | yes
    *  | *            | undocumented
  }

  rule consent "Consent grows old" {
    when    category is promotional and not (channel is mms)
    unless  t(recipient.country, sender.type).support is no
    require (consent is opted_in and consent.age <= 2 years) or length of body > 3
    basis   law  cite act
    since   2026-03-01
    note    "Écrit à l'été."
  }

  rule hours "By day" {
    only  mon-sat 08:00-21:30, sun holidays 10:00-12:00  else warn "Quiet."
    basis carrier  cite act
  }

  rule often "Two a week" {
    limit 2 per 7 days  per recipient, brand
    basis guideline
  }

  rule way_out "Says how to stop" {
    require body mentions "STOP" else append fr: " STOP au {stop}", en: " STOP"
    basis law  cite act
  }

  replies { opt_out fr: "STOP" say "{brand}" }

  never allow when consent is opted_out

  test "Late" {
    to "+33639980001"  from "ACME"  at 2026-11-24 22:14 Europe/Paris
    history [ 2026-11-20 10:00 promotional brand "ACME" ]
    expect defer until 2026-11-25 08:00 by hours
    cases (channel, body) { sms | "x" | allow }
  }
}
"""


def read(text: str) -> Parsed:
    return parse(Source("x.policy", text))


def judged(text: str) -> Checked:
    """A file read and checked, with what holds for any file: places in it, known codes, and something to show."""
    parsed = read(text)
    result = check([parsed])
    for finding in result.findings:
        assert finding.code in CODES
        assert finding.message and finding.help
        assert 0 <= finding.span.start <= finding.span.end <= len(text)
    assert render_text(result.findings).isprintable() or "\n" in render_text(result.findings)
    assert render_json(result.findings)
    assert (result.rule_set is None) == any(finding.severity == "error" for finding in result.findings)
    return result


def codes(text: str) -> list[str]:
    return [finding.code for finding in judged(text).findings]


def policy(body: str) -> str:
    return f'policy FR "France" {{ recipients FR languages fr {body} }}'


def test_the_file_itself_is_right() -> None:
    assert codes(FILE) == []


@pytest.mark.parametrize("part", range(4))
def test_a_file_cut_at_every_byte(part: int) -> None:
    data = FILE.encode("utf-8")
    assert 1300 < len(data) < 1800
    for end in range(part, len(data), 4):
        text = data[:end].decode("utf-8", errors="ignore")
        opened = sum(text.count(bracket) for bracket in "{") - text.count("}")
        parsed = read(text)
        assert bool(parsed.findings) or opened <= 0, text[-40:]
        check([parsed])


def test_a_file_without_any_one_of_its_lines() -> None:
    lines = FILE.splitlines(keepends=True)
    for number in range(len(lines)):
        judged("".join(lines[:number] + lines[number + 1 :]))


@pytest.mark.parametrize("text", ["", " ", "\n", "# only a comment", "# one\n\n# two\n", "\r\n"])
def test_a_file_that_says_nothing_is_right(text: str) -> None:
    result = judged(text)
    assert result.findings == ()
    assert result.rule_set is not None
    assert result.rule_set.rules == ()


ENTRIES = (
    "languages fr, en",
    "alphabets turkish, spanish",
    "holidays FR also 2026-12-24",
    'source act "Act" "https://example.org/act" checked 2026-11-20',
    'words w { fr: "a" }',
    "table t (channel) -> (v) {\n sms | yes\n}",
    'rule r "R" { only sat holidays 08:00-09:00 basis law cite act }',
    "never allow when sender.shared",
    'replies { opt_out fr: "STOP" }',
    'test "T" { body "x" expect missing holidays }',
    'note "N"',
)


@pytest.mark.parametrize("second", ENTRIES)
@pytest.mark.parametrize("first", ENTRIES)
def test_any_entry_may_follow_any_other(first: str, second: str) -> None:
    assert parse(Source("a.policy", f'policy P "P" {{ recipients FR {first} {second} }}')).findings == ()


def test_comments_are_kept_beside_the_tree() -> None:
    text = '# first\npolicy FR "# no comment" { # second\n}'
    assert [comment.text for comment in read(text).file.comments] == ["# first", "# second"]


@pytest.mark.parametrize("brackets", ["()", "{}", "[]"])
def test_ten_thousand_brackets_are_refused_in_one_error(brackets: str) -> None:
    nested = brackets[0] * 10_000 + "register" + brackets[1] * 10_000
    assert codes(policy(f'rule r "R" {{ when {nested} deny }}')) == ["E103"]


def test_brackets_nest_up_to_the_limit() -> None:
    depth = MAX_NESTING - 2
    nested = "(" * depth + "register" + ")" * depth
    assert codes(policy(f'rule r "R" {{ when {nested} deny }}')) == []
    assert codes(policy(f'rule r "R" {{ when ({nested}) deny }}')) == ["E103"]


@pytest.mark.parametrize(
    "text",
    [
        "not (" * 5_000 + "register" + ")" * 5_000,
        "length of " * 5_000 + "body > 1",
        " and ".join(["register"] * 5_000) + " or register",
        "((((((((((register",
        "register))))))))))",
    ],
)
def test_deep_and_long_conditions_are_answered(text: str) -> None:
    assert codes(policy(f'rule r "R" {{ when {text} deny }}')) != []


def test_a_long_condition_of_one_kind_is_right() -> None:
    text = " and ".join(["register"] * 5_000)
    assert codes(policy(f'rule r "R" {{ when {text} deny }}')) == []


def test_a_very_long_line_is_right_and_shown_short_when_wrong() -> None:
    words = ", ".join(f'"word{number}"' for number in range(20_000))
    assert codes(policy(f"words w {{ fr: {words} }}")) == []
    result = judged(policy(f"words w {{ fr: {words} oops {words} }}"))
    assert [finding.code for finding in result.findings] == ["E101"]
    assert max(len(line) for line in render_text(result.findings).splitlines()) < 200


def test_a_text_of_ten_megabytes_is_one_error_or_none() -> None:
    assert codes(policy(f'note "{"x" * 10_000_000}"')) == []
    assert codes("x" * 10_000_000) == ["E101"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_on_any_system(end: str) -> None:
    assert codes(FILE.replace("\n", end) if end != "\r" else FILE.replace("# A file of ordinary size.\n", "\r")) == []


def test_places_are_right_with_windows_line_ends() -> None:
    finding = judged(FILE.replace("mentions", "mentoins").replace("\n", "\r\n")).findings[0]
    assert (finding.span.line, finding.span.text) == (39, "mentoins")
    assert finding.span.source.line(39).endswith('" STOP"')


def test_a_byte_order_mark_is_no_error() -> None:
    assert codes("\ufeff" + FILE) == []


@pytest.mark.parametrize("char", ["\x00", "\x1b", "\u200b", "\u202e", "\u00a0", "é", "😀", "\ud800"])
def test_signs_that_mean_nothing_are_named_and_shown_safely(char: str) -> None:
    result = judged(policy(f'rule r "R" {{ when category {char} is promotional deny }}'))
    shown = render_text(result.findings)
    assert [finding.code for finding in result.findings] == ["E101"]
    assert not set(shown) & {"\x00", "\x1b", "\u202e", "\ud800"}


@pytest.mark.parametrize(
    "text",
    ['warn "no end', 'warn "no end\n', 'warn "', 'warn "escaped \\"', 'warn "two\nlines"', "warn 'single'"],
)
def test_a_text_without_end_is_answered_where_it_starts(text: str) -> None:
    finding = judged(policy(f'rule r "R" {{ {text} }}')).findings[0]
    assert finding.code == "E101"
    assert finding.span.start >= policy(f'rule r "R" {{ {text} }}').index("warn")


@pytest.mark.parametrize(
    ("written", "value"),
    [(r"a\"b", 'a"b'), (r"a\\b", "a\\b"), (r"a\nb", "a\nb"), (r"a\tb", "a\tb"), ("é", "é"), (r"\.", ".")],
)
def test_escapes_in_texts(written: str, value: str) -> None:
    item = read(f'policy FR "{written}" {{ }}').file.items[0]
    assert isinstance(item, t.Policy)
    assert item.title.value == value


# ---- going on behind an error


def rules_read(text: str) -> list[str]:
    nodes = walk(read(text).file.items)
    return [node.name.text for node in nodes if isinstance(node, t.Rule)]


GOOD = 'rule good{0} "Good" {{ deny }}\n'


def test_rules_round_a_broken_one_are_read() -> None:
    text = policy(GOOD.format(1) + 'rule bad "B" { when when deny }\n' + GOOD.format(2))
    assert rules_read(text) == ["good1", "good2"]
    assert "bad" in read(text).lost_names


def test_a_forgotten_brace_is_named_and_filled_in() -> None:
    text = policy('\nrule open "O" { deny\n' + GOOD.format(1) + 'rule other "A" { deny\n' + GOOD.format(2))
    assert rules_read(text) == ["open", "good1", "other", "good2"]
    assert codes(text) == ["E106", "E106"]


def test_a_forgotten_brace_behind_a_comment() -> None:
    text = policy('\nrule open "O" { deny # }\nrule good "G" { deny }\n')
    assert codes(text)[0] == "E106" or codes(text)[0] == "E101"


def test_a_policy_without_its_last_brace() -> None:
    text = policy(GOOD.format(1)).rstrip("} ") + ' policy DE "D" { recipients DE languages de }'
    assert [finding.code for finding in judged(text).findings] == ["E106"]
    assert rules_read(text) == ["good1"]


def test_a_brace_too_many_is_one_error() -> None:
    text = policy(GOOD.format(1) + "}" + GOOD.format(2) + GOOD.format(3))
    assert codes(text) == ["E107"]
    assert rules_read(text) == ["good1", "good2", "good3"]


def test_a_file_that_ends_too_early_is_one_error() -> None:
    text = 'policy FR "F" {\nrecipients FR\nlanguages fr\nrule r "R" {\ndeny'
    assert codes(text) == ["E102"]
    assert rules_read(text) == ["r"]


def test_noise_is_cut_short() -> None:
    text = policy("\n".join(f'rule r{number} "R" {{ when when deny }}' for number in range(200)))
    assert len(read(text).findings) == MAX_ERRORS


def test_five_wrong_rules_are_five_errors() -> None:
    bodies = ("when when deny", "deny deny", "only 25:00-26:00", "limit 0 per 1 day per recipient", "cite nothing")
    found = codes(policy("\n".join(f'rule r{i} "R" {{ {body} }}' for i, body in enumerate(bodies))))
    assert found == ["E101", "E402", "E306", "E407", "E401", "E204"]


def test_reserved_words_are_those_of_the_grammar() -> None:
    match = re.search(r"^NAME: /\(\?!\(\?:(.*?)\)\\b\)", GRAMMAR.read_text("utf-8"), re.M)
    assert match is not None
    assert set(match.group(1).split("|")) == RESERVED


@pytest.mark.parametrize("word", sorted(RESERVED))
def test_a_reserved_word_cannot_name_a_rule(word: str) -> None:
    assert codes(policy(f'rule {word} "R" {{ deny }}')) == ["E104"]


# ---- random input

_TOKENS = sorted(set(re.findall(r'"[^"\n]*"|[\w:.-]+|\S', FILE)) | RESERVED | {'"', "\n", " ", "#", "\\", "\x00", "é"})


@given(st.lists(st.sampled_from(_TOKENS), max_size=60))
def test_random_tokens_never_raise(tokens: list[str]) -> None:
    judged(" ".join(tokens))


@given(st.lists(st.sampled_from(_TOKENS), max_size=30), st.integers(0, len(FILE)), st.integers(0, 60))
def test_random_tokens_within_a_file_never_raise(tokens: list[str], at: int, length: int) -> None:
    judged(FILE[:at] + " ".join(tokens) + FILE[at + length :])


@given(st.lists(st.sampled_from(_TOKENS), max_size=40))
def test_random_tokens_within_a_rule_never_raise(tokens: list[str]) -> None:
    judged(policy(f'rule r "R" {{ when {" ".join(tokens)} }}'))


@given(st.text(max_size=80))
def test_random_text_never_raises(text: str) -> None:
    result = judged(text)
    assert counts(result.findings)


# ---- signs and lines


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x1b", "\r", "\x7f", "\x85", "\x93", "\ud800"])
def test_a_control_character_in_a_text_is_an_error_at_its_place(sign: str) -> None:
    text = policy(f'note "a{sign}b" # {sign}\n note "c{sign}{sign}"')
    findings = judged(text).findings
    assert [(finding.code, finding.span.text) for finding in findings] == [("E105", sign)] * 2
    assert [finding.span.start for finding in findings] == [text.index(sign), text.index(f"c{sign}") + 1]


@pytest.mark.parametrize("sign", ["\t", " ", "\u00a0", "\u200d", "\u2028", "é", "🛒"])
def test_other_signs_stand_in_texts(sign: str) -> None:
    assert codes(policy(f'note "a{sign}b"')) == []


def test_control_characters_without_end_are_cut_short() -> None:
    assert codes(policy('note "\x00"\n' * 200)) == ["E105"] * MAX_ERRORS


@pytest.mark.parametrize("effect", ["no append", "append", "no prepend", "no warn", "warn", "no pace"])
def test_a_row_of_cases_ends_with_its_line(effect: str) -> None:
    (case,) = [
        node
        for node in walk(read(policy(f'test "T" {{ cases (body) {{\n"a" | {effect}\n"b" | {effect} "x"\n}} }}')).file)
        if isinstance(node, t.Cases)
    ]
    assert [row.values[0].value for row in case.rows if isinstance(row.values[0], t.Text)] == ["a", "b"]
    assert [row.expect.value.value if isinstance(row.expect.value, t.Text) else None for row in case.rows] == [
        None,
        "x",
    ]
