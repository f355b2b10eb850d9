"""Addresses of promises below /<municipality>/promises/."""

from django.urls import path

from tomoni.promises import acts, views

urlpatterns = [
    path("<int:plan>/", views.promises, name="promises"),
    path("<int:plan>/lines/<int:line>/<int:year>/<int:part>/", acts.promise, name="promise"),
    path("<int:plan>/lines/<int:line>/<int:year>/<int:part>/undo/", acts.undo, name="promise-undo"),
    path("<int:plan>/recommendations/", views.recommendations, name="recommendations"),
    path("<int:plan>/recommendations/new/", acts.recommend, name="recommendation-new"),
    path("<int:plan>/recommendations/<int:pk>/", views.recommendation, name="recommendation"),
    path("<int:plan>/recommendations/<int:pk>/answer/", acts.answer, name="recommendation-answer"),
]
