"""Many recipients in one call: the outcomes and errors of one by one, in order, however the list is cut."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sendlaw import MessageError, Policy
from sendlaw.engine.campaign import AS_STATED, Campaign
from sendlaw.engine.outcome import Outcome
from sendlaw.policy.source import Source
from sendlaw.policy.vocabulary import CONSENT_STATUSES

from .random_messages import NUMBERS
from .test_campaign import EVERY, FR, MESSAGE, NO_NUMBERS, one_rule
from .test_number_classes import drawing

Found = Outcome | tuple[type[Exception], str]
STATUSES = (*CONSENT_STATUSES, None, AS_STATED)
NEAR_NUMBERS = (
    *("", "+", "33612345678", "+336", "+3361234567x", "+33612345678 ", "+3361234567\n", "+33６12345678"),
    *("+33612345678９", "+33612+45678", "++3361234567", "+336123456789012", "+33612345678\x00"),
    *("+3361234567\ud800", "to", "+0123456789"),
)


def told(outcomes: Iterator[Outcome]) -> list[Found]:
    """The outcomes up to the first error, and that error; after it nothing may come."""
    found: list[Found] = []
    try:
        found.extend(outcomes)
    except Exception as error:
        assert list(outcomes) == []
        found.append((type(error), str(error)))
    return found


def one_by_one(campaign: Campaign, recipients: Iterable[Any]) -> Iterator[Outcome]:
    """What `judge_many` promises, by the two other calls."""
    for recipient in recipients:
        if type(recipient) is tuple:
            to, consent = recipient
            row = {"to": to} if consent is AS_STATED else {"to": to, "consent": consent}
            yield campaign.judge_alone(row)
        else:
            yield campaign.judge_row(recipient)


def compare(campaign: Campaign, recipients: list[Any]) -> list[Found]:
    """Judges a list as list, tuple and iterator."""
    expected = told(one_by_one(campaign, recipients))
    for kind in (list, tuple, iter):
        assert told(campaign.judge_many(kind(recipients))) == expected, (kind, recipients)
    return expected


@pytest.fixture(scope="module", params=["every construct", "no numbers"])
def campaign(request: pytest.FixtureRequest) -> Campaign:
    text = EVERY if request.param == "every construct" else NO_NUMBERS
    return Policy.from_sources([Source("every_construct.policy", text)], bundled=False).campaign(MESSAGE)


def draw(rng: random.Random, count: int) -> list[Any]:
    numbers = [drawing().draw(rng) for _ in range(20)]
    heads = [number for number in (*rng.sample(NUMBERS, 10), *numbers) if is_possible(number)]
    return [(f"{rng.choice(heads)[:-2]}{rng.randrange(100):02}", rng.choice(STATUSES)) for _ in range(count)]


def is_possible(number: str) -> bool:
    try:
        one_rule("deny").campaign(MESSAGE | {"to": number}).judge(number)
    except MessageError:
        return False
    return True


def test_lists_of_any_length_are_judged_as_their_recipients_are(
    campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sendlaw.engine.campaign._BATCH", 16)
    rng = random.Random(1)
    for size in (0, 1, 15, 16, 17, 32, 100):
        recipients = draw(rng, size)
        assert len(compare(campaign, recipients)) == size
        assert len(compare(campaign.policy.campaign(MESSAGE), recipients)) == size


@pytest.mark.parametrize("number", NEAR_NUMBERS)
def test_what_is_no_number_ends_the_outcomes_where_it_stands(
    campaign: Campaign, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sendlaw.engine.campaign._BATCH", 8)
    well = draw(random.Random(2), 20)
    for place in (0, 3, 7, 8, 19):
        found = compare(campaign, [*well[:place], (number, "opted_in"), *well[place:]])
        assert len(found) == place + 1 and found[-1][0] is MessageError  # type: ignore[index]


@given(
    texts=st.lists(
        st.one_of(
            st.sampled_from(NUMBERS),
            st.from_regex(r"\+336[0-9]{8}|\+120255501[0-9]{2}", fullmatch=True),
            st.text("+0123456789٣x", max_size=17).map(lambda tail: f"+33612345{tail}"[:17]),
            st.text(max_size=18),
        ),
        max_size=6,
    )
)
@settings(max_examples=150, deadline=None)
def test_no_text_is_taken_for_a_number_that_by_itself_is_none(campaign: Campaign, texts: list[str]) -> None:
    known = [(number, "none") for number in NUMBERS[:5]]
    compare(campaign, [*known, *((text, "none") for text in texts)])


@pytest.mark.parametrize(
    "recipient",
    [
        {"to": FR, "consent": "none"},
        {"to": FR, "consent": {"status": "opted_in", "method": "written"}},
        {FR: FR, "none": "none"},
        (FR, {"status": "opted_in", "method": "written"}),
        (FR, {"stauts": "none"}),
        (FR, ["none"]),
        (FR, "optin"),
        (FR, ""),
        (FR, 5),
        (FR,),
        (FR, "none", "none"),
        (),
        (33612345678, "none"),
        (FR.encode(), "none"),
        (None, None),
        [FR, "none"],
        FR,
        None,
    ],
    ids=repr,
)
def test_recipients_of_other_shapes_stand_among_pairs(campaign: Campaign, recipient: Any) -> None:
    well = draw(random.Random(3), 40)
    compare(campaign, [*well, recipient, *well])


def test_of_an_iterator_a_recipient_is_taken_when_its_outcome_is_asked_for(campaign: Campaign) -> None:
    taken: list[int] = []

    def recipients() -> Iterator[tuple[str, str]]:
        for number in range(5):
            taken.append(number)
            yield FR, "none"

    outcomes = campaign.judge_many(recipients())
    assert taken == []
    next(outcomes), next(outcomes)
    assert taken == [0, 1]


@pytest.mark.parametrize("consent", STATUSES)
def test_the_message_to_a_plain_recipient_is_the_whole_one(consent: Any) -> None:
    campaign = one_rule("deny").campaign(MESSAGE | {"consent": {"status": "opted_in", "method": "online"}})
    row = {"to": FR} if consent is AS_STATED else {"to": FR, "consent": consent}
    message, plain = campaign.message_to(row), campaign.message_to_plain(FR, consent)
    assert message == plain and message.model_fields_set == plain.model_fields_set
    assert message.consent.model_fields_set == plain.consent.model_fields_set
