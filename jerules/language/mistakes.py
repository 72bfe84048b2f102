"""Says what is wrong with a statement that the grammar refuses, to somebody who never saw a grammar."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from jerules.documents.text import Source
from jerules.faults import Fault, listed, nearest
from jerules.language.layout import IN_INTERPRETATION, LINES, STATEMENTS, Block, starts_at

if TYPE_CHECKING:
    from lark import Lark
    from lark.exceptions import UnexpectedInput

_PLAIN = {
    "NAME": "a name",
    "POSITION": "a level such as `3(c)`",
    "INT": "a whole number",
    "STRING": "a text in double quotes",
    "VALUE": "a quantity such as `6 kg`",
    "RAW": "an answer",
    "OP": "`>=`, `<=`, `>`, `<` or `=`",
    "CHECK": "a check such as `V8`",
    "NOTE_ID": "an identifier such as `A-NHS-06`",
    "DATE": "a date such as `2026-03-01`",
    "PARAGRAPH": "a paragraph number such as `4.2`",
    "$END": "the end of the statement",
}
_SAID = {
    "at": ("at least", "at most"), "count": ("count once",), "may": ("may also count",), "panel": ("panel decides",),
    "never": ("never from",), "extend": ("extend term",), "pro": ("pro rata by",), "cross": ("cross check",),
    "effective": ("effective from",),
}  # fmt: skip
_SHAPES = {
    "scheme": "scheme nhs",
    "factor": 'factor 13 "Physical effort"',
    "tool": 'tool advisory "Advising others"',
    "procedure": 'procedure review "Review of the grade of a job"',
    "pack": 'pack "Conventions of the trust" agreed 2026-03-01 by "Joint evaluation group"',
    "status": "status binding",
    "record": 'record effort "A demand on the body"',
    "question": 'question drives yes or no asks "Does the job drive?"',
    "scale": "scale difficulty = plain < complex",
    "term": 'term heavy effort when weight > 15 kg cites note "Heavy"',
    "ladder": "ladder how_often effort = rare < occasional < frequent",
    "extend": "extend term heavy effort when …",
    "level": "level 3(c) when … cites level 3(c)",
    "at least": "at least 3 when … cites level 3",
    "at most": "at most 5 when … cites level 5",
    "not": "not 6(d), 7 unless … cites level 7",
    "panel": 'panel decides size 4 or 5 when … asks "…?" cites level 4',
    "count": 'count once equipment under 6 not 8 when … cites note "…"',
    "assess": 'assess effort under 7 when … cites note "…"',
    "may": 'may also count effort under 16 because "…" cites note "…"',
    "never": 'never from years_in_post because "…" cites definition',
    "query": 'query "…" when … cites note "…"',
    "needs": 'needs job_description "The job description" always cites section 5',
    "step": 'step reviewed "The job is reviewed" within 12 weeks of complete receipt always cites section 7',
    "effective": "effective from duties_started when … cites section 5",
    "route": 'route "The committee approves" when … cites appendix 5',
    "ground": 'ground "The scheme was wrongly applied" when … cites part 4.1 paragraph 6.4',
    "pro": 'pro rata by hours_share asks "…"',
    "parameter": 'parameter large_sum money asks "…?" cites level 5',
    "convention": 'convention large_sum = £500,000 agreed 2026-03-01 by "Joint evaluation group"',
    "without": 'without A-NHS-06 agreed 2026-03-01 by "Joint evaluation group"',
    "order": "order large_sum < very_large_sum cites level 5",
    "grade": 'grade "Grade 5" from 300 to 349 agreed 2026-03-01 by "Joint evaluation group"',
    "cross": 'cross check "…" above 1 on at least 1 of 9, 10, 11, 12 asks "…" cites chapter 2',
    "carry": "carry advice to 4 when … cites definition",
    "interpretation": 'interpretation A-NHS-06 "…"',
    "accept": 'accept V8 "effort.weight" on 2026-11-21 because "…"',
    "because": 'because "…"',
    "cites": 'cites level 3(c), note "…"',
    "example": 'example "…"',
    "label": "label task",
    "gives": "gives level 3(c)",
    "no": "no effort",
    "nothing": "nothing else",
    "suppose": "suppose large_sum = £500,000",
}
_SUPPOSING = dict.fromkeys(("convention", "agreed", "parameter", "assume"), "suppose")
"""What people may write in an example for what is supposed there; in a pack it would be agreed."""
_MEANT = {
    "≥": ">=", "≤": "<=", "=>": ">=", "=<": "<=", "==": "=", "≧": ">=", "≦": "<=", "&": "and", "&&": "and",
    "||": "or", "|": "or", "+": "and",
}  # fmt: skip
_QUOTES = "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\u2018\u2019\u00b4`'"
_NUMBER_WORDS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen",
)  # fmt: skip
_NUMBERS = {word: str(number) for number, word in enumerate(_NUMBER_WORDS, start=1)}
_CITED = frozenset({"`chapter`", "`definition`"})
_BEFORE = 3  # how many words before the refused one may be to blame
_CLAUSES = frozenset({"when", "unless", "otherwise", "always", "reads", "asks", "help", "because", "cites", "agreed"})
_LONGEST_SHOWN = 40
_MOST_EXPECTED = 14
_MOST_STATEMENTS = 40


def plainly(words: Sequence[str]) -> list[str]:
    """The words that start statements, as people know them: `at least` rather than `at`."""
    return [said for word in words for said in _SAID.get(word, (word,))]


def unknown_statement(block: Block, allowed: tuple[str, ...], source: Source) -> Fault:
    """The first word of a block starts no statement, or none that may stand there."""
    word = block.first_word
    shown = _shown(word)
    place = starts_at(block, source)
    inside = allowed is IN_INTERPRETATION
    bare = word.rstrip(":")
    if bare in allowed:
        return source.fault(
            "unknown-statement",
            f"no statement starts with {shown}",
            place,
            expected=f"`{bare}`",
            nearest=bare,
            help="leave out the colon",
        )
    if bare in STATEMENTS and inside:
        return source.fault(
            "unknown-statement",
            f"{shown} cannot stand inside an interpretation",
            place,
            expected=listed(plainly(allowed), _MOST_STATEMENTS),
            help="move it out of the interpretation, to column 1",
        )
    close = _close(bare, allowed)
    return source.fault(
        "unknown-statement",
        f"no statement starts with {shown}",
        place,
        expected="a word that starts a statement" if close else listed(plainly(allowed), _MOST_STATEMENTS),
        nearest=close,
        help=f"write `{close}`" if close else "start the line with one of these, or indent it if it goes on",
    )


def unknown_line(block: Block, source: Source) -> Fault:
    """The first word of a line of an example starts no such line."""
    word = block.first_word
    close = _SUPPOSING.get(word) or ("" if word in STATEMENTS or word in _CLAUSES else _close(word, LINES))
    advice = "put a colon after the name of the record"
    if close:
        advice = f"write `{close}`"
    elif word in STATEMENTS or word in _CLAUSES:
        advice = "start in column 1 what does not belong to the example"
    return source.fault(
        "unknown-line",
        f"no line of an example starts with {_shown(word)}",
        starts_at(block, source),
        expected="the name of a record with a colon (`effort:`), `no`, `nothing else`, `suppose`, `panel decides` or "
        "`gives`",
        nearest=close,
        help=advice,
    )


def too_deep(block: Block, offset: int, text: str, source: Source, limit: int) -> Fault:
    """Brackets in brackets in brackets."""
    line, column = block.lines[0].number + text.count("\n", 0, offset), offset - (text.rfind("\n", 0, offset) + 1) + 1
    return source.fault(
        "too-deep",
        f"more than {limit} brackets and `not`s stand inside one another here",
        source.place(line, column, line, column + 1),
        expected=f"at most {limit}",
        help="define terms for the inner conditions and use their names",
    )


def syntax(block: Block, text: str, error: UnexpectedInput, grammar: Lark, source: Source) -> Fault:
    """The fault for a statement that the grammar refuses at one place."""
    return _Refused(block, text, error, grammar, source).fault()


class _Refused:
    """One statement that the grammar refuses: where, what stands there, and what could."""

    def __init__(self, block: Block, text: str, error: UnexpectedInput, grammar: Lark, source: Source) -> None:
        self.block = block
        self.source = source
        self.lines = text.split("\n")
        self.line, self.column, self.found = _locate(self.lines, error)
        self.plain = [_plain(name, grammar) for name in _expected(error)]
        self.words = [name.strip("`") for name in self.plain if re.fullmatch("`[a-z]+`", name)]
        self.close = "" if self.found in _keywords(grammar) else _close(self.found, self.words)

        self.swallowed = False

    def fault(self) -> Fault:
        """The fault, at the word that is to blame."""
        self._blame_the_word_before()
        number = self.block.lines[0].number + self.line - 1
        end = self.column + max(1, len(self.found))
        return self.source.fault(
            "syntax",
            self._message(),
            self.source.place(number, self.column, number, end),
            expected="something before it" if self.swallowed else _one_of(self.plain),
            nearest=self.close,
            help=self._help(),
        )

    def _blame_the_word_before(self) -> None:
        """A misspelt keyword may pass for a name or a unit; then what comes after is refused, which is no mistake."""
        if self.close:
            return
        before = "\n".join([*self.lines[: self.line - 1], self.lines[self.line - 1][: self.column - 1]])
        end = len(before)
        for _ in range(_BEFORE):
            last = re.search(r"(?<!\S)([a-z]+)\s*$", before[:end])
            if last is None or last.start() == 0:
                return
            end, word = last.start(), last[1]
            close = "" if word in self.words else _close(word, [other for other in self.words if len(other) > 1])
            swallowed = word in self.words and word in _CLAUSES
            if swallowed or (close and (len(word) > 2 or sorted(word) == sorted(close))):  # noqa: PLR2004 - `a` is near to much
                self.line = before.count("\n", 0, end) + 1
                self.column = end - (before.rfind("\n", 0, end) + 1) + 1
                self.found, self.close = word, close
                self.swallowed = swallowed
                return

    def _message(self) -> str:
        if not self.found:
            return "the statement ends too early"
        if self._starts_a_line() and self.found in STATEMENTS and self.found not in self.words:
            return f"{_shown(self.found)} starts a statement, but its line is indented"
        return f"{_shown(self.found)} cannot stand here"

    def _starts_a_line(self) -> bool:
        return self.line > 1 and not self.lines[self.line - 1][: self.column - 1].strip()

    def _help(self) -> str:
        if self.close:
            return f"write `{self.close}`"
        if self.swallowed:
            return f"a name or a quantity is missing before `{self.found}`"
        if self._starts_a_line() and self.found in STATEMENTS:
            return "line it up with the statement it follows, in column 1 or at the margin of the lines around it"
        return self._unit() or self._slip() or self._gap() or self._shape()

    def _unit(self) -> str:
        """Advice where a unit is joined to its number."""
        number = re.search(r"(?<![\w.,])\d[\d.,]*$", self.lines[self.line - 1][: self.column - 1])
        return (
            f"put a space between a number and its unit: `{number[0]} {self.found}`"
            if number and self.found[:1].isalpha()
            else ""
        )

    def _slip(self) -> str:
        """Advice on the slips that everybody makes."""
        found = self.found
        before = self.lines[self.line - 1][: self.column - 1]
        name = _as_name(found) if "a name" in self.plain else ""
        advice = ""
        if not found:
            pass
        elif meant := _MEANT.get(before[-1:] + found) or _MEANT.get(found):
            advice = f"write `{meant}`"
        elif found in _NUMBERS and "a whole number" in self.plain:
            advice = f"write `{_NUMBERS[found]}`"
        elif found == "-" and (name := self._name_around()):
            advice = f"names are written in small letters, digits and `_`: `{name}`"
        elif found[0] in _QUOTES:
            advice = 'use plain double quotes, `"`, around texts'
        elif found[0].isspace() or not found[0].isprintable():
            advice = "delete this character and type an ordinary space"
        elif before.endswith('"') and found[0] != '"':
            advice = "a text ends at its next double quote; inside a text use single quotes"
        elif re.search(r"\bis\s*$", before) and (found[0].isdigit() or found[0] == "£"):
            advice = "compare quantities with `=`, `>=` and the like"
        elif name not in {"", found} and not found.startswith('"'):
            advice = f"names are written in small letters, digits and `_`: `{name}`"
        return advice

    def _name_around(self) -> str:
        line = self.lines[self.line - 1]
        start = re.search(r"[A-Za-z][A-Za-z0-9_]*$", line[: self.column - 1])
        end = re.match(r"-[A-Za-z][A-Za-z0-9_-]*", line[self.column - 1 :])
        return _as_name(start[0] + end[0]) if start and end else ""

    def _gap(self) -> str:
        """Advice on what is missing before the place."""
        plain, found = self.plain, self.found
        advice = ""
        if "`)`" in plain and (not found or found in _CLAUSES):
            advice = "close the bracket with `)`" + (f" before `{found}`" if found else "")
        elif "`,`" in plain and re.fullmatch("[a-z][a-z0-9_]*", found) and found not in _CLAUSES:
            advice = f"put a comma before `{found}`"
        elif found == "," and (mark := next((mark for mark in ("`;`", "`<`") if mark in plain), "")):
            advice = f"part them by {mark}"
        elif "a text in double quotes" in plain and found and found[0].isalnum():
            advice = "put texts in double quotes"
        elif not _CITED.isdisjoint(plain):
            advice = 'cite as in `level 3(c)`, `note "…"`, `definition`, `factor 6 level 2` or `chapter 8`'
        return advice

    def _shape(self) -> str:
        first = self.block.first_word.rstrip(":")
        if first == "at":
            first = "at most" if re.match(r"\s*at\s+most", self.lines[0]) else "at least"
        if shape := _SHAPES.get(first):
            return f"the form is `{shape}`"
        if self.block.first_word.endswith(":"):
            return 'the form is `effort: task "…", weight 6 kg, often 80%`'
        return 'the form is `weight mass asks "How heavy is it?"`'


def _locate(lines: list[str], error: UnexpectedInput) -> tuple[int, int, str]:
    """Line, column (both from 1, within the statement) and the text found there; empty at the statement's end."""
    line, column = error.line, error.column
    token = getattr(error, "token", None)
    if line < 1 or (token is not None and token.type == "$END"):
        last = max((index for index, code in enumerate(lines) if code.strip()), default=0)
        return last + 1, len(lines[last]) + 1, ""
    rest = lines[line - 1][column - 1 :]
    found = re.match(r'"[^"]*"?|[A-Za-z0-9£][^\s,;()"]*|[<>=≥≤&|]+|.', rest)
    return line, column, found.group() if found else ""


