"""Where the person left off: what was open, and where the cursors stood."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class View:
    """What the main screen showed. The defaults are those of a first start.

    `tree_key` is the row of the tree that was open, `service_id` and `order_id` are what the cursors stood on
    (empty for nothing), `pane` the pane with the focus, `sort` the order of the services.
    """

    tree_key: str = ""
    service_id: str = ""
    order_id: str = ""
    pane: str = "tree"
    sort: str = "site"
    tree_filter: str = ""
    services_filter: str = ""
