"""`python -m tests.ui.pictures` takes all pictures anew; with names of walks (`desk work`), those of these."""

import sys
from concurrent.futures import ProcessPoolExecutor

from tests.ui.pictures.camera import all_pictures, photograph
from tests.ui.pictures.store import keep, left_over, path_of
from tests.ui.pictures.walks import WALKS

AT_ONCE = 2
"""A walk mostly waits; more than this at once would only make each of them late."""


def main(names: list[str]) -> int:
    """Take the pictures, throw away what nobody takes any more, and say what has changed."""
    known = {walk.name for walk in WALKS}
    if not set(names) <= known:
        sys.stderr.write(f"There are these walks: {', '.join(sorted(known))}.\n")
        return 2
    walks = [walk for walk in WALKS if walk.name in names or not names]
    with ProcessPoolExecutor(AT_ONCE) as workers:
        takes = [workers.submit(_take, walk.name, language) for walk in walks for language in walk.languages]
        changed = sorted(name for take in takes for name in take.result())
    for name in changed:
        sys.stdout.write(f"changed: {path_of(name).name}\n")
    for name in sorted(left_over(all_pictures(WALKS))):
        path_of(name).unlink()
        sys.stdout.write(f"removed: {path_of(name).name}\n")
    return 0


def _take(name: str, language: str) -> list[str]:
    walk = next(walk for walk in WALKS if walk.name == name)
    pictures = photograph(walk, language)
    return [picture for picture, taken in pictures.items() if keep(picture, taken.svg)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
