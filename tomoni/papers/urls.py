"""Addresses of papers below /<municipality>/papers/."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
