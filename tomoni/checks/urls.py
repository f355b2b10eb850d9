"""Addresses of checks below /<municipality>/checks/."""

from django.urls import path

from tomoni.checks import views

urlpatterns = [
    path("<int:pk>/", views.plan_checks, name="plan-checks"),
    path("<int:pk>.csv", views.plan_checks_csv, name="plan-checks-csv"),
    path("<int:pk>/answer/", views.answer, name="check-answer"),
    path("<int:pk>/take-back/", views.take_back, name="check-take-back"),
    path("<int:pk>/rates/", views.rates, name="check-rates"),
]
