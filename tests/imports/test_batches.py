"""Batches: a file in, what was read kept beside it, decisions with a revision, spellings remembered."""

import pytest

from tests import make
from tomoni.files.models import StoredFile
from tomoni.history.selectors import story_of
from tomoni.imports.kept import kept_grid, rows_of, texts_of
from tomoni.imports.models import Alias, Batch, Choice
from tomoni.imports.reading.read import Unreadable, read
from tomoni.imports.selectors import aliases, choices_since, in_force_with, listed, meanings, visible_to
from tomoni.imports.services import (
    AlreadyTaken,
    Decided,
    Destination,
    Moved,
    Upload,
    decide,
    forget,
    keep_problem,
    keep_progress,
    keep_reading,
    open_batch,
    read_again,
    remember,
)
from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.actor import NOBODY, program
from tomoni.parties.permissions import Role

INTO = Destination("plans", "あかり計画")
CSV = "番号,取組\n1,講座\n".encode()


@pytest.fixture
def division(seat):
    return seat("花子", Role.DIVISION)[2]


@pytest.fixture
def officer(seat):
    return seat("太郎", Role.OFFICER)[2]


def opened(by, data=CSV, **values):
    return open_batch(Upload("表.csv", data), into=INTO, at=make.NOON, by=by, **values)


def kept(batch):
    return keep_reading(
        batch, grid=[], document={"measures": []}, counts={"measures": 0}, at=make.NOON, by=program("t")
    )


def in_force(batch):
    Batch.objects.filter(pk=batch.pk).update(read_at=make.NOON, committed_at=make.NOON)
    batch.refresh_from_db()
    return batch


def test_a_file_opens_a_batch_that_waits_to_be_read(division):
    batch = opened(division)

    assert (batch.stage, batch.title, batch.subject_id, batch.uploaded_by_id) == (
        "reading",
        "あかり計画",
        None,
        division.user,
    )
    assert (batch.file.subject_type, batch.file.subject_id) == ("imports.batch", batch.pk)
    assert [event.verb for event in story_of(batch)] == ["upload"]


def test_what_is_no_table_is_refused_and_nothing_is_written(division):
    with pytest.raises(Unreadable, match="中身はプログラム"):
        opened(division, b"MZ\x00\x00" + bytes(50))

    assert (Batch.objects.count(), StoredFile.objects.count()) == (0, 0)


@pytest.mark.parametrize("who", ["officer", "nobody"])
def test_only_the_division_brings_files_in(who, officer):
    with pytest.raises(NotAllowed, match="協働担当課だけ"):
        opened(officer if who == "officer" else NOBODY)

    assert StoredFile.objects.count() == 0


def test_a_command_of_the_program_brings_files_in(city):
    batch = opened(program("demo"))

    assert (batch.uploaded_by, story_of(batch)[0].actor_name) == (None, "demo")


def test_bytes_in_force_are_taken_again_only_when_asked_for(division):
    first = in_force(opened(division))

    with pytest.raises(AlreadyTaken) as refused:
        opened(division)

    assert refused.value.batch == first
    assert Batch.objects.count() == 1
    assert opened(division, again=True).pk != first.pk
    assert in_force_with(first.file.sha256, target="other") is None


def test_bytes_that_were_taken_back_are_no_longer_in_force(division):
    first = in_force(opened(division))
    Batch.objects.filter(pk=first.pk).update(undone_at=make.NOON)

    assert opened(division).stage == "reading"


def test_the_grid_is_kept_with_every_cell_by_its_place():
    grid = kept_grid(read(CSV, name="表.csv"))

    assert texts_of(grid) == {"A1": "番号", "B1": "取組", "A2": "1", "B2": "講座"}
    assert [row.number for _sheet, row in rows_of(grid)] == [1, 2]
    assert texts_of(None) == {}


def test_cells_of_a_file_with_several_sheets_name_their_sheet():
    grid = [{"name": "一", "rows": [[0, [[0, "あ"]]]]}, {"name": "二", "rows": [[4, [[27, "い"]]]]}]

    assert texts_of(grid) == {"一!A1": "あ", "二!AB5": "い"}


def test_reading_keeps_the_document_and_drops_decisions_about_an_earlier_one(division):
    batch = kept(opened(division))
    decide(batch, [Decided("/measures/0/title", "accept")], revision=1, at=make.NOON, by=division)

    batch = kept(batch)

    assert (batch.stage, batch.revision, batch.document) == ("review", 3, {"measures": []})
    assert Choice.objects.count() == 0


