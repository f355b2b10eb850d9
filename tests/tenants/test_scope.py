"""Rows of one municipality are never seen from another, and nothing is read without saying whose."""

import pytest
from django.db import IntegrityError

from tomoni.parties.models import Party
from tomoni.tenants.models import Municipality
from tomoni.tenants.scope import NoScope, current, scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def towns() -> tuple[Municipality, Municipality]:
    here = Municipality.objects.create(slug="midorino", name="みどり野市", prefecture="東京都", code="139998")
    there = Municipality.objects.create(slug="aomori-no", name="青森野市", prefecture="東京都", code="139999")
    return here, there


def test_saving_fills_the_owner_in(towns):
    here, _ = towns

    with scope(here):
        party = Party(kind="city", name="みどり野市")
        party.save()

    assert party.municipality == here


def test_writing_many_rows_at_once_fills_the_owner_in_too(towns):
    here, there = towns

    with scope(here):
        Party.objects.bulk_create([Party(kind="area", name="青葉町会"), Party(kind="area", name="若葉町会")])
    with scope(there):
        Party.objects.bulk_create([Party(kind="area", name="海辺町会")])

    with scope(here):
        assert list(Party.objects.order_by("pk").values_list("name", flat=True)) == ["青葉町会", "若葉町会"]
    with scope(there):
        assert list(Party.objects.values_list("name", flat=True)) == ["海辺町会"]


def test_another_municipalitys_row_is_not_there(towns):
    here, there = towns
    with scope(here):
        party = Party.objects.create(kind="city", name="みどり野市")

    with scope(there):
        assert not Party.objects.filter(pk=party.pk).exists()
        with pytest.raises(Party.DoesNotExist):
            Party.objects.get(pk=party.pk)


def test_saving_without_a_scope_is_refused():
    with pytest.raises(NoScope):
        Party(kind="city", name="みどり野市").save()


def test_a_scope_ends_where_it_was_opened(towns):
    here, there = towns

    with scope(here):
        with scope(there):
            assert current() == there
        assert current() == here
    with pytest.raises(NoScope, match="自治体が決まっていません"):
        current()


def test_two_municipalities_cannot_share_a_name_in_the_address(towns):
    with pytest.raises(IntegrityError):
        Municipality.objects.create(slug="midorino", name="別の市", prefecture="広島県", code="349999")
