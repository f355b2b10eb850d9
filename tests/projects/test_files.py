"""Files in a room: checked by content, public only when marked so, taken back by the side they came from."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import make
from tomoni.files.kinds import FileRefused
from tomoni.files.models import StoredFile
from tomoni.history.models import Event
from tomoni.kernel.decisions import NotAllowed
from tomoni.parties.models import User
from tomoni.parties.permissions import Role
from tomoni.projects import filing
from tomoni.projects.models import Project, RoomFile

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def _storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def put(project, by, title="会場の見取り図", content=PDF):
    return filing.add_file(project, content, name="map.pdf", title=title, at=make.NOON, by=by)


def url(name, *args):
    return reverse(name, args=["midorino", *args])


@pytest.fixture
def people(running, division, seat):
    """Who asks for a file, by name; None for a visitor."""
    seat("yoso", Role.MEMBER, make.group("よその会"))
    seat("hoka", Role.OFFICER, make.department("公園課"))
    by_mail = {u.email.split("@")[0]: u for u in User.objects.all()}
    names = {"civic": "hanako", "city": "taro", "division": "kyodo", "stranger": "yoso", "other officer": "hoka"}
    return {who: by_mail[name] for who, name in names.items()} | {"visitor": None}


# Written by hand: who opens a file of the room, before and after it is marked as public.
OPENS = {
    "involved": {"civic": 200, "city": 200, "division": 200, "stranger": 404, "other officer": 404, "visitor": 404},
    "public": {"civic": 200, "city": 200, "division": 200, "stranger": 200, "other officer": 200, "visitor": 200},
}


@pytest.mark.parametrize("visibility", OPENS)
def test_a_file_opens_for_whom_the_table_says(visibility, running, member, officer, people, client):
    kept = put(running, member)
    if visibility == "public":
        filing.show_file(kept, is_public=True, by=officer)

    for who, code in OPENS[visibility].items():
        client.logout()
        if people[who]:
            client.force_login(people[who])
        answer = client.get(url("project-file", running.pk, kept.stored_id))
        assert (who, answer.status_code) == (who, code)
        if code == 200:
            assert b"".join(answer.streaming_content) == PDF


def test_everybody_reads_the_names_of_public_files_only(running, member, officer, client):
    put(running, member, title="打ち合わせの下書き")
    filing.show_file(put(running, officer, title="会場の地図"), is_public=True, by=officer)

    page = client.get(url("project", running.pk)).text

    assert "会場の地図" in page
    assert "打ち合わせの下書き" not in page
    assert "taro" not in page


def test_what_is_not_what_it_says_is_refused_and_nothing_is_kept(running, member):
    for content in (b"", b"MZ\x90\x00 a program", b"PK\x03\x04 no package"):
        with pytest.raises(FileRefused):
            put(running, member, content=content)

    assert (RoomFile.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_strangers_and_the_division_put_nothing_in(running, division, seat):
    _, _, stranger = seat("yoso", Role.MEMBER, make.group("よその会"))

    for who in (division, stranger):
        with pytest.raises(NotAllowed, match="双方の担当者だけ"):
            put(running, who)
    assert RoomFile.objects.count() == 0


def test_a_file_is_taken_back_by_its_own_side_with_its_bytes(
    running, member, officer, django_capture_on_commit_callbacks
):
    kept = put(running, member)
    storage, place = kept.stored.content.storage, kept.stored.content.name

    with pytest.raises(NotAllowed, match="置いた側だけ"):
        filing.take_back(kept, by=officer)
    assert storage.exists(place)
    with django_capture_on_commit_callbacks(execute=True):
        filing.take_back(kept, by=member)

    assert (RoomFile.objects.count(), StoredFile.objects.count(), storage.exists(place)) == (0, 0, False)
    assert Event.objects.filter(verb="remove_file", subject_id=running.pk, note="会場の見取り図").count() == 1


def test_after_the_end_nothing_is_put_in_or_taken_out_but_what_is_public_can_still_be_hidden(running, member):
    kept = filing.show_file(put(running, member), is_public=True, by=member)
    Project.objects.update(state="finished")
    kept = RoomFile.objects.select_related("project", "stored").get(pk=kept.pk)

    with pytest.raises(NotAllowed, match="終わっています"):
        put(kept.project, member)
    with pytest.raises(NotAllowed, match="終わっています"):
        filing.take_back(kept, by=member)
    assert filing.show_file(kept, is_public=False, by=member).stored.visibility == "involved"


def test_a_room_holds_so_many_files_and_no_more(running, member, monkeypatch):
    monkeypatch.setattr(filing, "MOST_FILES", 1)
    put(running, member)

    with pytest.raises(NotAllowed, match="1件まで"):
        put(running, member)
    assert RoomFile.objects.count() == 1


def test_the_story_of_a_file_over_http(running, client):
    client.force_login(User.objects.get(email="hanako@midorino.example"))
    send = lambda content: client.post(  # noqa: E731
        url("project-act", running.pk, "file"),
        {"file-title": "ちらし", "file-file": SimpleUploadedFile("chirashi.pdf", content)},
    )

    wrong = send(b"MZ\x90\x00 a program")
    sent = send(PDF)
    kept = RoomFile.objects.get()
    client.post(url("project-act", running.pk, "show-file"), {"file": kept.pk, "public": "yes"})
    client.force_login(User.objects.get(email="taro@midorino.example"))
    other = client.post(url("project-act", running.pk, "take-back"), {"file": kept.pk})

    assert (wrong.status_code, sent.status_code, other.status_code) == (422, 302, 422)
    assert "この種類のファイルは受け取れません" in wrong.text
    assert 'value="ちらし"' in wrong.text
    assert RoomFile.objects.select_related("stored").get().stored.visibility == "public"


def test_a_number_that_is_no_file_is_not_there(running, client):
    client.force_login(User.objects.get(email="hanako@midorino.example"))

    for key in ("", "x", "999", "9" * 30, "１"):
        assert client.post(url("project-act", running.pk, "show-file"), {"file": key}).status_code == 404


def test_another_rooms_file_is_not_there(running, member, officer, client):
    kept = filing.show_file(put(running, member), is_public=True, by=member)
    other = Project.objects.create(
        title="別の事業", civic=running.civic, city=running.city, state="running",
        rulebook=running.rulebook, begun_on=make.APRIL,
    )  # fmt: skip

    assert client.get(url("project-file", other.pk, kept.stored_id)).status_code == 404
