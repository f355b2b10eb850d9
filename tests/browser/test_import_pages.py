"""The pages of the import in a real browser: accessible at every stage, usable with the keyboard, honest without scripts."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests import make
from tests.plans.imports.sheets import NO_PLAN, SHEET
from tomoni.imports.models import Batch
from tomoni.kernel.clock import now
from tomoni.parties.actor import actor_for
from tomoni.parties.models import User
from tomoni.parties.permissions import Role
from tomoni.parties.services import seat
from tomoni.plans.importing.commit import commit
from tomoni.plans.importing.take_in import Upload, take_in
from tomoni.tenants.scope import scope


@pytest.fixture
def division(city):
    with scope(city):
        make.rulebook()
        user = User.objects.create_user("mihon@midorino.example", display_name="見本 花子")
        seat(user, make.department(), role=Role.DIVISION, since=make.APRIL)
        yield user


def taken(user, content=SHEET, name="進行管理シート.csv") -> Batch:
    return take_in(Upload(name, content), title="あかり計画", at=now(), by=actor_for(user, on=make.APRIL))


def address(name, *args):
    return reverse(name, args=["midorino", *args])


def test_a_refused_upload_keeps_the_accessibility_criteria(visit, check, division):
    page = visit(address("import-upload"), by=division)
    page.get_by_label("ファイル").set_input_files(
        {"name": "a.xlsx", "mimeType": "x/y", "buffer": b"MZ\x00" + bytes(90)}
    )
    page.get_by_role("button", name="送って読み取る").click()

    expect(page.get_by_role("alert")).to_have_count(1)
    check(page, name="import-refused", expected="422")


def test_the_review_with_everything_unfolded_keeps_the_accessibility_criteria(visit, check, division):
    batch = taken(division)

    page = visit(address("import-batch", batch.pk) + "?show=all", by=division)
    for summary in page.locator("summary").all():
        if summary.is_visible():
            summary.click()

    check(page, name="import-review")


def test_the_other_stages_keep_the_accessibility_criteria(visit, check, division):
    failed, done = taken(division, NO_PLAN), taken(division)
    commit(done, revision=done.revision, at=now(), by=actor_for(division, on=make.APRIL))
    waiting = taken(division, SHEET + b"\n")
    Batch.objects.filter(pk=waiting.pk).update(read_at=None, done_steps=2, all_steps=4)

    check(visit(address("import-batch", failed.pk), by=division), name="import-failed")
    page = visit(address("import-batch", done.pk), by=division)
    check(page, name="import-committed")
    page.get_by_role("button", name="反映を取り消す").click()
    expect(page.locator("#undo")).to_be_visible()
    check(page, name="import-undo")
    check(visit(address("import-batch", waiting.pk), by=division), name="import-reading")


def test_the_page_that_waits_moves_on_by_itself(visit, division):
    batch = taken(division)
    Batch.objects.filter(pk=batch.pk).update(read_at=None, done_steps=2, all_steps=4)
    page = visit(address("import-batch", batch.pk), by=division)
    expect(page.get_by_text("表の中身を見分けています")).to_be_visible()

    Batch.objects.filter(pk=batch.pk).update(read_at=now())

    expect(page.get_by_role("heading", name="読み取った値を確かめる")).to_be_visible()


def test_a_sheet_is_taken_in_with_the_keyboard_alone(visit, division):
    batch = taken(division)
    page = visit(address("import-batch", batch.pk), by=division)

    page.get_by_label("平成30年度 進捗状況", exact=True).first.focus()
    page.keyboard.press("ArrowDown")
    page.locator("#m0").get_by_role("button", name="の判断を保存").press("Enter")
    expect(page.get_by_text("1件の判断を保存しました。").first).to_be_visible()
    page.get_by_role("button", name="計画に反映する").press("Enter")

    expect(page.get_by_text("計画に反映しました。").first).to_be_visible()
