"""Documents on their way in: every file that was dropped arrives once, wherever one looks meanwhile."""

import json

from playwright.sync_api import expect

from conftest import FIXTURES


def files(count):
    return [{"name": f"leaf-{number}.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"} for number in range(count)]


def hold_uploads(page):
    """Keeps uploads from the server until they are answered here; gives them as they come."""
    held = []

    def hold(route):
        held.append(route)
    page.route("**/api/v1/documents", hold)
    return held


def accept(held):
    """Takes what has come by now; gives how many that were."""
    count = 0
    while held:
        held.pop(0).fulfill(status=202, body=json.dumps({"job_id": f"made{count}"}), content_type="application/json")
        count += 1
    return count


def test_files_that_wait_are_sent_while_another_view_is_shown(open_page):
    page = open_page()
    held = hold_uploads(page)
    page.set_input_files("input[type=file]", files(7))
    expect(page.locator(".upload")).to_have_count(7)
    page.wait_for_timeout(300)
    assert len(held) == 3
    page.evaluate("location.hash = '#/system'")
    expect(page.locator(".intake")).to_have_count(0)
    sent = 0
    for _ in range(30):
        sent += accept(held)
        page.wait_for_timeout(100)
        if sent == 7:
            break
    assert sent == 7
    page.evaluate("location.hash = '#/'")
    expect(page.locator(".upload", has=page.get_by_role("link", name="Open the job"))).to_have_count(7)


def test_a_file_that_waits_can_be_called_back(open_page):
    page = open_page()
    held = hold_uploads(page)
    page.set_input_files("input[type=file]", files(5))
    page.get_by_role("button", name="Cancel leaf-4.pdf").click()
    page.get_by_role("button", name="Cancel leaf-0.pdf").click()
    expect(page.locator(".upload")).to_have_count(3)
    page.wait_for_timeout(300)
    # The fourth has taken the place of the first.
    assert len(held) == 4


def test_an_option_that_is_wrong_leaves_what_is_on_its_way(open_page):
    page = open_page()
    held = hold_uploads(page)
    page.set_input_files("input[type=file]", files(5))
    expect(page.locator(".upload")).to_have_count(5)
    page.get_by_text("Options").click()
    page.locator(".option-stage summary", has_text="chunking").click()
    page.locator("#option-chunking-size").fill("1.5")
    page.set_input_files("input[type=file]", files(1))
    expect(page.locator(".intake .problem")).to_contain_text("size")
    expect(page.locator(".upload")).to_have_count(5)
    for _ in range(10):
        accept(held)
        page.wait_for_timeout(100)
    expect(page.locator(".upload", has=page.get_by_role("link", name="Open the job"))).to_have_count(5)


def test_a_file_that_is_sent_again_makes_one_job(open_page):
    page = open_page()
    page.expected = ["ERR_FAILED"]
    keys = []

    def refuse(route):
        keys.append(route.request.headers["idempotency-key"])
        route.abort()
    page.route("**/api/v1/documents", refuse)
    page.set_input_files("input[type=file]", FIXTURES / "hello/source.pdf")
    page.get_by_role("button", name="Send again").click()
    page.get_by_role("button", name="Send again").wait_for()
    page.wait_for_timeout(300)
    page.set_input_files("input[type=file]", FIXTURES / "hello/source.pdf")
    page.wait_for_timeout(500)
    assert len(keys) == 3
    assert keys[0] == keys[1]
    assert keys[2] != keys[0]
