"""Options that there are not, told before argparse takes what follows them for a command."""

import argparse
from collections.abc import Iterator, Sequence

from snum_tui.domain.sentence import N_
from snum_tui.sandbox.words import Text

_ALIKE = 0.6
"""How alike two names must be, of 1."""


def check_options(parser: argparse.ArgumentParser, words: Sequence[str], text: Text) -> None:
    """End the program, as argparse does for a mistake, at the first option that the command at hand has not."""
    for one, word in _written_options(parser, words):
        if word.partition("=")[0] not in _options_of(one):
            one.error(_no_such(one, word, text))


def check_rest(parser: argparse.ArgumentParser, rest: Sequence[str], command: str | None, text: Text) -> None:
    """End the program where words are left over, with the usage of the command that was given."""
    if rest:
        words = text(N_("this is more than can be used here: {words}"), words=" ".join(rest))
        _commands_of(parser).get(command or "", parser).error(words)


def _written_options(
    parser: argparse.ArgumentParser, words: Sequence[str]
) -> Iterator[tuple[argparse.ArgumentParser, str]]:
    """Go through the words that begin like an option, each with the parser whose turn it is."""
    commands = _commands_of(parser)
    left = iter(words)
    for word in left:
        if word == "--":
            return
        if _is_like_an_option(word):
            yield parser, word
            if _takes_a_value(parser, word):
                next(left, None)
        elif word in commands:
            parser, commands = commands[word], {}


def _is_like_an_option(word: str) -> bool:
    return word.startswith("-") and word != "-" and not word[1:2].isdigit()


def _takes_a_value(parser: argparse.ArgumentParser, word: str) -> bool:
    option = _options_of(parser).get(word)
    return option is not None and option.nargs is None


def _options_of(parser: argparse.ArgumentParser) -> dict[str, argparse.Action]:
    return parser._option_string_actions  # noqa: SLF001 - argparse tells it nowhere else


def _commands_of(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    for action in parser._actions:  # noqa: SLF001 - as above
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 - as above
            return dict(action.choices)
    return {}


def _no_such(one: argparse.ArgumentParser, word: str, text: Text) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - only where there is a mistake

    name, equals, value = word.partition("=")
    for command, other in _commands_of(one).items():
        if name in _options_of(other):
            words = N_("the option {name} stands after its command: {command}")
            return text(words, name=name, command=f"{one.prog} {command} {word}")
    bare = {option.lstrip("-"): option for option in _options_of(one)}
    if near := get_close_matches(name.lstrip("-"), bare, n=1, cutoff=_ALIKE):
        words = N_("there is no option {name}. Did you mean {meant}?")
        return text(words, name=name, meant=f"{bare[near[0]]}{equals}{value}")
    return text(N_("there is no option {name}. All there are: {command}"), name=name, command=f"{one.prog} --help")
