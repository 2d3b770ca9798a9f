"""What every part of the engine stands on."""

from dataclasses import dataclass

from snum_tui.domain.clock import Clock
from snum_tui.domain.policy import Policy
from snum_tui.domain.sentence import Sentence
from snum_tui.engine.board import Board
from snum_tui.engine.budget import Budget
from snum_tui.engine.link import LinkKeeper
from snum_tui.engine.reader import Reader
from snum_tui.journal.cache import Cache
from snum_tui.journal.company import Company
from snum_tui.journal.orders import Journal
from snum_tui.provider.client import SiteClient


@dataclass(frozen=True, slots=True)
class Context:
    """One site, one profile: how it is asked, what is remembered, and where it is shown.

    `client` and `budget` are for the two calls that spend or bring back money; everything else asks by `reader`.
    `ordering_off` says why this program must order nothing, where that is known from the start.
    """

    site: str
    profile: str
    policy: Policy
    clock: Clock
    board: Board
    journal: Journal
    company: Company
    cache: Cache
    client: SiteClient
    budget: Budget
    link: LinkKeeper
    reader: Reader
    ordering_off: Sentence | None = None


def make_context(  # noqa: PLR0913 - the outside world, once
    *,
    client: SiteClient,
    journal: Journal,
    company: Company,
    cache: Cache,
    board: Board,
    clock: Clock,
    policy: Policy,
    profile: str | None = None,
    ordering_off: Sentence | None = None,
) -> Context:
    """Make the shared means for the site that the board shows; `profile` where its orders have another name."""
    budget = Budget(policy.politeness)
    link = LinkKeeper(board, policy.politeness)
    reader = Reader(client, budget, link, policy.politeness)
    site = board.now.site
    profile = profile or board.now.profile
    return Context(
        site, profile, policy, clock, board, journal, company, cache, client, budget, link, reader, ordering_off
    )
