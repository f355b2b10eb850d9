"""Who may do what: every permission, every role, and which role grants which. The table of contents of the system."""

from __future__ import annotations

from enum import StrEnum


class Permission(StrEnum):
    """Named `thing:act`, alphabetical. A page declares one with @needs, a step names one."""

    IMPORT_COMMIT = "import:commit"
    IMPORT_READ = "import:read"
    IMPORT_UPLOAD = "import:upload"


class Role(StrEnum):
    """What a person is in a party. Stored by value, shown by `ROLE_LABELS`."""

    RESIDENT = "resident"
    MEMBER = "member"
    COORDINATOR = "coordinator"
    OFFICER = "officer"
    DIVISION = "division"
    SCREENER = "screener"
    COUNCIL = "council"


ROLE_LABELS: dict[Role, str] = {
    Role.RESIDENT: "市民",
    Role.MEMBER: "団体の担当者",
    Role.COORDINATOR: "コーディネーター",
    Role.OFFICER: "各課の担当者",
    Role.DIVISION: "協働担当課",
    Role.SCREENER: "審査委員",
    Role.COUNCIL: "推進会議の委員",
}

P = Permission

GRANTS: dict[Role, frozenset[Permission]] = {
    Role.RESIDENT: frozenset(),
    Role.MEMBER: frozenset(),
    Role.COORDINATOR: frozenset(),
    Role.OFFICER: frozenset({P.IMPORT_READ}),
    Role.DIVISION: frozenset({P.IMPORT_COMMIT, P.IMPORT_READ, P.IMPORT_UPLOAD}),
    Role.SCREENER: frozenset(),
    Role.COUNCIL: frozenset(),
}


def grants(role: str, permission: str) -> bool:
    """Does this role grant this permission?"""
    return permission in GRANTS[Role(role)]
