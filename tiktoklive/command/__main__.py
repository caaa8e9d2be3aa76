"""``tiktoklive COMMAND``: begins :mod:`tiktoklive.command.main`."""

import sys


def main() -> int:
    """
    Do what the command line says.

    :return: the exit status, as of :func:`tiktoklive.command.main.main`.
    """
    # Importing Twisted takes a moment, in which somebody may think better of it.
    try:
        from tiktoklive.command.main import main as command
    except KeyboardInterrupt:
        return 130
    return command()


if __name__ == "__main__":
    sys.exit(main())
