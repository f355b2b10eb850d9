"""The whole way over HTTP: a sheet is sent, read, corrected, put in force, seen in public, and taken back."""

from tests import make
from tests.plans.imports.conftest import address, posted, send, sent
from tests.plans.imports.sheets import SHEET
from tomoni.imports.models import Alias
from tomoni.plans.models import Measure, Plan, Progress

OPEN = "/measures/0/lines/0/years/2018/status"


def test_a_sheet_is_sent_read_corrected_put_in_force_shown_and_taken_back(division, browser, city):
    batch = sent(division)
    page = division.get(address("import-batch", batch.pk)).content.decode()
    assert "確かめていないものが" in page
    assert "もとの表 G5" in page
    assert "新しい課としてつくる" in page

    answer = posted(division, "import-choose", batch, **{f"value:{OPEN}": "off_track"})
    assert answer.status_code == 302
    words = {"word:/departments/広報課": "new", "word:/departments/青少年課": "new"}
    posted(division, "import-choose", batch, **words)
    page = division.get(address("import-batch", batch.pk)).content.decode()
    assert "すべて確かめました" in page

    answer = posted(division, "import-commit", batch)
    assert answer.status_code == 302
    plan = Plan.objects.get()
    public = browser().get(address("plan", plan.pk)).content.decode()
    assert "出前講座を開く" in public
    measure = Measure.objects.get(number="1")
    story = browser().get(address("measure", plan.pk, measure.pk)).content.decode()
    assert "人が集まった。" in story
    year = Progress.objects.get(line__measure=measure, year=2018)
    assert (year.status, year.status_text, year.sources["status"]) == ("off_track", "○", "G5")

    posted(division, "import-undo", batch)
    assert Plan.objects.count() == 0
    page = division.get(address("import-batch", batch.pk)).content.decode()
    assert "取り消し済み" in page
    assert browser().get(address("plan", plan.pk)).status_code == 404

    posted(division, "import-commit", batch)
    assert Progress.objects.get(line__measure__number="1", year=2018).status == "off_track"


def test_a_mark_explained_once_is_read_next_year(division, city):
    batch = sent(division)
    posted(division, "import-choose", batch, **{"word:/statuses/○": "on_track", "remember:/statuses/○": "on"})
    posted(division, "import-commit", batch)
    plan = Plan.objects.get()
    assert Alias.objects.get().meaning == "on_track"
    assert "「○」は「順調」と読む" in division.get(address("imports")).content.decode()

    later = sent(division, SHEET.replace("4回出した".encode(), "5回出した".encode()), plan=plan.pk)

    assert later.counts["open"] == 0
    posted(division, "import-commit", later)
    assert [one["table"] for one in type(later).objects.get(pk=later.pk).changes] == ["progress"]
    assert Progress.objects.get(line__measure__number="2", year=2018).results == "5回出した。"
    assert Progress.objects.get(line__measure__number="1", year=2018).status == "on_track"


def test_a_department_explained_once_is_known_next_year(division, city):
    batch = sent(division)
    renamed = make.department("広報室")

    posted(
        division,
        "import-choose",
        batch,
        **{"word:/departments/広報課": str(renamed.pk), "remember:/departments/広報課": "on"},
    )
    posted(division, "import-commit", batch)

    line = Measure.objects.get(number="2").lines.get()
    assert line.departments.get() == renamed
    assert Alias.objects.get().meaning == "広報室"
    later = sent(
        division,
        SHEET + "4,新しい取組,広報課,試す。,順調,始めた。,順調,続けた。\n".encode(),
        plan=Plan.objects.get().pk,
    )
    assert later.document["measures"][3]["lines"][0]["leads"] == ["広報室"]


def test_the_same_file_is_recognised_and_changes_nothing_when_taken_again(division, city):
    batch = sent(division)
    posted(division, "import-commit", batch)
    plan = Plan.objects.get()
    answer = send(division, plan=plan.pk)
    assert answer.status_code == 422
    assert "このファイルは、もう計画に反映しています。" in answer.content.decode()
    assert address("import-batch", batch.pk) in answer.content.decode()
    assert type(batch).objects.count() == 1

    again = sent(division, plan=plan.pk, again="on")
    answer = division.post(address("import-commit", again.pk), {"revision": again.revision}, follow=True)

    assert "計画と同じ内容だったので、変わったところはありません。" in answer.content.decode()
    again.refresh_from_db()
    assert (again.stage, again.changes) == ("committed", [])
