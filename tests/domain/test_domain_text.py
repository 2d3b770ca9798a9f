"""Text of the site is harmless once cleaned, and is found however a Turkish keyboard spells it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snum_tui.domain.text import REPLACEMENT, clean_html, clean_text, fold

TEXTS = st.text(st.characters() | st.sampled_from("\x1b\x07\u202e\u2028\u200d\ue000\ud800<>&;\r\n\t"), max_size=300)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("Almanya⁴ (+49) *", "Almanya⁴ (+49) *"),
        ("  a \t\r\n b  ", "a b"),
        ("\x1b[31mred", "\ufffd[31mred"),
        ("\x1b]52;c;ZXZpbA==\x07", "\ufffd]52;c;ZXZpbA==\ufffd"),
        ("\x9b2J", "\ufffd2J"),
        ("a\x00b", "a\ufffdb"),
        ("abc\u202edcba", "abc\ufffddcba"),
        ("a\u2028b\u2029c", "a\ufffdb\ufffdc"),
        ("\ud800", "\ufffd"),
        ("\ue000", "\ufffd"),
        ("\u200b\ufeff", "\ufffd\ufffd"),
        ("s\u0327", "ş"),
        ("[bold]x[/]", "[bold]x[/]"),
        ("<b>x</b> &amp;", "<b>x</b> &amp;"),
        ("", ""),
    ],
)
def test_site_text_becomes_one_harmless_line(raw: str, clean: str) -> None:
    """FACTS: Textual's widgets let ESC, OSC 52, C1, NUL and bidi through to the terminal."""
    assert clean_text(raw) == clean


@given(TEXTS, st.integers(1, 80))
def test_clean_text_holds_nothing_hostile_and_keeps_its_limit(raw: str, limit: int) -> None:
    """Plain text or HTML; and cleaning twice changes nothing more."""
    for clean in (clean_text(raw, limit), clean_html(raw, limit)):
        assert len(clean) <= limit
        assert all(unicodedata.category(char)[0] != "C" for char in clean)
        assert all(unicodedata.category(char) not in {"Zl", "Zp"} for char in clean)
        assert "\n" not in clean
        clean.encode("utf-8")
        assert clean_text(clean, limit) == clean


@pytest.mark.parametrize(("raw", "limit", "clean"), [("abcdef", 6, "abcdef"), ("abcdefg", 6, "abcde…")])
def test_a_text_over_its_limit_says_that_it_goes_on(raw: str, limit: int, clean: str) -> None:
    """One within it is left alone."""
    assert clean_text(raw, limit) == clean


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("<p>Bakiye <b>yetersiz</b></p>", "Bakiye yetersiz"),
        ("one<br>two<br/>three<BR />four", "one two three four"),
        ("<div>one</div><div>two</div><ul><li>a</li><li>b</li></ul>", "one two a b"),
        ("Y&uuml;kleyin &amp; deneyin&nbsp;!", "Yükleyin & deneyin\xa0!"),
        ("&lt;b&gt;x&lt;/b&gt;", "<b>x</b>"),
        ("&lt;script&gt;", "<script>"),
        ("1 < 2 > 0", "1 < 2 > 0"),
        ("<#> 1234", "<#> 1234"),
        ("&#x1b;[31m&#27;&#0;&#x202e;", "[31m\ufffd\ufffd"),
        ("<a href='https://example.com/?a=1&b=2' onclick=\"x()\">here</a>", "here"),
        ("<<b>script>x", "<script>x"),
        ("", ""),
    ],
)
def test_html_becomes_plain_text(raw: str, clean: str) -> None:
    """Tags go before entities are read, so an escaped tag stays text."""
    assert clean_html(raw) == clean


def test_endless_text_is_cut_before_it_costs_anything() -> None:
    """Eight MiB of a name are no name."""
    assert clean_text("x" * 8_000_000, 10) == "xxxxxxxxx…"
    assert len(clean_html("<" * 8_000_000, 10)) == 10


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("İstanbul", "istanbul"),
        ("ISPARTA", "ısparta"),
        ("Iğdır", "igdir"),
        ("IĞDIR", "iğdir"),
        ("DİYARBAKIR", "diyarbakır"),
        ("Şişli", "sisli"),
        ("ÇAĞRI", "cagri"),
        ("Göksu", "goksu"),
        ("ÜRGÜP", "urgup"),
        ("Türkiye", "TURKIYE"),
        ("Côte d’Ivoire", "cote"),
        ("Almanya⁴", "almanya4"),
        ("STRASSE", "straße"),
        ("Kırım · КРЫМ", "KIRIM · крым"),
    ],
)
def test_a_row_is_found_however_it_is_typed(written: str, typed: str) -> None:
    """The four Turkish i's are one letter, and accents do not count."""
    assert fold(typed) in fold(written)


@given(st.text(max_size=50))
def test_folding_twice_is_folding_once(text: str) -> None:
    """So a folded index can be searched with a folded word."""
    assert fold(fold(text)) == fold(text)
    assert REPLACEMENT not in fold(text) or REPLACEMENT in text
