"""Addresses of suitability checks and agreements."""

from django.urls import path

from tomoni.agreements.views import checks, drafts, papers, reading, signing

urlpatterns = [
    path("", reading.agreements, name="agreements"),
    path("work/", reading.at_work, name="agreements-work"),
    path("new/", drafts.agreement_new, name="agreement-new"),
    path("suitability/new/", checks.suitability_new, name="suitability-new"),
    path("suitability/<int:pk>/", checks.suitability, name="suitability"),
    path("suitability/<int:pk>/answer/", checks.suitability_answer, name="suitability-answer"),
    path("suitability/<int:pk>/decide/", checks.suitability_decide, name="suitability-decide"),
    path("<int:pk>/", reading.agreement, name="agreement"),
    path("<int:pk>.<str:ending>", papers.document, name="agreement-document"),
    path("<int:pk>/form/", drafts.choose, name="agreement-choose"),
    path("<int:pk>/write/", drafts.write, name="agreement-write"),
    path("<int:pk>/sign/", signing.sign, name="agreement-sign"),
    path("<int:pk>/steps/<str:step>/", signing.step, name="agreement-step"),
    path("<int:pk>/versions/<int:number>/", reading.version, name="agreement-version"),
]
