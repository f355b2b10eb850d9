"""Addresses of committees, under /<municipality>/committees/."""

from django.urls import path

from tomoni.committees import views

urlpatterns = [
    path("", views.committees, name="committees"),
    path("new/", views.new, name="committee-new"),
    path("<int:pk>/", views.committee, name="committee"),
    path("<int:pk>/edit/", views.edit, name="committee-edit"),
    path("<int:pk>/terms/new/", views.new_term, name="committee-term-new"),
    path("<int:pk>/terms/<int:term>/seats/", views.seats, name="committee-seats"),
    path("<int:pk>/terms/<int:term>/seats/<int:seat>/", views.seat, name="committee-seat"),
    path("<int:pk>/meetings/new/", views.meeting, name="committee-meeting-new"),
    path("<int:pk>/meetings/<int:meeting>/", views.meeting, name="committee-meeting"),
]
