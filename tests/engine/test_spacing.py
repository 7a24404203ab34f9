"""The quick tests before the thorough searches: none may pass over what a search would find."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from sendlaw.engine.letters import KEPT, PLAIN, SKELETON, canonical, folded
from sendlaw.engine.spacing import may_be_spaced_out, spaced_out

LETTERS = "aZé1कषमीहखு가각이สา賭" + "\u094d\u0941\u0301\u200d" + "@$!|"
GAPS = " .-_,\n*"
TEXTS = st.text(alphabet=LETTERS + GAPS + GAPS, max_size=40)


@given(TEXTS)
def test_whatever_holds_a_run_may_hold_one(text: str) -> None:
    if spaced_out(text) is not None:
        assert may_be_spaced_out(text, canonical(text, PLAIN))


@given(st.lists(st.sampled_from(["क", "मी", "न", "का", "k", "ष"]), min_size=4, max_size=9), st.sampled_from(" .-*"))
def test_spaced_syllables_are_seen(letters: list[str], gap: str) -> None:
    text = f"Win at the {gap.join(letters)} today"
    assert may_be_spaced_out(text, canonical(text, PLAIN)) or spaced_out(text) is None


def test_a_greeting_in_another_script_is_no_run() -> None:
    text = "नमस्ते, your order is on its way"
    assert not may_be_spaced_out(text, canonical(text, PLAIN))


@given(st.text(max_size=60), st.text(alphabet="abc XYZ09.!-\n", max_size=120), st.sampled_from([PLAIN, KEPT, SKELETON]))
def test_mostly_ascii_folds_as_any_text_does(odd: str, common: str, table: object) -> None:
    assert isinstance(table, type(PLAIN))
    text = f"{common}{odd}{common}"
    assert folded(text, table) == f" {' '.join(text.translate(table).split())} "
