"""Addresses of the evaluations."""

from django.urls import path

from tomoni.evaluations import views

urlpatterns = [
    path("", views.evaluations, name="evaluations"),
    path("new/<int:project>/", views.evaluation_new, name="evaluation-new"),
    path("<int:pk>/", views.evaluation, name="evaluation"),
    path("<int:pk>/answer/", views.evaluation_answer, name="evaluation-answer"),
    path("<int:pk>/room/<str:act>/", views.act, name="evaluation-act"),
    path("<int:pk>/steps/<str:step>/", views.take, name="evaluation-step"),
]
