"""What holds for every test: time never fails one. And in which order they run."""

import gc
import os
from itertools import chain, zip_longest

import pytest
from hypothesis import HealthCheck, settings

FIRST = ("terminal/test_terminal_first_use", "ui/test_ui_pictures", "lives/test_lives.")
"""What takes longest: begun last, it would go on alone when all others have ended."""
WAITING = ("terminal/", "benchmarks/", "sweep/")
"""What waits for sockets and terminals more than it computes."""
COMPUTING = ("ui/", "lives/")

settings.register_profile(
    "house",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    # A push must not be red for an example that no other run sees; at one's own desk the search goes on.
    derandomize=bool(os.environ.get("CI")),
)
settings.load_profile("house")

gc.set_threshold(
    100_000, 50, 50
)  # screens are full of cycles: collected as usual, they cost a fifth of all computing


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest files, and let those that wait run beside those that compute."""
    files: dict[str, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(item.nodeid.split("::")[0].removeprefix("tests/"), []).append(item)
    first = [file for start in FIRST for file in files if file.startswith(start)]
    waiting, computing = (
        [file for file in files if file.startswith(rooms) and file not in first] for rooms in (WAITING, COMPUTING)
    )
    long = [file for pair in zip_longest(waiting, computing) for file in pair if file is not None]
    ordered = dict.fromkeys(chain(first, long, files))
    items[:] = chain.from_iterable(files[file] for file in ordered)
