"""The registry's actions as Textual's bindings."""

from textual.binding import Binding, BindingType

from snum_tui.ui.actions import ACTIONS, Place


def bindings_for(place: Place) -> list[BindingType]:
    """Return the bindings of one place; every binding has an id, so that it can be remapped."""
    return [
        Binding(
            ",".join(action.keys),
            action.id,
            action.help,
            show=False,
            id=action.binding_id,
            priority=action.is_heard_first,
        )
        for action in ACTIONS
        if action.place is place and action.is_bound
    ]
