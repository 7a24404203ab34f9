"""From rule files to a checked rule set, by way of the cache. Parser and checker are imported only when they are
needed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..policy.diagnostics import Finding, PolicyError
from ..policy.model import RuleSet
from ..policy.source import Source
from . import cache
from .rule_store import bundled_sources
from .versions import data_versions


@dataclass(frozen=True, slots=True)
class Loaded:
    """A rule set and a digest of all that a verdict by it rests on."""

    rule_set: RuleSet
    digest: str


def load_rules(sources: Iterable[Source], bundled: bool, findings: Iterable[Finding] = ()) -> Loaded:
    """The rule set of these files, with the bundled ones if wanted. `findings`: errors met before, in reading them.

    Raises `PolicyError` with every error if there is any.
    """
    shipped = bundled_sources() if bundled else []
    everything = [*shipped, *sources]
    met = list(findings)
    key = _key(everything, len(shipped))
    rule_set = None if met else cache.load(key)
    if rule_set is None:
        rule_set = _compile(everything, frozenset(source.name for source in shipped), met)
        cache.store(key, rule_set)
    return Loaded(rule_set, _digest(everything))


def _compile(sources: Sequence[Source], shipped: frozenset[str], met: list[Finding]) -> RuleSet:
    from ..policy.checker import check
    from ..policy.parser import parse
    from .left_out import with_files_named

    checked = check([parse(source) for source in sources], bundled=shipped)
    errors = [*met, *(finding for finding in checked.findings if finding.severity == "error")]
    if errors or checked.rule_set is None:
        raise PolicyError(with_files_named(errors, {source.text for source in sources}))
    return checked.rule_set


def _key(sources: Sequence[Source], shipped: int) -> str:
    """What a cached rule set depends on: files with their names, for findings and tests are told by them."""
    return _hash([str(shipped), *(part for source in sources for part in (source.name, source.text))])


def _digest(sources: Sequence[Source]) -> str:
    """What a verdict rests on: the rules, whatever the names and order of their files, and the data behind them."""
    return "sha256:" + _hash([*data_versions(), *sorted(source.text for source in sources)])


def _hash(parts: Iterable[str]) -> str:
    whole = hashlib.sha256()
    for part in parts:
        whole.update(hashlib.sha256(part.encode("utf-8", "surrogatepass")).digest())
    return whole.hexdigest()
