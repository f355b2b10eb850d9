"""Addresses of reporting below /<municipality>/reporting/."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
