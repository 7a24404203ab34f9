"""One policy used by many threads, and rules that are read anew meanwhile: never a verdict of two rule sets."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from threading import Barrier, Event, Thread
from typing import Any

import pytest
from sendlaw import LivePolicy, Policy, PolicyError, Verdict

from .random_messages import random_message

THREADS = 16
HERE = Path(__file__).parent

RULES = """
policy {name} "{name} rules" {{
  recipients anywhere
  languages  en
  source made "Source of {name}" "https://example.org/{name}" checked 2026-11-22
  words gambling {{ en: "{word}" }}
  rule hours "Hours of {name}" {{ when category is promotional only {hours} basis law cite made }}
  rule gambling "Gambling in {name}" {{ when subject is gambling deny basis regulator cite made }}
  rule label "Label of {name}" {{ append " {name}" basis provider cite made }}
  rule remark "Remark of {name}" {{ when segments >= 1 warn "{name}" basis guideline cite made }}
  rule weekly "Limit of {name}" {{ limit {count} per 7 days per recipient basis house }}
  replies {{ opt_out en: "{word}" say "Bye from {name}" }}
}}
"""
OLD = RULES.format(name="old", word="casino", hours="08:00-20:00", count=1)
NEW = RULES.format(name="new", word="poker", hours="09:00-19:00", count=2)
# What differs stands in a second file too, so that a mixture of files would show.
MORE = """
policy extra{name} "Extra" {{
  recipients FR
  languages  en
  rule extra "Extra {name}" {{ warn "extra {name}" basis house }}
}}
"""


def rewrite(folder: Path, text: str, name: str) -> None:
    (folder / "a.policy").write_text(text, "utf-8")
    (folder / "b.policy").write_text(MORE.format(name=name), "utf-8")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SENDLAW_CACHE", "off")
    rules = tmp_path / "rules"
    rules.mkdir()
    rewrite(rules, OLD, "old")
    return rules


@pytest.fixture
def eager_switching() -> Iterator[None]:
    """Threads take turns a thousand times as often as usual."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(5e-6)
    yield
    sys.setswitchinterval(before)


def questions() -> list[dict[str, Any]]:
    asked = [random_message(random.Random(seed)) for seed in range(30)]
    for number, message in enumerate(asked):
        message |= {"to": "+33639980001", "sender": "ACME", "id": f"m{number}"}
        message |= {"body": ("Sale", "Casino night", "Poker night", "é" * 160)[number % 4]}
        message.pop("sender_country", None)
    return asked


def in_threads(task: Callable[[int], None]) -> None:
    """Runs the task in all threads at once, and raises what any of them raised."""
    barrier = Barrier(THREADS)

    def together(number: int) -> None:
        barrier.wait()
        task(number)

    with ThreadPoolExecutor(THREADS) as pool:
        for done in [pool.submit(together, number) for number in range(THREADS)]:
            done.result()


def test_threads_share_a_policy_that_none_has_used_before(eager_switching: None) -> None:
    rules = HERE / "every_construct.policy"
    asked = [random_message(random.Random(seed)) for seed in range(60)]
    alone = Policy.load(rules, bundled=False)
    wanted = [alone.evaluate(message).model_dump_json() for message in asked]
    shared = Policy.load(rules, bundled=False)
    answers: dict[int, list[str]] = {}

    def judge(number: int) -> None:
        answers[number] = [verdict.model_dump_json() for verdict in shared.evaluate_many(asked)]

    in_threads(judge)
    assert [answers[number] for number in range(THREADS)] == [wanted] * THREADS


def test_no_verdict_mixes_two_rule_sets(folder: Path, eager_switching: None) -> None:
    live = LivePolicy(folder, bundled=False)
    asked = questions()
    old = [live.evaluate(message) for message in asked]
    rewrite(folder, NEW, "new")
    new = [Policy.load(folder, bundled=False).evaluate(message) for message in asked]
    for one, other in zip(old, new, strict=True):
        assert one.policy != other.policy and one.reasons != other.reasons
        assert one.text != other.text and one.warnings != other.warnings
    assert {verdict.decision for verdict in old} == {verdict.decision for verdict in new} >= {"defer", "deny"}
    done, seen = Event(), set[tuple[int, str]]()

    def reload() -> None:
        """Eight times there and back, and on until both were met: the threads that judge may be slow to begin."""
        for turn in count(1):
            for rules in ((NEW, "new"), (OLD, "old")):
                rewrite(folder, *rules)
                live.reload()
            if turn >= 8 and (turn >= 2000 or len({policy for _, policy in set(seen)}) == 2):
                break
        done.set()

    def judge(number: int) -> None:
        drawn = random.Random(number)
        while not done.is_set():
            index = drawn.randrange(len(asked))
            verdict = live.evaluate(asked[index])
            assert verdict in (old[index], new[index])
            seen.add((index, verdict.policy))

    reloading = Thread(target=reload)
    reloading.start()
    in_threads(judge)
    reloading.join()
    assert {policy for _, policy in seen} == {old[0].policy, new[0].policy}
    assert live.evaluate(asked[0]) == old[0]


