"""Addresses of programmes, rounds and proposals, under proposals/."""

from django.urls import path

from tomoni.proposals.views import files, programmes, proposals, screening, writing

urlpatterns = [
    path("", programmes.programmes, name="programmes"),
    path("programmes/take-over/", programmes.take_over, name="programmes-take-over"),
    path("programmes/new/", programmes.programme_new, name="programme-new"),
    path("programmes/<int:pk>/edit/", programmes.programme_edit, name="programme-edit"),
    path("rounds/new/", programmes.round_new, name="round-new"),
    path("rounds/<int:pk>/", programmes.call, name="round"),
    path("rounds/<int:pk>/edit/", programmes.round_edit, name="round-edit"),
    path("rounds/<int:pk>/publish/", programmes.publish, name="round-publish"),
    path("rounds/<int:pk>/new/", writing.new, name="proposal-new"),
    path("rounds/<int:pk>/screening/", screening.screening, name="screening"),
    path("all/", proposals.listing, name="proposals"),
    path("<int:pk>/", proposals.detail, name="proposal"),
    path("<int:pk>/write/", writing.write, name="proposal-write"),
    path("<int:pk>/steps/<str:step>/", proposals.take, name="proposal-step"),
    path("<int:pk>/talks/", proposals.talk, name="proposal-talk"),
    path("<int:pk>/join/", proposals.join, name="proposal-join"),
    path("<int:pk>/versions/<int:number>/", proposals.version, name="proposal-version"),
    path("<int:pk>/receipt.pdf", files.receipt, name="proposal-receipt"),
    path("<int:pk>/notice.pdf", files.notice, name="proposal-notice"),
    path("<int:pk>/files/", files.attach, name="proposal-attach"),
    path("<int:pk>/files/<int:stored>/", files.attachment, name="proposal-file"),
    path("<int:pk>/files/<int:stored>/remove/", files.detach, name="proposal-detach"),
    path("<int:pk>/marks/", screening.marks, name="marks"),
]
