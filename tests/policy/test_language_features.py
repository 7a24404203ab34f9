"""What an editor asks about rule files: findings, meanings, declarations, uses, new names, outlines, fixes."""

from __future__ import annotations

from pathlib import Path

import pytest
from sendlaw.policy import model as m
from sendlaw.policy.language_features import (
    RenameError,
    analyse,
    definitions,
    diagnostics,
    formatting,
    hover,
    outline,
    quick_fixes,
    references,
    rename_edits,
    renameable,
)
from sendlaw.policy.linter import apply_edits
from sendlaw.policy.meanings import WORDS
from sendlaw.policy.source import Source
from sendlaw.policy.syntax_errors import RESERVED

from .editing import FRANCE, TODAY, WORLD, behind, shown, together, with_bundled

BOTH = together(world=WORLD, france=FRANCE)
GOLDEN = Path(__file__).parents[1] / "golden" / "errors"


# ---- findings


def codes(name: str, **texts: str) -> list[str]:
    """The errors in one of several files; what the linter doubts is its own tests' matter."""
    return [one.code for one in diagnostics(together(**texts), name) if one.severity == "error"]


def test_a_file_is_judged_together_with_the_others() -> None:
    assert codes("france", world=WORLD, france=FRANCE) == []
    assert set(codes("france", france=FRANCE)) == {"E203", "E205", "E206", "E209"}
    assert codes("world", france=FRANCE, world=WORLD) == []


def test_what_compiles_is_linted_too() -> None:
    found = [one.code for one in diagnostics(BOTH, "world") if one.severity == "warning"]
    assert "L114" in found
    assert not [one for one in diagnostics(together(france=FRANCE), "france") if one.severity == "warning"]


def test_a_broken_file_still_shows_its_other_errors() -> None:
    text = FRANCE.replace("subject is perfume", "subject is").replace("cite cpce\n    since", "cite cpcf\n    since")
    assert codes("france", world=WORLD, france=text) == ["E204", "E101"]


def test_findings_stay_with_their_file() -> None:
    broken = WORLD.replace("only  08:00-21:00", "only  21:00-08:00")
    assert codes("france", world=broken, france=FRANCE) == []
    assert codes("world", world=broken, france=FRANCE) == ["E405"]


def test_files_that_did_not_change_are_not_read_again() -> None:
    changed = [Source("world", WORLD), Source("france", FRANCE + "\n# more\n")]
    second = analyse(changed, frozenset(), TODAY, BOTH)
    assert second.files["world"] is BOTH.files["world"]
    assert second.files["france"] is not BOTH.files["france"]


# ---- meanings


@pytest.mark.parametrize(
    "words, expected",
    [
        ("rule hou", ["FR.hours", "Until half past nine", "law", "CPCE", "https://example.org/cpce", "2026-03-01"]),
        ("replaces world.hou", ["world.hours", "Daytime only", "Advice \\*only\\*", "Replaced by `FR.hours`"]),
        ("replaces wor", ["world", "Everywhere", "1 rule"]),
        ("cite cpc", ["a source of FR", "[CPCE, art. L34-5](https://example.org/cpce)", "2026-11-01"]),
        ("mentions perf", ["2 languages", "en: 2, fr: 1"]),
        ("subject is perf", ["2 languages"]),
        ("subjects perf", ["2 languages"]),
        ("and send", ["table of 2 rows", "`country`, `sender_type`", "`support`"]),
        ("type).supp", ["column of the table `senders`", "`undocumented`, `yes`"]),
        ("when     cate", ["category", "a word", "what the message is for", "`promotional`"]),
        ("(recipient.cou", ["recipient.country", "a place"]),
        ("recipients F", ["France"]),
        ("recipients FR, E", ["group of 2 places", "FR (France), DE (Germany)"]),
        ("basis    la", ["a statute"]),
        ("repl", ["Where this rule is known to apply"]),
        ("    onl", ["Sending hours"]),
        ("  tes", ["**test** of FR", "Perfume is refused"]),
        ("category promotional  subj", ["subjects", "of the message"]),
        ('"ACME"  cate', ["One of", "sets `category` of the message"]),
        ("body men", ["Holds one of the words"]),
    ],
)
def test_hover_says_what_a_word_means(words: str, expected: list[str]) -> None:
    found = hover(BOTH, "france", behind(FRANCE, words))
    assert found is not None
    assert [part for part in expected if part not in found.text] == []
    assert found.span.start < behind(FRANCE, words) <= found.span.end


