"""Addresses of the project rooms."""

from django.urls import path

from tomoni.projects import views

urlpatterns = [
    path("", views.projects, name="projects"),
    path("new/<int:agreement>/", views.project_new, name="project-new"),
    path("<int:pk>/", views.project, name="project"),
    path("<int:pk>/room/<str:act>/", views.act, name="project-act"),
    path("<int:pk>/report/", views.report, name="project-report"),
    path("<int:pk>/accounts/", views.accounts, name="project-accounts"),
    path("<int:pk>/steps/<str:step>/", views.take, name="project-step"),
]
