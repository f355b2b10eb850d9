"""Addresses of papers below /<municipality>/papers/."""

from django.urls import path

from tomoni.papers.views import preparing, published

urlpatterns = [
    path("plans/<int:pk>/", published.papers, name="papers"),
    path("plans/<int:pk>/<int:year>/draft/", preparing.draft, name="paper-draft"),
    path("plans/<int:pk>/<int:year>/draft/summary/", preparing.draft, {"view": "summary"}, name="paper-draft-summary"),
    path("plans/<int:pk>/<int:year>/draft/<slug:key>.<str:ending>", preparing.draft_file, name="paper-draft-file"),
    path("plans/<int:pk>/<int:year>/names/", preparing.names, name="paper-names"),
    path("plans/<int:pk>/<int:year>/publish/", preparing.publish, name="paper-publish"),
    path("<int:pk>/", published.version, name="paper-version"),
    path("<int:pk>/evaluation/", published.evaluation, name="paper-evaluation"),
    path("<int:pk>/withdraw/", preparing.withdraw, name="paper-withdraw"),
    path("<int:pk>/compare/<int:other>/", published.comparison, name="paper-comparison"),
    path("<int:pk>/<slug:key>.<str:ending>", published.file, name="paper-file"),
]
