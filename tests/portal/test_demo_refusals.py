"""The demonstration is never mixed with the data of a real city, and never takes a real person's sign-in away."""

from datetime import datetime

import pytest
from django.core.management import CommandError, call_command

from tomoni.kernel.clock import JAPAN
from tomoni.parties.models import User
from tomoni.portal.demo.seeding import forget_everything, seed
from tomoni.tenants.models import Municipality

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 21, 9, 0, tzinfo=JAPAN)


def test_it_is_not_founded_beside_a_real_city():
    Municipality.objects.create(slug="midorino", name="みどり野市", prefecture="東京都", code="139998")

    with pytest.raises(CommandError, match="みどり野市の実際のデータがあります"):
        call_command("demo")

    assert list(Municipality.objects.values_list("slug", flat=True)) == ["midorino"]
    assert not User.objects.exists()


def test_it_is_not_reset_while_somebody_real_signs_in_here():
    User.objects.create_user("someone@example.org", display_name="実在の人")

    with pytest.raises(CommandError, match="最初の状態に戻せません"):
        call_command("demo", reset=True)

    assert User.objects.count() == 1


@pytest.mark.django_db(transaction=True)  # emptying tables on PostgreSQL needs a transaction of its own
def test_a_reset_takes_a_city_its_people_and_its_files_away(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    seed(at=AT, only="ama")
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1

    forget_everything()

    assert not Municipality.objects.exists()
    assert not User.objects.exists()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
