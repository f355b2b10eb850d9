"""Addresses of the register, under /<municipality>/organisations/."""

from django.urls import path

from tomoni.organisations.views import directory, lists, registrations

urlpatterns = [
    path("", directory.directory, name="organisations"),
    path("<int:party>/", directory.organisation, name="organisation"),
    path("<int:party>/edit/", directory.edit, name="organisation-edit"),
    path("<int:party>/contacts/", directory.contacts, name="organisation-contacts"),
    path("<int:party>/contacts/<int:contact>/drop/", directory.drop_contact, name="organisation-contact-drop"),
    path("registrations/", registrations.registrations, name="registrations"),
    path("registrations/new/", registrations.new, name="registration-new"),
    path("registrations/<int:pk>/", registrations.registration, name="registration"),
    path("registrations/<int:pk>/write/", registrations.write, name="registration-write"),
    path("registrations/<int:pk>/steps/<str:step>/", registrations.step, name="registration-step"),
    path("lists/", lists.lists, name="organisation-lists"),
    path("lists/<int:batch>/", lists.one_list, name="organisation-list"),
    path("lists/<int:batch>/<str:verb>/", lists.act, name="organisation-list-act"),
]
