"""Addresses of plans below /<municipality>/plans/."""

from django.urls import include, path

from tomoni.plans import acts, indicators, views

urlpatterns = [
    path("", views.plans, name="plans"),
    path("<int:pk>/", views.plan, name="plan"),
    path("<int:pk>.<str:ending>", views.plan_data, name="plan-data"),
    path("<int:pk>/headings/<int:heading>/", views.heading, name="plan-heading"),
    path("<int:pk>/measures/<int:measure>/", views.measure, name="measure"),
    path("<int:pk>/measures/<int:measure>/priority/", acts.mark, name="measure-priority"),
    path("<int:pk>/measures/<int:measure>/relist/", acts.relist, name="measure-relist"),
    path("<int:pk>/measures/<int:measure>/assess/", acts.assess, name="measure-assess"),
    path("<int:pk>/measures/<int:measure>/figures/", indicators.figures, name="figures"),
    path("<int:pk>/measures/<int:measure>/figures/follow/", indicators.follow, name="indicator-new"),
    path("<int:pk>/measures/<int:measure>/figures/<int:figure>/", indicators.figure, name="figure"),
    path("<int:pk>/measures/<int:measure>/indicators/<int:indicator>/", indicators.indicator, name="indicator"),
    path("<int:pk>/indicators/", indicators.indicators, name="indicators"),
    path("<int:pk>/indicators.csv", indicators.indicators_data, name="indicators-data"),
    path("<int:pk>/source/<int:batch>/", views.source, name="plan-source"),
    path("departments/<int:party>/", views.department, name="department"),
    path("links/<int:project>/", acts.link, name="measure-link"),
    path("links/<int:project>/undo/", acts.unlink, name="measure-unlink"),
    path("imports/", include("tomoni.plans.imports.urls")),
]
