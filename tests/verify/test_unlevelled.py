"""A scheme without level definitions: nothing is asked of its rules that no rule could give."""

from __future__ import annotations

import json

import pytest

from jerules.cli import run


def test_no_level_is_missed_where_none_can_be_given(capsys: pytest.CaptureFixture[str]) -> None:
    """Of the SJC rules neither a level for every job is wanted (V3), nor a rule for every answer (V9)."""
    assert run(["check", "sjc", "--check", "V3", "--check", "V9", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert "refuted" not in {one["state"] for one in obligations(found)}


def obligations(value: object) -> list[dict[str, object]]:
    """Every obligation in what `check` wrote, wherever it stands."""
    if isinstance(value, list):
        return [one for inner in value for one in obligations(inner)]
    if not isinstance(value, dict):
        return []
    own = [value] if "state" in value else []
    return own + [one for inner in value.values() for one in obligations(inner)]
