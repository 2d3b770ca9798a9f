"""Mistakes that would cost money, as edits of the source, each with the tests that must notice it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mutant:
    """One mistake: in `file`, `old` (found there exactly once) becomes `new`; at least one of `tests` turns red."""

    name: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]


_ENGINE = "snum_tui/engine"
_PROTOCOL = "tests/engine/test_engine_order_protocol.py"
_CANCEL = "tests/engine/test_engine_cancel.py"
_SHARING = "tests/engine/test_engine_sharing.py"
_RESTART = "tests/engine/test_engine_restart.py"
_STAGES = "tests/provider/test_provider_stages.py"
_JOURNAL = "tests/journal/test_journal_orders.py"
_STORE = "snum_tui/journal"
_BACKUPS = "tests/journal/test_journal_backups.py"
_MERGING = "tests/domain/test_domain_merging.py"
_TWO_PENS = "tests/engine/test_engine_two_pens.py"
_POWER_CUTS = "tests/sweep/test_sweep_power_cuts.py"

MUTANTS: tuple[Mutant, ...] = (
    Mutant(
        "the intent is written after the send",
        f"{_ENGINE}/book.py",
        "        self._journal.write_intent(order, allowance)\n",
        "        del allowance\n",
        (_PROTOCOL,),
    ),
    Mutant(
        "a timeout is taken for not sent",
        "snum_tui/provider/wire.py",
        "request_sent=exchange.request_started or not task.done(),",
        "request_sent=exchange.request_started and exchange.status is not None,",
        (_STAGES,),
    ),
    Mutant(
        "an unknown outcome is tried again",
        f"{_ENGINE}/ordering.py",
        "        except SiteError as error:\n            return self._no_number(order, error)\n",
        "        except SiteError as error:\n"
        "            if error.evidence.request_sent and not error.whole_refusal and not replies:\n"
        "                replies.append(b'')\n"
        "                try:\n"
        "                    reply = await self._context.client.order(order.service_id, replies.append)\n"
        "                    return self._number(order, reply)\n"
        "                except SiteError as again:\n"
        "                    return self._no_number(order, again)\n"
        "            return self._no_number(order, error)\n",
        (_PROTOCOL,),
    ),
    Mutant(
        "a 5xx is taken for a refusal",
        "snum_tui/provider/judging.py",
        "raise Unreadable(sentences.bad_status(answer.host, status, money_at_stake=stake), answer.evidence)",
        "raise Refused(sentences.refused(''), answer.evidence, '', '')",
        (_STAGES,),
    ),
    Mutant(
        "a redirect is followed",
        "snum_tui/provider/exchange.py",
        "            self.status = response.status_code\n",
        "            if response.status_code in {301, 302, 303, 307, 308}:\n"
        "                await response.aclose()\n"
        "                response = await transport.handle_async_request(request)\n"
        "            self.status = response.status_code\n",
        ("tests/provider/test_provider_money.py", _STAGES),
    ),
    Mutant(
        "the number is written in a second transaction",
        f"{_ENGINE}/ordering.py",
        "                raw=reply.raw,\n"
        "                number_id=reply.number_id,\n"
        "                number=reply.number,\n"
        "            )\n",
        "                raw=reply.raw,\n"
        "            )\n"
        "            order = self._book.amend(\n"
        '                order.id, "number", number_id=reply.number_id, number=reply.number\n'
        "            )\n",
        ("tests/sweep", _SHARING),
    ),
    Mutant(
        "a lost cancel is sent again without asking first",
        f"{_ENGINE}/cancelling.py",
        "                if status is not MessageStatus.WAITING or not self._may_send_again(order):\n",
        "                if not self._may_send_again(order):\n",
        (_CANCEL,),
    ),
    Mutant(
        "a lost cancel is sent again after the window",
        f"{_ENGINE}/cancelling.py",
        "        if not order.window.is_open(self._context.clock.now()):\n            self._lives_on",
        "        if False:\n            self._lives_on",
        (_CANCEL,),
    ),
    Mutant(
        "a known number id is taken for a new one",
        f"{_ENGINE}/ordering.py",
        "        if self._book.has_number(reply.number_id):\n",
        "        if not reply.number_id:\n",
        (_PROTOCOL, _SHARING),
    ),
    Mutant(
        "an older view of an order is written over a newer one",
        "snum_tui/journal/orders.py",
        '    "WHERE orders.revision = excluded.revision - 1"\n',
        '    "WHERE orders.revision <= excluded.revision + 1000"\n',
        (_JOURNAL,),
    ),
    Mutant(
        "the limit of a day is not looked at with the intent",
        "snum_tui/journal/orders.py",
        "                _refuse_over(allowance, order, connection.execute)\n",
        "                _refuse_over(None, order, connection.execute)\n",
        (_JOURNAL, _SHARING),
    ),
    Mutant(
        "a dead sender's order is forgotten",
        f"{_ENGINE}/sharing.py",
        "            if order.state is OrderState.SENDING:\n",
        "            if order.state is OrderState.REFUSED:\n",
        (_RESTART, _SHARING),
    ),
    Mutant(
        "a living sender's order is declared lost",
        f"{_ENGINE}/sharing.py",
        "        return order.handled_by is not None and self._company.is_alive(order.handled_by)\n",
        "        return False\n",
        (_SHARING,),
    ),
    Mutant(
        "everybody leads",
        f"{_ENGINE}/sharing.py",
        "            return self._company.try_to_lead()\n",
        "            return True\n",
        (_SHARING,),
    ),
    Mutant(
        "an auto-cancel stays armed after it was sent",
        f"{_ENGINE}/cancelling.py",
        "        armed = order.auto_cancel and not disarm\n",
        "        armed = order.auto_cancel\n",
        ("tests/engine/test_engine_deadlines.py",),
    ),
    Mutant(
        "a refund is told without the balance",
        f"{_ENGINE}/refunds.py",
        "        proven = back == 0 or (back == order.price and in_time)\n",
        "        back, proven = order.price, True\n",
        (_CANCEL,),
    ),
    Mutant(
        "the refund window is not counted over a suspend",
        "snum_tui/domain/clock.py",
        "        return max(now.boottime - since.boottime, by_wall, 0.0)\n",
        "        return max(by_wall, 0.0)\n",
        ("tests/domain", "tests/journal/test_journal_refund_clock.py"),
    ),
    Mutant(
        "an age is not taken again when a clock is set",
        "snum_tui/domain/clock.py",
        "        return abs(by_wall - (now.boottime - self.at.boottime)) > JUMP_SECONDS\n",
        "        return False\n",
        ("tests/domain", "tests/journal/test_journal_refund_clock.py"),
    ),
    Mutant(
        "a dearer price is paid without asking",
        f"{_ENGINE}/ordering.py",
        "        if price > wish.price:\n",
        "        if price > wish.price * 1000:\n",
        ("tests/engine/test_engine_order_checks.py",),
    ),
    Mutant(
        "a number id is forgotten by an older view",
        f"{_STORE}/rows.py",
        'NEVER_FORGOTTEN = frozenset({"number_id", "number", ',
        "NEVER_FORGOTTEN = frozenset({",
        (_JOURNAL,),
    ),
    Mutant(
        "a number id is exchanged for another",
        "snum_tui/domain/orders.py",
        "    if theirs.number_id is not None and ours.number_id != theirs.number_id:\n",
        "    if False:\n",
        (_MERGING, _TWO_PENS),
    ),
    Mutant(
        "of two messages one is lost",
        "snum_tui/domain/orders.py",
        '    if "message" in changed:\n',
        "    if False:\n",
        (_MERGING, _TWO_PENS),
    ),
    Mutant(
        "a settled order is opened again",
        "snum_tui/domain/orders.py",
        "    if ours.state is not base.state and not can_follow(ours.state, theirs.state):\n",
        "    if False:\n",
        (_MERGING, _TWO_PENS),
    ),
    Mutant(
        "what waits for a locked journal is not put onto what was written",
        f"{_ENGINE}/pen.py",
        "                waiting = _onto(written, waiting)\n",
        "                pass\n",
        (_TWO_PENS,),
    ),
    Mutant(
        "the day's limit is looked at before the transaction",
        f"{_STORE}/orders.py",
        "            with self._store.writing() as connection:\n"
        "                _refuse_over(allowance, order, connection.execute)\n",
        "            _refuse_over(allowance, order, self._store.rows)\n"
        "            with self._store.writing() as connection:\n",
        (_JOURNAL,),
    ),
    Mutant(
        "the refund window counts from after the send",
        f"{_ENGINE}/ordering.py",
        "                number_id=reply.number_id,\n",
        "                number_id=reply.number_id,\n                opened=self._context.clock.now(),\n",
        (_PROTOCOL,),
    ),
    Mutant(
        "an age from another boot allows for no unnoticed correction",
        "snum_tui/domain/clock.py",
        "        unnoticed = 0.0 if self.at.boot_id == now.boot_id else JUMP_SECONDS\n",
        "        unnoticed = 0.0\n",
        ("tests/journal/test_journal_refund_clock.py",),
    ),
    Mutant(
        "an order goes out although the journal cannot be written",
        f"{_ENGINE}/pen.py",
        "        stopped = self._off or problem\n",
        "        stopped = problem\n",
        ("tests/engine/test_engine_unwritable.py",),
    ),
    Mutant(
        "SQLite does not sync",
        f"{_STORE}/store.py",
        '"PRAGMA synchronous = FULL"',
        '"PRAGMA synchronous = OFF"',
        (_POWER_CUTS,),
    ),
    Mutant(
        "a new folder is not synced",
        f"{_STORE}/files.py",
        "    for folder in missing:\n        sync_directory(folder.parent)\n",
        "",
        (_POWER_CUTS,),
    ),
    Mutant(
        "a new file's name is not synced",
        f"{_STORE}/files.py",
        "    else:\n        sync_directory(path.parent)\n",
        "",
        (_POWER_CUTS,),
    ),
    Mutant(
        "an old backup goes whatever it holds",
        f"{_STORE}/backups.py",
        "        if _holds_all(newest, copy):\n",
        "        if newest:\n",
        (_BACKUPS,),
    ),
    Mutant(
        "a backup is not checked",
        f"{_STORE}/backups.py",
        "            if not (_is_sound(copy) and least",
        "            if not (least",
        (_BACKUPS,),
    ),
)
