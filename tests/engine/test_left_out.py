"""A bundled file without the others: the error says which file is wanting, and with these files it can be read."""

from __future__ import annotations

import re

import pytest
from sendlaw.engine.policy import Policy
from sendlaw.engine.rule_store import bundled_sources
from sendlaw.policy.diagnostics import Finding, PolicyError
from sendlaw.policy.source import Source

SHIPPED = {source.name: source for source in bundled_sources()}
HOUSE = 'policy acme "A" {{ recipients {places} languages en rule a "A" {{ {clauses} deny basis house }} }}'


def errors(*sources: Source) -> tuple[Finding, ...]:
    try:
        Policy.from_sources(sources, bundled=False)
    except PolicyError as error:
        return error.findings
    return ()


def named(findings: tuple[Finding, ...]) -> set[str]:
    """The bundled files that errors ask for."""
    return {name for one in findings for name in re.findall(r"bundled file `([^`]+)`", one.help)}


@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_the_files_that_are_asked_for_are_those_that_are_wanting(name: str) -> None:
    chosen = {name}
    while found := errors(*(SHIPPED[one] for one in sorted(chosen))):
        assert [one.help for one in found if "which was left out" not in one.help] == []
        assert not named(found) <= chosen
        chosen |= named(found)
    assert chosen <= set(SHIPPED)


def test_the_words_lists_need_no_country() -> None:
    assert errors(SHIPPED["rulesets/words.policy"]) == ()
    assert (
        errors(SHIPPED["rulesets/words.policy"], SHIPPED["rulesets/world.policy"], SHIPPED["rulesets/groups.policy"])
        == ()
    )


@pytest.mark.parametrize(
    ("places", "clauses", "file"),
    [
        ("FR", "replaces world.hours", "rulesets/world.policy"),
        ("NANP", "", "rulesets/groups.policy"),
        ("FR", "when body mentions energy_renovation", "rulesets/words.policy"),
    ],
)
def test_house_rules_are_told_the_same(places: str, clauses: str, file: str) -> None:
    (found,) = errors(Source("house.policy", HOUSE.format(places=places, clauses=clauses)))
    assert (
        found.help
        == f"it stands in the bundled file `{file}`, which was left out: read that file too, or all bundled rules"
    )


def test_a_misspelt_name_still_gets_its_suggestion() -> None:
    (found,) = errors(Source("house.policy", HOUSE.format(places="FR", clauses="when category is promotionel")))
    assert found.help.startswith("did you mean `promotional`?")
    (found,) = errors(Source("house.policy", HOUSE.format(places="FR", clauses="replaces acme.b")))
    assert "bundled" not in found.help
