"""What the screens look like, at 80x24 first. `pytest tests/ui --snapshot-update` accepts a new look."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.ui.scenes import SCENES, Scene


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_picture(scene: Scene, tmp_path: Path, snap_compare: Callable[..., bool]) -> None:
    with scene.stage(tmp_path) as made:

        async def play(pilot: Pilot[Any]) -> None:
            await scene.play(made.session(pilot))

        assert snap_compare(made.app, terminal_size=scene.size, run_before=play)
