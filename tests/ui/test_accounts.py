"""Signing in: plain Japanese, no open sign-up, a lock after too many mistakes, a second proof."""

import re

import pytest
from allauth.mfa.totp.internal.auth import hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.test import Client
from django.urls import reverse

from tomoni.parties.models import User

pytestmark = pytest.mark.django_db
PASSWORD = "a long word for tests"


@pytest.fixture
def person() -> User:
    return User.objects.create_user("mihon@example.jp", PASSWORD, display_name="見本 花子")


def sign_in(client: Client, password: str = PASSWORD, **extra: str):
    return client.post(reverse("account_login"), {"login": "mihon@example.jp", "password": password, **extra})


def confirm(client: Client):
    """Prove once more who one is, as before every change of a setting that matters."""
    return client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def words(answer) -> str:
    return re.sub(r"<[^>]+>", " ", answer.content.decode())


def test_a_person_signs_in_and_comes_back_to_where_they_were(client: Client, person: User):
    answer = sign_in(client, next="/midorino/plans/")

    assert answer.status_code == 302
    assert answer["Location"] == "/midorino/plans/"
    assert client.session["_auth_user_id"] == str(person.pk)


def test_signing_in_does_not_lead_to_other_hosts(client: Client, person: User):
    assert sign_in(client, next="https://example.com/")["Location"] == "/"


def test_a_wrong_password_says_so_and_signs_nobody_in(client: Client, person: User):
    answer = sign_in(client, "wrong")

    assert answer.status_code == 200
    assert "このままでは先へ進めません。" in words(answer)
    assert "_auth_user_id" not in client.session


def test_nobody_makes_an_account_alone(client: Client):
    answer = client.post(
        reverse("account_signup"), {"email": "a@example.jp", "password1": PASSWORD, "password2": PASSWORD}
    )

    assert "アカウントは市がつくります" in words(answer)
    assert User.objects.count() == 0


def test_signing_out_is_an_act_not_a_link(client: Client, person: User):
    sign_in(client)

    assert client.get(reverse("account_logout")).status_code == 200
    assert "_auth_user_id" in client.session
    client.post(reverse("account_logout"))
    assert "_auth_user_id" not in client.session


def test_after_ten_mistakes_the_door_is_locked_even_for_the_right_password(client: Client, person: User, settings):
    settings.AXES_ENABLED = True

    for _ in range(10):
        sign_in(client, "wrong")
    answer = sign_in(client)

    assert answer.status_code == 429
    assert "ログインを止めています" in words(answer)
    assert "_auth_user_id" not in client.session


def test_too_many_requests_in_a_short_time_are_told_to_wait(client: Client, person: User, settings):
    settings.ACCOUNT_RATE_LIMITS = {"reset_password": "1/m/ip"}

    client.post(reverse("account_reset_password"), {"email": "mihon@example.jp"})
    answer = client.post(reverse("account_reset_password"), {"email": "mihon@example.jp"})

    assert answer.status_code == 429
    assert "少し待ってください" in words(answer)
    assert len(mail.outbox) == 1


def test_a_forgotten_password_is_chosen_anew_by_a_letter(client: Client, person: User):
    client.post(reverse("account_reset_password"), {"email": "mihon@example.jp"})
    letter = mail.outbox[0]
    address = re.search(r"http://testserver(\S+)", letter.body)

    assert letter.subject == "[testserver] 新しいパスワードを決めてください"
    assert address is not None
    page = client.get(address.group(1), follow=True)
    client.post(page.request["PATH_INFO"], {"password1": "another long word", "password2": "another long word"})
    assert sign_in(client, "another long word").status_code == 302


def test_a_letter_that_was_used_before_says_so(client: Client, person: User):
    client.post(reverse("account_reset_password"), {"email": "mihon@example.jp"})
    address = re.search(r"http://testserver(\S+)", mail.outbox[0].body)
    person.set_password("another long word")
    person.save()

    assert address is not None
    assert "このアドレスはもう使えません" in words(client.get(address.group(1), follow=True))


def test_a_person_adds_a_second_proof_and_is_asked_for_it(client: Client, person: User):
    sign_in(client)
    confirm(client)
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    code = hotp_value(secret, next(iter(yield_hotp_counters_from_time())))

    answer = client.post(reverse("mfa_activate_totp"), {"code": f"{code:06d}"})

    assert answer.status_code == 302
    assert "使っています" in words(client.get(reverse("mfa_index")))
    client.post(reverse("account_logout"))
    asked = sign_in(client)
    assert asked["Location"] == reverse("mfa_authenticate")
    assert "6桁の数字" in words(client.get(asked["Location"]))
    assert "_auth_user_id" not in client.session


def test_a_wrong_code_turns_nothing_on(client: Client, person: User):
    sign_in(client)
    confirm(client)
    client.get(reverse("mfa_activate_totp"))

    answer = client.post(reverse("mfa_activate_totp"), {"code": "wrong!"})

    assert "このままでは先へ進めません。" in words(answer)
    assert "まだ使っていません" in words(client.get(reverse("mfa_index")))


def test_a_setting_that_matters_asks_once_more_who_one_is(client: Client, person: User):
    sign_in(client)

    answer = client.get(reverse("mfa_activate_totp"))

    assert answer["Location"] == "/accounts/reauthenticate/?next=%2Faccounts%2F2fa%2Ftotp%2Factivate%2F"
    assert "本人の確認" in words(client.get(answer["Location"]))


@pytest.mark.parametrize(
    "name",
    [
        "account_change_password",
        "account_email",
        "account_logout",
        "account_reauthenticate",
        "account_inactive",
        "account_email_verification_sent",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key_done",
        "mfa_index",
        "mfa_activate_totp",
        "socialaccount_login_cancelled",
        "socialaccount_login_error",
        "socialaccount_connections",
    ],
)
def test_every_page_of_signing_in_stands_in_our_frame_in_japanese_without_scripts(
    client: Client, person: User, name: str
):
    sign_in(client)
    confirm(client)

    answer = client.get(reverse(name))
    html = answer.content.decode()

    assert answer.status_code in {200, 401}
    assert 'class="skip"' in html
    assert "<script" not in html
    assert " style=" not in html
    assert "placeholder=" not in html
    main = re.sub(r"<[^>]+>", " ", html[html.index("<main") : html.index("</main>")])
    assert re.findall(r"[A-Za-z]{4,}", main.replace("mihon@example.jp", "").replace(secret_of(answer), "")) == []


def secret_of(answer) -> str:
    form = (answer.context or {}).get("form")
    return getattr(form, "secret", None) or "-"