@pytest.mark.parametrize("words", ["Until half", "# nothing", "2026-03", "{", "https://exam"])
def test_hover_is_silent_where_there_is_nothing_to_say(words: str) -> None:
    text = FRANCE + "# nothing when rule\n"
    assert hover(together(world=WORLD, france=text), "france", behind(text, words)) is None


def test_hover_speaks_in_broken_rules() -> None:
    text = FRANCE.replace("subject is perfume or", "subject is perfume or or").replace(
        "mentions perfume", "mentions perfume ,"
    )
    analysis = together(world=WORLD, france=text)
    for words, part in [
        ("mentions perf", "2 languages"),
        ("basis law  cite cpc", "CPCE"),
        ("    den", "may not be sent"),
    ]:
        found = hover(analysis, "france", text.rindex(words) + len(words))
        assert found is not None and part in found.text


def test_hover_shows_whether_tests_pass() -> None:
    def judge(rule_set: m.RuleSet, test: m.Test) -> list[str]:
        return ["line 27: expected deny, got allow"] if "refused" in test.title else []

    for words in ("rule perf", '  test "Perf'):
        found = hover(BOTH, "france", behind(FRANCE, words), judge)
        assert found is not None and "fails: line 27: expected deny, got allow" in found.text
    passing = hover(BOTH, "france", behind(FRANCE, "rule perf"), lambda rule_set, test: [])
    assert passing is not None and passing.text.endswith("Test “Perfume is refused” passes")
    untested = hover(BOTH, "france", behind(FRANCE, "rule hou"), judge)
    assert untested is not None and "Test" not in untested.text


def test_of_many_tests_those_that_fail_are_told_first() -> None:
    test = FRANCE[FRANCE.index("  test") : FRANCE.rindex("}")]
    more = "".join(test.replace("Perfume is refused", f"Case {number}") for number in range(9))
    text = FRANCE.replace(test, test + more)

    def judge(rule_set: m.RuleSet, test: m.Test) -> list[str]:
        return ["wrong"] if test.title == "Case 8" else []

    found = hover(together(world=WORLD, france=text), "france", behind(text, "rule perf"), judge)
    assert found is not None
    told = [line for line in found.text.splitlines() if "est" in line]
    assert told[0] == "Test “Case 8” fails: wrong"
    assert told[-1] == "10 tests in all, of which 1 fails" and len(told) == 7


def test_every_word_of_the_language_has_a_meaning() -> None:
    assert RESERVED - WORDS.keys() == set()


# ---- declarations and uses


@pytest.mark.parametrize(
    "words, declared",
    [
        ("replaces world.hou", ["world:19:hours"]),
        ("replaces wor", ["world:3:world"]),
        ("cite cpc", ["france:5:cpce"]),
        ("mentions perf", ["world:9:perfume"]),
        ("subject is perf", ["world:9:perfume"]),
        ("and send", ["world:14:senders"]),
        ("type).supp", ["world:14:support"]),
        ("recipients FR, E", ["world:1:EU"]),
        ("expect deny by perf", ["france:15:perfume"]),
        ("recipients F", []),
        ("when     cate", []),
        ('rule hours "Un', []),
    ],
)
def test_go_to_definition(words: str, declared: list[str]) -> None:
    assert shown(definitions(BOTH, "france", behind(FRANCE, words))) == declared


def test_a_words_list_in_several_policies_has_several_declarations() -> None:
    text = FRANCE.replace("  rule perfume", '  words perfume { fr: "eau de toilette" }\n\n  rule perfume')
    found = definitions(together(world=WORLD, france=text), "france", behind(text, "mentions perf"))
    assert shown(found) == ["france:15:perfume", "world:9:perfume"]


def test_references_are_found_in_all_files() -> None:
    found = references(BOTH, "world", behind(WORLD, "words perf"))
    assert shown(found) == ["france:16:perfume", "france:16:perfume", "france:22:perfume", "world:9:perfume"]
    uses = references(BOTH, "world", behind(WORLD, "rule hou"), declarations=False)
    assert shown(uses) == ["france:10:hours"]
    assert shown(references(BOTH, "france", behind(FRANCE, "when     cat"))) == [
        "france:8:category",
        "world:20:category",
    ]


