"""The kinds of faults: for a node of the syntax tree, the nodes that could stand there by mistake."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator

Change = tuple[str, ast.AST]
"""A kind of fault, and the node that stands in for the right one."""

_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
_OPPOSITES = (
    *(("min", "max"), ("any", "all"), ("startswith", "endswith"), ("bisect_left", "bisect_right")),
    *(("conjunction", "disjunction"), ("may", "must"), ("since", "before"), ("lower", "upper")),
)
_NAMES = {one: other for pair in _OPPOSITES for one, other in (pair, pair[::-1])} | {"sorted": "list"}
_GENERATED = (
    *((" and ", " or "), (" or ", " and "), (" is not None", " is None"), (" is None", " is not None")),
    *((" is not False", " is True"), (" is True", " is not False"), (" == ", " != "), (" in ", " not in ")),
    *((" >= ", " > "), (" < ", " <= "), ("not (", "("), ("any(", "all("), ("all(", "any("), ("if {", "if not {")),
)
"""In strings that are Python in the making: what is written, and the fault."""


def changes_of(node: ast.AST, inside: bool) -> Iterator[Change]:
    """The faults of one node. `inside`: within a function or class; outside, `|` joins types."""
    match node:
        case ast.Compare():
            yield from _compare(node)
        case ast.BoolOp():
            yield from _bool_op(node)
        case ast.UnaryOp(op=ast.Not() | ast.USub()):
            yield "negation removed", node.operand
        case ast.BinOp() if inside and type(node.op) in _ARITHMETIC and not _is_text(node.left):
            yield "arithmetic", _with(node, op=_ARITHMETIC[type(node.op)]())
        case ast.IfExp():
            yield "branches swapped", _with(node, body=node.orelse, orelse=node.body)
        case ast.Constant():
            yield from _constant(node, inside)
        case ast.Dict() if len(node.keys) > 1:
            for n in range(len(node.keys)):
                yield "entry left out", _with(node, keys=_without(node.keys, n), values=_without(node.values, n))
        case ast.Set() | ast.List() | ast.Tuple() if len(node.elts) > 1 and isinstance(node.elts[0], ast.Constant):
            yield from (("element left out", _with(node, elts=_without(node.elts, n))) for n in range(len(node.elts)))
        case ast.Call():
            yield from _call(node)
        case ast.Attribute(attr=name) if name in _NAMES:
            yield "opposite", _with(node, attr=_NAMES[name])
        case ast.Slice():
            yield from (("slice", _with(node, **{end: None})) for end in ("lower", "upper") if getattr(node, end))
        case ast.ListComp() | ast.SetComp() | ast.GeneratorExp() | ast.DictComp():
            yield from _comprehension(node)
        case ast.stmt():
            yield from _statement(node)


def _with(node: ast.AST, **fields: object) -> ast.AST:
    changed = copy.copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


def _without(items: list[ast.expr] | list[ast.expr | None] | list[ast.match_case], n: int) -> list[object]:
    return [*items[:n], *items[n + 1 :]]


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def _compare(node: ast.Compare) -> Iterator[Change]:
    for n, op in enumerate(node.ops):
        for other in _COMPARISONS[type(op)]:
            yield "comparison", _with(node, ops=[*node.ops[:n], other(), *node.ops[n + 1 :]])


def _bool_op(node: ast.BoolOp) -> Iterator[Change]:
    yield "and/or", _with(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())
    for n in range(len(node.values)):
        rest = _without(node.values, n)
        yield "operand left out", _with(node, values=rest) if len(rest) > 1 else node.values[1 - n]


def _constant(node: ast.Constant, inside: bool) -> Iterator[Change]:
    value = node.value
    if isinstance(value, bool):
        yield "constant", ast.Constant(not value)
    elif isinstance(value, int):
        yield from (("boundary", ast.Constant(value + step)) for step in (1, -1))
    elif isinstance(value, str):
        faults = [value.replace(right, wrong, 1) for right, wrong in _GENERATED if right in value]
        kind = "generated code" if faults else "text"
        yield from ((kind, ast.Constant(text)) for text in faults or [f"X{value}" if value else "X"])


def _call(node: ast.Call) -> Iterator[Change]:
    args = node.args
    if len(args) > 1 and ast.dump(args[0]) != ast.dump(args[1]) and ast.unparse(node.func) != "isinstance":
        yield "arguments swapped", _with(node, args=[args[1], args[0], *args[2:]])
    if isinstance(node.func, ast.Name) and node.func.id in _NAMES:
        yield "opposite", _with(node, func=ast.Name(_NAMES[node.func.id], ast.Load()))
    for n in range(len(node.keywords)):
        yield "keyword left out", _with(node, keywords=[*node.keywords[:n], *node.keywords[n + 1 :]])


def _comprehension(node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp) -> Iterator[Change]:
    for n, part in enumerate(node.generators):
        if part.ifs:
            bare = ast.comprehension(part.target, part.iter, [], part.is_async)
            yield "filter left out", _with(node, generators=[*node.generators[:n], bare, *node.generators[n + 1 :]])


def _statement(node: ast.stmt) -> Iterator[Change]:
    match node:
        case ast.If() | ast.While():
            yield "condition negated", _with(node, test=ast.UnaryOp(ast.Not(), node.test))
            yield from (("branch", _with(node, test=ast.Constant(way))) for way in _ways(node))
        case ast.Return(value=ast.expr() as value):
            yield from (("returned value", ast.Return(ast.Constant(given))) for given in _returned(value))
        case ast.Match():
            yield from (("case left out", _with(node, cases=_without(node.cases, n))) for n in range(len(node.cases)))
            yield from (("guard left out", guarded) for guarded in _unguarded(node))
        case ast.Expr() | ast.AugAssign() | ast.Continue() | ast.Break():
            yield "statement dropped", ast.Pass()
        case ast.Assign(targets=[ast.Subscript() | ast.Attribute()]):
            yield "statement dropped", ast.Pass()
        case ast.For():
            yield "loop skipped", _with(node, iter=ast.Tuple([], ast.Load()))


def _ways(node: ast.If | ast.While) -> tuple[bool, ...]:
    return (True, False) if isinstance(node, ast.If) else (False,)


def _returned(value: ast.expr) -> Iterator[bool | None]:
    """What is returned in a value's place: another constant for a constant, else nothing."""
    if not isinstance(value, ast.Constant):
        yield None
    elif value.value is None or isinstance(value.value, bool):
        yield from (other for other in (True, False, None) if other is not value.value)


def _unguarded(node: ast.Match) -> Iterator[ast.AST]:
    for n, case in enumerate(node.cases):
        if case.guard is not None:
            bare = ast.match_case(case.pattern, None, case.body)
            yield _with(node, cases=[*node.cases[:n], bare, *node.cases[n + 1 :]])
