"""Random campaigns, run again and again over a store that dies at random: nothing twice, nothing lost."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from sendlaw.engine.message import Message
from sendlaw.engine.pipeline.providers.base import Envelope, UnavailableError
from sendlaw.engine.pipeline.schedule import Schedule
from sendlaw.engine.pipeline.stores.sqlite import SqliteStore

from .judges import NOON, OPENS, Line, ListProvider, message

BODIES = st.sampled_from(["allow", "deny", "defer", "limit 1", "refuse", "unfit"])
CONSENT = st.sampled_from(["unknown", "opted_in", "opted_out"])


@st.composite
def campaigns(draw: st.DrawFn) -> list[Message]:
    """Up to twelve messages to three recipients over an afternoon; some IDs come twice."""
    one = st.tuples(st.integers(0, 8), BODIES, st.integers(0, 2), st.integers(0, 300), CONSENT)
    return [
        message(
            f"m{id}",
            body,
            to=f"+3363998120{to}",
            at=NOON + timedelta(minutes=minutes),
            consent={"status": consent},
        )
        for id, body, to, minutes, consent in draw(st.lists(one, max_size=12))
    ]


class FailingProvider(ListProvider):
    """Dies at the n-th message: before or after taking it, or politely."""

    def __init__(self, taken: list[Envelope], how: str, n: int) -> None:
        super().__init__()
        self.taken, self._how, self._left = taken, how, n

    def send(self, envelope: Envelope) -> str:
        """Takes the message, unless it is the n-th."""
        self._left -= 1
        if self._left == 0 and self._how == "away":
            raise UnavailableError("the line is down")
        if self._left == 0 and self._how == "before":
            raise ConnectionError("cut off")
        reference = super().send(envelope)
        if self._left == 0 and self._how == "after":
            raise ConnectionError("cut off")
        return reference


def play(path: Path, messages: list[Message], provider: ListProvider, *, late: bool) -> None:
    """One run of the campaign, as far as it comes."""
    with SqliteStore(path) as store, Schedule() as schedule:
        line = Line(store)
        line.provider = provider
        run = line.run(now=OPENS + timedelta(hours=1) if late else NOON)
        for number, each in enumerate(messages):
            schedule.add(number, each)
        for _, each in schedule.in_time():
            run.submit(each)
        list(run.release_due())


FAILURES = st.lists(
    st.tuples(st.sampled_from(["away", "before", "after"]), st.integers(1, 6), st.booleans()), max_size=4
)


@settings(max_examples=60)
@given(campaigns(), FAILURES)
def test_nothing_goes_twice_and_nothing_is_lost(messages: list[Message], failures: list[tuple[str, int, bool]]) -> None:
    taken: list[Envelope] = []
    cuts = 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.sqlite3"
        for how, n, late in failures:
            try:
                play(path, messages, FailingProvider(taken, how, n), late=late)
            except ConnectionError:
                cuts += 1
            except UnavailableError:
                pass
        play(path, messages, FailingProvider(taken, "", 0), late=False)
        play(path, messages, FailingProvider(taken, "", 0), late=True)
        with SqliteStore(path) as store:
            in_doubt = {record.id for record in store.in_doubt("c")}
            states = {each.id: store.find("c", each.id or "") for each in messages}
    ids = [envelope.id for envelope in taken]
    assert len(ids) == len(set(ids))
    assert len(in_doubt) <= cuts
    known = {id for id, record in states.items() if record}
    assert known | {each.id for each in messages if each.body == "unfit"} == {each.id for each in messages}
    for id, record in states.items():
        if record is not None and record.state not in ("in_doubt", "dispatching"):
            assert (record.state == "sent") == (id in ids)
            assert record.state != "deferred"


@given(campaigns())
def test_a_schedule_is_in_time_but_for_repeated_ids(messages: list[Message]) -> None:
    with Schedule() as schedule:
        for number, each in enumerate(messages):
            schedule.add(number, each)
        found = list(schedule.in_time())
    assert sorted(number for number, _ in found) == list(range(len(messages)))
    assert all(messages[number] == each for number, each in found)
    first = {each.id: number for number, each in reversed(list(enumerate(messages)))}
    leaders = [(each.at, number) for number, each in found if first[each.id] == number]
    assert leaders == sorted(leaders)
    place = {number: index for index, (number, _) in enumerate(found)}
    assert all(place[first[each.id]] <= place[number] for number, each in enumerate(messages))
