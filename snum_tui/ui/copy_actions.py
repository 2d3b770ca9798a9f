"""The keys that copy something of one order: the same on the main screen and on a number's sheet."""

from snum_tui.domain.orders import Order
from snum_tui.ui.desk import Desk
from snum_tui.ui.number_forms import NumberForm


class CopyActions:
    """What a screen with such keys does, for the order that they are about."""

    _desk: Desk

    def order_to_copy(self) -> Order | None:
        """Return the order that is meant."""
        raise NotImplementedError

    def action_copy(self) -> None:
        """Copy the code, else the number."""
        from snum_tui.ui.copying import copy_best  # noqa: PLC0415 - not needed for the first paint

        copy_best(self._desk, self.order_to_copy())

    def action_copy_number(self) -> None:
        """Copy the number with its +."""
        self._copy_number(NumberForm.WHOLE)

    def action_copy_digits(self) -> None:
        """Copy the number's digits alone."""
        self._copy_number(NumberForm.DIGITS)

    def action_copy_national(self) -> None:
        """Copy the number without its country code."""
        self._copy_number(NumberForm.NATIONAL)

    def action_copy_message(self) -> None:
        """Copy the whole message."""
        from snum_tui.ui.copying import copy_message  # noqa: PLC0415 - as above

        copy_message(self._desk, self.order_to_copy())

    def _copy_number(self, form: NumberForm) -> None:
        from snum_tui.ui.copying import copy_number  # noqa: PLC0415 - as above

        copy_number(self._desk, self.order_to_copy(), form)
