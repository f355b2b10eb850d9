"""Addresses of the frame: the gallery of components and the colour of a municipality."""

from django.urls import path

from tomoni.ui import views

urlpatterns = [
    path("_ui/", views.gallery, name="gallery"),
    path("<slug:municipality>/theme.css", views.theme, name="theme"),
]