def test_progress_can_be_followed_while_a_file_is_read(division):
    batch = opened(division)

    keep_progress(batch, done=2, of=4)

    batch.refresh_from_db()
    assert (batch.done_steps, batch.all_steps, batch.stage) == (2, 4, "reading")


def test_a_problem_is_kept_as_a_sentence_and_goes_with_the_next_reading(division):
    batch = keep_problem(opened(division), sentence="読めません。", by=program("t"))
    assert (batch.stage, batch.problem) == ("failed", "読めません。")

    batch = read_again(batch, by=division)
    assert batch.stage == "reading"

    assert kept(batch).stage == "review"


def test_a_late_worker_never_touches_what_is_in_force(division):
    batch = in_force(kept(opened(division)))
    before = Batch.objects.values().get(pk=batch.pk)

    kept(batch)
    keep_problem(batch, sentence="読めません。", by=program("t"))

    assert Batch.objects.values().get(pk=batch.pk) == before


def test_what_is_in_force_is_not_read_again(division):
    batch = in_force(kept(opened(division)))

    with pytest.raises(NotAllowed, match="先に反映を取り消してください"):
        read_again(batch, by=division)

    batch.refresh_from_db()
    assert batch.stage == "committed"


def test_a_decision_takes_the_place_of_the_one_before_and_can_be_taken_back(division):
    batch = kept(opened(division))
    decide(batch, [Decided("/a", "accept"), Decided("/b", "open")], revision=1, at=make.NOON, by=division)
    decide(batch, [Decided("/a", "correct", "x"), Decided("/b", "")], revision=2, at=make.NOON, by=division)

    assert list(Choice.objects.values_list("pointer", "kind", "value", "revision", "by")) == [
        ("/a", "correct", "x", 3, division.user)
    ]
    assert [one.pointer for one in choices_since(batch, 2)] == ["/a"]
    assert choices_since(batch, 3) == []


def test_of_two_people_the_later_is_told_and_changes_nothing(division, seat):
    batch = kept(opened(division))
    _, _, other = seat("二郎", Role.DIVISION)
    decide(batch, [Decided("/a", "accept")], revision=1, at=make.NOON, by=other)

    with pytest.raises(Moved) as late:
        decide(batch, [Decided("/a", "open")], revision=1, at=make.NOON, by=division)

    assert late.value.batch.revision == 2
    assert Choice.objects.get().kind == "accept"


def test_nothing_decided_is_no_new_revision(division):
    batch = kept(opened(division))

    assert decide(batch, [], revision=1, at=make.NOON, by=division).revision == 1


@pytest.mark.parametrize("stage", ["reading", "failed", "committed"])
def test_decisions_are_taken_only_while_a_batch_is_reviewed(division, stage):
    batch = opened(division)
    if stage == "failed":
        batch = keep_problem(batch, sentence="読めません。", by=program("t"))
    if stage == "committed":
        batch = in_force(batch)

    with pytest.raises(NotAllowed):
        decide(batch, [Decided("/a", "accept")], revision=batch.revision, at=make.NOON, by=division)

    assert Choice.objects.count() == 0


def test_an_officer_decides_nothing(division, officer):
    batch = kept(opened(division))

    with pytest.raises(NotAllowed, match="直せるのは、協働担当課だけ"):
        decide(batch, [Decided("/a", "accept")], revision=1, at=make.NOON, by=officer)

    assert Choice.objects.count() == 0


def test_a_spelling_is_remembered_once_and_forgotten(division):
    remember(kind="status", spelling="○", meaning="on_track", by=division)
    alias = remember(kind="status", spelling="○", meaning="done", by=division)
    assert meanings("status") == {"○": "done"}
    assert list(aliases()) == [alias]

    forget(alias, by=division)

    assert meanings("status") == {}


def test_a_whole_sentence_is_not_remembered_as_a_spelling(division):
    assert remember(kind="status", spelling="長" * 201, meaning="done", by=division) is None
    assert Alias.objects.count() == 0


def test_imports_are_seen_by_staff_alone(division, officer, seat):
    batch = opened(division)
    _, _, member = seat("会員", Role.MEMBER)

    assert [list(visible_to(who)) for who in (division, officer, member, NOBODY)] == [[batch], [batch], [], []]


def test_a_list_does_not_load_what_was_read(division, django_assert_num_queries):
    kept(opened(division))

    with django_assert_num_queries(1):
        row = listed(division, target="plans").get()

    assert row.get_deferred_fields() == {"document", "grid", "changes"}
