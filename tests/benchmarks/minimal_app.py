"""The least a Textual app can be: what a first paint costs before there is anything of ours."""

from textual.app import App, ComposeResult
from textual.widgets import Static


class MinimalApp(App[None]):
    """One line of text."""

    def compose(self) -> ComposeResult:
        """The line."""
        yield Static("Favourites")


if __name__ == "__main__":
    MinimalApp().run()