def test_definitions_are_found_from_rules_that_cannot_be_read() -> None:
    text = FRANCE.replace("replaces world.hours", "replaces world.hours ,,")
    analysis = together(world=WORLD, france=text)
    assert shown(definitions(analysis, "france", behind(text, "replaces world.hou"))) == ["world:19:hours"]
    assert shown(definitions(analysis, "france", behind(text, "cite cpc"))) == ["france:5:cpce"]
    assert shown(definitions(analysis, "france", behind(text, "and send"))) == ["world:14:senders"]


def test_words_lists_in_table_cells_asked_by_subject_count_as_uses() -> None:
    world = WORLD + (
        'policy x "X" {\n  recipients FR\n  languages fr\n  table about (topic) -> (ok) { perfume | yes }\n'
        '  rule r "R" { when about(subject).ok is yes deny basis house }\n}\n'
    )
    found = references(together(world=world), "world", behind(world, "words perf"), declarations=False)
    assert shown(found) == ["world:29:perfume"]


# ---- new names


@pytest.mark.parametrize(
    "words, new",
    [
        ("rule perf", "scents"),
        ("replaces world.hou", "daytime"),
        ("cite cpc", "code_l34"),
        ("mentions perf", "fragrance"),
        ("and send", "sender_types"),
        ("type).supp", "accepted"),
        ("recipients FR, E", "Union"),
    ],
)
def test_a_new_name_everywhere_leaves_the_meaning(words: str, new: str) -> None:
    edits = rename_edits(BOTH, "france", behind(FRANCE, words), new)
    texts = dict(zip(("world", "france"), (WORLD, FRANCE), strict=True))
    for edit in sorted(edits, key=lambda edit: edit.span.start, reverse=True):
        name = edit.span.source.name
        texts[name] = texts[name][: edit.span.start] + new + texts[name][edit.span.end :]
    renamed = together(**texts)
    assert renamed.checked.rule_set is not None
    assert [f.code for f in renamed.linted] == [f.code for f in BOTH.linted]
    offset = edits[0].span.start
    back = rename_edits(renamed, edits[0].span.source.name, offset, edits[0].span.text)
    assert len(back) == len(edits) > 1


@pytest.mark.parametrize(
    "words, new, reason",
    [
        ("rule perf", "rule", "`rule` is a word of the language"),
        ("rule perf", "hours", "a rule called `hours` in FR already"),
        ("rule perf", "Hours", "names hold small letters"),
        ("rule perf", "", "names hold small letters"),
        ("rule perf", "a b", "names hold small letters"),
        ("mentions perf", "gambling", "is a subject that messages declare"),
        ("recipients FR, E", "US", "code of a country"),
        ("recipients FR, E", "eu", "starts with a capital"),
        ("recipients F", "DE", "only rules, sources"),
        ("when     cat", "kind", "only rules, sources"),
        ("policy F", "DE", "only rules, sources"),
        ('rule hours "Unt', "x", "only rules, sources"),
    ],
)
def test_names_that_cannot_be_given_are_refused(words: str, new: str, reason: str) -> None:
    with pytest.raises(RenameError, match=reason):
        rename_edits(BOTH, "france", behind(FRANCE, words), new)


def test_bundled_files_are_not_changed() -> None:
    analysis = with_bundled(frozenset({"world"}), {"world": WORLD, "france": FRANCE})
    with pytest.raises(RenameError, match="bundled file"):
        renameable(analysis, "france", behind(FRANCE, "mentions perf"))
    assert renameable(analysis, "france", behind(FRANCE, "rule perf")).text == "perfume"


def test_a_list_that_is_a_declared_subject_keeps_its_name() -> None:
    text = WORLD.replace("words perfume", "words gambling")
    with pytest.raises(RenameError, match="keeps that name"):
        renameable(together(world=text), "world", behind(text, "words gamb"))


def test_no_new_name_while_a_use_may_stand_in_a_part_that_cannot_be_read() -> None:
    text = FRANCE.replace("subject is perfume or", "subject is perfume or or")
    with pytest.raises(RenameError, match="cannot be read"):
        rename_edits(together(world=WORLD, france=text), "world", behind(WORLD, "words perf"), "scent")


# ---- outlines, fixes, layout


