"""`manage.py docs` prints the generated pages of docs/; with --check it only says whether they are current."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from tomoni.portal.docs.pages import PAGES


class Command(BaseCommand):
    """Print docs/rules.md, workflows.md, permissions.md and packages.md from the code."""

    help = "Print the generated pages of docs/"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="fail when a page is not what the code says")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(settings.ROOT) / "docs"
        stale = [name for name, make in PAGES.items() if self.held(folder / name) != make()]
        if options["check"] and stale:
            raise CommandError(f"Run `manage.py docs`: {', '.join(stale)} are not what the code says.")
        for name in stale:
            (folder / name).write_text(PAGES[name](), encoding="utf-8")
            self.stdout.write(f"docs/{name}")

    @staticmethod
    def held(path: Path) -> str:
        """What the page says now; "" when it is missing."""
        return path.read_text(encoding="utf-8") if path.exists() else ""
