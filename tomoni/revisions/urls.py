"""Addresses of revisions below /<municipality>/revisions/."""

from django.urls import URLPattern, URLResolver, path

from tomoni.revisions.views import departments, overall, revisions

urlpatterns: list[URLPattern | URLResolver] = [
    path("", revisions.listed, name="revisions"),
    path("departments/", departments.departments, name="departments"),
    path("departments/change/", departments.department_change, name="department-change"),
    path("overall/", overall.overall_plans, name="overall-plans"),
    path("overall/import/", overall.overall_import, name="overall-import"),
    path("overall/import/<int:batch>/", overall.overall_batch, name="overall-batch"),
    path("overall/<int:pk>/", overall.overall, name="overall"),
    path("overall/<int:pk>.csv", overall.overall_data, name="overall-data"),
    path("overall/links/<int:measure>/", overall.overall_link, name="overall-link"),
    path("overall/links/<int:measure>/<int:link>/undo/", overall.overall_unlink, name="overall-unlink"),
    path("new/<int:plan>/", revisions.begin, name="revision-new"),
    path("<int:pk>/", revisions.revision, name="revision"),
    path("<int:pk>/about/", revisions.describe, name="revision-about"),
    path("<int:pk>/steps/<str:step>/", revisions.take, name="revision-step"),
    path("<int:pk>/changes/new/<str:kind>/", revisions.change_new, name="revision-change-new"),
    path("<int:pk>/changes/<int:change>/", revisions.change, name="revision-change"),
    path("<int:pk>/changes/<int:change>/remove/", revisions.change_remove, name="revision-change-remove"),
]
