"""Addresses of the portal. The municipality's home stands last: its slug matches any first word."""

from django.urls import path

from tomoni.portal import views

urlpatterns = [
    path("", views.cities, name="cities"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("robots.txt", views.robots, name="robots"),
    path("<slug:municipality>/", views.home, name="home"),
    path("<slug:municipality>/turn/", views.turn, name="turn"),
    path("<slug:municipality>/search/", views.search, name="search"),
    path("<slug:municipality>/feed.xml", views.feed, name="feed"),
    path("<slug:municipality>/accessibility/", views.accessibility, name="accessibility"),
]
