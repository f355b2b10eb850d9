"""Addresses of checks below /<municipality>/checks/."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
