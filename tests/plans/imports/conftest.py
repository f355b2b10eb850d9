"""Browsers of people in their seats, and the addresses of an import."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.plans.imports.sheets import SHEET
from tomoni.imports.models import Batch
from tomoni.parties.permissions import Role

Browser = Callable[..., Client]


@pytest.fixture
def browser(seat) -> Browser:
    """browser(role, name) -> a client signed in as a person with that role; a visitor without a role."""

    def open_one(role: Role | str = "", name: str = "") -> Client:
        client = Client()
        if role:
            user, _, _ = seat(name or str(role), role)
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return open_one


@pytest.fixture
def division(browser) -> Client:
    return browser(Role.DIVISION, "花子")


def address(name: str, *args: object) -> str:
    return reverse(name, args=["midorino", *args])


def sheet(content: bytes = SHEET, name: str = "進行管理.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def send(client: Client, content: bytes = SHEET, **values: object):
    """Upload a file for a new plan, unless `plan` is given."""
    given = {"file": sheet(content), "title": "あかり計画", **values}
    if "plan" in values:
        del given["title"]
    return client.post(address("import-upload"), given)


def sent(client: Client, content: bytes = SHEET, **values: object) -> Batch:
    """The batch an upload became."""
    answer = send(client, content, **values)
    assert answer.status_code == 302, answer.content.decode()
    return Batch.objects.latest("pk")


def posted(client: Client, name: str, batch: Batch, **values: object):
    """A form of the review sent from the page as it stands now, unless it says another revision."""
    batch.refresh_from_db()
    return client.post(address(name, batch.pk), {"revision": batch.revision, **values})
