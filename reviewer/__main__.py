"""The front door. Answers ``--version`` before anything heavy is imported."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the program with the command line's arguments; returns the exit status."""
    arguments = sys.argv[1:]
    if arguments == ["--version"]:
        from reviewer import __version__

        print(f"Reviewer {__version__}")
        return 0
    from reviewer.cli import run

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
