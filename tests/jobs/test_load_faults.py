"""Job files that are refused: every mistake, each at its place, with what was expected and what to do."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jerules.documents.text import Source
from jerules.faults import Fault, Faulty, render
from jerules.jobs.load import load_job, load_job_file, scheme_of
from jerules.jobs.shape import MOST_FAULTS
from jerules.rulebook.load import book_of
from jerules.scheme.load import load_scheme
from tests.jobs.book import faults_in, faults_of, load, small_book

SEVEN = """\
jerules: job/1
scheme: nhs
title: Ward domestic
hours:
  shifts: 5 a week
  lenght: 7.5 hours
job:
  drivs: yes
records:
  effort:
    - task: Mops floors
      kind: liftin
      weight: 20 min
      often: 120% of shifts
  hazrd: []
panel:
  1: 3a
"""


def said(fault: Fault) -> str:
    """Place, code, nearest: what a table of mistakes is checked by."""
    place = fault.place
    assert place is not None
    return f"{place.line}:{place.column} {fault.code}" + (f" ~{fault.nearest}" if fault.nearest else "")


def test_seven_mistakes_are_seven_faults() -> None:
    """Every mistake of a file is found in one go, each once, at its own place."""
    assert [said(fault) for fault in faults_in(SEVEN)] == [
        "6:3 unknown-key ~length",
        "8:3 unknown-question ~drives",
        "12:13 unknown-choice ~lifting",
        "13:15 wrong-quantity",
        "14:14 wrong-quantity",
        "15:3 unknown-record ~hazard",
        "17:6 missing-reason",
    ]


def test_the_words_of_a_fault() -> None:
    """A fault shows the line with a caret, what was expected, the nearest name and one line of help."""
    found = faults_in(SEVEN)
    assert render(found[2]) == (
        "job.yaml:12:13: error[unknown-choice]: `liftin` is not an answer to `kind`\n"
        "   |\n"
        "12 |       kind: liftin\n"
        "   |             ^^^^^^\n"
        "   = expected: `lifting` (Lifting, pushing or pulling), `bending`\n"
        "   = nearest: `lifting`\n"
        "   = help: write `lifting`"
    )
    assert render(found[6]) == (
        "job.yaml:17:6: error[missing-reason]: the panel's level is given without its reason\n"
        "   |\n"
        "17 |   1: 3a\n"
        "   |      ^^\n"
        '   = expected: `{level: 3a, reason: "…"}`\n'
        "   = help: say in a sentence why the panel chose this level"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- a", ["1:1 not-a-table"]),
        ("a job", ["1:1 not-a-table"]),
        ("scheme: nhs", ["1:1 missing-format"]),
        ("jerules: job/1", ["1:1 missing-scheme"]),
        ("jerules: job/2\nscheme: nhs", ["1:10 unknown-format"]),
        ("jerules: [job/1]\nscheme: nhs", ["1:10 unknown-format"]),
        ("jerules: job/1\nscheme: nsh", ["2:9 no-such-scheme ~nhs"]),
        ("jerules: job/1\nscheme: zzz\njob: {drives: maybe}", ["2:9 no-such-scheme", "3:15 not-yes-or-no"]),
        ("jerules: job/1\nscheme: njc\njob: {drives: maybe}", ["2:9 wrong-scheme"]),
        ("jerules: job/1\nscheme: [nhs]", ["2:9 no-such-scheme"]),
        ("jerules: job/1\nscheme: nhs\nsheme: nhs\neffort: []", ["3:1 unknown-key ~scheme", "4:1 unknown-key"]),
        ("jerules: job/1\nscheme: nhs\ntitle: [a]\nabout: {a: b}", ["3:8 not-a-text", "4:8 not-a-text"]),
    ],
)
def test_bad_heads(text: str, expected: list[str]) -> None:
    """A file that is not a job of this scheme says so, and whatever else can be said of it."""
    assert [said(fault) for fault in faults_in(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("drives: maybe", "not-yes-or-no"),
        ("drives: 1", "not-yes-or-no"),
        ("drives: [yes]", "not-one-answer"),
        ("drives: {answer: {answer: yes}}", "not-one-answer"),
        ("drives: {answr: yes}", "unknown-key ~answer"),
        ("drives: {value: yes}", "unknown-key"),
        ("drives: {answer: yes, evidence: [a]}", "not-a-text"),
        ("drives: {answer: yes, source: {a: b}}", "not-a-text"),
        ("purpose: nursing", "unknown-choice"),
        ("purpose: offices", "unknown-choice ~office"),
        ("purpose: office worc", "unknown-choice ~office"),
        ("purpose: [care, office]", "not-one-answer"),
        ("languages: none", "unknown-choice"),
        ("languages: welsh, bsl", "unknown-choice ~welsh"),
        ("languages: [welsh, [bsl]]", "not-one-answer"),
        ("languages: [welsh, {a: b}]", "not-one-answer"),
        ("languages: [welsh, unknown]", "not-known-in-list"),
        ("languages: {welsh: yes}", "unknown-key"),
        ("difficulty: harder", "unknown-choice ~hard"),
        ("difficulty: 2", "unknown-choice"),
        ("since: 31/02/2026", "wrong-quantity"),
        ("budget: £1,200", "wrong-quantity"),
        ("drives: &a yes", "alias-not-allowed"),
        ("drives: !!bool yes", "tag-not-allowed"),
        ("weight: 6 kg", "unknown-question"),
        ("effort: []", "unknown-question"),
    ],
)
def test_bad_answers_about_the_job(text: str, expected: str) -> None:
    """One mistake gives one fault."""
    found = faults_of(f"job:\n  {text}\n")
    assert [f"{fault.code}{fault.nearest and ' ~'}{fault.nearest}" for fault in found] == [expected]
    assert all(fault.place and fault.place.line == 4 and fault.line_text for fault in found)


@pytest.mark.parametrize(
    "text",
    [
        "weight: -5 kg",
        "weight: 6",
        "weight: 6 kgg",
        "weight: over 15 kg",
        "weight: heavy",
        "weight: nan",
        "often: 120% of shifts",
        "often: frequently",
        "often: 6 a week",
        "times: 20%",
        "each: 6 kg",
        "each: 10 to 5 min",
    ],
)
def test_bad_quantities(text: str) -> None:
    """Wrong units, impossible values and words that are no numbers are refused with what was expected."""
    (fault,) = faults_of(f"hours: {{shifts: 5 a week}}\nrecords:\n  effort:\n    - {text}\n")
    assert fault.code == "wrong-quantity"
    assert fault.expected
    assert fault.help


def test_a_wrong_hour_has_no_followers() -> None:
    """Where the hours are mistaken nothing is held against what depends on them."""
    found = faults_of("hours: {shifts: 5}\nrecords: {effort: [{often: 6 a week}]}\n")
    assert [said(fault) for fault in found] == ["3:17 wrong-quantity"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{shifts: 5}", "wrong-quantity"),
        ("{shifts: 0 a week}", "not-one-number"),
        ("{shifts: 4 to 5 a week}", "not-one-number"),
        ("{shifts: daily}", "not-one-number"),
        ("{shifts: 37.5 a week}", "not-one-number"),
        ("{shifts: 1099 a year}", "not-one-number"),
        ("{shifts: once every 2 years}", "not-one-number"),
        ("{shifts: [5 a week]}", "not-one-answer"),
        ("{shifts: {answer: 5 a week, when: now}}", "unknown-key"),
        ("{length: 8}", "wrong-quantity"),
        ("{length: 0 h}", "not-one-number"),
        ("{shifts: 7 a week, length: 30 h}", "impossible-hours"),
        ("5 a week", "not-a-table"),
    ],
)
def test_bad_hours(text: str, expected: str) -> None:
    """The hours are one number each, above nought, fit into a week, and make one shift a year to three a day."""
    assert [fault.code for fault in faults_of(f"hours: {text}\n")] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("effrt: []", "unknown-record ~effort"),
        ("drives: yes", "unknown-record"),
        ("weight: 6 kg", "unknown-record"),
        ("job: {}", "unknown-record"),
        ("effort: none", "not-a-list"),
        ("effort: {task: Mops}", "not-a-list"),
        ("effort: [Mops floors]", "not-an-entry"),
        ("effort: [[Mops floors]]", "not-an-entry"),
        ("effort: [{wieght: 6 kg}]", "unknown-question ~weight"),
        ("effort: [{drives: yes}]", "unknown-question"),
        ("effort: [{metres: 5 m}]", "unknown-question"),
        ("effort: [{evidence: [a, b]}]", "not-a-text"),
        ("[effort]", "not-a-table"),
    ],
)
def test_bad_records(text: str, expected: str) -> None:
    """A record is a list of entries under a known name."""
    found = faults_of(f"records:\n  {text}\n")
    assert [f"{fault.code}{fault.nearest and ' ~'}{fault.nearest}" for fault in found] == [expected]


def test_both_mistakes_of_a_table_without_a_dash() -> None:
    """What stands in an entry is checked even where its dash is missing."""
    found = faults_of("records: {effort: {wieght: 6 kg}}\n")
    assert [fault.code for fault in found] == ["not-a-list", "unknown-question"]


@pytest.mark.parametrize(
    ("text", "help_"),
    [
        ("job: {weight: 6 kg}", "`weight` is asked of each entry of `effort`"),
        ("job: {kind: x}", "`kind` is asked of each entry of `effort` and of `hazard`"),
        ("job: {effort: []}", "`effort` is a record: write it under `records:`"),
        ("records: {drives: yes}", "`drives` is asked about the job as a whole: write it under `job:`"),
        ("records: {effort: [{drives: yes}]}", "`drives` is asked about the job as a whole: write it under `job:`"),
        (
            "records: {effort: none}",
            "begin each entry with `- `; write `[]` if there are none, or leave it empty if it is not known",
        ),
        ("records: {effort: [Mops]}", "write `task: …`"),
        ("job: {languages: none}", "write `[]` for none of these, or leave it empty if it is not known"),
        ('job: {languages: "Welsh, bsl"}', "write it as a list: `[welsh, bsl]`"),
        ("panel: {Physical effort: {level: 3, reason: x}}", "write `13`, the number of the factor"),
    ],
)  # fmt: skip
def test_help(text: str, help_: str) -> None:
    """What is written in the wrong place or the wrong form is told its right one."""
    assert [fault.help for fault in faults_of(text)] == [help_]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1: 3a", ["missing-reason"]),
        ("1: {level: 3a}", ["missing-reason"]),
        ("1: {level: 3a, reason: }", ["missing-reason"]),
        ("1: {level: 3a, reason: unknown}", ["missing-reason"]),
        ("1: {level: 3a, reason: [a]}", ["not-a-text"]),
        ("1: {level: 9, reason: a}", ["level-out-of-range"]),
        ("1: {level: 3z, reason: a}", ["unknown-option"]),
        ("1: {level: 1a, reason: a}", ["no-options"]),
        ("1: {level: high, reason: a}", ["not-a-level"]),
        ("1: {level: [3], reason: a}", ["not-one-answer"]),
        ("1: {level: 9}", ["level-out-of-range", "missing-reason"]),
        ("1: {level: 3a, reson: a}", ["missing-reason", "unknown-key"]),
        ("1: {level: 3a, reason: a, evidence: [b], source: {c: d}}", ["not-a-text", "not-a-text"]),
        ("17: {level: 3, reason: a}", ["unknown-factor"]),
        ("'01': {level: 3, reason: a}", ["unknown-factor"]),
        ("1: [3a]", ["not-a-table"]),
        ("[1]", ["not-a-table"]),
    ],
)
def test_bad_levels_of_the_panel(text: str, expected: list[str]) -> None:
    """The panel's own level is one that the factor has, and comes with its reason."""
    assert sorted(fault.code for fault in faults_of(f"panel:\n  {text}\n")) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hard_efort: {level: 3, reason: a}", ["unknown-decision"]),
        ("hard_effort: 3(a)", ["missing-reason"]),
        ("hard_effort: {level: 4, reason: a}", ["outside-decision"]),
        ("hard_effort: {level: 2(a), reason: a}", ["outside-decision"]),
        ("hard_effort: {level: 3(b), reason: a}", ["outside-decision"]),
        ("hard_effort: {level: 9, reason: a}", ["level-out-of-range"]),
        ("hard_effort: {level: 3, reason: a, evidence: b}", ["unknown-key"]),
        ("unheard_of: {level: x}", ["missing-reason", "not-a-level", "unknown-decision"]),
        ("3(a)", ["not-a-table"]),
    ],
)
def test_bad_decisions(text: str, expected: list[str]) -> None:
    """A decision settles what the rules leave to the panel, for one of the two levels, with a reason."""
    assert sorted(fault.code for fault in faults_of(f"decisions:\n  {text}\n")) == expected


