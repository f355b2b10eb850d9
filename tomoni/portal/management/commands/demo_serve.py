"""`manage.py demo_serve` is the first run: migrations, the demonstration, one worker, the web server, and who signs in."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from tomoni.kernel.clock import now
from tomoni.portal.demo.seeding import demonstration, seed
from tomoni.portal.demo.welcome import welcome
from tomoni.portal.serving import HOST, refuse_taken_port, serve


class Command(BaseCommand):
    """Show the program with four demonstration cities."""

    help = "Found the demonstration where it is missing, and serve it on this machine"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        port: int = options["port"]
        refuse_taken_port(port)
        self.stdout.write("データベースを用意しています …")
        call_command("migrate", verbosity=0)
        seed(at=now(), say=self.stdout.write)
        text = welcome(demonstration(), root=f"http://{HOST}:{port}")
        serve(port=port, when_ready=lambda: self.stdout.write(text))
