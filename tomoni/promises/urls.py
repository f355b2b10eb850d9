"""Addresses of promises below /<municipality>/promises/."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
