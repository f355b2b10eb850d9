"""The whole program on one machine: the web server and one worker as children of a command, started and ended together."""

from __future__ import annotations

import http.client
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from django.conf import settings
from django.core.management.base import CommandError

HOST = "127.0.0.1"
THREADS = 8
PATIENCE = 30.0  # seconds until the web server must answer, and until a child must have ended


def refuse_taken_port(port: int) -> None:
    """CommandError with a sentence when another program already listens there."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((HOST, port))
        except OSError as problem:
            raise CommandError(
                f"ポート {port} を使えません（別のプログラムが使っていませんか）。"
                f"ほかの番号で始めてください: make demo PORT={port + 1}"
            ) from problem


def serve(*, port: int, when_ready: Callable[[], None]) -> None:
    """Run until Ctrl-C or SIGTERM; both children are ended before this returns. CommandError when one ends by itself."""
    stop = threading.Event()
    with _stopped_by_signals(stop), _children(port) as children:
        if _answers(port, stop, children):
            when_ready()
        while not stop.wait(0.5):
            for name, child in children.items():
                if (code := child.poll()) is not None:
                    raise CommandError(f"{name} が止まりました（終了コード {code}）。上の表示を確かめてください。")


@contextmanager
def _stopped_by_signals(stop: threading.Event) -> Iterator[None]:
    def ask(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _children(port: int) -> Iterator[dict[str, subprocess.Popen[bytes]]]:
    """The two programs, in sessions of their own so that Ctrl-C reaches them only through us."""
    web = [
        "-m",
        "gunicorn",
        "config.wsgi",
        "--bind",
        f"{HOST}:{port}",
        "--threads",
        str(THREADS),
        "--log-level",
        "warning",
    ]
    commands = {
        "ウェブサーバー": web,
        "ワーカー": ["manage.py", "db_worker", "--no-startup-delay", "--no-reload", "-v", "0"],
    }
    children: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for name, command in commands.items():
            children[name] = subprocess.Popen(  # noqa: S603 - our own programs, nothing from outside
                [sys.executable, *command], cwd=settings.ROOT, start_new_session=True
            )
        yield children
    finally:
        _end(list(children.values()))


def _end(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        child.terminate()
    for child in children:
        try:
            child.wait(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _answers(port: int, stop: threading.Event, children: dict[str, subprocess.Popen[bytes]]) -> bool:
    """Wait until the web server answers; False when we are told to stop, or a child ends, before it does."""
    for _attempt in range(int(PATIENCE / 0.2)):
        if stop.wait(0.2) or any(child.poll() is not None for child in children.values()):
            return False
        connection = http.client.HTTPConnection(HOST, port, timeout=2)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == http.HTTPStatus.OK
        except OSError:
            continue
        finally:
            connection.close()
    return False
