"""The pictures of the guide シートを取り込む, taken from the pages themselves.

`TOMONI_PICTURES=1 pytest tests/browser/test_guide_pictures.py` writes them to docs/ja/images.
"""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.test_import_pages import address, taken
from tests.browser.test_import_pages import division as division
from tests.plans.imports.sheets import SHEET
from tomoni.imports.models import Batch

DOCS = Path(__file__).parents[2] / "docs" / "ja"
GUIDE = DOCS / "シートを取り込む.md"
WIDTH = 960


@pytest.fixture
def folder(tmp_path) -> Path:
    """Where pictures go: beside the guide when asked for, else somewhere that is thrown away."""
    made = DOCS / "images" if os.environ.get("TOMONI_PICTURES") else tmp_path
    made.mkdir(parents=True, exist_ok=True)
    return made


def test_every_picture_of_the_guide_can_be_taken_and_is_shown_in_it(visit, division, folder):
    def shot(page, name: str, *, of: str = "main", high: int = 640) -> None:
        page.evaluate("document.querySelectorAll('.messages').forEach(e => e.remove())")
        box = page.locator(of).first.bounding_box()
        clip = {"x": box["x"], "y": box["y"], "width": box["width"], "height": min(box["height"], high)}
        page.screenshot(path=folder / f"{name}.png", clip=clip, full_page=True)

    page = visit(address("import-upload"), by=division, width=WIDTH)
    page.get_by_label("新しい計画の名前").fill("あかり計画")
    shot(page, "import-1-upload")

    page.get_by_label("ファイル").set_input_files(
        {"name": "進行管理シート.csv", "mimeType": "text/csv", "buffer": SHEET}
    )
    page.get_by_role("button", name="送って読み取る").click()
    expect(page.get_by_role("heading", name="読み取った値を確かめる")).to_be_visible()
    shot(page, "import-2-review")
    shot(page, "import-3-words", of="#words")
    shot(page, "import-4-value", of="#m0")

    page.get_by_role("button", name="計画に反映する").click()
    expect(page.get_by_text("計画に反映しました").first).to_be_visible()
    shot(page, "import-5-committed")
    page.get_by_role("button", name="反映を取り消す").click()
    expect(page.locator("#undo")).to_be_visible()
    shot(page, "import-6-undo", of="#undo")

    again = taken(division, SHEET + b"\n")
    Batch.objects.filter(pk=again.pk).update(read_at=None, done_steps=2, all_steps=4)
    page.goto(address("import-batch", again.pk))
    shot(page, "import-7-reading", high=360)

    taken_now = sorted(path.name for path in folder.glob("import-*.png"))
    text = GUIDE.read_text()
    assert len(taken_now) == 7
    assert [name for name in taken_now if f"images/{name}" not in text] == []
    assert [name for name in taken_now if not (DOCS / "images" / name).exists()] == []
    assert [name for name in taken_now if (folder / name).stat().st_size > 150_000] == []
