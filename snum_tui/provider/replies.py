"""What the two calls that move money bring back; the other five bring values of the domain."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class OrderedNumber:
    """A number that is now rented. API document: "Store the number and number_id values from the output".

    `number` begins with `+` and holds digits only. `raw` is the reply as it came, for the journal.
    """

    number_id: str
    number: str
    raw: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class CancelAccepted:
    """The site accepted a cancel; whether it refunds shows in the balance alone. `raw` is the reply as it came."""

    raw: bytes = field(repr=False)
