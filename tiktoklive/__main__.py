"""``python -m tiktoklive @name``: begins :mod:`tiktoklive.foreground`."""

import sys


def main() -> int:
    """
    Do what the command line says.

    :return: the exit status, as of :func:`tiktoklive.foreground.main`.
    """
    # Importing Twisted takes a moment, in which somebody may think better of it.
    try:
        from tiktoklive import foreground
    except KeyboardInterrupt:
        return 0
    return foreground.main()


if __name__ == "__main__":
    sys.exit(main())
