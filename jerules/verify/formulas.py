"""Formulas for the solver, made without its Python layer looking at every part for what it is.

That takes several times as long as making them, and there are tens of thousands. What is mixed up here is found out by
the checker of types, or by the solver as it asserts the formula.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any, Final

import z3

from jerules.faults import OurFault
from jerules.quantities.kinds import Exact

YES: Final = z3.BoolVal(True)  # noqa: FBT003 - it is the value itself
NO: Final = z3.BoolVal(False)  # noqa: FBT003 - it is the value itself


def any_of(parts: Iterable[z3.BoolRef]) -> z3.BoolRef:
    """Whether one of them holds; never, when there are none."""
    return _joined(z3.Z3_mk_or, list(parts))


def all_of(parts: Iterable[z3.BoolRef]) -> z3.BoolRef:
    """Whether all of them hold; always, when there are none."""
    return _joined(z3.Z3_mk_and, list(parts))


def _joined(make: Callable[[Any, int, Any], Any], parts: list[z3.BoolRef]) -> z3.BoolRef:
    if len(parts) == 1:
        return parts[0]
    context = z3.main_ctx()
    return z3.BoolRef(make(context.ref(), len(parts), _array(parts)), context)


def _array(parts: Sequence[z3.ExprRef]) -> Any:  # noqa: ANN401 - an array of the C library
    return (z3.Ast * len(parts))(*[part.ast for part in parts])


def negated(part: z3.BoolRef) -> z3.BoolRef:
    """Whether it does not hold."""
    context = z3.main_ctx()
    return z3.BoolRef(z3.Z3_mk_not(context.ref(), part.ast), context)


def implied(whenever: z3.BoolRef, then: z3.BoolRef) -> z3.BoolRef:
    """Whether the second holds whenever the first does."""
    context = z3.main_ctx()
    return z3.BoolRef(z3.Z3_mk_implies(context.ref(), whenever.ast, then.ast), context)


_COMPARING: Final[dict[str, Callable[[Any, Any, Any], Any]]] = {
    ">=": z3.Z3_mk_ge,
    ">": z3.Z3_mk_gt,
    "<=": z3.Z3_mk_le,
    "<": z3.Z3_mk_lt,
    "=": z3.Z3_mk_eq,
}


def compared(op: str, number: z3.ArithRef, other: z3.ArithRef) -> z3.BoolRef:
    """Whether a number stands so to another; where only one of them is whole, both are taken as fractions."""
    context = z3.main_ctx()
    reference = context.ref()
    if z3.Z3_get_sort(reference, number.ast).value != z3.Z3_get_sort(reference, other.ast).value:
        number, other = (z3.ToReal(one) if one.is_int() else one for one in (number, other))
    return z3.BoolRef(_COMPARING[op](reference, number.ast, other.ast), context)


def if_so(holds: z3.BoolRef, number: z3.ArithRef) -> z3.ArithRef:
    """The number where something holds, else nought."""
    context = z3.main_ctx()
    nought = constant(0, whole=number.is_int())
    return z3.ArithRef(z3.Z3_mk_ite(context.ref(), holds.ast, number.ast, nought.ast), context)


def total(numbers: Sequence[z3.ArithRef]) -> z3.ArithRef:
    """What numbers of one sort come to."""
    if len(numbers) == 1:
        return numbers[0]
    context = z3.main_ctx()
    return z3.ArithRef(z3.Z3_mk_add(context.ref(), len(numbers), _array(numbers)), context)


@lru_cache(maxsize=4096)
def constant(value: Exact, *, whole: bool = False) -> z3.ArithRef:
    """An exact number in the solver; ``whole`` where it is compared with whole numbers and is one."""
    return z3.IntVal(value) if whole and isinstance(value, int) else z3.RealVal(value)


def true_in(model: z3.ModelRef, formula: z3.BoolRef) -> bool:
    """Whether a formula holds in the world of a model; what the model leaves open is chosen for it."""
    context = z3.main_ctx().ref()
    found = (z3.Ast * 1)()
    if not z3.Z3_model_eval(context, model.model, formula.ast, True, found):  # noqa: FBT003 - the C library's order
        raise OurFault("the solver cannot say whether a formula holds in its own world")
    return bool(z3.Z3_get_bool_value(context, found[0]) == z3.Z3_L_TRUE)


def fraction(value: z3.ExprRef) -> Exact:
    """The exact number that a model gives a variable."""
    found = Fraction(value.as_fraction()) if z3.is_rational_value(value) else Fraction(value.as_long())
    return found.numerator if found.denominator == 1 else found