def _expected(error: UnexpectedInput) -> list[str]:
    accepts = getattr(error, "accepts", None)
    return sorted(accepts or getattr(error, "expected", None) or getattr(error, "allowed", None) or ())


def _plain(terminal: str, grammar: Lark) -> str:
    if terminal in _PLAIN:
        return _PLAIN[terminal]
    for definition in grammar.terminals:
        if definition.name == terminal:
            return f"`{definition.pattern.value}`"
    return terminal.lower()


@lru_cache(maxsize=4)
def _keywords(grammar: Lark) -> frozenset[str]:
    return frozenset(
        str(definition.pattern.value) for definition in grammar.terminals if definition.pattern.type == "str"
    )


def _one_of(names: list[str]) -> str:
    ordered = sorted(set(names), key=lambda name: (name.startswith("`"), name))
    if len(ordered) > _MOST_EXPECTED:
        ordered = [*ordered[:_MOST_EXPECTED], f"or {len(ordered) - _MOST_EXPECTED} other words"]
    return ", ".join(ordered)


def _close(word: str, words: Sequence[str]) -> str:
    """The nearest of ``words``, letters that changed places included; empty when none is near or it is one of them."""
    low = word.lower()
    if not low or not low[0].isalpha():
        return ""
    if low in words:
        return low if low != word else ""
    return next((other for other in words if sorted(other) == sorted(low)), "") or nearest(low, words)


def _as_name(found: str) -> str:
    name = re.sub(r"[^a-z0-9_]+", "_", found.lower()).strip("_")
    return name if name[:1].isalpha() else ""


def _shown(found: str) -> str:
    if not found.isprintable() or found.isspace():
        return f"the character U+{ord(found[0]):04X}"
    if found.startswith('"'):
        text = found.strip('"')
        return f'the text "{text[:_LONGEST_SHOWN]}…"' if len(text) > _LONGEST_SHOWN else f'the text "{text}"'
    cut = found if len(found) <= _LONGEST_SHOWN else f"{found[:_LONGEST_SHOWN]}…"
    return f"`{cut}`" if "`" not in cut else f"“{cut}”"
