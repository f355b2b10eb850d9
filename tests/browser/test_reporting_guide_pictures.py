"""The pictures of the guide 年度の報告をまとめる, taken from the pages themselves.

`TOMONI_PICTURES=1 pytest tests/browser/test_reporting_guide_pictures.py` writes them to docs/ja/images.
"""

from tests.browser.test_guide_pictures import DOCS, WIDTH
from tests.browser.test_guide_pictures import folder as folder
from tests.browser.test_story_of_a_year import address
from tests.browser.test_story_of_a_year import asked as asked
from tests.browser.test_story_of_a_year import people as people
from tomoni.kernel.clock import now, today
from tomoni.parties.actor import actor_for
from tomoni.reporting.models import Entry
from tomoni.reporting.services.drafting import Draft, Number, save_draft
from tomoni.reporting.services.passing import confirm_ready, hand_in

GUIDE = DOCS / "年度の報告をまとめる.md"


def test_every_picture_of_the_guide_can_be_taken_and_is_shown_in_it(visit, people, asked, folder):
    def shot(page, name: str, *, of: str = "main", high: int = 700) -> None:
        page.evaluate("document.querySelectorAll('.messages').forEach(e => e.remove())")
        box = page.locator(of).first.bounding_box()
        clip = {"x": box["x"], "y": box["y"], "width": box["width"], "height": min(box["height"], high)}
        page.screenshot(path=folder / f"{name}.png", clip=clip, full_page=True)

    shot(visit(address("reporting-new"), by=people["division"], width=WIDTH), "year-1-ask", high=900)
    shot(visit(address("report-mine", asked.pk), by=people["officer"], width=WIDTH), "year-2-lines", high=520)
    entry = Entry.objects.get(line__measure=people["measure"])
    officer = actor_for(people["officer"], on=today())
    draft = Draft(
        {"status": "on_track", "results": "学校の周りを加えて、150基を点検しました。"},
        {each.indicator_id: Number(150) for each in entry.figures.all()},
    )
    save_draft(entry, draft, version=0, at=now(), by=officer)
    page = visit(entry.get_absolute_url(), by=people["officer"], width=WIDTH)
    shot(page, "year-3-write", high=900)
    shot(page, "year-4-noticed", of="#noticed")
    hand_in(entry, on=today(), by=officer)
    shot(visit(asked.get_absolute_url(), by=people["division"], width=WIDTH), "year-5-who", high=720)
    confirm_ready(asked, by=actor_for(people["division"], on=today()))
    shot(visit(address("report-assessing", asked.pk), by=people["council"], width=WIDTH), "year-6-committee", high=900)

    taken_now = sorted(path.name for path in folder.glob("year-*.png"))
    text = GUIDE.read_text()
    assert len(taken_now) == 6
    assert [name for name in taken_now if f"images/{name}" not in text] == []
    assert [name for name in taken_now if not (DOCS / "images" / name).exists()] == []
    assert [name for name in taken_now if (folder / name).stat().st_size > 150_000] == []