def test_no_faults_of_one_part_hide_those_of_another() -> None:
    """Mistakes in every part of a file come out together, in the order of the file."""
    text = "title: [a]\nhours: {shift: 5}\njob: {a: 1}\nrecords: {b: 1}\npanel: {c: 1}\ndecisions: {d: x}\n"
    lines = [fault.place.line for fault in faults_of(text) if fault.place]
    assert sorted(set(lines)) == [3, 4, 5, 6, 7, 8]
    assert lines == sorted(lines)


HOSTILE = {
    "bottomless": "[" * 100_000,
    "bottomless tables": '{"a":' * 100_000,
    "aliases": "a: &a [x]\nb: [*a, *a]\n",
    "python": "jerules: !!python/object/apply:os.system ['true']\n",
    "two documents": "jerules: job/1\n---\nscheme: nhs\n",
    "nothing": "",
    "a comment": "# nothing\n",
    "twice": "jerules: job/1\nscheme: nhs\nscheme: nhs\n",
    "tabs": "jerules: job/1\n\tscheme: nhs\n",
    "a long key": f"jerules: job/1\nscheme: nhs\n{'k' * 900}: 1\n",
    "a long word": f"jerules: job/1\nscheme: nhs\njob: {{purpose: {'x' * 200_000}}}\n",
    "a long quantity": f"jerules: job/1\nscheme: nhs\njob: {{budget: {'9' * 200_000}}}\n",
    "back-ticks": "jerules: job/1\nscheme: nhs\njob: {purpose: 'a `b` \u2028 c'}\n",
}


