"""What the pages show is what happens: every command is run, every file shown is the file that is there."""

import re
import textwrap
from pathlib import Path

import pytest

from jerules.documents.text import Source
from jerules.jobs.load import JOB_FILE, load_job
from jerules.quantities.calendar import ORDINARY, UNKNOWN
from jerules.quantities.kinds import Kind
from jerules.quantities.reading import read_measure
from jerules.rulebook.load import load_rulebook
from tests.docs.blocks import blocks
from tests.docs.consoles import comparable
from tests.docs.pages import DOCS, ROOT, WITH_COMMANDS, consoles, files, work_folder


@pytest.mark.parametrize("page", WITH_COMMANDS, ids=lambda page: page.name)
def test_commands_give_what_is_shown(page: Path, tmp_path: Path) -> None:
    """Each ``$ jerules …`` of a page, run in order, prints what stands below it.

    The hash of the rule book changes with every rule, and the engine with the machine: these two are not compared.
    """
    folder = work_folder(WITH_COMMANDS[page], tmp_path / "work")
    for block, real in consoles(page, folder):
        shown = comparable(block.text.splitlines())
        assert shown == comparable(real.splitlines()), f"{page.name}, line {block.line}"


@pytest.mark.parametrize("page", WITH_COMMANDS, ids=lambda page: page.name)
def test_files_are_shown_as_they_are(page: Path) -> None:
    """A block that names a file after its fence shows the whole of that file."""
    for block, text in files(page):
        assert block.text == text, f"{page.name}, line {block.line}"


def test_fragments_of_jobs_load() -> None:
    """The blocks of a few lines in the page on job files are read as part of a job, without a mistake."""
    fragments = [block for block in blocks(DOCS / "jobs.md") if block.words == ("yaml",)]
    assert fragments
    for block in fragments:
        head = "jerules: job/1\nscheme: nhs\n"
        if block.text.partition(":")[0] in JOB_FILE.keys:
            text = head + block.text
        else:
            text = f"{head}records:\n  effort:\n    - task: Carries boxes\n{textwrap.indent(block.text, ' ' * 6)}"
        load_job(Source("job.yaml", text), load_rulebook("nhs"))


def test_quantities_that_are_named_read() -> None:
    """Every quantity in the table of the page on job files is read as what the table says it is."""
    kinds = {
        "weight": Kind.MASS, "distance": Kind.DISTANCE, "time": Kind.DURATION, "money": Kind.MONEY,
        "money over time": Kind.MONEY_RATE, "how often": Kind.RATE, "how often in a shift": Kind.PER_SHIFT,
        "share": Kind.SHARE, "on which shifts": Kind.FREQUENCY, "number": Kind.COUNT, "date": Kind.DATE,
    }  # fmt: skip
    table = (DOCS / "jobs.md").read_text(encoding="utf-8").partition("| kind | for example |")[2].partition("\n\n")[0]
    rows = dict(re.findall(r"^\| ([a-z ]+) \| (.+) \|$", table, re.MULTILINE))
    assert set(rows) == set(kinds)
    for name, cell in rows.items():
        for text in re.findall("`([^`]+)`", cell):
            assert read_measure(text, kinds[name], ORDINARY, UNKNOWN).kind is kinds[name]


def test_every_page_is_listed() -> None:
    """``docs/README.md`` names each page of the documentation, and only pages that exist."""
    listed = (DOCS / "README.md").read_text(encoding="utf-8")
    pages = {path.name for path in DOCS.glob("*.md")} - {"README.md"}
    assert {name for name in pages if f"]({name})" not in listed} == set()


@pytest.mark.parametrize("page", [*DOCS.glob("*.md"), ROOT / "README.md"], ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    """Every relative link of a page leads to a file of the repository, and to a heading that the file has."""
    for target in re.findall(r"\]\(([^)]+)\)", page.read_text(encoding="utf-8")):
        if target.startswith(("http:", "https:")):
            continue
        name, _, heading = target.partition("#")
        path = page.parent / name if name else page
        assert path.exists(), f"{page.name}: {target}"
        if heading:
            headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
            slugs = {re.sub(r"[^\w\- ]", "", one.lower()).strip().replace(" ", "-") for one in headings}
            assert heading in slugs, f"{page.name}: {target}"
