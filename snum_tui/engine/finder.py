"""Finds services of all categories among what the cache knows, and asks the site nothing."""

import asyncio
from collections.abc import Mapping, Sequence
from itertools import groupby

from snum_tui.domain.catalogue import KnownQuote, Service
from snum_tui.engine.context import Context
from snum_tui.engine.service_index import ServiceIndex
from snum_tui.engine.snapshot import Found, Hit

MOST_HITS = 60


class Finder:
    """Answers the newest question; the index is made for the first one, and follows what is stored from then on."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._board = context.board
        self._index: ServiceIndex | None = None
        self._learnt: set[str] = set()
        self._text = ""
        self._wish = asyncio.Event()

    def find(self, text: str) -> None:
        """Look for this text, and no longer for what was asked before."""
        self._text = text
        self._wish.set()

    def learn(self, category_id: str, services: tuple[Service, ...]) -> None:
        """Take in a category that was read and stored just now; what was found last is looked for again."""
        if self._index is not None:
            self._index.put(category_id, services)
            self._learnt.add(category_id)
            self._wish.set()

    async def run(self) -> None:
        """Answer for ever."""
        await self._wish.wait()
        index = await self._read_all()
        while True:
            self._wish.clear()
            self._answer(index)
            await self._wish.wait()

    async def _read_all(self) -> ServiceIndex:
        """Take in what the cache holds, in steps of milliseconds: messages are asked for in between."""
        self._learnt.clear()
        self._index = index = ServiceIndex()
        for page in self._context.cache.all_services(self._context.site):
            for category_id, services in groupby(page, lambda service: service.category_id):
                if category_id not in self._learnt:
                    index.add(category_id, services)
            await asyncio.sleep(0)
        return index

    def _answer(self, index: ServiceIndex) -> None:
        categories = self._board.now.categories
        matches = index.find(self._text, categories, MOST_HITS)
        quotes = self._quotes([match.service_id for match in matches])
        hits = tuple(
            Hit(
                match.service_id,
                match.service,
                match.category.id,
                match.category.name,
                quotes.get(match.service_id),
            )
            for match in matches
        )
        self._board.change(found=Found(self._text, hits, index.known_services(categories)))

    def _quotes(self, service_ids: Sequence[str]) -> Mapping[str, KnownQuote]:
        """Return the newest quotes there are, without asking for any."""
        shown = self._board.now.quotes
        cached = self._context.cache.quotes(self._context.site, [one for one in service_ids if one not in shown])
        return {**cached, **{one: shown[one] for one in service_ids if one in shown}}