@pytest.mark.parametrize("name", ["job.yaml", "job.json"])
@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_files(case: str, name: str) -> None:
    """A file that means harm, or is no job at all, is refused with short faults and nothing else."""
    with pytest.raises(Faulty) as caught:
        load_job(Source(name, HOSTILE[case]), small_book())
    for fault in caught.value.faults:
        assert len(fault.message) < 300
        assert "\n" not in fault.message + fault.help + fault.expected


def test_a_file_full_of_mistakes_is_given_up() -> None:
    """After so many faults the file is not read further: it is not the file that was meant."""
    keys = "".join(f"  key_{number}: 1\n" for number in range(1000))
    assert len(faults_of(f"job:\n{keys}")) == MOST_FAULTS + 1


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    """What is wrong with the file itself is a fault of its own: not there, a folder, not UTF-8, too large."""
    found: dict[str, str] = {}
    for name, data in {"utf16": "a: 1".encode("utf-16"), "latin": b"title: caf\xe9", "huge": b"#" * 1_000_001}.items():
        path = tmp_path / f"{name}.yaml"
        path.write_bytes(data)
        with pytest.raises(Faulty) as caught:
            load_job_file(path)
        found[name] = caught.value.faults[0].code
    for path in (tmp_path, tmp_path / "absent.yaml"):
        with pytest.raises(Faulty) as caught:
            load_job_file(path)
        found[path.suffix] = caught.value.faults[0].code
    assert found == {
        "utf16": "wrong-encoding", "latin": "wrong-encoding", "huge": "file-too-large", "": "is-a-folder",
        ".yaml": "no-such-file",
    }  # fmt: skip


