"""Addresses of the board."""

from django.urls import path

from tomoni.matching import views

urlpatterns = [
    path("", views.board, name="board"),
    path("new/", views.listing_new, name="listing-new"),
    path("<int:pk>/", views.listing, name="listing"),
    path("<int:pk>/edit/", views.listing_edit, name="listing-edit"),
    path("<int:pk>/down/", views.listing_down, name="listing-down"),
    path("introductions/", views.introductions, name="introductions"),
    path("introductions/new/", views.introduction_new, name="introduction-new"),
    path("introductions/<int:pk>/", views.introduction, name="introduction"),
    path("introductions/<int:pk>/<str:act>/", views.introduction_act, name="introduction-step"),
]
