"""The command line's own words: help and mistakes, in the language of the person."""

import re
import socket
import subprocess

import pytest

from tests.locale.catalogues import extract
from tests.terminal.other_process import Program

ENGLISH = (
    "usage:",
    "options",
    "error:",
    "show this",
    "show program",
    "environment:",
    "exit status",
    "the language",
)


@pytest.fixture
def program(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """The program in a home with nothing in it."""
    return Program(tmp_path_factory.mktemp("home"))


@pytest.mark.parametrize(
    "command",
    [(), ("orders",), ("watch",), ("doctor",), ("config",), ("completion",)],
    ids=" ".join,
)
@pytest.mark.parametrize(
    ("options", "environment"),
    [
        ((), {"LANG": "tr_TR.UTF-8"}),
        (("--language", "tr"), {}),
        (("--language=tr",), {}),
        ((), {"SNUM_TUI_LANGUAGE": "tr"}),
    ],
)
def test_help_is_turkish_where_the_person_is(
    program: Program, command: tuple[str, ...], options: tuple[str, ...], environment: dict[str, str]
) -> None:
    done = program.run(*options, *command, "--help", environment=environment)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("kullanım: snum-tui")
    assert [words for words in ENGLISH if words in done.stdout] == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("ordres",), "'ordres' geçersiz; şunlardan biri olabilir: 'demo', "),
        (
            ("orders", "--format", "xml"),
            "--format: 'xml' geçersiz; şunlardan biri olabilir: 'table', 'json', 'csv'",
        ),
        (("orders", "--opne"), "hata: --opne diye bir seçenek yok. Şunu mu demek istediniz: --open"),
        (("--profile",), "--profile: bir değer gerekli"),
        (("completion",), "şunlar gerekli: {bash,zsh,fish}"),
    ],
)
def test_a_mistake_is_told_in_turkish_where_the_person_is(
    program: Program, arguments: tuple[str, ...], said: str
) -> None:
    done = program.run(*arguments, environment={"LANG": "tr_TR.UTF-8"})
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.startswith("kullanım: ")
    assert [words for words in ENGLISH if words in done.stderr] == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--languag", "en"), "snum-tui: error: there is no option --languag. Did you mean --language?"),
        (("--profile", "orders", "watch", "--jsn"), "watch: error: there is no option --jsn. Did you mean --json?"),
        (("sandbox", "--sped=3"), "there is no option --sped. Did you mean --speed=3?"),
        (("orders", "--form", "csv"), "orders: error: there is no option --form. Did you mean --format?"),
        (("orders", "-l"), "there is no option -l. All there are: snum-tui orders --help"),
        (("--open", "orders"), "the option --open stands after its command: snum-tui orders --open"),
        (("config", "calm"), "snum-tui config: error: this is more than can be used here: calm"),
        (("sandbox", "--rows", "-1"), "argument --rows: The sandbox's rows must be between 0 and 100000"),
    ],
)
def test_an_option_that_there_is_not_is_named_with_what_was_meant(
    program: Program, arguments: tuple[str, ...], said: str
) -> None:
    done = program.run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr.splitlines()[-1]


def test_the_language_may_be_written_in_capitals_as_in_its_variable(program: Program) -> None:
    assert program.run("--language", "TR", "--help").stdout.startswith("kullanım:")


def test_in_english_argparse_speaks_for_itself(program: Program) -> None:
    done = program.run("ordres")
    assert done.returncode == 2
    assert "invalid choice: 'ordres'" in done.stderr


