"""What the linter looks for: one rule a module, whose docstring is its page."""

from __future__ import annotations

from ..lint_context import LintModule
from . import (
    ambiguous_reply,
    basis_missing,
    condition_always_true,
    duplicate_phrase,
    duplicate_rule,
    duplicate_title,
    expired_rule,
    impossible_condition,
    limit_never_reached,
    old_source,
    repeated_citation,
    rule_without_test,
    test_without_expectation,
    uncited_rule,
    unused_column,
    unused_group,
    unused_source,
    unused_words,
    window_always_open,
    window_never_opens,
)

LINT_RULES: tuple[LintModule, ...] = (
    uncited_rule,
    basis_missing,
    impossible_condition,
    condition_always_true,
    window_never_opens,
    limit_never_reached,
    ambiguous_reply,
    expired_rule,
    duplicate_rule,
    unused_source,
    unused_words,
    test_without_expectation,
    old_source,
    rule_without_test,
    duplicate_phrase,
    duplicate_title,
    unused_column,
    window_always_open,
    repeated_citation,
    unused_group,
)
"""All lint rules, by code."""
