"""What each printed page says, as text. Pure functions of the code that is loaded."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable

from django.apps import apps

import tomoni
from tomoni.cases.models import Case
from tomoni.kernel.rules import REGISTRY
from tomoni.kernel.workflow import Workflow
from tomoni.parties.permissions import GRANTS, ROLE_LABELS, Permission, Role
from tomoni.rulebooks.describe import describe

PRINTED = "<!-- Printed by `python manage.py docs`. Do not edit. -->\n"


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table; bars inside cells are escaped."""
    lines = [list(head), *map(list, rows)]
    shown = ["| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines]
    shown.insert(1, "|" + "---|" * len(lines[0]))
    return "\n".join(shown)


def load_rules() -> None:
    """Import every module named rules, so that the registry is whole."""
    for app in apps.get_app_configs():
        if app.name.startswith("tomoni.") and app.module:
            names = {m.name for m in pkgutil.iter_modules(app.module.__path__)}
            if "rules" in names:
                importlib.import_module(f"{app.name}.rules")


def workflows() -> list[tuple[str, Workflow]]:
    """Every kind of case and its workflow, by the name of its table."""
    kinds = [model for model in apps.get_models() if issubclass(model, Case) and model.__module__.startswith("tomoni.")]
    return sorted((model._meta.label, model.workflow) for model in kinds)


def rules_page() -> str:
    """docs/rules.md: number, sentence, source and home of every rule."""
    load_rules()
    rows = [
        (code, rule.message, rule.cites, f"`{rule.home}`")
        for code, rule in sorted(REGISTRY.items())
        if rule.home.startswith("tomoni.")
    ]
    said = table(("Number", "What we tell people when it is broken", "Source", "Where"), rows) if rows else "None yet."
    return f"{PRINTED}# Rules\n\nA number is never used twice, also after a rule is gone.\n\n{said}\n"


def workflows_page() -> str:
    """docs/workflows.md: a picture and a table of whose turn it is, per kind of case."""
    parts = [f"{PRINTED}# Workflows\n\nWhat people decide is stored; what time decides is computed.\n"]
    for label, flow in workflows():
        rows = [(s, flow.labels[s].desk, flow.labels[s].public, str(flow.holder[s]) or "-") for s in flow.holder]
        states = table(("State", "At the desk", "For everybody", "Whose turn"), rows)
        parts.append(f"## {flow.name} (`{label}`)\n\n```mermaid\n{flow.mermaid()}\n```\n\n{states}\n")
    if len(parts) == 1:
        parts.append("No kind of case has been built yet.\n")
    return "\n".join(parts)


def permissions_page() -> str:
    """docs/permissions.md: permission by role."""
    head = ("Permission", *(f"{ROLE_LABELS[role]} (`{role}`)" for role in Role))
    rows = [(f"`{p}`", *("●" if p in GRANTS[role] else "" for role in Role)) for p in sorted(Permission)]
    return f"{PRINTED}# Permissions\n\nWho may do what, by the role a person holds in a party.\n\n{table(head, rows)}\n"


def packages_page() -> str:
    """docs/packages.md: one line a package, from its own docstring, from the top floor down."""
    names = sorted(m.name for m in pkgutil.iter_modules(tomoni.__path__) if m.ispkg)
    rows = [(f"`{name}`", (importlib.import_module(f"tomoni.{name}").__doc__ or "").strip()) for name in names]
    return f"{PRINTED}# Packages\n\n{table(('Package', 'What it is for'), rows)}\n"


PAGES = {
    "packages.md": packages_page,
    "permissions.md": permissions_page,
    "rulebook.md": describe,
    "rules.md": rules_page,
    "workflows.md": workflows_page,
}