@pytest.mark.parametrize("command", ["demo", "sandbox"])
def test_the_help_of_the_sandbox_is_turkish_too(program: Program, command: str) -> None:
    done = program.run(command, "--help", environment={"LANG": "tr_TR.UTF-8"})
    assert (done.returncode, done.stderr) == (0, "")
    words = " ".join(done.stdout.split())
    assert words.startswith(f"kullanım: snum-tui {command} [seçenekler] ")
    for said in (
        "deneme sitesi:",
        "başlangıç bakiyesi (varsayılan: 100.00)",
        "bom (her yanıtın başında bayt sırası işareti (BOM))",
        "oran için %20. TÜR: drop-reply (işlenir, sonra bağlantı tek bayt gelmeden kapanır); ",
        "kod gelmeden süresi dolan numaranın ücretini iade et",
    ):
        assert said in words
    untranslated = {template for template in sandbox_templates() if " " in template and template in words}
    assert untranslated == set()


def sandbox_templates() -> set[str]:
    """Return all that the sandbox marks, as it stands in English."""
    place = re.compile(r"snum_tui/sandbox/")
    return {
        str(message.id)
        for message in extract()
        if message.id and any(place.match(file) for file, _line in message.locations)
    }


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--speed", "0"), "--speed: Deneme sitesinin speed değeri şöyle olmalı: 0'dan büyük."),
        (("--rows", "-1"), "rows değeri şöyle olmalı: 0 ile 100000 arasında (0: --seed belirler)."),
        (("--balance", "much"), "--balance: 'much' TUTAR olarak okunamıyor."),
        (("--fault", "*:500%0"), "'*:500%0' içinde %0 olamaz: 0'dan büyük, en çok 100 olan bir yüzde yazın."),
        (("--dialect", "string-ids,mixed-ids"), "string-ids ile mixed-ids lehçeleri çelişiyor: birini seçin."),
    ],
)
def test_a_mistake_in_the_options_of_the_sandbox_is_told_in_turkish_too(
    program: Program, arguments: tuple[str, ...], said: str
) -> None:
    done = program.run("sandbox", "--language", "tr", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines()[-1].endswith(said)


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [("tr", "Deneme sitesi: http://", "API anahtarı: "), ("en", "Sandbox site at http://", "API key: ")],
)
def test_the_sandbox_tells_its_address_and_key_in_the_language(
    program: Program, language: str, first: str, second: str
) -> None:
    command = (*program.command, "sandbox", "--language", language, "--port", "0")
    with subprocess.Popen(command, env=program.environment, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(3)]
        process.terminate()
    assert lines[0].startswith(first)
    assert lines[1].startswith(second)
    assert lines[2].endswith(" snum-tui\n")


def test_a_taken_port_is_told_in_the_language(program: Program) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = program.run("--language", "tr", "sandbox", "--port", port)
    assert (done.returncode, done.stdout) == (1, "")
    said = f"127.0.0.1 adresinin {port} portunda başlatılamadı: adres zaten kullanımda. Başka bir --port seçin.\n"
    assert done.stderr == said


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--host", "no-such-name.invalid"), ": ad bilinmiyor. Başka bir --host seçin.\n"),
        (("--host", "192.0.2.1"), ": adres bu makineye ait değil. Başka bir --host seçin.\n"),
        (("--port", "0", "--ledger", "/"), "/ dosyasına yazılamıyor: bu bir klasör. Başka bir dosya seçin.\n"),
    ],
)
def test_what_the_system_complains_of_is_told_in_the_language_too(
    program: Program, options: tuple[str, ...], said: str
) -> None:
    done = program.run("--language", "tr", "sandbox", *options)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.endswith(said)


@pytest.mark.parametrize(
    "command", [(), ("orders",), ("watch",), ("demo",), ("sandbox",), ("completion",)], ids=" ".join
)
def test_what_stands_for_a_value_is_turkish_too(program: Program, command: tuple[str, ...]) -> None:
    done = program.run("--language", "tr", *command, "--help")
    words = set(re.findall(r"\b[A-Z]+\b", done.stdout))
    english = {"COMMAND", "NAME", "HOST", "KEY", "AMOUNT", "FACTOR", "SECONDS", "SHARE", "MIN", "MAX", "FILE"}
    assert words & (english | {"CALL", "KIND", "WHICH"}) == set()
