"""Every component in every condition, and the pages of the frame, in a real browser."""

import re

from django.urls import reverse
from playwright.sync_api import expect

from tomoni.parties.models import User


def test_every_component_keeps_the_accessibility_criteria(visit, check):
    check(visit("/_ui/"), name="gallery")


def test_a_component_takes_the_colour_of_the_city(visit, city):
    page = visit(f"/{city.slug}/")

    assert page.evaluate("getComputedStyle(document.body).getPropertyValue('--accent').trim()") == "#197a4b"


def test_status_marks_show_their_shape_under_the_content_policy(visit):
    page = visit("/_ui/")

    shape = page.locator(".st.off_track svg use").first.bounding_box()

    assert shape is not None
    assert shape["width"] > 8
    assert shape["height"] > 8


def test_a_question_before_an_act_opens_and_closes_without_scripts_of_ours(visit):
    page = visit("/_ui/")
    dialog = page.locator("#sample-dialog")

    assert page.locator("script").count() == 0
    expect(dialog).to_be_hidden()
    page.get_by_role("button", name="取り消す").nth(1).press("Enter")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_the_open_question_keeps_the_accessibility_criteria(visit, check):
    page = visit("/_ui/")

    page.locator("button[popovertarget=sample-dialog]").first.click()
    expect(page.locator("#sample-dialog")).to_be_visible()

    check(page, name="dialog")


def test_the_menu_of_a_narrow_screen_opens_with_the_keyboard(visit, city):
    page = visit(f"/{city.slug}/", width=390)
    login = page.locator(".menu").get_by_role("link", name="ログイン")

    expect(login).to_be_hidden()
    page.locator(".menu summary").press("Enter")
    expect(login).to_be_visible()


def test_the_first_stop_of_the_keyboard_leads_past_the_menu(visit, city):
    page = visit(f"/{city.slug}/")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.locator("#main")).to_be_focused()


def test_the_pages_of_the_frame_keep_the_accessibility_criteria(visit, check, city):
    for name, path in {
        "cities": "/",
        "home": f"/{city.slug}/",
        "accessibility": f"/{city.slug}/accessibility/",
        "login": reverse("account_login"),
        "password-reset": reverse("account_reset_password"),
    }.items():
        check(visit(path), name=name)


def test_a_page_that_is_not_there_keeps_the_accessibility_criteria(visit, check, city):
    check(visit(f"/{city.slug}/nothing-here/"), name="404", expected="404")


def test_the_pages_of_ones_own_account_keep_the_accessibility_criteria(visit, check, city):
    user = User.objects.create_user("mihon@example.jp", "a long word for tests", display_name="見本 花子")

    for name in ("mfa_index", "account_change_password", "account_email", "account_logout"):
        check(visit(reverse(name), by=user), name=name)


def test_everything_can_be_read_at_four_hundred_per_cent(visit):
    page = visit("/_ui/", width=342)

    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_forced_colours_keep_the_edge_of_buttons_and_marks(visit):
    page = visit("/_ui/")
    page.emulate_media(forced_colors="active")

    for edged in ".btn", ".st", ".card", ".note":
        expect(page.locator(edged).first).to_have_css("border-top-width", "1px")


def test_on_paper_the_machinery_is_gone_and_the_shapes_stay(visit):
    page = visit("/_ui/")
    page.emulate_media(media="print")

    expect(page.locator(".site")).to_be_hidden()
    expect(page.locator(".filter").first).to_be_hidden()
    expect(page.locator(".st.off_track svg").first).to_be_visible()
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF-")


def test_a_wide_table_is_laid_on_a3(visit):
    page = visit("/_ui/")
    page.emulate_media(media="print")
    page.evaluate("document.querySelector('.matrix').classList.add('sheet-a3')")

    paper = page.pdf(prefer_css_page_size=True)

    sizes = {(round(float(w)), round(float(h))) for w, h in re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", paper)}
    assert sizes == {(595, 842), (1191, 842)}  # A4 standing and A3 lying, in points