def test_a_file_without_a_scheme_says_what_it_can(tmp_path: Path) -> None:
    """Without a scheme there is nothing to check the answers by, but the head of the file is checked."""
    path = tmp_path / "job.yaml"
    path.write_text("jerules: job/2\ntitel: x\n", encoding="utf-8")
    with pytest.raises(Faulty) as caught:
        load_job_file(path)
    assert [fault.code for fault in caught.value.faults] == ["missing-scheme", "unknown-format", "unknown-key"]


def test_scheme_of_a_file_that_names_none() -> None:
    """There is no scheme of a file that names none, or one that does not exist."""
    for text in ("jerules: job/1\n", "jerules: job/1\nscheme: nsh\n", "[]"):
        with pytest.raises(Faulty):
            scheme_of(Source("job.yaml", text))


def test_a_book_without_questions_says_so() -> None:
    """Where a scheme has no rules yet, a record is answered with what can be done instead."""
    book = book_of(load_scheme("njc"), [])
    with pytest.raises(Faulty) as caught:
        load_job(Source("job.yaml", "jerules: job/1\nscheme: njc\nrecords: {effort: []}\n"), book)
    assert "under `panel:`" in caught.value.faults[0].help


JUNK = st.recursive(
    st.sampled_from(["", "unknown", "yes", "6 kg", "120%", "welsh", "3(a)", "x\u00a0y"]) | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["answer", "evidence", "level", "reason", "task", "weight", "effort", "drives", "1", "shifts"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(st.dictionaries(st.sampled_from(["title", "hours", "job", "records", "panel", "decisions"]), JUNK))
def test_whatever_a_file_holds_it_loads_or_has_faults(parts: dict[str, object]) -> None:
    """Nothing that JSON can say makes the reading of a job fail in any other way than with faults."""
    source = Source("job.json", json.dumps({"jerules": "job/1", "scheme": "nhs", **parts}))
    found: tuple[Fault, ...] = ()
    try:
        load_job(source, small_book())
    except Faulty as faulty:
        found = faulty.faults
    assert all(fault.place is not None for fault in found)


def test_loading_leaves_nothing_behind() -> None:
    """A refused file does not disturb the next one."""
    assert faults_of("job: {drives: maybe}")
    assert load("job: {drives: yes}").facts.answers["drives"].value is True


def test_what_is_no_number_in_json_is_one_mistake() -> None:
    """A value that JSON does not have is reported once, and not again as a wrong answer."""
    source = Source("job.json", '{"jerules": "job/1", "scheme": "nhs", "records": {"effort": [{"weight": NaN}]}}')
    with pytest.raises(Faulty) as caught:
        load_job(source, small_book())
    assert [said(fault) for fault in caught.value.faults] == ["1:73 json-syntax"]
