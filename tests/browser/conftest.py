"""A real browser in front of a live server: `visit` opens a page, `check` holds it to what every page promises.

A click returns before the next page stands. So after an act a test waits for words that only the next page has
(`expect(…)`), and only then looks at the page or at the rows; before typing blind, it waits for the field to be focused.

`TOMONI_SHOTS=folder pytest tests/browser` also leaves a picture of every checked page at 390 and 1366 pixels.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import axe_playwright_python
import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tomoni.parties.models import User
from tomoni.tenants.models import Municipality

HERE = Path(__file__).parent
CHROMIUM = os.environ.get("TOMONI_CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# What a narrow screen may change: other controls are shown, things stand closer, frames begin to scroll.
NARROW = {
    "type": "rule",
    "values": ["target-size", "scrollable-region-focusable", "aria-hidden-focus", "button-name", "link-name", "label"],
}
DESK, PHONE, NARROWEST = 1366, 390, 320
PATIENCE = 30_000  # milliseconds an expectation may take to come true, for a machine that has much to do

Visit = Callable[..., Page]
Check = Callable[..., None]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs the browser and, to reach it, sockets."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.enable_socket)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window. Where there is none the tests are skipped, but never in CI."""
    if not Path(CHROMIUM).exists():
        reason = f"no browser at {CHROMIUM}; set TOMONI_CHROMIUM to one"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    # Playwright keeps an event loop in this thread; the test's own queries are synchronous all the same.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def city(transactional_db: None) -> Municipality:
    """A fictional municipality with a colour of its own."""
    return Municipality.objects.create(
        slug="midorino", name="みどり野市", prefecture="東京都", code="139999", accent="#197a4b", is_demo=True
    )


@pytest.fixture
def visit(browser: Browser, live_server: LiveServer) -> Iterator[Visit]:
    """`visit("/path", by=user, width=1366)` opens a page in a fresh profile, signed in as that user."""
    opened = []

    def visit(path: str, *, by: User | None = None, width: int = DESK) -> Page:
        context = browser.new_context(
            base_url=live_server.url, viewport={"width": width, "height": 900}, locale="ja-JP", reduced_motion="reduce"
        )
        opened.append(context)
        if by is not None:
            client = Client()
            client.force_login(by, backend="django.contrib.auth.backends.ModelBackend")
            value = client.cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": value, "url": live_server.url}])
        page = context.new_page()
        page.said = []  # type: ignore[attr-defined]  # what the browser complained of, for check()
        page.on("console", lambda said: page.said.append(said.text) if said.type in {"error", "warning"} else None)
        page.on("pageerror", lambda problem: page.said.append(str(problem)))
        page.goto(path)
        return page

    yield visit
    for context in opened:
        context.close()


def violations(page: Page, only: dict[str, object] | None = None) -> list[str]:
    """What axe finds against WCAG 2.2 A and AA, or against the rules given, one line each."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())
    options = {"runOnly": only or {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
    found = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{v['id']}: {v['help']} at {node['target']}: {node['failureSummary']}"
        for v in found["violations"]
        for node in v["nodes"]
    ]


def too_wide(page: Page) -> list[str]:
    """What makes the page scroll sideways."""
    script = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
        [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)
        .slice(0, 5).map(e => e.outerHTML.slice(0, 160))"""
    return page.evaluate(script)


@pytest.fixture
def check() -> Check:
    """`check(page, expected=())`: no axe violation wide or narrow, no sideways scroll at 320 px, nothing said by the console.

    `expected` names what the console may say (a page that is meant to answer 404 logs that).
    """

    def check(page: Page, *, name: str = "", expected: str = "") -> None:
        wide = violations(page)
        folder = os.environ.get("TOMONI_SHOTS", "")
        for width in (DESK, PHONE) if folder and name else ():
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)
        page.set_viewport_size({"width": NARROWEST, "height": 900})

        assert wide == []
        assert too_wide(page) == []
        assert violations(page, NARROW) == []
        assert [text for text in page.said if not expected or expected not in text] == []  # type: ignore[attr-defined]

    return check
