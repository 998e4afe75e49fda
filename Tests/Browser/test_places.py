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


def test_a_view_that_was_left_before_it_came_does_not_come_later(open_page, sample):
    page = open_page(f"#/jobs/{sample}/pages/2")
    expect(page.locator(".page-tools")).to_be_visible()
    held = []
    page.route("**/js/view/result.mjs", lambda route: held.append(route))
    go(page, f"#/jobs/{sample}/result")
    page.wait_for_timeout(300)
    page.go_back()
    page.wait_for_timeout(200)
    assert len(held) == 1
    held[0].continue_()
    page.wait_for_timeout(800)
    expect(page.locator(".page-tools")).to_be_visible()
    expect(page.locator(".result")).to_have_count(0)


def test_a_view_that_could_not_be_loaded_can_be_left(open_page, sample):
    page = open_page(f"#/jobs/{sample}/pages/2")
    expect(page.locator(".page-tools")).to_be_visible()
    page.expected = ["ERR_FAILED", "dynamically imported"]
    page.route("**/js/view/system.mjs", lambda route: route.abort())
    go(page, "#/system")
    expect(page.get_by_role("button", name="Load again")).to_be_visible()
    page.go_back()
    expect(page.locator(".page-tools")).to_be_visible()
    expect(page.get_by_role("button", name="Load again")).to_have_count(0)


def test_an_address_that_is_none_says_so(open_page, server):
    page = open_page()
    expect(page.get_by_role("button", name="Add documents")).to_be_visible()
    page.expected = ["404"]
    go(page, "#/jobs/%E0")
    expect(page.locator("main .problem")).to_contain_text("There is no")
    page.go_back()
    expect(page.get_by_role("button", name="Add documents")).to_be_visible()
