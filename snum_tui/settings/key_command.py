"""api_key_command: the person's own program prints the key, so that it need not stand in a file."""

import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

from snum_tui.domain.sentence import N_, Sentence, say
from snum_tui.domain.site import ApiKey, is_key
from snum_tui.domain.system_words import words_of
from snum_tui.domain.text import clean_text
from snum_tui.settings.errors import KeyCommandFailed

LIMIT_SECONDS = 10.0
_LOOKS_SECRET = re.compile(r"[^\s:=\"']{12,}")
_SHORTEST_SECRET = 4


def ask_for_key(
    command: tuple[str, ...],
    environment: Mapping[str, str],
    where: Sentence,
    *,
    limit_seconds: float = LIMIT_SECONDS,
) -> ApiKey:
    """Run the command without a shell and return what it printed. Raises KeyCommandFailed, which names `where`.

    Only the program's name is ever told, as its arguments may hold a password. Its complaint is told where it
    holds nothing of what was printed and no word that might be a secret.
    """
    try:
        result = subprocess.run(  # noqa: S603 - the person's own command, from their own file, without a shell
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=limit_seconds,
            check=False,
            env=dict(environment),
        )
    except subprocess.TimeoutExpired:
        problem = say(N_("it took longer than {seconds} seconds"), seconds=f"{limit_seconds:g}")
    except OSError as error:
        problem = say(N_("it cannot be run: {reason}"), reason=words_of(error))
    except ValueError:
        problem = say(N_("its name or an argument cannot be passed to a program"))
    else:
        printed = result.stdout.decode("utf-8", errors="replace").strip()
        if result.returncode == 0 and is_key(printed):
            return ApiKey(printed)
        problem = _problem(result.returncode, printed, result.stderr.decode("utf-8", errors="replace"))
    # Outside of the except: a TimeoutExpired carries the output, and perhaps the key in it.
    raise KeyCommandFailed(
        say(
            N_("{place}: {program} gave no key: {problem}."),
            place=where,
            program=clean_text(Path(command[0]).name),
            problem=problem,
        )
    )


def _problem(code: int, printed: str, complaint: str) -> Sentence:
    if code == 0:
        return say(N_("it printed nothing")) if not printed else say(N_("it printed more than a key"))
    if told := _harmless(complaint, printed):
        return say(N_("it ended with code {code}: {complaint}"), code=code, complaint=told)
    return say(N_("it ended with code {code}"), code=code)


def _harmless(complaint: str, printed: str) -> str:
    """Return the last line of a complaint, or nothing where a secret may be in it."""
    lines = [line.strip() for line in complaint.splitlines() if line.strip()]
    last = lines[-1] if lines else ""
    secrets = [word for word in printed.split() if len(word) >= _SHORTEST_SECRET]
    if any(word in last for word in secrets):
        return ""
    return clean_text(_LOOKS_SECRET.sub("…", last)).rstrip(".")
