"""config.toml, the language and the profile."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from snum_tui.cli.doctor.finding import Check, Finding, Status, ok
from snum_tui.cli.doctor.places import exposed, file_mode, written
from snum_tui.domain.sentence import N_, Sentence, say
from snum_tui.settings.config import Config, read_config
from snum_tui.settings.errors import SettingsError
from snum_tui.settings.language import VARIABLE, choose_language, read_language
from snum_tui.settings.profile import ChosenProfile, choose_profile
from snum_tui.ui.actions import key_table


@dataclass(frozen=True, slots=True)
class Reading:
    """config.toml as it was read: what it says, or why it cannot be used (then it says nothing)."""

    file: Path
    config: Config
    problem: Sentence | None = None
    more: tuple[Sentence, ...] = ()
    """What else is wrong in it."""


def read(file: Path) -> Reading:
    """Read config.toml; raises nothing."""
    try:
        return Reading(file, read_config(file, key_table()))
    except SettingsError as error:
        return Reading(file, Config(), error.sentence, error.more)


def spoken_language(environment: Mapping[str, str], asked: str | None, reading: Reading) -> str:
    """Choose the language as the app does, and go on where a wrong one is set."""
    configured = None if environment.get(VARIABLE, "").strip() else reading.config.language
    return choose_language(environment, asked or configured)


def check_config(reading: Reading) -> Finding:
    """Tell whether config.toml can be used, and whether something in it does nothing or is unsafe."""
    file, config = reading.file, reading.config
    if reading.problem is not None:
        return Finding(
            Check.CONFIG, Status.ERROR, say(N_("cannot be used")), _joined(reading.problem, *reading.more)
        )
    mode = file_mode(file)
    if mode is None:
        return ok(Check.CONFIG, N_("{path}, not there yet"), path=file)
    if config.warnings:
        return Finding(Check.CONFIG, Status.WARNING, say(N_("usable, but worth a look")), _joined(*config.warnings))
    return exposed(Check.CONFIG, file) or ok(
        Check.CONFIG, N_("{path}, {mode}, valid"), path=file, mode=written(mode)
    )


def _joined(*sentences: Sentence) -> Sentence:
    """Tell them one after the other, as they are whole sentences."""
    values = {f"s{place}": one for place, one in enumerate(sentences)}
    return Sentence(" ".join(f"{{{name}}}" for name in values), values)


def check_language(environment: Mapping[str, str], asked: str | None, language: str) -> Finding:
    """Tell which language is spoken, and whether SNUM_TUI_LANGUAGE names none."""
    named = environment.get(VARIABLE, "").strip()
    try:
        if named and asked is None:
            read_language(named, VARIABLE)
    except SettingsError as error:
        return Finding(
            Check.LANGUAGE, Status.ERROR, say(N_("{value} is no language of snum-tui"), value=named), error.sentence
        )
    return ok(Check.LANGUAGE, "{language}", language=language)


def check_profile(
    environment: Mapping[str, str], asked: str | None, reading: Reading
) -> tuple[Finding, ChosenProfile | None]:
    """Choose the profile as the app does; None where that is not possible."""
    if reading.problem is not None:
        advice = say(N_("First put right what is wrong above."))
        return Finding(Check.PROFILE, Status.WARNING, say(N_("not looked at")), advice), None
    try:
        chosen = choose_profile(reading.config, environment, reading.file, asked)
    except SettingsError as error:
        return Finding(Check.PROFILE, Status.ERROR, say(N_("no profile can be chosen")), error.sentence), None
    return ok(Check.PROFILE, "{name}", name=chosen.name), chosen
