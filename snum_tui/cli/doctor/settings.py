"""config.toml, the language and the profile."""

from collections.abc import Mapping

from snum_tui.cli.doctor.finding import Check, Finding, Status, ok
from snum_tui.cli.doctor.places import exposed, file_mode, written
from snum_tui.cli.reading import Reading
from snum_tui.domain.sentence import N_, Sentence, say
from snum_tui.settings.errors import SettingsError
from snum_tui.settings.language import VARIABLE, read_language
from snum_tui.settings.profile import ChosenProfile, choose_profile


def check_config(reading: Reading) -> Finding:
    """Tell whether config.toml can be used, and whether something in it does nothing or is unsafe."""
    file, config = reading.file, reading.config
    if reading.problem is not None:
        return Finding(Check.CONFIG, Status.ERROR, say(N_("cannot be used")), _joined(*reading.problems))
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
        detail = error.what or say(N_("no profile can be chosen"))
        return Finding(Check.PROFILE, Status.ERROR, detail, error.advice), None
    return ok(Check.PROFILE, "{name}", name=chosen.name), chosen
