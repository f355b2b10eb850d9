"""Addresses. A municipality's own begin with its slug; everything else comes first."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include("allauth.urls")),
    path("", include("tomoni.ui.urls")),
    path("", include("tomoni.portal.urls")),
    path("<slug:municipality>/", include("tomoni.consultations.urls")),
    path("<slug:municipality>/about/", include("tomoni.rulebooks.urls")),
    path("<slug:municipality>/plans/", include("tomoni.plans.urls")),
    path("<slug:municipality>/checks/", include("tomoni.checks.urls")),
    path("<slug:municipality>/promises/", include("tomoni.promises.urls")),
    path("<slug:municipality>/revisions/", include("tomoni.revisions.urls")),
    path("<slug:municipality>/reporting/", include("tomoni.reporting.urls")),
    path("<slug:municipality>/papers/", include("tomoni.papers.urls")),
    path("<slug:municipality>/board/", include("tomoni.matching.urls")),
    path("<slug:municipality>/proposals/", include("tomoni.proposals.urls")),
    path("<slug:municipality>/projects/", include("tomoni.projects.urls")),
    path("<slug:municipality>/evaluations/", include("tomoni.evaluations.urls")),
    path("<slug:municipality>/agreements/", include("tomoni.agreements.urls")),
    path("<slug:municipality>/organisations/", include("tomoni.organisations.urls")),
    path("<slug:municipality>/committees/", include("tomoni.committees.urls")),
]
