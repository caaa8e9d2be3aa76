"""
``tiktoklive completion SHELL``: what lets a shell complete the commands and their options.

zsh asks the command itself, by Twisted's ``--_shell-completion``, which knows only zsh.  bash is
given lists.
"""

from __future__ import annotations

from typing import Final

from twisted.python.reflect import namedAny
from twisted.python.usage import UsageError

from tiktoklive.command import main
from tiktoklive.files import standard_streams
from tiktoklive.settings.interspersed import VersionedOptions

_ZSH: Final = """\
#compdef tiktoklive
eval "$("${words[@]}" --_shell-completion "zsh:$CURRENT" 2>/dev/null)"
"""

_BASH: Final = """\
_tiktoklive() {{
    local options
    if [ "$COMP_CWORD" -eq 1 ]; then
        COMPREPLY=($(compgen -W "{commands} --help --version" -- "$2"))
        return
    fi
    case "${{COMP_WORDS[1]}}" in
{cases}
    esac
    case "$2" in
        -*) COMPREPLY=($(compgen -W "$options" -- "$2")) ;;
        *) COMPREPLY=($(compgen -f -- "$2")) ;;
    esac
}}
complete -o filenames -F _tiktoklive tiktoklive
"""


class Options(VersionedOptions):
    """Which shell."""

    longdesc = (
        "Prints what lets a shell complete the commands. bash: put its output into "
        "~/.local/share/bash-completion/completions/tiktoklive; zsh: into a file _tiktoklive in a "
        "directory of $fpath."
    )

    def parseArgs(self, *names: str) -> None:
        """The shell."""
        if len(names) != 1 or names[0] not in ("bash", "zsh"):
            raise UsageError("say for which shell: bash or zsh.")
        self.shell = names[0]

    def getSynopsis(self) -> str:
        """How to call it."""
        return "Usage: tiktoklive completion bash|zsh"


def run(options: Options) -> int:
    """Print it."""
    standard_streams.write(_ZSH if options.shell == "zsh" else bash())
    return 0


def bash() -> str:
    """What bash is given."""
    cases = "\n".join(
        f'        {name}) options="{" ".join(_options_of(name))}" ;;' for name in main.COMMANDS
    )
    return _BASH.format(commands=" ".join(main.COMMANDS), cases=cases)


def _options_of(name: str) -> list[str]:
    module = f"tiktoklive.command.{name.replace('-', '_')}"
    options = namedAny(f"{module}.Options")()
    return sorted(f"--{each.rstrip('=')}" for each in options.shown())
