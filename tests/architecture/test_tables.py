"""What the architecture promises about tables, permissions, rules and the printed docs."""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import Model

from tomoni.kernel.rules import REGISTRY
from tomoni.parties.models import User
from tomoni.parties.permissions import GRANTS, ROLE_LABELS, Permission, Role
from tomoni.portal.docs.pages import load_rules
from tomoni.tenants.models import Municipality, TenantHistory, TenantModel
from tomoni.tenants.scope import NoScope

ROOT = Path(__file__).parents[2]
OURS = [model for model in apps.get_models() if model.__module__.startswith("tomoni.")]
OWNED = [model for model in OURS if model not in {Municipality, User}]


@pytest.mark.parametrize("model", OWNED, ids=lambda m: m.__name__)
def test_every_table_belongs_to_a_municipality(model: type[Model]):
    assert issubclass(model, TenantModel | TenantHistory)


@pytest.mark.parametrize("model", OWNED, ids=lambda m: m.__name__)
@pytest.mark.parametrize("read", ["all", "exists", "count", "first"])
def test_no_table_can_be_read_without_a_scope(model: type[Model], read: str):
    with pytest.raises(NoScope):
        getattr(model.objects, read)()


def test_every_table_is_in_the_glossary_by_its_japanese_name():
    glossary = (ROOT / "docs" / "glossary.md").read_text()
    tables = [m for m in OURS if not issubclass(m, TenantHistory)]
    missing = [m.__name__ for m in tables if f"| {m._meta.verbose_name}" not in glossary]

    assert missing == []


def test_every_permission_is_granted_to_a_role_and_needed_somewhere():
    code = "\n".join(
        p.read_text() for p in (ROOT / "tomoni").rglob("*.py") if p.name != "permissions.py" or "parties" not in p.parts
    )
    granted = frozenset().union(*GRANTS.values())
    unneeded = [p.name for p in Permission if not re.search(rf"\b{p.name}\b", code)]

    assert sorted(Permission) == sorted(granted)
    assert unneeded == []


def test_every_role_has_a_label_and_grants():
    assert set(GRANTS) == set(Role) == set(ROLE_LABELS)


def test_permissions_are_named_thing_act_and_stand_in_order():
    values = [p.value for p in Permission]

    assert values == sorted(values)
    assert all(re.fullmatch(r"[a-z_]+:[a-z_]+", p.value) for p in Permission)


def test_every_rule_has_a_source_and_a_test():
    load_rules()
    tests = "\n".join(path.read_text() for path in (ROOT / "tests").rglob("test_*.py"))
    ours = [rule for rule in REGISTRY.values() if rule.home.startswith("tomoni.")]

    assert [rule.code for rule in ours if not rule.cites] == []
    assert [rule.code for rule in ours if rule.home.rsplit(".", 1)[1] not in tests] == []


def test_the_printed_docs_are_what_the_code_says():
    call_command("docs", "--check")


@pytest.mark.django_db
def test_the_migrations_are_complete():
    call_command("makemigrations", "--check", "--dry-run", stdout=StringIO())
