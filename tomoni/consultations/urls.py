"""Addresses of the desk: for people at work under desk/, for everybody ask/, asked/ and questions/."""

from django.urls import path

from tomoni.consultations.views import desk, public, questions

urlpatterns = [
    path("ask/", public.ask, name="ask"),
    path("asked/<str:token>/", public.asked, name="asked"),
    path("questions/", questions.listing, name="questions"),
    path("questions/new/", questions.write_new, name="question-new"),
    path("questions/<int:pk>/", questions.detail, name="question"),
    path("questions/<int:pk>/edit/", questions.edit, name="question-edit"),
    path("questions/<int:pk>/publish/", questions.publish, name="question-publish"),
    path("questions/<int:pk>/withdraw/", questions.withdraw, name="question-withdraw"),
    path("desk/", desk.listing, name="consultations"),
    path("desk/new/", desk.intake, name="consultation-new"),
    path("desk/routing/", desk.routing, name="routing"),
    path("desk/<int:pk>/", desk.detail, name="consultation"),
    path("desk/<int:pk>/steps/<str:step>/", desk.take, name="consultation-step"),
    path("desk/<int:pk>/notes/", desk.note, name="consultation-note"),
    path("desk/<int:pk>/sort/", desk.sort, name="consultation-sort"),
    path("desk/<int:pk>/link/", desk.link, name="consultation-link"),
]
