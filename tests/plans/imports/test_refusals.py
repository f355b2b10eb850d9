"""Files that cannot be taken: refused at the door without a trace, or by the worker with a sentence that stays."""

import zipfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.plans.imports.conftest import address, posted, send, sent, sheet
from tests.plans.imports.sheets import NO_PLAN, SHEET
from tomoni.files.models import StoredFile
from tomoni.history.models import Event
from tomoni.imports.models import Batch
from tomoni.imports.reading.read import Unreadable
from tomoni.imports.services import upload_of
from tomoni.plans.importing import job
from tomoni.plans.models import Plan
from tomoni.rulebooks.models import RulebookVersion

PHOTO = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(200)
LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def zipped(**members: bytes) -> bytes:
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name.replace("__", "/"), content)
    return held.getvalue()


class Huge(SimpleUploadedFile):
    """Says that it is 200 MB; whoever reads it has not asked for its size first."""

    def read(self, *_args: object) -> bytes:
        raise AssertionError("was read")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "ファイルが空です（0バイト）。"),
        (PHOTO, "中身は写真（JPEG）です。"),
        (zipped(a=b"x"), "圧縮ファイル（zip）です。"),
        (zipped(bomb=bytes(60 * 2**20)), "展開すると大きくなりすぎるファイルです。"),
        (zipped(word__document_xml=b"x"), "Word文書（docx）"),
        (LOCKED, "開けません"),
        (b"\x00\x01\x02\x03" * 50, "中身は"),
    ],
    ids=["empty", "photo", "zip", "bomb", "word", "broken", "binary"],
)
def test_a_bad_file_is_refused_at_the_door_in_a_sentence_and_nothing_is_kept(division, content, sentence):
    events = Event.objects.count()

    answer = send(division, file=sheet(content, "進行管理.xlsx"))

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert (Batch.objects.count(), StoredFile.objects.count(), Event.objects.count()) == (0, 0, events)


def test_a_file_of_200_megabytes_is_refused_before_it_is_read(division, seat):
    huge = Huge("big.xlsx", b"x")
    huge.size = 200 * 2**20

    with pytest.raises(Unreadable, match="大きすぎます（200 MB）"):
        upload_of(huge)

    assert StoredFile.objects.count() == 0


def test_without_a_plan_or_a_name_for_one_nothing_is_kept(division):
    answer = send(division, title="")

    assert answer.status_code == 422
    assert "計画を選ぶか、新しい計画の名前を書いてください。" in answer.content.decode()
    assert StoredFile.objects.count() == 0


def test_a_new_plan_cannot_take_the_name_of_one_that_stands(division):
    posted(division, "import-commit", sent(division))

    answer = send(division, SHEET + b"\n")

    assert answer.status_code == 422
    assert "同じ名前の計画があります。上の一覧から選んでください。" in answer.content.decode()
    assert Batch.objects.count() == 1


def test_a_sheet_that_is_no_plan_ends_with_a_sentence_and_can_be_tried_again(division):
    batch = sent(division, NO_PLAN)

    page = division.get(address("import-batch", batch.pk)).content.decode()

    assert batch.stage == "failed"
    assert "施策と進捗の表が見つかりません。" in page
    assert "計画は変わっていません。" in page
    assert posted(division, "import-commit", batch).status_code == 403
    assert Plan.objects.count() == 0
    assert posted(division, "import-again", batch).status_code == 302
    batch.refresh_from_db()
    assert batch.stage == "failed"


def test_whatever_goes_wrong_inside_the_reader_ends_with_a_sentence(division, caplog):
    caplog.set_level("CRITICAL", logger=job.__name__)
    kept = RulebookVersion.objects.get()
    RulebookVersion.objects.update(content="{", sha256="spoiled")

    batch = sent(division)

    assert batch.stage == "failed"
    assert batch.problem.startswith("読み取りの途中で問題が起きました。")
    RulebookVersion.objects.update(content=kept.content, sha256=kept.sha256)
    posted(division, "import-again", batch)
    batch.refresh_from_db()
    assert batch.stage == "review"


def test_a_file_the_storage_has_lost_ends_with_a_sentence(division, caplog):
    batch = sent(division)
    caplog.set_level("CRITICAL", logger=job.__name__)
    batch.file.content.delete(save=False)

    posted(division, "import-again", batch)

    batch.refresh_from_db()
    assert batch.stage == "failed"
    assert division.get(address("import-file", batch.pk)).status_code == 404


def test_the_page_waits_while_the_worker_reads_and_then_moves_on(division):
    batch = sent(division)
    Batch.objects.filter(pk=batch.pk).update(read_at=None, done_steps=2, all_steps=4)
    page = division.get(address("import-batch", batch.pk)).content.decode()
    assert "表の中身を見分けています" in page
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page
    part = division.get(address("import-batch", batch.pk), headers={"hx-request": "true"})
    assert part.content.decode().strip().startswith('<div id="progress"') or 'id="progress"' in part.content.decode()
    assert "<html" not in part.content.decode()

    Batch.objects.filter(pk=batch.pk).update(read_at=batch.read_at)
    part = division.get(address("import-batch", batch.pk), headers={"hx-request": "true"})

    assert part["HX-Refresh"] == "true"


def test_the_original_is_handed_out_as_a_download_under_a_harmless_name(division):
    batch = sent(division, file=sheet(SHEET, "..\\進行\u202e管理<b>.csv"))

    answer = division.get(address("import-file", batch.pk))

    assert b"".join(answer.streaming_content) == SHEET
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert batch.file.name == "進行管理_b_.csv"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