def test_many_messages_are_judged_by_one_policy(folder: Path) -> None:
    live = LivePolicy(folder, bundled=False)
    asked = questions()
    verdicts = live.evaluate_many(asked)
    first = next(verdicts)
    rewrite(folder, NEW, "new")
    live.reload()
    rest = [first, *verdicts]
    assert {verdict.policy for verdict in rest} == {first.policy}
    assert {verdict.policy for verdict in live.evaluate_many(asked)} == {live.digest} != {first.policy}


def test_a_campaign_keeps_the_policy_it_was_begun_with(folder: Path) -> None:
    live = LivePolicy(folder, bundled=False)
    message = {name: value for name, value in questions()[0].items() if name != "to"}
    begun = live.campaign(message)
    rewrite(folder, NEW, "new")
    live.reload()
    assert begun.policy.digest != live.digest == live.campaign(message).policy.digest
    assert begun.judge("+33639980001").decision == begun.policy.evaluate({**message, "to": "+33639980001"}).decision


def test_replies_are_read_by_the_policy_in_force(folder: Path) -> None:
    live = LivePolicy(folder, bundled=False)
    found = live.classify_reply("casino", to="+33639980001")
    assert found is not None and found.confirmation == "Bye from old"
    rewrite(folder, NEW, "new")
    live.reload()
    assert live.classify_reply("casino", to="+33639980001") is None
    found = live.classify_reply("poker", to="+33639980001")
    assert found is not None and found.confirmation == "Bye from new"


def spoilt_rule(folder: Path) -> None:
    (folder / "a.policy").write_text(NEW.replace("promotional", "promotinal"), "utf-8")


def spoilt_bytes(folder: Path) -> None:
    (folder / "b.policy").write_bytes(b"\xff\xfe")


def emptied(folder: Path) -> None:
    for file in folder.iterdir():
        file.unlink()


def gone(folder: Path) -> None:
    folder.rename(folder.with_name("elsewhere"))


@pytest.mark.parametrize(
    ("spoil", "code"), [(spoilt_rule, "E202"), (spoilt_bytes, "E001"), (emptied, "E001"), (gone, "E001")]
)
def test_rules_that_do_not_compile_leave_the_old_ones_in_force(
    folder: Path, spoil: Callable[[Path], None], code: str
) -> None:
    live = LivePolicy(folder, bundled=False)
    before, verdict = live.policy, live.evaluate(questions()[0])
    spoil(folder)
    for read_anew in (live.reload, live.reload_if_changed):
        with pytest.raises(PolicyError) as caught:
            read_anew()
        assert {finding.code for finding in caught.value.findings} == {code}
        assert live.policy is before
    assert live.evaluate(questions()[0]) == verdict


def test_rules_that_are_mended_come_into_force(folder: Path) -> None:
    live = LivePolicy(folder, bundled=False)
    spoilt_rule(folder)
    with pytest.raises(PolicyError):
        live.reload_if_changed()
    rewrite(folder, NEW, "new")
    assert live.reload_if_changed()
    assert live.evaluate(questions()[0]).text.endswith(" new")


def test_nothing_is_loaded_where_rules_do_not_compile(folder: Path) -> None:
    spoilt_rule(folder)
    with pytest.raises(PolicyError):
        LivePolicy(folder, bundled=False)


def touched(folder: Path) -> None:
    rewrite(folder, OLD, "old")


def changed(folder: Path) -> None:
    (folder / "a.policy").write_text(OLD.replace("20:00", "20:30"), "utf-8")


def remark(folder: Path) -> None:
    (folder / "a.policy").write_text(f"# read this\n{OLD}", "utf-8")


def added(folder: Path) -> None:
    (folder / "c.policy").write_text("group NEAR = FR", "utf-8")


def removed(folder: Path) -> None:
    (folder / "b.policy").unlink()


def renamed(folder: Path) -> None:
    (folder / "b.policy").rename(folder / "c.policy")


@pytest.mark.parametrize(
    ("change", "wanted"),
    [(touched, False), (changed, True), (remark, True), (added, True), (removed, True), (renamed, True)],
)
def test_reloads_where_content_changed(folder: Path, change: Callable[[Path], None], wanted: bool) -> None:
    live = LivePolicy(folder, bundled=False)
    before = live.policy
    change(folder)
    assert live.reload_if_changed() is wanted
    assert (live.policy is not before) is wanted
    assert not live.reload_if_changed()
    assert live.digest == Policy.load(folder, bundled=False).digest


def test_of_many_reloads_at_once_the_last_content_stays(folder: Path, eager_switching: None) -> None:
    live = LivePolicy(folder, bundled=False)
    rewrite(folder, NEW, "new")
    loaded: list[bool] = []
    in_threads(lambda _: loaded.append(live.reload_if_changed()))
    assert sorted(loaded) == [False] * (THREADS - 1) + [True]
    assert live.reload() is live.policy


def test_bundled_rules_stand_beside(folder: Path) -> None:
    live = LivePolicy(folder)
    assert live.digest == Policy.load(folder).digest
    assert isinstance(live.evaluate(questions()[0]), Verdict)
