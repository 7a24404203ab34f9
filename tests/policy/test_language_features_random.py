"""Nothing an editor can ask raises, whatever stands in the file, and places stay places."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sendlaw.policy.cursor import cursor_at
from sendlaw.policy.language_features import (
    Analysis,
    LineMap,
    RenameError,
    colours,
    completion_start,
    completions,
    definitions,
    diagnostics,
    fix_all,
    folds,
    formatting,
    hover,
    links,
    outline,
    quick_fixes,
    range_formatting,
    references,
    rename_edits,
)

from .editing import FRANCE, WORLD, together
from .generate import policy_tokens, scattered

WORDS = sorted(
    {*FRANCE.split(), *WORLD.split(), "cases", "(", ")", "|", "[", "]", "`", '"', "{", "}", "🛒", "\r", "never"}
)


def ask_everything(analysis: Analysis, name: str, offset: int) -> None:
    """Every feature at one place; what is pointed at lies in the file."""
    source = analysis.source(name)
    assert source is not None
    spans = [*definitions(analysis, name, offset), *references(analysis, name, offset)]
    spans += [one.span for one in (hover(analysis, name, offset, lambda rule_set, test: []),) if one]
    spans += [edit.span for fix in quick_fixes(analysis, name, 0, len(source.text)) for edit in fix.edits]
    spans += [finding.span for finding in diagnostics(analysis, name)]
    spans += [entry.span for entry in outline(analysis, name)]
    spans += [fold.span for fold in folds(analysis, name)] + [link.span for link in links(analysis, name)]
    spans += [edit.span for edit in (*fix_all(analysis, name), *range_formatting(analysis, name, 0, offset))]
    assert all(span.end <= len(span.source.text) for span in spans)
    completions(analysis, name, offset)
    assert 0 <= completion_start(source.text, offset) <= max(offset, 0)
    formatting(analysis, name)
    assert all(one.start < one.end <= len(source.text) for one in colours(source.text))
    try:
        rename_edits(analysis, name, offset, "another")
    except RenameError as error:
        assert str(error)


@given(text=st.text(max_size=200), offset=st.integers(-1, 220))
@example(text='policy FR "France" { rule a "A" { when cat', offset=42)
@example(text='"', offset=1)
@example(text="\ufeffpolicy", offset=7)
def test_any_text(text: str, offset: int) -> None:
    ask_everything(together(a=text), "a", min(offset, len(text)))


@given(words=st.lists(st.sampled_from(WORDS), max_size=40), place=st.floats(0, 1))
def test_words_of_the_language_in_any_order(words: list[str], place: float) -> None:
    text = " ".join(words)
    ask_everything(together(world=WORLD, a=text), "a", int(place * len(text)))


@given(
    start=st.integers(0, len(FRANCE)), length=st.integers(0, 60), put=st.sampled_from(["", *WORDS]), at=st.integers(0)
)
def test_a_sound_file_with_a_piece_out_and_another_in(start: int, length: int, put: str, at: int) -> None:
    text = FRANCE[:start] + put + FRANCE[start + length :]
    ask_everything(together(world=WORLD, a=text), "a", at % (len(text) + 1))


@pytest.mark.soak
@given(start=st.integers(0, len(FRANCE)), length=st.integers(0, 60), put=st.text(max_size=9), at=st.integers(0))
def test_a_sound_file_with_anything_in_it(start: int, length: int, put: str, at: int) -> None:
    text = FRANCE[:start] + put + FRANCE[start + length :]
    ask_everything(together(world=WORLD, a=text), "a", at % (len(text) + 1))


@settings(max_examples=30)
@given(seed=st.integers(0, 2**32))
def test_generated_files(seed: int) -> None:
    random = Random(seed)
    text = scattered(random, policy_tokens(random))
    ask_everything(together(a=text), "a", random.randint(0, len(text)))


@given(text=st.text(st.sampled_from('ab {}"#\n|,rulewhen')), offset=st.integers(0, 50))
def test_a_cursor_splits_the_text_where_its_word_starts(text: str, offset: int) -> None:
    offset = min(offset, len(text))
    cursor = cursor_at(text, offset)
    assert text[cursor.start : offset] == cursor.prefix
    assert "\n" not in cursor.prefix


# ---- places


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
@given(text=st.text(st.sampled_from("aé日🛒\n\r\u2028\x0c ")), offset=st.integers(0, 40))
def test_offsets_survive_the_way_to_line_and_column_and_back(encoding: str, text: str, offset: int) -> None:
    lines, offset = LineMap(text, encoding), min(offset, len(text))
    amid_line_end = text[max(offset - 1, 0) : offset + 1] == "\r\n"
    assert lines.offset(*lines.position(offset)) == offset - amid_line_end


@given(text=st.text(st.sampled_from("aé日🛒\n\r ")), line=st.integers(-1, 9), column=st.integers(-1, 9))
def test_any_line_and_column_has_its_nearest_offset(text: str, line: int, column: int) -> None:
    assert 0 <= LineMap(text).offset(line, column) <= len(text)


@pytest.mark.parametrize(
    "encoding, text, offset, place",
    [
        ("utf-16", "a🛒b", 2, (0, 3)),
        ("utf-8", "a🛒b", 2, (0, 5)),
        ("utf-32", "a🛒b", 2, (0, 2)),
        ("utf-16", "é日", 2, (0, 2)),
        ("utf-8", "é日", 2, (0, 5)),
        ("utf-16", "a\r\nb\rc\nd", 3, (1, 0)),
        ("utf-16", "a\r\nb\rc\nd", 5, (2, 0)),
        ("utf-16", "a\r\nb\rc\nd", 7, (3, 0)),
        ("utf-16", "a\u2028b\x0cc", 4, (0, 4)),
        ("utf-16", "", 0, (0, 0)),
        ("utf-16", "a\n", 2, (1, 0)),
    ],
)
def test_lines_and_columns_as_the_protocol_counts(
    encoding: str, text: str, offset: int, place: tuple[int, int]
) -> None:
    assert LineMap(text, encoding).position(offset) == place
    assert LineMap(text, encoding).offset(*place) == offset


def test_half_of_a_character_is_the_place_before_it() -> None:
    assert LineMap("a🛒b").offset(0, 2) == 1
