"""What a recipient's reply means: places, languages, precedence, short words, long sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sendlaw.engine.message import MessageError
from sendlaw.engine.policy import Policy
from sendlaw.engine.replies import PRECEDENCE, ReplyMeaning, is_terse
from sendlaw.policy.source import Source

RULES = """
policy everywhere "Everywhere" {
  recipients anywhere
  languages en
  replies {
    opt_out en: "STOP", "UNSUBSCRIBE", "OPT OUT"  say "{brand}: no more messages from {sender}."
    opt_in  en: "START", "YES"
    help    en: "HELP"  say "Ask {stop}."
  }
}
policy DE "Germany" {
  recipients DE
  languages de
  replies {
    opt_out de: "STOPP", "STOP", "ENDE", "ABMELDEN"  say "{brand}: keine Nachrichten mehr."
    opt_in  de: "JA"
    help    de: "HILFE"
  }
}
policy CH "Switzerland" {
  recipients CH
  languages fr, de
  replies {
    opt_out de: "STOP"
    opt_out fr: "STOP", "ARRÊT"
  }
}
policy TR "Turkey" {
  recipients TR
  languages tr
  replies {
    opt_out tr: "N", "RET", "11"
    opt_in  tr: "RET EVET"
  }
}
policy FL "Florida" {
  recipients US-FL
  languages es
  replies {
    opt_out es: "ALTO"
  }
}
policy CN "China" {
  recipients CN
  languages zh
  replies {
    opt_out zh: "退订"
  }
}
policy IR "Iran" {
  recipients IR
  languages fa
  replies {
    opt_out fa: "START IT"
    help    fa: "STOP"
  }
}
"""

GERMAN, SWISS, TURKISH, AMERICAN = "+4915112345678", "+41781234567", "+905012345678", "+12025550123"
CHINESE, FRENCH, IRANIAN = "+8613123456789", "+33639981234", "+989123456789"


@pytest.fixture(scope="module")
def policy() -> Policy:
    return Policy.from_sources([Source("replies.policy", RULES)], bundled=False)


def told(meaning: ReplyMeaning | None) -> str:
    return "nothing" if meaning is None else f"{meaning.kind} {meaning.language} {meaning.policy}"


@pytest.mark.parametrize(
    "text, to, expected",
    [
        # the words of the recipient's own policies, in any dress
        ("Stopp bitte", GERMAN, "opt_out de DE"),
        ("stopp!", GERMAN, "opt_out de DE"),
        ("  »S T O P P«  ", GERMAN, "opt_out de DE"),
        ("STOP", GERMAN, "opt_out de DE"),
        ("STOP", FRENCH, "opt_out en everywhere"),
        ("arret", SWISS, "opt_out fr CH"),
        ("ARRÊT.", SWISS, "opt_out fr CH"),
        ("opt out", AMERICAN, "opt_out en everywhere"),
        ("alto", AMERICAN, "opt_out es FL"),
        ("请帮我退订谢谢你们", CHINESE, "opt_out zh CN"),
        # the languages of a policy in its own order
        ("stop", SWISS, "opt_out fr CH"),
        # opt-out before help before opt-in
        ("help me stop this", AMERICAN, "opt_out en everywhere"),
        ("yes help", AMERICAN, "help en everywhere"),
        ("Hilfe", GERMAN, "help de DE"),
        # a refusal within a consent is a refusal
        ("RET EVET", TURKISH, "opt_out tr TR"),
        # a consent is the whole reply, or none
        ("yes", AMERICAN, "opt_in en everywhere"),
        ("Yes.", AMERICAN, "opt_in en everywhere"),
        ("yes but not today", AMERICAN, "nothing"),
        ("ja", GERMAN, "opt_in de DE"),
        ("ja", AMERICAN, "nothing"),
        # one letter, or digits: the whole reply, where the country says so
        ("N", TURKISH, "opt_out tr TR"),
        ("n!", TURKISH, "opt_out tr TR"),
        ("11", TURKISH, "opt_out tr TR"),
        ("N or Y", TURKISH, "nothing"),
        ("room 11", TURKISH, "nothing"),
        ("N", GERMAN, "nothing"),
        ("11", AMERICAN, "nothing"),
        # refusals in a language nobody expected: the whole reply
        ("ende", AMERICAN, "opt_out de DE"),
        ("arrêt", GERMAN, "opt_out fr CH"),
        ("ende gut alles gut", AMERICAN, "nothing"),
        ("hilfe", AMERICAN, "nothing"),
        # what a word means where the recipient is comes before what it means elsewhere
        ("abmelden", IRANIAN, "opt_out de DE"),
        # long sentences: the first and the last three words
        ("stop by the store", AMERICAN, "opt_out en everywhere"),
        ("please stop texting me about your sales every day", AMERICAN, "opt_out en everywhere"),
        ("I have told you twice now that you must stop", AMERICAN, "opt_out en everywhere"),
        ("does the bus stop at the harbour today", AMERICAN, "nothing"),
        ("one two three stop five six", AMERICAN, "opt_out en everywhere"),
        ("one two three stop five six seven", AMERICAN, "nothing"),
        ("I will opt out from today", AMERICAN, "opt_out en everywhere"),
        ("and I will opt out from today", AMERICAN, "nothing"),
        # not whole words
        ("我真的非常希望你们今天能够尽快帮我退订谢谢", CHINESE, "opt_out zh CN"),
        ("我真的非常希望你们今天能够尽快帮我退订以后再也不要给我发任何短信", CHINESE, "nothing"),
        ("nonstop", AMERICAN, "nothing"),
        ("stopwatch", AMERICAN, "nothing"),
        ("", AMERICAN, "nothing"),
        ("  ?! ", AMERICAN, "nothing"),
        ("👍", AMERICAN, "nothing"),
    ],
)
def test_meaning(policy: Policy, text: str, to: str, expected: str) -> None:
    assert told(policy.classify_reply(text, to=to)) == expected


def test_without_a_number_only_what_holds_everywhere_counts(policy: Policy) -> None:
    assert told(policy.classify_reply("Stop it")) == "opt_out en everywhere"
    assert told(policy.classify_reply("Stopp bitte")) == "nothing"
    assert told(policy.classify_reply("Stopp")) == "opt_out de DE"
    assert told(policy.classify_reply("N")) == "nothing"


def test_the_confirmation_has_its_place_holders_filled_as_far_as_they_are_given(policy: Policy) -> None:
    def said(text: str, **given: str) -> str | None:
        meaning = policy.classify_reply(text, to=AMERICAN, **given)
        return None if meaning is None else meaning.confirmation

    assert said("stop") == "{brand}: no more messages from {sender}."
    assert said("stop", brand="ACME", sender="12345") == "ACME: no more messages from 12345."
    assert said("help", stop="36179") == "Ask 36179."
    assert said("start") is None


def test_a_refusal_in_another_language_is_confirmed_in_a_language_of_the_recipient(policy: Policy) -> None:
    french = policy.classify_reply("arret", to=GERMAN, brand="ACME")
    assert french is not None
    assert french.confirmation == "ACME: keine Nachrichten mehr."


def test_the_word_is_the_one_listed(policy: Policy) -> None:
    meaning = policy.classify_reply("arret", to=SWISS)
    assert meaning is not None
    assert meaning.word == "ARRÊT"


@pytest.mark.parametrize("to", ["soon", "+331", "0612345678"])
def test_a_number_that_cannot_be_one_is_an_error(policy: Policy, to: str) -> None:
    with pytest.raises(MessageError) as caught:
        policy.classify_reply("stop", to=to)
    assert caught.value.field == "to"


@pytest.mark.parametrize(
    "word, terse", [("N", True), ("é", True), ("11", True), ("1 1", True), ("NO", False), ("N1", False)]
)
def test_terse_words(word: str, terse: bool) -> None:
    assert is_terse(word) is terse


@given(st.text(max_size=60))
def test_any_text_means_one_thing_or_nothing(policy: Policy, text: str) -> None:
    meaning = policy.classify_reply(text, to=GERMAN)
    assert meaning is None or meaning.kind in PRECEDENCE


@given(
    st.text(alphabet="abcdefgh ", max_size=30),
    st.sampled_from(["STOP", "stopp", "Ende", "ABMELDEN", "unsubscribe"]),
    st.booleans(),
)
def test_a_refusal_at_either_end_is_never_overlooked(policy: Policy, rest: str, word: str, first: bool) -> None:
    text = f"{word} {rest}" if first else f"{rest} {word}"
    meaning = policy.classify_reply(text, to=GERMAN)
    assert meaning is not None and meaning.kind == "opt_out"
