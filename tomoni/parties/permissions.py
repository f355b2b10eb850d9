"""Who may do what: every permission, every role, and which role grants which. The table of contents of the system."""

from __future__ import annotations

from enum import StrEnum


class Permission(StrEnum):
    """Named `thing:act`, alphabetical. A page declares one with @needs, a step names one."""

    AGREEMENT_READ = "agreement:read"
    AGREEMENT_SIGN = "agreement:sign"
    AGREEMENT_WRITE = "agreement:write"

    CHECK_ANSWER = "check:answer"
    CHECK_READ = "check:read"

    COMMITTEE_WRITE = "committee:write"

    CONSULTATION_ANSWER = "consultation:answer"
    CONSULTATION_READ = "consultation:read"
    CONSULTATION_RECEIVE = "consultation:receive"

    DEPARTMENT_CHANGE = "department:change"

    EVALUATION_ANSWER = "evaluation:answer"
    EVALUATION_OPINE = "evaluation:opine"
    EVALUATION_PUBLISH = "evaluation:publish"
    EVALUATION_READ = "evaluation:read"

    IMPORT_COMMIT = "import:commit"
    IMPORT_READ = "import:read"
    IMPORT_UPLOAD = "import:upload"
    INDICATOR_WRITE = "indicator:write"

    INTRODUCTION_ANSWER = "introduction:answer"
    INTRODUCTION_MAKE = "introduction:make"
    INTRODUCTION_READ = "introduction:read"

    LISTING_WRITE = "listing:write"

    ORGANISATION_CHECK = "organisation:check"
    ORGANISATION_READ = "organisation:read"
    ORGANISATION_WRITE = "organisation:write"

    OVERALL_LINK = "overall:link"
    OVERALL_WRITE = "overall:write"

    PAPER_PUBLISH = "paper:publish"
    PAPER_READ = "paper:read"

    PLAN_ASSESS = "plan:assess"
    PLAN_WRITE = "plan:write"

    PROGRAMME_WRITE = "programme:write"

    PROJECT_CHECK = "project:check"
    PROJECT_LINK = "project:link"
    PROJECT_READ = "project:read"
    PROJECT_STOP = "project:stop"
    PROJECT_WRITE = "project:write"
    PROMISE_JUDGE = "promise:judge"

    PROPOSAL_DECIDE = "proposal:decide"
    PROPOSAL_HANDLE = "proposal:handle"
    PROPOSAL_READ = "proposal:read"
    PROPOSAL_SCREEN = "proposal:screen"
    PROPOSAL_WRITE = "proposal:write"
    RECOMMENDATION_ANSWER = "recommendation:answer"

    REPORT_CHECK = "report:check"
    REPORT_READ = "report:read"
    REPORT_WRITE = "report:write"

    REVISION_WRITE = "revision:write"


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

SIDE = frozenset(  # what either side of a collaboration may do for its own party
    {
        P.AGREEMENT_READ,
        P.AGREEMENT_SIGN,
        P.AGREEMENT_WRITE,
        P.EVALUATION_ANSWER,
        P.EVALUATION_READ,
        P.INTRODUCTION_ANSWER,
        P.INTRODUCTION_READ,
        P.LISTING_WRITE,
        P.PROJECT_READ,
        P.PROJECT_WRITE,
        P.PROPOSAL_READ,
    }
)
CITY_SIDE = SIDE | {
    P.CHECK_ANSWER,
    P.CHECK_READ,
    P.CONSULTATION_ANSWER,
    P.CONSULTATION_READ,
    P.IMPORT_READ,
    P.INDICATOR_WRITE,
    P.OVERALL_LINK,
    P.PROJECT_CHECK,
    P.PROJECT_LINK,
    P.PROMISE_JUDGE,
    P.PROPOSAL_HANDLE,
    P.RECOMMENDATION_ANSWER,
    P.REPORT_READ,
    P.REPORT_WRITE,
}

GRANTS: dict[Role, frozenset[Permission]] = {
    Role.RESIDENT: frozenset(),
    Role.MEMBER: SIDE | {P.ORGANISATION_READ, P.ORGANISATION_WRITE, P.PROPOSAL_WRITE},
    Role.COORDINATOR: frozenset(
        {
            P.CONSULTATION_ANSWER,
            P.CONSULTATION_READ,
            P.CONSULTATION_RECEIVE,
            P.INTRODUCTION_MAKE,
            P.INTRODUCTION_READ,
            P.LISTING_WRITE,
            P.ORGANISATION_CHECK,
            P.ORGANISATION_READ,
        }
    ),
    Role.OFFICER: CITY_SIDE,
    Role.DIVISION: CITY_SIDE
    | {
        P.COMMITTEE_WRITE,
        P.CONSULTATION_RECEIVE,
        P.DEPARTMENT_CHANGE,
        P.EVALUATION_PUBLISH,
        P.IMPORT_COMMIT,
        P.IMPORT_UPLOAD,
        P.INTRODUCTION_MAKE,
        P.ORGANISATION_CHECK,
        P.ORGANISATION_READ,
        P.OVERALL_WRITE,
        P.PAPER_PUBLISH,
        P.PAPER_READ,
        P.PLAN_ASSESS,
        P.PLAN_WRITE,
        P.PROGRAMME_WRITE,
        P.PROJECT_STOP,
        P.PROPOSAL_DECIDE,
        P.REPORT_CHECK,
        P.REVISION_WRITE,
    },
    Role.SCREENER: frozenset({P.PROPOSAL_READ, P.PROPOSAL_SCREEN}),
    Role.COUNCIL: frozenset(
        {P.CHECK_READ, P.EVALUATION_OPINE, P.EVALUATION_READ, P.PAPER_READ, P.PLAN_ASSESS, P.REPORT_READ}
    ),
}


def grants(role: str, permission: str) -> bool:
    """Does this role grant this permission?"""
    return permission in GRANTS[Role(role)]
