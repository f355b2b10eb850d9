"""Addresses of reporting below /<municipality>/reporting/."""

from django.urls import path

from tomoni.reporting.views import assessing, entries, lines, requests, sheets, writing

urlpatterns = [
    path("", requests.requests, name="reporting"),
    path("new/", requests.request_new, name="reporting-new"),
    path("<int:pk>/", requests.year_request, name="year-request"),
    path("<int:pk>/acts/<str:act>/", requests.act, name="year-request-act"),
    path("<int:pk>/mine/", lines.mine, name="report-mine"),
    path("<int:pk>/mine/hand-in/", lines.hand_in_all, name="report-hand-in-all"),
    path("<int:pk>/departments/<int:party>/", lines.of_department, name="report-department"),
    path("<int:pk>/assessing/", assessing.assessing, name="report-assessing"),
    path("<int:pk>/assessing/<str:of>/", assessing.view, name="report-view"),
    path("<int:pk>/sheet.xlsx", sheets.sheet, name="report-sheet"),
    path("<int:pk>/return/", sheets.sheet_return, name="report-return"),
    path("returned/<int:pk>/", sheets.returned, name="report-returned"),
    path("returned/<int:pk>/accept/", sheets.returned_accept, name="report-returned-accept"),
    path("entries/<int:pk>/", entries.entry, name="report-entry"),
    path("entries/<int:pk>/save/", writing.save, name="report-save"),
    path("entries/<int:pk>/answer-check/", writing.answer_check, name="report-answer-check"),
    path("entries/<int:pk>/hand-over/", writing.hand_over, name="report-hand-over"),
    path("entries/<int:pk>/steps/<str:step>/", writing.take, name="report-step"),
]
