"""Addresses of the project rooms."""

from django.urls import path

from tomoni.projects.views import lists, papers, room

urlpatterns = [
    path("", lists.projects, name="projects"),
    path("new/<int:agreement>/", lists.project_new, name="project-new"),
    path("<int:pk>/", room.project, name="project"),
    path("<int:pk>/room/<str:act>/", room.act, name="project-act"),
    path("<int:pk>/report/", papers.report, name="project-report"),
    path("<int:pk>/accounts/", papers.accounts, name="project-accounts"),
    path("<int:pk>/renew/", room.renew, name="project-renew"),
    path("<int:pk>/files/<int:stored>/", papers.file, name="project-file"),
    path("<int:pk>/steps/<str:step>/", room.take, name="project-step"),
]
