"""`snum-tui completion SHELL`: a script that has the shell ask the program itself, at each Tab, what may follow.

So nothing in a script can grow stale, not even one that was saved before the program was updated. argcomplete
answers for bash and fish as it is. Its zsh script hands over the whole edit line, which goes wrong behind
`VARIABLE=value` and behind another command; ours hands over the words of this command, and lets zsh quote.
"""

import argparse
import sys

PROGRAM = "snum-tui"

ZSH = r"""#compdef snum-tui
# Works from ~/.zshrc, after compinit, and as a file _snum-tui of a folder in $fpath.
_snum-tui() {
    setopt local_options extended_glob
    local line="${(j: :)words[1,CURRENT-1]} $QIPREFIX$IPREFIX$PREFIX"
    local -a answer values folders
    local one value
    # As fish is answered: candidate, tab, description; nothing quoted.
    answer=("${(@f)$(
        _ARGCOMPLETE=1 _ARGCOMPLETE_SHELL=fish _ARGCOMPLETE_SUPPRESS_SPACE=1 \
        _ARGCOMPLETE_IFS=$'\n' _ARGCOMPLETE_DFS=$'\t' COMP_LINE=$line COMP_POINT=$#line \
        ${~words[1]} 8>&1 9>/dev/null >/dev/null 2>&1 </dev/null
    )}")
    for one in ${answer:#}; do
        value=${${one%%$'\t'*}//(#m)[\\:]/\\$MATCH}
        if [[ $value == */ ]]; then
            folders+=($value)
        else
            values+=("$value:${one#*$'\t'}")
        fi
    done
    _describe value values -- folders -S ''
}
if [[ $funcstack[1] == _snum-tui ]]; then
    _snum-tui "$@"
else
    compdef _snum-tui snum-tui
fi
"""


def print_script(arguments: argparse.Namespace) -> int:
    """Print the script of the shell that was named."""
    sys.stdout.write(script_of(arguments.shell))
    sys.stdout.flush()
    return 0


def script_of(shell: str) -> str:
    """Return the script of bash, zsh or fish."""
    if shell == "zsh":
        return ZSH
    from argcomplete.shell_integration import shellcode  # noqa: PLC0415 - only this and a Tab need it

    # No files where nothing is offered: where a file is meant, they are what is offered.
    return shellcode([PROGRAM], use_defaults=False, shell=shell)
