"""What the terminal says when the demonstration is ready: addresses, sign-ins, and what each role may do."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from tomoni.portal.demo.cities import Demonstration
from tomoni.portal.demo.people import PASSWORD


def welcome(demonstration: Demonstration, *, root: str) -> str:
    """The whole text; `root` is the address of the server without a slash at its end."""
    first, *others = demonstration.cities
    sign_ins = [(person.label, person.mail(first.slug), person.does) for person in demonstration.people]
    return "\n".join(
        [
            "",
            f"ともに（実演）  {root}/",
            "",
            *_table([(city.name, f"{root}/{city.slug}/") for city in demonstration.cities]),
            "",
            f"サインイン  {root}/accounts/login/    パスワードは全員 {PASSWORD}",
            "",
            *_table([("役割", "メールアドレス", "できること"), *sign_ins]),
            "",
            f"  ほかの市では {first.slug} を {'、'.join(city.slug for city in others)} に替えます。",
            "  人物は架空です。実際の市のサービスではありません。止めるには Ctrl-C を押します。",
            "",
        ]
    )


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(_width(cell) for cell in column) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)]
        yield ("  " + "  ".join(cells)).rstrip()


def _width(text: str) -> int:
    """Columns of a terminal: a Japanese letter takes two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "FWA" else 1 for letter in text)
