"""Coming, going and coming back: every address shows its own view, and every view shows what there is."""

from playwright.sync_api import expect

from conftest import FIXTURES


def go(page, place):
    page.evaluate("place => { location.hash = place; }", place)


def test_a_filter_that_is_left_is_over(open_page, server, sample):
    server.upload(FIXTURES / "hello/source.pdf", "lantern.pdf")
    page = open_page("#/?text=lantern")
    rows = page.locator(".rows .job-row:not([hidden])")
    expect(rows.first).to_contain_text("lantern.pdf")
    expect(rows.filter(has_text="source.pdf")).to_have_count(0)
    go(page, "#/system")
    expect(page.locator(".tiles")).to_be_visible()
    go(page, "#/")
    expect(page.get_by_label("Filter by name")).to_have_value("")
    expect(rows.filter(has_text="source.pdf").first).to_be_visible()


def test_a_filter_stands_for_those_who_go_back_to_it(open_page, server, sample):
    server.upload(FIXTURES / "hello/source.pdf", "lantern.pdf")
    page = open_page("#/?text=lantern")
    rows = page.locator(".rows .job-row:not([hidden])")
    expect(rows.first).to_contain_text("lantern.pdf")
    go(page, "#/system")
    expect(page.locator(".tiles")).to_be_visible()
    page.go_back()
    expect(page.get_by_label("Filter by name")).to_have_value("lantern")
    expect(rows.first).to_contain_text("lantern.pdf")
    expect(rows.filter(has_text="source.pdf")).to_have_count(0)


def test_jobs_that_came_and_ended_meanwhile_are_in_the_list(open_page, server, sample):
    page = open_page()
    rows = page.locator(".rows .job-row:not([hidden])")
    expect(rows.filter(has_text="source.pdf").first).to_be_visible()
    go(page, "#/system")
    expect(page.locator(".tiles")).to_be_visible()
    server.wait(server.upload(FIXTURES / "hello/source.pdf", "meanwhile.pdf"))
    go(page, "#/")
    expect(rows.filter(has_text="meanwhile.pdf")).to_be_visible()
