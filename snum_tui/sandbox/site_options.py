"""All that shapes a sandbox site, as one dataclass. It is imported from options.py, as the arguments are."""

import math
from dataclasses import dataclass, field, fields
from decimal import Decimal
from pathlib import Path

from snum_tui.sandbox.dialect_names import read_dialects
from snum_tui.sandbox.errors import BadOption
from snum_tui.sandbox.fault_plan import Fault, read_fault
from snum_tui.sandbox.words import N_, Words

DEFAULT_PORT = 8077
MOST_ROWS = 100_000


@dataclass(frozen=True, slots=True)
class SandboxOptions:
    """All that shapes a sandbox site. Seconds are the site's own, which `speed` compresses, unless said to be real.

    `faults` are written `CALL:KIND@WHICH%SHARE` (see fault_plan.py), `dialects` are names of dialect_names.py.
    `latency_seconds` (real) delays every reply by up to `jitter_seconds` (real) more or less; the call itself is
    done when it arrives. The first category has exactly `rows` services; 0 means as many as the seed says. An empty
    `key` means one made from the seed. `expire_seconds` 0 means: a number without a code waits for ever. Number ids
    count up from `first_number_id`; None means one made from the seed. Raises BadOption.
    """

    host: str = "127.0.0.1"
    port: int = DEFAULT_PORT
    seed: int = 7
    rows: int = 0
    key: str = field(default="", repr=False)
    balance: Decimal = Decimal("100.00")
    speed: float = 1.0
    latency_seconds: float = 0.0
    jitter_seconds: float = 0.0
    code_share: float = 0.6
    code_after: tuple[float, float] = (5.0, 60.0)
    no_number_share: float = 0.05
    refund_seconds: float = 600.0
    earliest_cancel_seconds: float = 0.0
    expire_seconds: float = 1200.0
    expire_refund: bool = False
    drip_seconds: float = 0.5
    dialects: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    ledger_file: Path | None = None
    first_number_id: int | None = None

    def __post_init__(self) -> None:
        share, seconds = N_("between 0 and 1"), N_("0 or more seconds")
        _check(0 <= self.port <= 65535, "port", N_("between 0 and 65535 (0: any free one)"))
        rows = N_("between 0 and {most} (0: as many as the seed says)")
        _check(0 <= self.rows <= MOST_ROWS, "rows", rows, most=MOST_ROWS)
        _check(self.key == "" or _fits_a_path(self.key), "key", N_("letters and digits only"))
        _check(self.balance.is_finite(), "balance", N_("an amount such as 100.00"))
        _check(self.speed > 0 and math.isfinite(self.speed), "speed", N_("more than 0"))
        soonest, latest = self.code_after
        pair = N_("two numbers of seconds, the smaller one first: 5-60")
        _check(0 <= soonest <= latest < math.inf, "code-after", pair)
        for name in ("code_share", "no_number_share"):
            _check(0 <= getattr(self, name) <= 1, name.replace("_", "-"), share)
        for item in fields(self):
            if item.name.endswith("_seconds"):
                _check(0 <= getattr(self, item.name) < math.inf, item.name.replace("_", "-"), seconds)
        object.__setattr__(self, "dialects", read_dialects(self.dialects))
        self.read_faults()

    def has_dialect(self, name: str) -> bool:
        """Tell whether the site speaks this variation."""
        return name in self.dialects

    def read_faults(self) -> tuple[Fault, ...]:
        """Return the fault plan, read. Raises BadOption."""
        return tuple(read_fault(text) for text in self.faults)


def _check(holds: bool, name: str, wanted: str, **values: object) -> None:  # noqa: FBT001 - reads as the rule itself
    if not holds:
        raise BadOption(N_("The sandbox's {name} must be {wanted}."), name=name, wanted=Words(wanted, values))


def _fits_a_path(key: str) -> bool:
    return key.isascii() and key.replace("-", "").replace("_", "").isalnum()
