"""Addresses of the import below /<municipality>/plans/imports/."""

from django.urls import path

from tomoni.plans.imports import views

urlpatterns = [
    path("", views.imports, name="imports"),
    path("new/", views.upload, name="import-upload"),
    path("aliases/<int:alias>/forget/", views.forget, name="import-forget"),
    path("<int:batch>/", views.batch, name="import-batch"),
    path("<int:batch>/choose/", views.choose, name="import-choose"),
    path("<int:batch>/bulk/", views.bulk, name="import-bulk"),
    path("<int:batch>/commit/", views.commit, name="import-commit"),
    path("<int:batch>/undo/", views.undo, name="import-undo"),
    path("<int:batch>/again/", views.again, name="import-again"),
    path("<int:batch>/file/", views.file, name="import-file"),
]
