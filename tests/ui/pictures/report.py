"""The snapshot plugin, on our own store: it compares with screenshots/, and shows what differs side by side."""

from pytest_textual_snapshot import SVGImageExtension  # type: ignore[import-untyped]
from syrupy.data import SnapshotCollections
from syrupy.location import PyTestLocation
from textual.app import App

from tests.ui.pictures.store import SCREENSHOTS
from tests.ui.pictures.tidy import tidy


class Shelf(SVGImageExtension):  # type: ignore[misc]  # the plugin has no types
    """Finds the picture that a test is named after: `test_…[desk-80x24]` is about screenshots/desk-80x24.svg."""

    def serialize(self, data: str, **_options: object) -> str:
        """Return it as it is kept."""
        return tidy(data)

    @classmethod
    def dirname(cls, *, test_location: PyTestLocation) -> str:
        """Return the folder."""
        del test_location
        return str(SCREENSHOTS)

    @classmethod
    def get_snapshot_name(cls, *, test_location: PyTestLocation, index: object = 0) -> str:
        """Return the picture's name."""
        del index
        return str(test_location.snapshot_name).partition("[")[2].removesuffix("]")

    def discover_snapshots(self, *, test_location: PyTestLocation, **_options: object) -> SnapshotCollections:
        """Find none by itself: which are left over is a test's own matter, for only that knows all names."""
        del test_location
        return SnapshotCollections()


class Still(App[str]):
    """An app that shows a picture which was taken before."""

    def __init__(self, svg: str) -> None:
        super().__init__()
        self._svg = svg

    def export_screenshot(self, *, title: str | None = None, simplify: bool = False) -> str:
        """Return the picture."""
        del title, simplify
        return self._svg
