"""`manage.py demo_sheets` prints the spreadsheets in demo/ from their texts; --check only says whether they are current."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tomoni.portal.demo.sheets import SHEETS


class Command(BaseCommand):
    """Make the spreadsheets of the demonstration."""

    help = "Print the spreadsheets in demo/ from demo/<city>/plan.yaml"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="fail when a sheet is not what its texts say")

    def handle(self, *args: Any, **options: Any) -> None:
        stale = [sheet for sheet in SHEETS if not sheet.is_current()]
        if options["check"] and stale:
            names = ", ".join(f"demo/{sheet.slug}/{sheet.name}" for sheet in stale)
            raise CommandError(f"Run `manage.py demo_sheets`: {names} are not what their texts say.")
        for sheet in stale:
            sheet.path.write_bytes(sheet.make(sheet.plan))
            self.stdout.write(f"demo/{sheet.slug}/{sheet.name}")
