"""The examples on the pages of findings, made whole: what a page leaves out to be short is put round them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from textwrap import dedent

from sendlaw.policy.lint_rules import LINT_RULES
from sendlaw.policy.silences import SILENCES

PAGES = {rule.CODE: (rule.__doc__ or "").strip() for rule in LINT_RULES}
PAGES |= {code: page.strip() for code, (_, page) in SILENCES.items()}
_ACTIONS = re.compile(r"\b(deny|require|only|limit|pace|append|prepend|warn)\b")
_CLAUSES = ("when", "unless", "require", "only", "limit", "pace", "append", "prepend", "warn", "deny", "basis", "note")
BESIDE = """policy world "Everywhere" {
  recipients anywhere
  languages  en
  rule hours "By day" { when category is promotional only 08:00-21:00 basis guideline cite trade }
  rule consent "With consent" { when category is promotional require consent is opted_in basis guideline cite trade }
  rule sender_name "A name has eleven signs at most" {
    when sender.type is alphanumeric require length of sender.id <= 11 basis guideline cite trade
  }
  rule short_code_length "A short code has three to eight digits" {
    when sender.type is short_code require length of sender.id >= 3 basis guideline cite trade
  }
  source trade "Trade guide" "https://example.com/trade" checked 2026-11-20
}
"""


@dataclass(frozen=True)
class Page:
    """A page in its parts: what, why, and the examples before and after."""

    title: str
    why: str
    before: str
    after: str


def page_of(code: str) -> Page:
    """The page of a finding, taken apart."""
    found = re.fullmatch(r"([^\n]+)\n\n(.+?)\n\nBefore:\n\n(.+?)\n\nAfter:\n\n(.+)", PAGES[code], re.DOTALL)
    assert found, f"{code} has no page of that form"
    title, why, before, after = found.groups()
    return Page(title, why, dedent(before), dedent(after))


def completed(example: str) -> str:
    """A file that can be checked, with the example in it and a world policy beside it."""
    if re.match(r"(policy|group)\b", example):
        return "".join(map(_with_languages, re.split(r"^(?=policy )", example, flags=re.M))) + f"\n{BESIDE}"
    entries = _as_rule(example) if example.split()[0] in _CLAUSES else example
    head = ["recipients FR"] if not re.search(r"^recipients\b", entries, re.M) else []
    head += ["languages fr, en"] if not re.search(r"^languages\b", entries, re.M) else []
    head += ["holidays FR"] if "holidays" in entries and not re.search(r"^holidays\b", entries, re.M) else []
    cited = {name for names in re.findall(r"\bcite\s+(\w+(?:\s*,\s*\w+)*)", entries) for name in names.split(",")}
    declared = set(re.findall(r"^\s*source\s+(\w+)", entries, re.M))
    for name in sorted({name.strip() for name in cited} - declared):
        head.append(f'source {name} "{name}" "https://example.com/{name}" checked 2026-11-20')
    return f'policy FR "France" {{\n{chr(10).join(head)}\n{entries}\n}}\n{BESIDE}'


def _with_languages(policy: str) -> str:
    if not policy.startswith("policy ") or re.search(r"^ *languages\b", policy, re.M):
        return policy
    return policy.replace("{", "{ languages en", 1)


def _as_rule(clauses: str) -> str:
    action = "" if _ACTIONS.search(clauses) else " deny"
    basis = "" if re.search(r"\bbasis\b", clauses) else " basis house"
    return f'rule example "Example" {{ {clauses}{action}{basis} }}'
