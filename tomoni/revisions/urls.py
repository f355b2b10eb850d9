"""Addresses of revisions below /<municipality>/revisions/."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
