"""Mutants of the rules: cosmic-ray's operators and two of our own, wherever they change what is decided."""

import ast
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import parso
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.ast.ast_query import ASTQuery
from cosmic_ray.mutating import MutationVisitor
from cosmic_ray.operators.number_replacer import NumberReplacer
from cosmic_ray.operators.operator import Example, Operator
from cosmic_ray.plugins import get_operator

ROOT = Path(__file__).parents[2]
# Of the replacements of one operator those that move a boundary or turn the answer round.
CHOSEN = (
    "AddNot",
    "ExceptionReplacer",
    "RemoveDecorator",
    "ReplaceAndWithOr",
    "ReplaceOrWithAnd",
    "ReplaceTrueWithFalse",
    "ReplaceFalseWithTrue",
    "ReplaceBreakWithContinue",
    "ReplaceContinueWithBreak",
    "ReplaceUnaryOperator_Delete_Not",
    "ReplaceUnaryOperator_Delete_USub",
    "ZeroIterationForLoop",
    *(f"ReplaceComparisonOperator_{pair}" for pair in ("Lt_LtE", "Lt_GtE", "LtE_Lt", "LtE_Gt")),
    *(f"ReplaceComparisonOperator_{pair}" for pair in ("Gt_GtE", "Gt_LtE", "GtE_Gt", "GtE_Lt")),
    *(f"ReplaceComparisonOperator_{pair}" for pair in ("Eq_NotEq", "NotEq_Eq", "Is_IsNot", "IsNot_Is")),
    *(f"ReplaceBinaryOperator_{pair}" for pair in ("Add_Sub", "Sub_Add", "Mul_FloorDiv", "FloorDiv_Mul")),
    *(f"ReplaceBinaryOperator_{pair}" for pair in ("Mod_Mul", "BitAnd_BitOr", "BitOr_BitAnd")),
)
# Wording and citations: other tests hold them, and no outcome rests on them.
WORDING = {"Text", "Basis", "add_sentences", "add_words"}
# How a value is kept: whether it refuses assignment, saves memory, or is remembered.
KEEPING = {"dataclass", "lru_cache"}

Place = tuple[int, int]


CONDITIONAL = (ast.If, ast.IfExp, ast.While)


class Mutant(NamedTuple):
    """One change of one place: the file, cosmic-ray's operator and its occurrence there."""

    path: str
    operator: str
    occurrence: int
    line: int
    function: str

    @property
    def module(self) -> str:
        """The module's name."""
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    @property
    def name(self) -> str:
        """The function it is in, or the module, as the list of survivors names it."""
        return f"{self.module.removeprefix('kis.rules.')} {self.function}"


class MembershipReplacer(Operator):
    """`in` for `not in`, and the other way round."""

    other = {"in": " not in", "not in": " in"}

    def mutation_positions(self, node: Any) -> Iterator[tuple[Place, Place]]:
        for sign in self._signs(node):
            yield node.children[sign].start_pos, node.children[sign].end_pos

    def mutate(self, node: Any, index: int) -> Any:
        sign = self._signs(node)[index]
        node.children[sign] = parso.parse(self.other[_code(node.children[sign])])
        return node

    def _signs(self, node: Any) -> list[int]:
        if node.type != "comparison":
            return []
        return [place for place, one in enumerate(node.children) if place % 2 and _code(one) in self.other]

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        return (Example("x in y", "x not in y"),)


class CodeReplacer(Operator):
    """Another code of the dossier, of a sentence or of a document in place of the one written."""

    def mutation_positions(self, node: Any) -> Iterator[tuple[Place, Place]]:
        if node.type == "string" and not node.value.endswith('"""'):
            yield node.start_pos, node.end_pos

    def mutate(self, node: Any, index: int) -> Any:
        node.value = f"{node.value[:-1]}~{node.value[-1]}"
        return node

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        return (Example("x = 'a'", "x = 'a~'"),)


class NeighbourReplacer(NumberReplacer):
    """One more or one less, on the same line as before."""

    def mutate(self, node: Any, index: int) -> Any:
        other = super().mutate(node, index)
        other.value, other.prefix = other.value.strip(), node.prefix
        return other