def test_the_outline_names_what_a_file_declares() -> None:
    entries = outline(BOTH, "world")
    assert [(one.kind, one.name) for one in entries] == [("group", "EU"), ("policy", "world")]
    children = [(one.kind, one.name, one.detail) for one in entries[1].children]
    assert children == [
        ("source", "trade", "Trade guide"),
        ("words", "perfume", "en, fr"),
        ("table", "senders", "country, sender_type"),
        ("rule", "hours", "Daytime only"),
    ]
    assert [one.kind for one in outline(BOTH, "france")[0].children] == ["source", "rule", "rule", "test"]
    for one in (*entries, *entries[1].children):
        assert one.span.start <= one.name_span.start <= one.name_span.end <= one.span.end


@pytest.mark.parametrize(
    "old, wrong, title",
    [
        ("category is promotional and", "categroy is promotional and", "Write `category`"),
        ("category is promotional and", "category is promotionl and", "Write `promotional`"),
        ("category is promotional and", "category = promotional and", "Write `is`"),
        ("replaces world.hours", "replaces world.huors", "Write `world.hours`"),
        ("cite cpce\n    since", "cite cpec\n    since", "Write `cpce`"),
        ("mentions perfume", "mentions parfume", "Write `perfume`"),
        ("basis    law", "basis    lawe", "Write `law`"),
        ("languages  fr, en", "languages  frr, en", "Write `fr`"),
        ("recipients FR, EU", "recipients FR, Eu", "Write `EU`"),
        ("deny", "deny", None),
    ],
)
def test_quick_fixes_mend_what_they_are_for(old: str, wrong: str, title: str | None) -> None:
    text = FRANCE.replace(old, wrong)
    analysis = together(world=WORLD, france=text)
    fixes = quick_fixes(analysis, "france", 0, len(text))
    assert [fix.title for fix in fixes] == ([title] if title else [])
    for fix in fixes:
        mended = text[: fix.edits[0].span.start] + fix.edits[0].text + text[fix.edits[0].span.end :]
        assert mended == FRANCE


def test_quick_fixes_belong_to_their_place() -> None:
    text = FRANCE.replace("basis    law", "basis    lawe")
    analysis = together(world=WORLD, france=text)
    assert quick_fixes(analysis, "france", 0, 10) == ()
    at = text.index("lawe")
    assert len(quick_fixes(analysis, "france", at, at)) == 1


def test_what_the_linter_mends_is_a_safe_fix() -> None:
    text = WORLD.replace('"perfume", "scent"', '"perfume", "scent", "Perfume"')
    analysis = together(world=text)
    assert quick_fixes(analysis, "world", 0, len(text)) == ()  # the linter is not through, and nobody waits for it
    assert analysis.linted
    fixes = [fix for fix in quick_fixes(analysis, "world", 0, len(text)) if fix.safe]
    assert [fix.finding.code for fix in fixes] == ["L115"]
    assert apply_edits(Source("world", text), [fix.finding for fix in fixes]) == WORLD


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.policy")), ids=lambda path: path.stem)
def test_suggestions_for_wrong_files_take_their_finding_away(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    analysis = together(wrong=text)
    before = [(one.code, one.message) for one in diagnostics(analysis, "wrong")]
    for fix in quick_fixes(analysis, "wrong", 0, len(text)):
        mended = apply_edits(Source("wrong", text), [type(fix.finding)("", "", fix.finding.span, edits=fix.edits)])
        after = diagnostics(together(wrong=mended), "wrong")
        start, end = fix.edits[0].span.start, fix.edits[0].span.start + len(fix.edits[0].text)
        # of two such mistakes in one block, the second is met when the first is mended
        same = [one for one in after if (one.code, one.message) == (fix.finding.code, fix.finding.message)]
        again = [one for one in same if one.span.start > end and one.span.text == fix.finding.span.text]
        assert len(same) - bool(again) < before.count((fix.finding.code, fix.finding.message))
        there = [
            one for one in after if one.span.start <= start and end <= one.span.end and one.code[:2] not in ("E4", "E5")
        ]
        assert [one.message for one in there if one.code[0] == "E" and one.span.text == mended[start:end]] == []


def test_formatting_changes_as_little_as_it_can() -> None:
    assert formatting(BOTH, "france") == ()
    text = FRANCE.replace("    deny\n", "  deny\n")
    (edit,) = formatting(together(france=text), "france")
    assert (edit.span.line, edit.text) == (17, "    deny\n")
    assert text[: edit.span.start] + edit.text + text[edit.span.end :] == FRANCE


def test_a_file_that_cannot_be_read_is_not_formatted() -> None:
    assert formatting(together(france=FRANCE + "}"), "france") == ()
    assert formatting(BOTH, "elsewhere") == ()
