"""What is left to local agreement and what was agreed: parameters, conventions, grades, and what is switched off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple, TypeVar

from jerules.faults import Place
from jerules.language import tree as t
from jerules.quantities.kinds import Exact, Kind
from jerules.quantities.misread import Misread
from jerules.quantities.reading import read_constant
from jerules.rulebook import model as m
from jerules.rulebook.binding import where
from jerules.rulebook.citing import Guidance, Within
from jerules.rulebook.declare import Head, agreed_of, answer_type
from jerules.rulebook.grades import grades_of
from jerules.rulebook.names import Names
from jerules.scheme.model import Scheme

Kept = TypeVar("Kept", bound=t.Statement)
Placed = Sequence[tuple[t.RuleFile, Head]]


class Agreements:
    """Reads the agreements of all files; parameters with their conventions go to ``names``.

    ``withouts`` holds the interpretations that are switched off, each with who agreed it when; ``grades`` the local
    grades, the lowest first; ``orders`` which parameters rise.
    """

    def __init__(self, scheme: Scheme, names: Names, guidance: Guidance) -> None:
        self.scheme = scheme
        self.names = names
        self.faults = names.faults
        self.guidance = guidance
        self.withouts: dict[str, m.Agreed | None] = {}
        self.grades: tuple[m.Grade, ...] = ()
        self.orders: list[m.Order] = []
        self._switches: list[t.Without] = []
        self._conflicts: dict[tuple[str, str], list[_Conflict]] = {}

    def read(self, files: Placed) -> None:
        """Read every agreement, and check that they do not contradict one another."""
        for head, parameter in _all(files, t.Parameter):
            self._parameter(parameter, head)
        for _, convention in _all(files, t.Convention):
            self._convention(convention)
        for conflicts in self._conflicts.values():
            self._tell(conflicts)
        for head, order in _all(files, t.Order):
            self._order(order, head)
        for _, switch in _all(files, t.Without):
            self._switches.append(switch)
            self.withouts[switch.note.text] = agreed_of(switch.agreed, self.faults)
        self.grades = grades_of(list(_all(files, t.Grade)), self.scheme, self.faults)

    def check_withouts(self, interpretations: Mapping[str, m.Interpretation]) -> None:
        """Add a fault for each switch that speaks of no interpretation, or of one that is binding."""
        for switch in self._switches:
            note = switch.note
            found = interpretations.get(note.text)
            if found is None:
                self.faults.unknown("no interpretation", note.text, note.place, interpretations)
            elif found.source.status is m.Status.BINDING:
                self.faults.add(
                    "contradicts-binding", f"{note} is binding guidance, and cannot be switched off", note.place,
                    f"an assumption; {note} stands at {found.source.place} with `status binding`",
                    help="leave the line out: what is binding cannot be agreed away",
                )  # fmt: skip

    # ── parameters ───────────────────────────────────────────────────────────────────────────────────────────────

    def _parameter(self, statement: t.Parameter, head: Head) -> None:
        name = statement.name
        if first := self.names.parameters.get(name.text):
            self.faults.add(
                "duplicate", f"the parameter `{name}` is declared at {first.source.place} already", name.place,
                "one declaration", help="remove or rename one of them",
            )  # fmt: skip
            return
        kind = answer_type(statement.type, self.names)
        source = self.guidance.source(statement, statement.clauses, Within(head, head.status))
        if kind is None or kind.kind is None:
            self.names.spoilt.add(("parameter", name.text))
            if kind:
                self.faults.add(
                    "wrong-type", f"the parameter `{name}` is no quantity", statement.type.place,
                    "a quantity such as `money`, `mass` or `rate`", help="only quantities can be agreed locally",
                )  # fmt: skip
            return
        asks, advice = statement.clauses.asks, statement.clauses.help
        within = self._range(statement.range, kind.kind) if statement.range else None
        self.names.parameters[name.text] = m.Parameter(
            name.text, kind, asks.text if asks else "", source, help=advice.text if advice else "", within=within
        )

    def _range(self, ends: tuple[t.Word, t.Word], kind: Kind) -> m.Range | None:
        low, high = (_constant(word, kind, self.names) for word in ends)
        if low is None or high is None:
            return None
        if low >= high:
            self.faults.add(
                "backwards", f"`{ends[1]}` is not above `{ends[0]}`", ends[1].place, f"more than `{ends[0]}`",
                help="put the lower of the two first",
            )  # fmt: skip
            return None
        return m.Range(low, high, f"from {ends[0]} to {ends[1]}")

    def _order(self, statement: t.Order, head: Head) -> None:
        """Check that what was agreed on these parameters rises as they do."""
        source = self.guidance.source(statement, statement.clauses, Within(head, head.status))
        self.orders.append(m.Order(tuple(name.text for name in statement.names), source))
        known = []
        for name in statement.names:
            parameter = self.names.parameters.get(name.text)
            if parameter is not None:
                known.append((name, parameter))
            elif ("parameter", name.text) not in self.names.spoilt:
                self.faults.unknown("no parameter", name.text, name.place, self.names.parameters)
        for name, parameter in known[1:]:
            if parameter.type != known[0][1].type:
                first = known[0][0]
                self.faults.add(
                    "wrong-type", f"`{name}` cannot be compared with `{first}`: they are of different sorts",
                    name.place, f"a parameter of the sort of `{first}`", help="put it into an order of its own",
                )  # fmt: skip
                return
        settled = [parameter for _, parameter in known if parameter.value is not None]
        for less, more in pairwise(settled):
            if less.value is not None and more.value is not None and less.value >= more.value:
                self._out_of_order(less, more, statement)

    def _out_of_order(self, less: m.Parameter, more: m.Parameter, statement: t.Order) -> None:
        first, second = self.names.agreed_at[less.name], self.names.agreed_at[more.name]
        self.faults.add(
            "broken-order", f"`{more.name}` is agreed as {more.text}, which is not above `{less.name}`", second,
            f"more than {less.text}, agreed for `{less.name}` at {first}; the order stands at {statement.place}",
            help="correct one of the two values",
        )  # fmt: skip

    # ── conventions ──────────────────────────────────────────────────────────────────────────────────────────────

    def _convention(self, statement: t.Convention) -> None:
        name = statement.name
        agreed = agreed_of(statement.agreed, self.faults)
        parameter = self.names.parameters.get(name.text)
        if parameter is None:
            if ("parameter", name.text) not in self.names.spoilt:
                self.faults.unknown("no parameter", name.text, name.place, self.names.parameters)
            return
        value = value_of(statement.value, parameter, self.names, help="agree on a value within these ends")
        if first := self.names.agreed_at.get(name.text):
            if first.file == name.place.file or value != parameter.value:
                found = _Conflict(name, statement.value.text, first, parameter.text or "another value")
                self._conflicts.setdefault((first.file, name.place.file), []).append(found)
            return
        self.names.agreed_at[name.text] = name.place
        if value is None:
            return
        self.names.parameters[name.text] = replace(
            parameter, value=value, text=statement.value.text, agreed=agreed, settled_at=name.place
        )

    def _tell(self, conflicts: Sequence[_Conflict]) -> None:
        """One fault for all that two packs agree on differently; within a file each has its own place."""
        first, *more = conflicts
        if more and first.at.file != first.name.place.file:
            self.faults.add(
                "conflicting-conventions",
                f"this pack and `{first.at.file}` agree on different values of {len(conflicts)} parameters",
                first.name.place, help="load only one of the packs, or agree on one value of each",
                parts=tuple(
                    f"`{one.name}`: {one.text} here in line {one.name.place.line}, "
                    f"{one.other} there in line {one.at.line}"
                    for one in conflicts
                ),
            )  # fmt: skip
            return
        for one in conflicts:
            self.faults.add(
                "conflicting-conventions",
                f"`{one.name}` is agreed twice: as {one.other} at {one.at}, and as {one.text} here",
                one.name.place, "one convention", help="remove one of the two, or load only one of the packs",
            )  # fmt: skip


class _Conflict(NamedTuple):
    """Two conventions on one parameter: the second with its value, and where the first stands with its own."""

    name: t.Word
    text: str
    at: Place
    other: str


def value_of(word: t.Word, parameter: m.Parameter, names: Names, *, help: str) -> Exact | None:  # noqa: A002 - of a fault
    """The value that ``word`` gives a parameter; None, with a fault, where it is none of its kind.

    A value outside what the scheme leaves open is a fault as well, and ``help`` says what to do about it.
    """
    value = _constant(word, parameter.type.kind, names) if parameter.type.kind else None
    if value is not None and parameter.within and not parameter.within.low <= value <= parameter.within.high:
        names.faults.add(
            "contradicts-binding", f"{word} lies outside what the scheme leaves open for `{parameter.name}`",
            word.place, f"a value {parameter.within.text}, as {where(parameter.source)} has it", help=help,
        )  # fmt: skip
    return value


def _constant(word: t.Word, kind: Kind, names: Names) -> Exact | None:
    try:
        return read_constant(word.text, kind, names.calendar)
    except Misread as error:
        close = error.nearest.strip("`")
        names.faults.add("wrong-unit", error.message, word.place, error.expected, close, error.help)
        return None


def _all(files: Placed, kind: type[Kept]) -> Iterator[tuple[Head, Kept]]:
    """The statements of one kind of all files, each with the head of its file."""
    for file, head in files:
        for statement in file.statements:
            if isinstance(statement, kind):
                yield head, statement
