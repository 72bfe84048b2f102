"""A soft number stays soft: the panel may have a quantity treated as another one, with a recorded reason."""

import pytest

from jerules.documents.text import Source
from jerules.faults import Faulty
from jerules.jobs.load import load_job
from jerules.jobs.model import Answer, Job
from jerules.quantities.kinds import Interval, Measure
from jerules.rulebook.load import book_of
from jerules.scheme.load import load_scheme

RULES = """
scheme nhs
factor 13 "Physical effort"
record effort "A physical demand"
  label task
  task text asks "What is done?"
  weight mass asks "What is lifted?"
  aid yes or no asks "Is an aid used?"
term moderate effort when weight >= 6 kg cites note "Moderate physical effort"
level 2(d) when some effort is moderate cites level 2(d)
level 1 otherwise cites level 1
"""


def job(answer: str) -> Job:
    """A job with one lifting duty, its weight (and more) as given."""
    book = book_of(load_scheme("nhs"), [Source("13.jer", RULES)])
    text = f"jerules: job/1\nscheme: nhs\nrecords:\n  effort:\n    - task: Shifts awkward boxes\n      {answer}\n"
    return load_job(Source("job.yaml", text), book)


def test_the_rules_read_what_the_panel_treats_it_as() -> None:
    """What was measured stays on record beside what it is treated as and why."""
    found = job("weight: {answer: 5.5 kg, treat_as: 6 kg, reason: bulky and held at arm's length}")
    answer: Answer = found.records["effort"][0].answers["weight"]
    assert isinstance(answer.value, Measure)
    assert answer.value.interval == Interval(6000, 6000)
    assert (answer.written, answer.treated_as, answer.reason) == ("5.5 kg", "6 kg", "bulky and held at arm's length")


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ("weight: {answer: 5.5 kg, treat_as: 6 kg}", "no-reason"),
        ("weight: {treat_as: 6 kg, reason: bulky}", "no-answer"),
        ("weight: {answer: 5.5 kg, treat_as: 20 min, reason: bulky}", "wrong-quantity"),
        ("aid: {answer: no, treat_as: yes, reason: it was broken}", "not-a-quantity"),
    ],
)
def test_it_takes_a_quantity_an_answer_and_a_reason(answer: str, code: str) -> None:
    """Nothing is treated as something else in silence."""
    with pytest.raises(Faulty) as raised:
        job(answer)
    assert [fault.code for fault in raised.value.faults] == [code]


def test_a_key_given_twice_hides_no_other_mistake() -> None:
    """What is wrong with the file as YAML is reported beside what is wrong with its answers."""
    with pytest.raises(Faulty) as raised:
        job("weight: heavy\n      weight: 6 kgs and more\n      aid: perhaps")
    assert [fault.code for fault in raised.value.faults] == [
        "wrong-quantity", "duplicate-key", "wrong-quantity", "not-yes-or-no",
    ]  # fmt: skip


def test_a_comma_that_ends_an_amount_is_told_for_what_it_is() -> None:
    """On one line a table takes a comma for its own: `{answer: £4,800}` is no answer of £4 and a key `800`."""
    with pytest.raises(Faulty) as raised:
        job("weight: {answer: 4,800, evidence: weighed}")
    _, fault = raised.value.faults
    assert (fault.code, fault.help) == ("unknown-key", 'put an amount with a comma in quotes, such as "£4,800"')