OPERATORS: dict[str, Operator] = {
    **{name: get_operator(f"core/{name}")() for name in CHOSEN},
    "NeighbourReplacer": NeighbourReplacer(),
    "MembershipReplacer": MembershipReplacer(),
    "CodeReplacer": CodeReplacer(),
}


def _code(node: Any) -> str:
    return " ".join(node.get_code().split())


@lru_cache(maxsize=1)
def tree(path: str) -> Any:
    """The file as parsed; a process that changes it may not share it."""
    return get_ast((ROOT / path).read_text(encoding="utf-8"))


def mutants(paths: Iterable[str]) -> Iterator[Mutant]:
    """All mutants of these files, in the order of their lines; one file is parsed at a time."""
    for path in paths:
        yield from sorted(_of(path), key=lambda one: one.line)


def _of(path: str) -> Iterator[Mutant]:
    source = (ROOT / path).read_text(encoding="utf-8")
    left_out, twice = list(_left_out(source)), set(_turned_by_their_operator(source))
    nodes = list(ast_nodes(tree(path)))
    for name, operator in OPERATORS.items():
        places = [(node, start) for node in nodes for start, _end in operator.mutation_positions(node)]
        for occurrence, (node, start) in enumerate(places):
            if any(first <= start < last for first, last in left_out):
                continue
            if name != "AddNot" or start not in twice:
                function = ASTQuery(node).get_definition_name() or "module"
                yield Mutant(path, name, occurrence, start[0], function)


def _left_out(source: str) -> Iterator[tuple[Place, Place]]:
    """Annotations, documentation, the log, and what is only wording, citation or keeping."""
    lines = source.splitlines()
    for node in ast.walk(ast.parse(source)):
        for one in _without_effect(node):
            yield _place(lines, one.lineno, one.col_offset), _place(lines, one.end_lineno, one.end_col_offset)


def _turned_by_their_operator(source: str) -> Iterator[Place]:
    """Conditions of one comparison or negation: with another `not` they would be tried twice."""
    lines = source.splitlines()
    for node in ast.walk(ast.parse(source)):
        test = node.test if isinstance(node, CONDITIONAL) else None
        if isinstance(test, ast.UnaryOp) or (isinstance(test, ast.Compare) and len(test.ops) == 1):
            yield _place(lines, test.lineno, test.col_offset)


def _without_effect(node: ast.AST) -> Iterator[Any]:
    if isinstance(node, ast.arg | ast.AnnAssign) and node.annotation:
        yield node.annotation
    elif isinstance(node, ast.FunctionDef) and node.returns:
        yield node.returns
    elif isinstance(node, ast.Raise) or _is_without_effect(node):
        yield node


def _is_without_effect(node: ast.AST) -> bool:
    match node:
        case ast.Expr(value=ast.Constant()) | ast.BinOp(right=ast.Constant(value=None)):
            return True
        case ast.Assign(targets=[ast.Name(id="__all__")]):
            return True
        case ast.Call(func=ast.Name(id=name)):
            return name in WORDING | KEEPING
        case ast.Call(func=ast.Attribute(value=ast.Name(id="log"))) | ast.keyword(arg="encoding"):
            return True
    return False


def _place(lines: list[str], line: int, offset: int) -> Place:
    # ast counts bytes, parso letters.
    return line, len(lines[line - 1].encode()[:offset].decode())


def changed(mutant: Mutant) -> str:
    """The file with the mutant; spoils the parsed file of this process."""
    visitor = MutationVisitor(mutant.occurrence, OPERATORS[mutant.operator])
    return str(visitor.walk(tree(mutant.path)).get_code())


def difference(mutant: Mutant) -> str:
    """What the mutant changes, "before -> after", the same wherever the lines move to."""
    source = (ROOT / mutant.path).read_text(encoding="utf-8")
    visitor = MutationVisitor(mutant.occurrence, OPERATORS[mutant.operator])
    after = str(visitor.walk(get_ast(source)).get_code())
    if mutant.operator == "RemoveDecorator":
        return f"{source.splitlines()[mutant.line - 1].strip()} -> nothing"
    pairs = zip(source.splitlines(), after.splitlines(), strict=False)
    before, now = next(pair for pair in pairs if pair[0] != pair[1])
    return f"{' '.join(before.split())} -> {' '.join(now.split())}"
