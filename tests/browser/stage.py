"""The stage on which the stories are played: a city with its real rulebook, people with a browser each, and a calendar.

Time is passed by turning the calendar; it is the only place where the clock is set.
`TOMONI_PICTURES=1 pytest tests/browser/test_story_fuchu.py` writes the pictures of the guide to docs/ja/images.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest
from playwright.sync_api import Locator, Page, expect

from tomoni.kernel import clock
from tomoni.parties.actor import program
from tomoni.parties.models import Party, User
from tomoni.parties.permissions import Role
from tomoni.parties.services import found_party, seat
from tomoni.rulebooks.loading import load_city
from tomoni.rulebooks.services import put_in_force
from tomoni.tenants.models import Municipality
from tomoni.tenants.scope import scope

BEGINNING = date(2026, 4, 1)
DOCS = Path(__file__).parents[2] / "docs" / "ja"


class Calendar:
    """What day it is in the story. Every page asks the one clock, so turning it is enough."""

    def __init__(self, day: date) -> None:
        self.day = day

    def turn_to(self, day: date) -> None:
        """It is ten in the morning of that day; a story never goes back."""
        assert day >= self.day
        self.day = day

    def now(self, tz: Any = None) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 10, tzinfo=tz)


@pytest.fixture
def calendar(monkeypatch: pytest.MonkeyPatch) -> Calendar:
    """The clock of the program shows the day of the story."""
    made = Calendar(BEGINNING)
    monkeypatch.setattr(clock, "datetime", made)
    return made


@dataclass
class Story:
    """Where the story is played, and everybody who takes part: each has one window, opened when first needed."""

    city: Municipality
    calendar: Calendar
    visit: Callable[..., Page]
    check: Callable[..., None]
    pictures: Path
    parties: dict[str, Party] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    windows: dict[str, Page] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    seen: int = 0

    def on(self, month: int, day: int, *, year: int = 2026) -> None:
        """Time passes."""
        self.calendar.turn_to(date(year, month, day))

    def at(self, who: str, path: str) -> Page:
        """That person opens a page of the city (or a place kept by name before)."""
        address = self.places.get(path, f"/{self.city.slug}/{path}")
        if who not in self.windows:
            self.windows[who] = self.visit(address, by=self.users.get(who))
        else:
            self.windows[who].goto(address)
        return self.windows[who]

    def keep(self, name: str, page: Page) -> None:
        """Remember where we are, when nothing is in the way."""
        complaints = page.get_by_role("alert").all_inner_texts()
        assert complaints == [], complaints
        self.places[name] = "/" + page.url.split("/", 3)[3].split("?", maxsplit=1)[0]

    def look(self, page: Page, name: str, *, expected: str = "") -> None:
        """Hold the page to what every page promises."""
        self.seen += 1
        self.check(page, name=f"{self.city.slug}-{self.seen:02}-{name}", expected=expected)
        page.set_viewport_size({"width": 1366, "height": 900})
        page.said.clear()  # type: ignore[attr-defined]

    def shot(self, page: Page, name: str, *, of: str = "main", high: int = 620) -> None:
        """A picture for the guide: the upper part of what `of` names, at the width of a page in print."""
        page.set_viewport_size({"width": 960, "height": 900})
        page.evaluate("document.querySelectorAll('.messages').forEach(e => e.remove())")
        box = page.locator(of).first.bounding_box()
        assert box is not None
        clip = {"x": box["x"], "y": box["y"], "width": box["width"], "height": min(box["height"], high)}
        page.screenshot(path=self.pictures / f"{name}.png", clip=clip, full_page=True)
        page.set_viewport_size({"width": 1366, "height": 900})

    def people(self, cast: dict[str, tuple[str, str, Role]]) -> None:
        """who -> name on screen, party, role."""
        for who, (name, party, role) in cast.items():
            user = User.objects.create_user(f"{who}@{self.city.slug}.example", display_name=name)
            seat(user, self.parties[party], role=role, since=BEGINNING)
            self.users[who] = user


Founding = Callable[..., Story]


@pytest.fixture
def founded(
    transactional_db: None,
    calendar: Calendar,
    visit: Callable[..., Page],
    check: Callable[..., None],
    tmp_path: Path,
) -> Iterator[Founding]:
    """founded("fuchu", departments=…, groups=…) -> a story in that city, its rulebook in force, inside its scope."""
    scopes = []

    def found(slug: str, *, departments: tuple[str, ...], others: dict[str, str]) -> Story:
        book = load_city(slug)
        city = Municipality.objects.create(
            slug=slug, name=book.city.name, prefecture=book.city.prefecture, code=book.city.code, is_demo=True
        )
        opened = scope(city)
        opened.__enter__()
        scopes.append(opened)
        put_in_force(book, number=book.number, title=book.source.title, on=book.in_force_from, by=program("story"))
        pictures = DOCS / "images" if os.environ.get("TOMONI_PICTURES") else tmp_path
        story = Story(city, calendar, visit, check, pictures)
        hall = found_party(kind="city", name=book.city.name)
        story.parties = {name: found_party(kind="city", name=name, parent=hall) for name in departments}
        story.parties |= {name: found_party(kind=kind, name=name) for name, kind in others.items()}
        return story

    yield found
    for opened in scopes:
        opened.__exit__(None, None, None)


def field_of(place: Page | Locator, label: str) -> Locator:
    """The control whose label begins with these words."""
    return place.get_by_label(re.compile(rf"^\s*{re.escape(label)}")).first


def write(place: Page | Locator, told: dict[str, str]) -> None:
    """Fill in, tick or choose, by the words of the labels."""
    page = place if isinstance(place, Page) else place.page
    for label, value in told.items():
        legend = page.locator("legend", has_text=re.compile(rf"^\s*{re.escape(label)}"))
        group = place.locator("fieldset.choices", has=legend)
        if group.count():
            field_of(group.first, value).check()
            continue
        control = field_of(place, label)
        if control.evaluate("e => e.tagName") == "SELECT":
            control.select_option(label=value)
        else:
            control.fill(value)


def questions(page: Page) -> list[str]:
    """The questions of the page that are answered by choosing."""
    legends = page.locator("fieldset.choices legend").all_inner_texts()
    return [re.sub(r"\s*(任意|※必須)$", "", each.strip()) for each in legends]


def press(place: Page | Locator, name: str) -> None:
    """Press a button or follow a link, and wait for the page it leads to."""
    page = place if isinstance(place, Page) else place.page
    button = place.get_by_role("button", name=name, exact=True)
    target = button.or_(place.get_by_role("link", name=name, exact=True)).first
    with page.expect_navigation():
        target.click()


def unfold(place: Page | Locator, summary: str) -> Locator:
    """Open a fold, and give what is in it."""
    page = place if isinstance(place, Page) else place.page
    named = page.locator("summary", has_text=re.compile(rf"^\s*{re.escape(summary)}\s*$"))
    fold = place.locator("details", has=named).first
    if fold.get_attribute("open") is None:
        fold.locator("summary").first.click()
    return fold


def take(page: Page, step: str, note: str = "") -> None:
    """Take a step of a case, with a note when one is wanted."""
    card = page.locator("#steps")
    if card.locator("summary", has_text=re.compile(rf"^\s*{re.escape(step)}\s*$")).count():
        unfold(card, step)
    button = card.get_by_role("button", name=step, exact=True)
    if note:
        button.locator("xpath=ancestor::form").locator("textarea").fill(note)
    with page.expect_navigation():
        button.click()


def reads(page: Page, *texts: str) -> None:
    """These words stand on the page, to be seen; when not, what the page complains of is told."""
    for text in texts:
        shown = page.get_by_text(text).locator("visible=true").first
        expect(shown, f"{page.url}: {page.get_by_role('alert').all_inner_texts()}").to_be_visible()


def never(page: Page, *texts: str) -> None:
    """Nothing of this is anywhere in the page, seen or unseen."""
    content = page.content()
    assert [text for text in texts if text in content] == []


def paper(page: Page, link: str) -> bytes:
    """What a link hands out to this person."""
    address = page.get_by_role("link", name=re.compile(link)).first.get_attribute("href")
    answer = page.request.get(address)
    assert answer.status == 200
    return answer.body()


def words_of_pdf(content: bytes) -> str:
    """The text of a PDF, without its spaces and line ends."""
    with pypdfium2.PdfDocument(content) as opened:
        return "".join(page.get_textpage().get_text_range() for page in opened).replace("\r\n", "").replace(" ", "")


def words_of_docx(content: bytes) -> str:
    """The text of a Word file: paragraphs and tables."""
    opened = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in opened.paragraphs), *cells])
