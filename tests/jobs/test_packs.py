"""The packs that a job carries: loaded without being asked for, held to their hashes, and told of when they are not."""

from pathlib import Path

import pytest

from jerules.faults import Faulty
from jerules.jobs.load import load_job_file
from jerules.jobs.questionnaire import questionnaire
from jerules.rulebook.load import load_rulebook

PACK = 'scheme njc\npack "Ours" agreed 2026-03-01 by "Us"\nconvention many_areas = {} agreed 2026-03-01 by "Us"\n'
JOB = "jerules: job/1\nscheme: njc\n"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A pack in a folder below that of the job."""
    path = tmp_path / "packs" / "ours.jer"
    path.parent.mkdir()
    path.write_text(PACK.format(7), encoding="utf-8")
    return path


def job(folder: Path, packs: str) -> Path:
    """A job file that carries these packs."""
    path = folder / "job.yaml"
    path.write_text(f"{JOB}packs:{packs}", encoding="utf-8")
    return path


def hash_of(pack: Path) -> str:
    """The hash of a pack as the rule book has it."""
    return load_rulebook("njc", (pack,), examples=False).packs[0].hash


def faults(path: Path, packs: tuple[Path, ...] = ()) -> list[tuple[str, str]]:
    """What is wrong with a job: each code with its place."""
    with pytest.raises(Faulty) as caught:
        load_job_file(path, packs)
    return [(fault.code, str(fault.place)) for fault in caught.value.faults]


def test_a_job_brings_its_packs(tmp_path: Path, pack: Path) -> None:
    """Its book has them on top, wherever the command is given from."""
    _, book = load_job_file(job(tmp_path, f"\n  - file: packs/ours.jer\n    hash: {hash_of(pack)}\n"))
    assert book.parameters["many_areas"].value == 7
    assert [one.title for one in book.packs] == ["Ours"]


@pytest.mark.parametrize("packs", [" [packs/ours.jer]\n", "\n  - file: packs/ours.jer\n", "\n  - packs/ours.jer\n"])
def test_a_pack_need_not_be_locked(tmp_path: Path, pack: Path, packs: str) -> None:
    """Without a hash the pack is taken as it is; the name of its file is enough."""
    assert pack.exists()
    assert load_job_file(job(tmp_path, packs))[1].packs


@pytest.mark.parametrize("packs", ["\n", " []\n", " unknown\n"])
def test_no_packs(tmp_path: Path, packs: str) -> None:
    """A key that is left empty brings none."""
    assert load_job_file(job(tmp_path, packs))[1].packs == ()


def test_what_is_named_twice_is_one_pack(tmp_path: Path, pack: Path) -> None:
    """By the job and on the command line, and a copy of the same text beside it."""
    copy = tmp_path / "copy.jer"
    copy.write_text(pack.read_text(encoding="utf-8"), encoding="utf-8")
    _, book = load_job_file(job(tmp_path, " [packs/ours.jer]\n"), (pack, copy))
    assert [one.title for one in book.packs] == ["Ours"]


def test_the_command_line_adds_to_the_packs_of_the_job(tmp_path: Path, pack: Path) -> None:
    """Both are on top."""
    more = tmp_path / "more.jer"
    more.write_text('scheme njc\npack "More"\ngrade "1" from 164 to 1000\n', encoding="utf-8")
    assert pack.exists()
    _, book = load_job_file(job(tmp_path, " [packs/ours.jer]\n"), (more,))
    assert {one.title for one in book.packs} == {"Ours", "More"}


def test_a_pack_that_has_changed_is_told_of(tmp_path: Path, pack: Path) -> None:
    """With both hashes; its layout may change, what it says may not."""
    path = job(tmp_path, f"\n  - file: packs/ours.jer\n    hash: {(before := hash_of(pack))}\n")
    pack.write_text(PACK.format("   7"), encoding="utf-8")
    assert load_job_file(path)[1].packs[0].hash == before
    pack.write_text(PACK.format("8"), encoding="utf-8")
    with pytest.raises(Faulty) as caught:
        load_job_file(path)
    (fault,) = caught.value.faults
    assert (fault.code, str(fault.place)) == ("pack-changed", f"{path}:5:11")
    assert before in fault.message
    assert hash_of(pack) in fault.message


def test_every_mistake_is_told_at_once(tmp_path: Path, pack: Path) -> None:
    """Those of the packs and those of the rest of the job, each at its place."""
    assert pack.exists()
    path = job(
        tmp_path,
        "\n  - file: packs/ours.jer\n    hash: wrong\n  - hash: 0123456789abcdef\n  - file: /etc/passwd\n"
        "  - packs/ours.yaml\n  - [a]\n  - file: packs/ours.jer\n    name: Ours\npanel:\n  9: 2\n",
    )
    assert faults(path) == [
        ("not-a-hash", f"{path}:5:11"),
        ("missing-file", f"{path}:6:5"),
        ("wrong-file", f"{path}:7:11"),
        ("wrong-file", f"{path}:8:5"),
        ("not-a-table", f"{path}:9:5"),
        ("unknown-key", f"{path}:11:5"),
        ("missing-reason", f"{path}:13:6"),
    ]


def test_a_missing_pack_is_told_of_and_nothing_that_follows_from_it(tmp_path: Path) -> None:
    """It may have declared what the job speaks of; what is certainly wrong is told all the same."""
    path = job(tmp_path, " [ours.jer]\nrecords:\n  local_duty: []\npanel:\n  9: 2\n")
    assert faults(path) == [("missing-pack", f"{path}:3:9"), ("missing-reason", f"{path}:7:6")]


def test_packs_are_a_list(tmp_path: Path) -> None:
    """Anything else is a mistake."""
    path = job(tmp_path, " ours.jer\n")
    assert faults(path) == [("not-a-list", f"{path}:3:8")]


def test_a_blank_job_carries_the_packs_that_it_was_made_with(tmp_path: Path, pack: Path) -> None:
    """The questionnaire names them as from the folder of the job, each with its hash, and loads with them."""
    path = tmp_path / "job.yaml"
    path.write_text(questionnaire(load_rulebook("njc", (pack,), examples=False), folder=tmp_path), encoding="utf-8")
    assert f"\npacks:\n  - file: packs/ours.jer\n    hash: {hash_of(pack)}\n" in path.read_text(encoding="utf-8")
    assert [one.title for one in load_job_file(path)[1].packs] == ["Ours"]
