"""What mutations start from: the rule files kept here, and every example of the documents."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from random import Random

from tests.policy.generate import policy_text

ROOT = Path(__file__).resolve().parents[2]
_FOLDERS = ("rulesets", "tests/golden", "tests/engine", "examples")
_EXAMPLE = re.compile(r"^```[\w-]*\n(.*?)^```", re.M | re.S)
_ENTRY = re.compile(r"^  (?=[a-z])", re.M)
_LEXEME = re.compile(r'"(?:[^"\\\n]|\\.)*"?|#[^\n]*|\d[\d:.–-]*|[^\W\d][\w-]*|->|[<>=!]=|\s+|.', re.S)
SMALL = 3_000
"""Characters of a file that is used as it is; of longer ones mostly some entries alone, for speed."""


def lexemes(text: str) -> list[str]:
    """A text in pieces that a person sees as one: words, texts, comments, signs, and what stands between them."""
    return _LEXEME.findall(text)


@dataclass(frozen=True)
class Seeds:
    """The texts, and the words in them."""

    texts: tuple[str, ...]

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Every piece of every text, once, so that rare ones are drawn as often as common ones."""
        found = {piece for text in self.texts for piece in lexemes(text) if len(piece) < 200}
        return tuple(sorted(found))

    def draw(self, random: Random) -> str:
        """A text, or a policy with some of its entries; sometimes one that uses the whole grammar and compiles."""
        if random.random() < 0.5:
            return policy_text(random)
        text = random.choice(self.texts)
        return text if len(text) <= SMALL or random.random() < 0.02 else _some_entries(random, text)


def _some_entries(random: Random, text: str) -> str:
    """The head of a file, some neighbouring entries of its first policy, and a brace behind them."""
    entries = _ENTRY.split(text)
    head = "  ".join(entries[: random.randint(2, 8)])
    start = random.randrange(len(entries))
    return f"{head}  {'  '.join(entries[start : start + random.randint(1, 6)]).rstrip()[:SMALL]}\n}}\n"


def read_seeds() -> Seeds:
    """The texts of the checkout in which this file lies."""
    files = [path for folder in _FOLDERS for path in sorted((ROOT / folder).rglob("*.policy"))]
    texts = [path.read_bytes().decode("utf-8") for path in files]
    for page in sorted((ROOT / "docs").rglob("*.md")):
        texts += [match.group(1) for match in _EXAMPLE.finditer(page.read_text(encoding="utf-8"))]
    return Seeds(tuple(text for text in texts if text.strip()))
