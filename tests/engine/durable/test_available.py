"""Where durable-rules is missing, broken or another release, that is said in plain words and nothing is raised."""

import importlib
import platform
from collections.abc import Iterator

import pytest

from jerules.engine.durable import driver, native
from jerules.engine.durable.flat import FlatRule, Pattern
from jerules.faults import Unavailable


@pytest.fixture(autouse=True)
def _asked_anew() -> Iterator[None]:
    caches = (native.version, native.native, driver.why_not_available)
    for cache in caches:
        cache.cache_clear()
    yield
    for cache in caches:
        cache.cache_clear()


def test_it_may_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not installed: the reason names the Python that runs."""
    monkeypatch.setattr(native, "version", lambda: "")
    assert not driver.available()
    assert driver.why_not_available().startswith("durable-rules is not installed")
    assert platform.python_version() in driver.why_not_available()
    with pytest.raises(Unavailable, match="not installed"):
        driver.Ruleset([FlatRule("heavy", (Pattern("duty", ()),))])


def test_it_may_be_another_release(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limits were measured on one release only."""
    monkeypatch.setattr(native, "version", lambda: "2.0.29")
    assert driver.why_not_available() == "durable-rules 2.0.29 is installed; only 2.0.28 has been examined"


def test_it_may_not_load(monkeypatch: pytest.MonkeyPatch) -> None:
    """On Python 3.13 it builds and then does not load; the loader's own words are passed on."""

    def fail(name: str) -> None:
        raise ImportError(f"{name}: undefined symbol: PyEval_CallObject")

    monkeypatch.setattr(native, "version", lambda: "2.0.28")
    monkeypatch.setattr(importlib, "import_module", fail)
    said = driver.why_not_available()
    assert "is installed but does not load on Python" in said
    assert "undefined symbol: PyEval_CallObject" in said
    assert not driver.available()


class _Broken:
    """An engine that takes everything and fires nothing."""

    error = RuntimeError

    def create_ruleset(self, *_: object) -> int:
        return 1

    def delete_ruleset(self, *_: object) -> None:
        pass

    def assert_fact(self, *_: object) -> tuple[int, int]:
        return (0, 1)

    def start_action_for_state(self, *_: object) -> None:
        return None


def test_it_may_fail_its_self_check(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine that loads but gets the known job wrong is not used."""
    monkeypatch.setattr(native, "version", lambda: "2.0.28")
    monkeypatch.setattr(importlib, "import_module", lambda _: _Broken())
    assert "failed its self-check: durable-rules did not fire its first rule" in driver.why_not_available()


def test_it_may_answer_wrongly(monkeypatch: pytest.MonkeyPatch) -> None:
    """The self-check compares every firing, and says what it found instead."""
    monkeypatch.setattr(driver, "native", _Broken)
    monkeypatch.setattr(driver.Ruleset, "run", lambda *_: [("border", (3,))])
    assert driver.why_not_available().endswith("failed its self-check: it found [('border', (3,))]")
