"""One command runs web server and worker, and takes both with it when it ends."""

import os
import signal
import socket
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from tomoni.portal.serving import HOST, refuse_taken_port

pytestmark = pytest.mark.enable_socket


@pytest.fixture
def free_port() -> int:
    with socket.socket() as trial:
        trial.bind((HOST, 0))
        return trial.getsockname()[1]


def processes_with(variable: str) -> list[str]:
    """Command lines of all processes whose environment holds that text."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if variable.encode() in (place / "environ").read_bytes():
                found.append((place / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except OSError:
            continue  # it has ended meanwhile, or is somebody else's
    return found


def test_a_taken_port_is_refused_with_a_way_out(free_port: int):
    with socket.socket() as other:
        other.bind((HOST, free_port))
        other.listen()

        with pytest.raises(CommandError, match=f"ポート {free_port} を使えません.*PORT={free_port + 1}"):
            refuse_taken_port(free_port)


def test_a_free_port_is_left_free(free_port: int):
    refuse_taken_port(free_port)

    refuse_taken_port(free_port)


@pytest.mark.parametrize("command", ["serve", "demo_serve"])
def test_the_database_is_not_touched_when_the_port_is_taken(command: str, free_port: int):
    """Without the mark django_db, any query in here would fail the test."""
    with socket.socket() as other:
        other.bind((HOST, free_port))
        other.listen()

        with pytest.raises(CommandError, match="を使えません"):
            call_command(command, port=free_port)


# As the commands do it, but with the one table that the worker asks for: a whole migration takes longer than the rest.
PROGRAM = """
import django
django.setup()
from django.core.management import call_command
from tomoni.portal.serving import serve
call_command("migrate", "django_tasks_database", verbosity=0)
serve(port={port}, when_ready=lambda: print("ready", flush=True))
"""


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="looks for processes in /proc")
def test_web_server_and_worker_start_together_and_end_together(free_port: int, tmp_path: Path):
    mark = f"TOMONI_VAR={tmp_path}"
    environment = {**os.environ, "TOMONI_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings.dev"}
    environment.pop("TOMONI_DATABASE", None)
    command = [sys.executable, "-c", PROGRAM.format(port=free_port)]
    with subprocess.Popen(command, cwd=settings.ROOT, env=environment, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
        connection = HTTPConnection(HOST, free_port, timeout=10)
        connection.request("GET", "/healthz")
        assert connection.getresponse().status == 200
        connection.close()
        running = processes_with(mark)
        assert sum("db_worker" in line for line in running) == 1
        assert sum("gunicorn" in line for line in running) == 2  # its master and one worker of its own
        program.send_signal(signal.SIGTERM)

        assert program.wait(timeout=30) == 0

    assert processes_with(mark) == []
