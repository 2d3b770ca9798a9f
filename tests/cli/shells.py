"""Real shells that are asked what they would offer, with the script of `snum-tui completion` loaded."""

import shutil
import subprocess
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from shlex import quote
from typing import ClassVar

from tests.terminal.other_process import Program
from tests.terminal.pty_terminal import Terminal

END = "(end)"
SECONDS = 60.0
PROMPT = "type> "


class Shell(ABC):
    """A shell in a folder and an environment of its own; `offers` asks about many lines at once."""

    name: ClassVar[str]

    def __init__(self, home: Path, environment: Mapping[str, str], script: str) -> None:
        self.home = home
        self.environment = dict(environment)
        self.script = home / f"completion.{self.name}"
        self.script.write_text(script, encoding="utf-8")

    @classmethod
    def is_installed(cls) -> bool:
        """Whether it is on this machine."""
        return shutil.which(cls.name) is not None

    @abstractmethod
    def offers(self, lines: Sequence[str]) -> list[list[str]]:
        """Return what the shell offers at the end of each line."""

    def type_and_press_tab(self, line: str, expected: str) -> None:
        """Type a line in an interactive shell, press Tab, and wait until the screen shows what is expected."""
        terminal = self._open_terminal()
        try:
            terminal.until(lambda screen: PROMPT in screen, SECONDS)
            terminal.send(f"{line}\t")
            terminal.until(lambda screen: f"{PROMPT}{expected}" in screen, SECONDS)
        finally:
            terminal.close()

    @abstractmethod
    def _open_terminal(self) -> Terminal: ...

    def _run(self, command: Sequence[str]) -> str:
        done = subprocess.run(  # noqa: S603 - a shell on our own script
            command,
            env=self.environment,
            cwd=self.home,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=True,
        )
        return done.stdout

    def _terminal(self, *command: str, **environment: str) -> Terminal:
        return Terminal(command, {**self.environment, **environment}, size=(200, 50), cwd=self.home)


class Bash(Shell):
    """Calls the function that the script has registered, as readline does at a Tab."""

    name = "bash"

    def offers(self, lines: Sequence[str]) -> list[list[str]]:
        """Return what ends up in COMPREPLY."""
        asking = [
            f"source {quote(str(self.script))}",
            "registered=$(complete -p snum-tui)",
            "function=${registered#*-F }; function=${function%% *}",
            "ask() {",
            "    COMP_LINE=$1 COMP_POINT=${#1} COMP_TYPE=9 COMPREPLY=()",
            "    read -ra COMP_WORDS <<< $1",
            "    [[ $1 == *' ' ]] && COMP_WORDS+=('')",
            "    COMP_CWORD=$((${#COMP_WORDS[@]} - 1))",
            "    $function snum-tui ${COMP_WORDS[COMP_CWORD]:-''} ${COMP_WORDS[COMP_CWORD - 1]}",
            '    printf "%s\\n" "${COMPREPLY[@]}"',
            f"    echo '{END}'",
            "}",
            *(f"ask {quote(line)}" for line in lines),
        ]
        return _split(self._run(["bash", "--norc", "--noprofile", "-c", "\n".join(asking)]))

    def _open_terminal(self) -> Terminal:
        settings = self.home / "bashrc"
        settings.write_text(f"PS1={quote(PROMPT)}\nsource {quote(str(self.script))}\n")
        return self._terminal("bash", "--noprofile", "--rcfile", str(settings), "-i")


class Fish(Shell):
    """Asks with fish's own `complete -C`."""

    name = "fish"

    def offers(self, lines: Sequence[str]) -> list[list[str]]:
        """Return the candidates without their descriptions."""
        asking = [f"source {quote(str(self.script))}"]
        for line in lines:
            escaped = line.replace("\\", "\\\\").replace("'", "\\'")
            asking += [f"complete -C'{escaped}'", f"echo '{END}'"]
        told = self._run(["fish", "--no-config", "-c", "\n".join(asking)])
        return [[one.partition("\t")[0] for one in found] for found in _split(told)]

    def _open_terminal(self) -> Terminal:
        prompt = (
            f"function fish_prompt; printf '{PROMPT}'; end; set fish_greeting; set fish_autosuggestion_enabled 0"
        )
        return self._terminal("fish", "--no-config", "-i", "-C", f"{prompt}; source {quote(str(self.script))}")


ZSHRC = """
PS1={prompt}
autoload -Uz compinit && compinit -u -D
source {script}
"""

ZSH_CAPTURE = """
# No list, which would ask whether it may be long.
setopt no_auto_list no_auto_menu
compadd() {
    local -a hits
    if [[ ${@[1,(i)(-|--)]} != *-(O|A|D)\\ * ]]; then
        builtin compadd -A hits "$@"
        print -rl -- $hits >> $CAPTURE
    fi
    builtin compadd "$@"
}
tell() {
    zle complete-word
    print -r -- '(end)' >> $CAPTURE
    zle kill-buffer
}
zle -N tell
bindkey '^I' tell
"""


class Zsh(Shell):
    """Types into an interactive zsh, whose compadd writes down what it is given."""

    name = "zsh"

    def offers(self, lines: Sequence[str]) -> list[list[str]]:
        """Return the matches, with zsh's own quoting taken away."""
        capture = self.home / "capture"
        capture.touch()
        terminal = self._open_terminal(ZSH_CAPTURE, CAPTURE=str(capture))
        try:
            terminal.until(lambda screen: PROMPT in screen, SECONDS)
            for count, line in enumerate(lines, start=1):
                terminal.send(f"{line}\t")
                terminal.until(lambda _, count=count: _read(capture).count(END) == count, SECONDS)  # type: ignore[misc]
        finally:
            terminal.close()
        told = _split(capture.read_text(encoding="utf-8"))
        return [list(dict.fromkeys(one.replace("\\", "") for one in found)) for found in told]

    def _open_terminal(self, more: str = "", **environment: str) -> Terminal:
        settings = ZSHRC.format(prompt=quote(PROMPT), script=quote(str(self.script)))
        (self.home / ".zshrc").write_text(settings + more, encoding="utf-8")
        return self._terminal("zsh", "-d", "-i", ZDOTDIR=str(self.home), **environment)


SHELLS: Mapping[str, type[Shell]] = {shell.name: shell for shell in (Bash, Zsh, Fish)}


def open_shell(name: str, program: Program) -> Shell:
    """Load the program's own script into a shell of that name."""
    environment = {
        **program.environment,
        "PATH": f"{Path(program.command[0]).parent}:{program.environment['PATH']}",
    }
    with suppress(KeyError):
        del environment["SHELL"]
    done = program.run("completion", name)
    assert (done.returncode, done.stderr) == (0, "")
    return SHELLS[name](program.home, environment, done.stdout)


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


def _split(told: str) -> list[list[str]]:
    """Take apart what was told of each line: one candidate a line, the end behind them."""
    return [[one.strip() for one in found.splitlines() if one.strip()] for found in told.split(f"{END}\n")[:-1]]
