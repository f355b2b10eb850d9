"""Addresses of 協働とは, beneath /<city>/about/."""

from django.urls import path

from tomoni.rulebooks import views

urlpatterns = [
    path("", views.about, name="about"),
    path("forms/", views.forms_of_city, name="about-forms"),
    path("forms/<slug:key>/", views.form, name="about-form"),
    path("parties/", views.parties, name="about-parties"),
    path("suitability/", views.suitability, name="about-suitability"),
    path("checklists/", views.checklists, name="about-checklists"),
    path("stages/", views.stages, name="about-stages"),
    path("versions/", views.versions, name="about-versions"),
]
