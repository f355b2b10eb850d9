"""The command `tomoni`: finds the sub-command and hands over; only the module that is asked for is loaded."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import NoReturn

from tomoni.cli.refusal import Unusable

COMMANDS = ("sheet", "rulebook", "match", "screening", "evaluation")


class Parser(ArgumentParser):
    """Says in one Japanese sentence that the command was not understood, and ends with 2."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"命令の書き方が違います。「{self.prog} --help」で使い方を見てください。\n")


def main(argv: Sequence[str] | None = None) -> None:
    """Run one sub-command and leave with its exit code: 0 done, 1 the answer is no, 2 refused with a sentence."""
    words = list(sys.argv[1:] if argv is None else argv)
    args = parser(words[:1]).parse_args(words)
    try:
        sys.exit(args.run(args))
    except Unusable as refusal:
        sys.stderr.write(f"{refusal}\n")
        sys.exit(2)


def parser(first: Sequence[str] = ()) -> Parser:
    """The parser with the one sub-command that ``first`` names, or with all that are installed."""
    whole = Parser(prog="tomoni", description="協働の計画とルールブックを扱う命令です。")
    commands = whole.add_subparsers(required=True, metavar="命令")
    wanted = [name for name in COMMANDS if name in first] or COMMANDS
    for name in wanted:
        if find_spec(f"tomoni.cli.{name}"):
            import_module(f"tomoni.cli.{name}").add_parser(commands)
    return whole


if __name__ == "__main__":
    main()
