"""The examples of a rule file, read as jobs."""

import pytest

from jerules.documents.text import Source
from jerules.faults import Faulty
from jerules.jobs.examples import job_of
from jerules.jobs.model import Answer, Job
from jerules.quantities.calendar import UNKNOWN, WorkPattern
from jerules.quantities.kinds import Interval, Kind, Measure
from jerules.rulebook.load import book_of
from jerules.scheme.load import load_scheme
from tests.jobs.book import EFFORT, HAZARD, SHARED, small_book


def job(lines: str) -> Job:
    """The job of an example made of these lines."""
    inside = "".join(f"  {line}\n" for line in lines.splitlines())
    text = f'{EFFORT}\nexample "This one"\n{inside}  gives level 1\n'
    texts = {"job.jer": SHARED, "13.jer": text, "16.jer": HAZARD}
    book = book_of(load_scheme("nhs"), [Source(name, one) for name, one in texts.items()])
    return job_of(book.examples[-1], book)


def test_a_whole_example() -> None:
    """Answers are read with their units, several lines about the job make one, and `+` joins choices."""
    example = small_book().examples[0]
    found = job_of(example, small_book())
    assert (found.title, found.scheme, found.file) == ("Lifting in most shifts", "nhs", "13.jer")
    assert found.hours == WorkPattern(5, 28_800)
    assert {name: answer.value for name, answer in found.facts.answers.items()} == {
        "drives": False,
        "languages": frozenset({"welsh", "bsl"}),
        "purpose": frozenset({"care"}),
    }
    first, second = found.records["effort"]
    assert (first.label, second.label) == ("Lifts loads", "effort 2")
    assert first.answers["weight"] == Answer(Measure(Kind.MASS, Interval(8000, 8000), "8 kg"), "8 kg")
    often = second.answers["often"].value
    assert isinstance(often, Measure)
    assert often.interval == Interval(36, 36)
    assert found.records["hazard"] == ()


def test_no_and_nothing_else() -> None:
    """`no effort` empties one record, `nothing else` all that are not mentioned; others were not asked."""
    assert job_of(small_book().examples[1], small_book()).records == {"effort": ()}
    assert job_of(small_book().examples[1], small_book()).facts.answers["languages"].value == frozenset()
    assert job("nothing else").records == {"effort": (), "hazard": ()}
    assert job("drives no".replace("drives", "job: drives")).records == {}


def test_unknown_is_unknown_in_an_example() -> None:
    """An entry whose only answer is `unknown` is an entry about which nothing is known."""
    (entry,) = job("effort: task unknown\nnothing else").records["effort"]
    assert entry.answers == {}
    assert job("job: drives unknown").facts.answers == {}
    assert job("job: drives yes").hours == UNKNOWN


@pytest.mark.parametrize(
    ("lines", "code", "said"),
    [
        ("effort: weight 20 min", "wrong-quantity", "`20 min`"),
        ("effort: wieght 6 kg", "unknown-question", "`wieght`"),
        ("effort: kind liftin", "unknown-choice", "`liftin`"),
        ("job: languages welsh + dutch", "unknown-choice", "`dutch`"),
        ("job: drives yes\njob: drives no", "duplicate-key", "`drives`"),
        ("effort: task Mops, task Lifts", "duplicate-key", "`task`"),
        ("effort: task Mops\nno effort", "contradiction", "`effort`"),
        ("hours: shifts 5", "wrong-quantity", "`5`"),
        ("hours: shfts 5 a week", "unknown-key", "`shfts`"),
    ],
)
def test_mistakes_stand_in_the_rule_file(lines: str, code: str, said: str) -> None:
    """A mistaken answer is a fault at its place in the rule file."""
    with pytest.raises(Faulty) as caught:
        job(lines)
    (fault,) = caught.value.faults
    assert fault.code == code
    assert said in fault.message
    assert fault.place is not None
    assert fault.place.file == "13.jer"
    assert fault.place.line > EFFORT.count("\n")


def test_an_example_says_what_its_panel_decided() -> None:
    """A decision in an example is a decision of its job, with the example's title as its reason."""
    rules = """
scheme nhs
factor 13 "Physical effort"
question awkward yes or no asks "Is the load awkward?"
panel decides hardness 2(d) or 3(c) when awkward asks "How hard is it?" cites note "Weights quoted"
level 1 otherwise cites level 1
example "Judged by the panel"
  job: awkward yes
  panel decides hardness 3(c)
  gives level 3(c)
"""
    book = book_of(load_scheme("nhs"), [Source("13.jer", rules)])
    decision = job_of(book.examples[0], book).decisions["hardness"]
    assert (str(decision.position), decision.reason) == ("3(c)", "Judged by the panel")
