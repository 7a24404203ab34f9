"""The peers by the name of their package, each with the adapter that speaks to it."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version

from benchmarks.peers.eight_rules import Judge

ADAPTERS: Mapping[str, str] = {
    "cedarpy": "cedar",
    "zen-engine": "zen_engine",
    "rule-engine": "rule_engine_peer",
    "business-rules": "business_rules_peer",
    "common-expression-language": "cel_rust",
    "cel-python": "cel_python",
    "regopy": "rego",
    "json-logic-qubit": "json_logic_peer",
    "durable_rules": "durable_rules_peer",
    "pycasbin": "casbin_peer",
}


def installed() -> dict[str, str]:
    """The peers that are installed, with their versions."""
    return {name: found for name in ADAPTERS if (found := _version(name)) is not None}


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def judge_of(name: str) -> Judge:
    """The peer's way of judging. Raises what the peer raises where it cannot be loaded or given the rules."""
    judge: Judge = import_module(f"benchmarks.peers.{ADAPTERS[name]}").judge()
    return judge
