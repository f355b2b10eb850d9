"""The demonstration is never mixed with the data of a real city, and never takes a real person's sign-in away."""

import pytest
from django.core.management import CommandError, call_command

from tomoni.parties.models import User
from tomoni.tenants.models import Municipality

pytestmark = pytest.mark.django_db


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
