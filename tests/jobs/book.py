"""A small rule book, written in the rule language, that the tests of this folder ask their questions from."""

from functools import lru_cache

from jerules.documents.text import Source
from jerules.faults import Fault, Faulty
from jerules.jobs.load import load_job
from jerules.jobs.model import Job
from jerules.rulebook.load import book_of
from jerules.rulebook.model import RuleBook
from jerules.scheme.load import load_scheme

SHARED = """\
scheme nhs

question drives yes or no asks "Does the job involve driving?" help "The way to work does not count."
question purpose one of care "Giving care", office "Office work", other
  asks "What is the job for?"
question languages any of welsh "Welsh", bsl "British Sign Language", other_language asks "Which languages are used?"
scale complexity = routine "Plain, routine work" < hard "Hard work" < very_hard
question difficulty on complexity asks "How hard is it?"
question since date asks "Since when has the job existed?"
question budget money per month asks "What does the job spend?"
"""

EFFORT = """\
scheme nhs
factor 13 "Physical effort"
status binding

record effort "Something that the job makes the body do"
  label task
  task text asks "What is done?"
  kind one of lifting "Lifting, pushing or pulling", bending asks "What sort of effort is it?"
  weight mass asks "How heavy is the load?" help "The usual weight."
  often frequency of shifts asks "On how many shifts?"
  times count per shift asks "How many times in such a shift?"
  each duration asks "How long does it last?"

term frequent effort when often >= 50% reads "half the shifts or more" cites note "Frequent"
term moderate effort when weight >= 6 kg reads "6 kg or more" cites note "Moderate"
level 3(c) when some effort is frequent, moderate reads "Much moderate effort." cites level 3(c)
level 2(a) when drives reads "Driving." cites level 2(a)
level 1 otherwise reads "Little effort." cites level 1
panel decides hard_effort 2(d) or 3(a) when difficulty >= hard asks "Is it hard?" cites level 2(d)

example "Lifting in most shifts"
  hours: shifts 5 a week, length 8 hours
  job: drives no, languages welsh + bsl
  job: purpose care
  effort: task "Lifts loads", kind lifting, weight 8 kg, often 80% of shifts, times 6, each 10 min
  effort: kind bending, often 3 a month
  nothing else
  gives level 3(c)

example "No effort at all"
  no effort
  job: drives no, languages []
  gives level 1
"""

HAZARD = """\
scheme nhs
factor 16 "Working conditions"
status binding

record hazard "A hazard that the job meets"
  label source_of_it
  source_of_it text asks "Where does it come from?"
  kind one of rain, noise, dirt asks "What is met?"
  often rate asks "How often?"
  metres distance asks "How near?"
  number count asks "How many?"
  part share asks "For what part of the shift?"
  worth money asks "What could be lost?"

level 2(a) when some hazard is (often >= 1 per month) reads "A hazard." cites level 2(a)
level 1 otherwise reads "No hazard." cites level 1
"""


@lru_cache(maxsize=1)
def small_book() -> RuleBook:
    """The rule book of the three files above."""
    texts = {"job.jer": SHARED, "13.jer": EFFORT, "16.jer": HAZARD}
    return book_of(load_scheme("nhs"), [Source(name, text) for name, text in texts.items()])


def load(text: str, name: str = "job.yaml") -> Job:
    """The job of a text that begins below the head of the file."""
    return load_job(Source(name, f"jerules: job/1\nscheme: nhs\n{text}"), small_book())


def faults_in(text: str) -> tuple[Fault, ...]:
    """What is wrong with the text of a whole job file, or nothing."""
    try:
        load_job(Source("job.yaml", text), small_book())
    except Faulty as faulty:
        return faulty.faults
    return ()


def faults_of(text: str) -> tuple[Fault, ...]:
    """What is wrong with a text that begins below the head of the file; its lines count from 3."""
    return faults_in(f"jerules: job/1\nscheme: nhs\n{text}")
