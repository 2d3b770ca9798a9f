"""The site on the command line: plain words, quiet ends, and no part of the rest of the house."""

import argparse
import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

import httpx
import pytest

from snum_tui.sandbox.options import SandboxOptions, add_arguments, options_from

STRICT = [sys.executable, "-W", "error"]


@contextmanager
def running(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Run the site in a process of its own."""
    process = subprocess.Popen(  # noqa: S603 - our own program
        [*STRICT, "-m", "snum_tui.sandbox", "--port", "0", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def read(arguments: list[str]) -> SandboxOptions:
    """Read arguments as the program's own parser would."""
    parser = argparse.ArgumentParser(prog="snum-tui")
    add_arguments(parser)
    return options_from(parser.parse_args(arguments))


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_it_tells_address_and_key_serves_and_ends_quietly(ending: signal.Signals, tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.jsonl"
    with running("--ledger", str(ledger), "--fault", "getBalance:stall", "--fault", "getMessage:reset") as process:
        assert process.stdout is not None
        address, key, line = (process.stdout.readline().strip() for _ in range(3))
        url = address.removeprefix("Sandbox site at ")
        secret = key.removeprefix("API key: ")
        assert line == f"SNUM_TUI_SITE={url} SNUM_TUI_API_KEY={secret} snum-tui"
        number_id = httpx.get(f"{url}/api/{secret}/getNumber/3", trust_env=False).json()["number_id"]
        assert json.loads(ledger.read_text())["number_id"] == str(number_id)
        host, port = url.removeprefix("http://").split(":")
        hung_up, stalled = (socket.create_connection((host, int(port))) for _ in range(2))
        with stalled:
            with hung_up:
                for client in (hung_up, stalled):
                    client.sendall(f"GET /api/{secret}/getBalance HTTP/1.1\r\nHost: x\r\n\r\n".encode())
                with pytest.raises(httpx.ReadError):
                    httpx.get(f"{url}/api/{secret}/getMessage/{number_id}", trust_env=False)
            process.send_signal(ending)
            rest, complaints = process.communicate(timeout=5)
        assert (process.returncode, rest, complaints) == (0, "", "")


def test_a_taken_port_ends_it_with_one_sentence_and_status_1() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with running("--port", str(port)) as process:
            out, complaints = process.communicate(timeout=10)
    assert (process.returncode, out) == (1, "")
    assert (
        complaints
        == f"Cannot serve on 127.0.0.1 port {port}: the address is in use already. Choose another --port.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ["--fault", "getNumber"],
            "'getNumber' is no fault: write CALL:KIND@WHICH, such as getNumber:drop-reply@3.",
        ),
        (["--fault", "*:500", "--fault", "*:duplicate-id"], "duplicate-id is for getNumber only."),
        (["--dialect", "klingon"], "'klingon' is no dialect: write one or more of "),
        (["--dialect", "bom,string-ids", "--dialect", "mixed-ids"], "contradict each other: choose one."),
        (["--balance", "much"], "'much' cannot be read as AMOUNT."),
        (["--code-after", "60-5"], "must be two numbers of seconds, the smaller one first: 5-60."),
        (["--code-share", "2"], "code-share must be between 0 and 1."),
        (["--rows", "-1"], "rows must be between 0 and 100000 (0: as many as the seed says)."),
        (["--speed", "fast"], "'fast' cannot be read as FACTOR."),
    ],
)
def test_arguments_that_cannot_be_meant_end_with_one_sentence_and_status_2(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        read(arguments)
    assert ended.value.code == 2
    usage, complaint = capsys.readouterr().err.splitlines()
    assert usage == "usage: snum-tui [options]"
    assert sentence in complaint


def test_without_arguments_the_options_are_the_documented_ones() -> None:
    assert read([]) == SandboxOptions()
    assert SandboxOptions().balance == Decimal("100.00")


def test_every_option_can_be_given_on_the_command_line() -> None:
    written = (
        "--host ::1 --port 9000 --seed 8 --rows 9 --key abc --balance 12.50 --speed 60 --latency 0.1 --jitter 0.05 "
        "--code-share 1 --code-after 1-2.5 --no-number-share 0 --refund-seconds 300 --earliest-cancel 150 "
        "--expire-after 0 --expire-refund --drip-seconds 1 --dialect bom,string-ids --dialect string-status "
        "--fault getNumber:stall@3 --fault *:500@4+%20 --ledger here.jsonl"
    )
    assert read(written.split()) == SandboxOptions(
        host="::1",
        port=9000,
        seed=8,
        rows=9,
        key="abc",
        balance=Decimal("12.50"),
        speed=60,
        latency_seconds=0.1,
        jitter_seconds=0.05,
        code_share=1,
        code_after=(1, 2.5),
        no_number_share=0,
        refund_seconds=300,
        earliest_cancel_seconds=150,
        expire_seconds=0,
        expire_refund=True,
        drip_seconds=1,
        dialects=("bom", "string-ids", "string-status"),
        faults=("getNumber:stall@3", "*:500@4+%20"),
        ledger_file=Path("here.jsonl"),
    )


def test_the_help_names_every_dialect_and_every_kind_of_fault(capsys: pytest.CaptureFixture[str]) -> None:
    from snum_tui.sandbox.dialect_names import DIALECTS  # noqa: PLC0415 - only what the help must name
    from snum_tui.sandbox.fault_plan import FaultKind  # noqa: PLC0415 - the same

    with pytest.raises(SystemExit):
        read(["--help"])
    shown = capsys.readouterr().out.replace("-\n", "-").replace("\n", "")
    squeezed = "".join(shown.split())
    assert [name for name in (*DIALECTS, *FaultKind) if name not in squeezed] == []


def loaded_by(module: str) -> set[str]:
    """Return the names of all modules that are loaded once this one is."""
    script = f"import sys, {module}; print(' '.join(sys.modules))"
    command = [*STRICT, "-c", script]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own program
    return set(done.stdout.split())


def test_the_site_shares_no_code_with_its_client() -> None:
    loaded = loaded_by("snum_tui.sandbox.run")
    ours = {name for name in loaded if name.startswith("snum_tui.") and not name.startswith("snum_tui.sandbox")}
    assert ours == set()
    assert loaded.isdisjoint({"httpx", "httpcore", "sqlite3", "textual", "pydantic"})


def test_reading_the_options_loads_nothing_heavy() -> None:
    assert loaded_by("snum_tui.sandbox.options").isdisjoint({"starlette", "uvicorn", "h11", "asyncio", "random"})
