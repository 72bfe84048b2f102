"""Which sort of file somebody gave, told by its text."""

from pathlib import Path

import pytest

from jerules.documents.sorts import CASE, JOB, PACK, PROFILE, RULES, SCHEME, WRITTEN, Sort, refuse
from jerules.documents.text import STANDARD_INPUT, Source
from jerules.faults import Faulty

ALL = (JOB, CASE, PROFILE, PACK, RULES, SCHEME, WRITTEN)
EXAMPLES = Path(__file__).parent.parent.parent / "docs" / "examples"
RULE_FILES = Path(__file__).parent.parent.parent / "rules"


def sorts(name: str, text: str) -> list[Sort]:
    """The sorts for which a text is not refused: all, where it does not say."""
    taken = []
    for sort in ALL:
        try:
            refuse(Source(name, text), sort)
        except Faulty:
            continue
        taken.append(sort)
    return taken


@pytest.mark.parametrize(
    ("name", "text", "sort"),
    [
        ("a.yaml", "# mine\njerules: job/1\nscheme: nhs\n", JOB),
        ("a.jer", "jerules: job/1\n", JOB),
        ("a.yaml", "scheme: nhs\njerules:   'case/1'\n", CASE),
        ("a.json", '{"jerules": "profile/1", "scheme": "nhs"}', PROFILE),
        ("a.json", '{\n  "jerules" : "job/2"\n}', JOB),
        ("a.jer", 'scheme nhs\nfactor 13 "Physical effort"\n', RULES),
        ("a.yaml", '# A pack\n\nscheme nhs\npack "Ours"\n', PACK),
        ("a.txt", "status binding\nscheme nhs\n", RULES),
        ("a.jer", "wehn\n", RULES),
        ("scheme.yaml", "id: ours\nfactors:\n  - number: 1\n", SCHEME),
        ("a.json", '[\n  {"format": "jerules.outcome/1"}]', WRITTEN),
    ],
)
def test_a_file_that_says_what_it_is_goes_nowhere_else(name: str, text: str, sort: Sort) -> None:
    """By its text, whatever it is called; a rule file with mistakes by its name as well."""
    assert sorts(name, text) == [sort]


@pytest.mark.parametrize(
    "text",
    ["", "scheme: nhs\ntitle: Porter\n", "about: |\n  jerules: case/1\n", "jerules: jop/1\n", "pack: yes\n"],
)
def test_a_file_that_does_not_say_is_left_to_whoever_reads_it(text: str) -> None:
    """A forgotten or misspelt head is a mistake of that file, and says nothing of another sort."""
    assert sorts("a.yaml", text) == list(ALL)


@pytest.mark.parametrize(
    ("under", "pattern", "sort"),
    [
        (EXAMPLES / "nhs", "*.yaml", JOB),
        (EXAMPLES / "procedure", "*.yaml", CASE),
        (EXAMPLES / "profiles", "*.yaml", PROFILE),
        (EXAMPLES / "njc" / "packs", "*.jer", PACK),
        (EXAMPLES / "sjc", "**/scheme.yaml", SCHEME),
        (RULE_FILES, "**/*.jer", RULES),
    ],
)
def test_every_file_that_is_shipped_is_known(under: Path, pattern: str, sort: Sort) -> None:
    """Each for what it is."""
    found = list(under.glob(pattern))
    assert found
    for path in found:
        assert sorts(str(path), path.read_text(encoding="utf-8")) == [sort], path


def test_one_mistake_says_what_was_given_and_where_it_belongs() -> None:
    """With the place that says so, and the command that takes it; of standard input, by its sign."""
    with pytest.raises(Faulty) as caught:
        refuse(Source("my/case.yaml", "jerules: case/1\n"), JOB)
    (fault,) = caught.value.faults
    assert fault.message == "this is a case, and a job is wanted here"
    assert (str(fault.place), fault.help) == ("my/case.yaml:1:10", "follow it with `jerules procedure my/case.yaml`")
    with pytest.raises(Faulty) as caught:
        refuse(Source(STANDARD_INPUT, "jerules: case/1\n"), JOB)
    assert caught.value.faults[0].help == "follow it with `jerules procedure -`"
