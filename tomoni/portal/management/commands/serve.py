"""`manage.py serve` runs the program on this machine: migrations, one worker, and the web server until Ctrl-C."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from tomoni.portal.serving import HOST, refuse_taken_port, serve


class Command(BaseCommand):
    """Serve what is in the database, without the demonstration."""

    help = "Run the web server and one worker on this machine"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        port: int = options["port"]
        refuse_taken_port(port)
        call_command("migrate", verbosity=0)
        serve(port=port, when_ready=lambda: self.stdout.write(f"http://{HOST}:{port}/ （止めるには Ctrl-C）"))
