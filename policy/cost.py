"""What judging one message can cost at most, counted from the rules alone, without running anything.

Why nothing exceeds a bound linear in the text:

- A rule set has finitely many rules, each with one action and conditions of finitely many atoms, and the language has
  no loops, no recursion and no functions. Each rule that can speak is judged once for one instant, or, if it says
  `subject`, once for each subject.
- An atom costs a fixed number of steps: a comparison, a look-up in a set, or, in a table of k keys, at most 2^k
  look-ups. Beginnings and ends are as long as they are written.
- All words lists are searched together by the Aho-Corasick method, whose steps are linear in the text, in at most
  TEXT_PASSES forms of it; `mentions` and subjects then look up what was found.
- `matches` runs in RE2, whose steps are linear in the text, with no backtracking. A pattern counts as one pass, and so
  does looking for what another field holds (`body mentions brand.name`).
- A limit counts the history once: its steps are linear in the history.
- Added text is of the rules' own length; encoding and segments are one pass.

So one instant costs at most `operations + passes * (length of the text + added text) + limits * (length of the
history)`, each in constant steps, where the three numbers are those reported here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass

from . import model as m
from .reach import reaches
from .rule_logic import asked
from .walk import walk

TEXT_PASSES = 8
"""How often a text is read for words at most: folded and searched each as written, with accents, as look-alikes, and
with spaced-out letters joined."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Operations in the worst case for one message of a category to a country, by what is done.

    `rules` can speak, `per_subject` of them for each subject; `comparisons`, `words` (look-ups of what was found in the
    text), `patterns`, `tables` (look-ups in a table's rows), `windows` and `limits` are those of their conditions and
    actions. `operations` is the sum; `passes` is how often the text is read.
    """

    country: str
    category: str
    rules: int
    per_subject: int
    comparisons: int
    words: int
    patterns: int
    tables: int
    windows: int
    limits: int

    @property
    def operations(self) -> int:
        """All operations, each rule's own included."""
        return self.rules + self.comparisons + self.words + self.patterns + self.tables + self.windows + self.limits

    @property
    def passes(self) -> int:
        """How often the text is read from end to end, at most."""
        return TEXT_PASSES + self.patterns

    def as_json(self) -> dict[str, object]:
        """The counts with their sums, as plain data."""
        return {**asdict(self), "operations": self.operations, "passes": self.passes}


def costs(rule_set: m.RuleSet) -> Iterator[Cost]:
    """The cost for each country a policy names and for all others together, by category."""
    per_rule = {rule.id: _counts(rule, rule_set) for rule in rule_set.rules}
    for country, category, rules in reaches(rule_set):
        total = sum((per_rule[rule.id] for rule in rules), Counter[str]())
        subjects = sum(rule.per_subject for rule in rules)
        kinds = ("comparisons", "words", "patterns", "tables", "windows", "limits")
        yield Cost(country, category, len(rules), subjects, *(total[kind] for kind in kinds))


def costliest(found: Iterable[Cost]) -> list[Cost]:
    """Of each country the category that costs most, in the order of the countries."""
    most: dict[str, Cost] = {}
    for cost in found:
        first = most.setdefault(cost.country, cost)
        if cost.operations > first.operations:
            most[cost.country] = cost
    return list(most.values())


def _counts(rule: m.Rule, rule_set: m.RuleSet) -> Counter[str]:
    counts: Counter[str] = Counter()
    for node in walk(list(asked(rule))):
        match node:
            case m.Mentions():
                counts["words"] += 1
            case m.Matches() | m.MentionsFact():
                counts["patterns"] += 1
            case m.LookupTerm(table=name):
                counts["tables"] += 2 ** len(rule_set.tables[name].keys)
            case m.OneOf() | m.SameAs() | m.CompareNumber() | m.CompareAge() | m.IsKnown() | m.Has():
                counts["comparisons"] += 1
            case m.StartsWith() | m.EndsWith():
                counts["comparisons"] += 1
            case _:
                continue
    counts["windows"] = len(rule.action.window.hours) if isinstance(rule.action, m.Only) else 0
    counts["limits"] = int(isinstance(rule.action, m.Limit))
    return counts
