"""Looking at all that is known of one service."""

from textual.app import App

from snum_tui.domain.catalogue import Service
from snum_tui.engine.commands import Study
from snum_tui.ui.desk import Desk
from snum_tui.ui.dialogs.service import ServiceScreen


def show_study(app: App[object], desk: Desk, service: Service, category: str) -> None:
    """Open the sheet, and have it kept current for as long as it is open."""

    def closed(_: None) -> None:
        desk.engine.submit(Study(""))

    desk.engine.submit(Study(service.id))
    app.push_screen(ServiceScreen(desk, service, category), closed)
