"""What people do in the viewer, done in a real Chromium."""

import os
import re

import pytest
from playwright.sync_api import expect

from conftest import FIXTURES, Server, heap_of, ten_megabytes, ten_thousand_jobs, until


def test_an_upload_is_watched_from_its_first_byte_to_its_result(open_page, server):
    page = open_page()
    page.get_by_text("Options").click()
    page.get_by_label("Pages", exact=True).fill("1-4")
    page.set_input_files("input[type=file]", {"name": "watched.pdf", "mimeType": "application/pdf", "buffer": (FIXTURES / "scan8/source.pdf").read_bytes()})
    page.get_by_role("link", name="Open the job").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("watched.pdf")
    # It runs before our eyes: a state between the first and the last is seen.
    expect(page.locator(".job-title .state")).to_have_text("running")
    expect(page.locator(".job-title .state")).to_have_text("completed", timeout=60_000)
    expect(page.locator(".heat-table tr", has_text="ocr").locator("td").first).to_have_text("4/4")
    page.get_by_role("link", name="Result").click()
    expect(page.locator(".rendered")).to_contain_text("Smeaton", timeout=15_000)


def test_a_refused_upload_says_why_in_the_servers_words(open_page, tmp_path):
    server = Server(tmp_path, "queue.jobs=1").start()
    page = open_page(address=server.address)
    page.expected = ["503"]
    page.set_input_files("input[type=file]", FIXTURES / "not-a-document/source.txt")
    expect(page.locator(".upload .problem")).to_contain_text("of no known type", timeout=15_000)
    first = server.upload(FIXTURES / "scan8/source.pdf")
    page.set_input_files("input[type=file]", FIXTURES / "hello/source.pdf")
    expect(page.locator(".upload .problem").first).to_contain_text("The queue")
    server.post(f"api/v1/jobs/{first}/cancel")
    server.wait(first, "cancelled")
    page.get_by_role("button", name="Send again").first.click()
    expect(page.get_by_role("link", name="Open the job")).to_be_visible()
    server.stop()


def test_a_document_asks_for_its_password(open_page, server):
    page = open_page()
    page.set_input_files("input[type=file]", {"name": "secret.pdf", "mimeType": "application/pdf", "buffer": (FIXTURES / "encrypted/source.pdf").read_bytes()})
    expect(page.locator(".upload .problem")).to_contain_text("encrypted", timeout=15_000)
    page.get_by_label("Password of secret.pdf").fill("wrong")
    page.keyboard.press("Enter")
    expect(page.locator(".upload .problem")).to_contain_text("does not open", timeout=15_000)
    page.locator(".rows a", has_text="secret.pdf").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("secret.pdf")
    page.get_by_label("Password of secret.pdf").fill("sesame")
    page.keyboard.press("Enter")
    expect(page.locator(".job-title .state")).to_have_text("completed", timeout=30_000)


def test_a_job_is_cancelled_and_goes_on(open_page, server):
    job = server.upload(FIXTURES / "cards8/source.pdf", "stopped.pdf")
    page = open_page(f"#/jobs/{job}")
    page.get_by_role("button", name="Cancel").click()
    expect(page.locator(".job-title .state")).to_have_text("cancelled", timeout=20_000)
    page.get_by_role("button", name="Resume").click()
    expect(page.locator(".job-title .state")).to_have_text("completed", timeout=60_000)
    assert server.get(f"api/v1/jobs/{job}")["status"] == "completed"


def test_a_page_shows_what_each_stage_found(open_page, sample):
    page = open_page(f"#/jobs/{sample}/pages/5?stage=ingest")
    slider = page.get_by_role("slider", name="Stage")
    shapes = lambda layer: page.locator(f".layer-{layer}:not([hidden]) [data-kind]").count()
    page.locator(".element-button").first.wait_for(state="attached")
    assert sum(shapes(layer) for layer in ("words", "lines", "regions", "elements")) == 0
    slider.focus()
    for stage, layer, least in (("ocr", "words", 200), ("layout", "lines", 50), ("regions", "regions", 8), ("tables", "tables", 40)):
        while stage not in slider.get_attribute("aria-valuetext"):
            slider.press("ArrowRight")
        assert shapes(layer) >= least, stage
    page.locator(".chip", has_text="words").click()
    assert shapes("words") > 200


def test_provenance_leads_from_a_word_to_what_it_became_and_back(open_page, sample):
    page = open_page(f"#/jobs/{sample}/pages/5?stage=ocr")
    page.locator(".word", has=page.locator("xpath=self::*[@data-index='10']")).click()
    chain = page.locator(".chain")
    for step in ("word", "line", "region", "element", "order", "chunk"):
        expect(chain.locator(".chain-what", has_text=re.compile(f"^{step}$")).first).to_be_visible()
    expect(chain).to_contain_text("orders")
    page.get_by_role("tab", name="Markdown").click()
    expect(page.locator(".source-chosen").first).to_contain_text("The orders of lenses")
    # Back: a line of another page leads to that page and marks its element.
    page.locator(".source-line", has_text="Abstract").click()
    expect(page.get_by_label("Page", exact=True)).to_have_value("1")
    expect(page.locator(".marks .chosen")).to_have_count(1)
    page.get_by_role("tab", name="JSON").click()
    expect(page.locator(".tab-panel:not([hidden]) .json-tree")).to_contain_text('kind: "heading"')


def test_search_marks_hits_on_their_pages(open_page, sample):
    page = open_page(f"#/jobs/{sample}/pages/1")
    page.get_by_role("searchbox", name="Find in the document").fill("the horizon")
    expect(page.locator(".marks .hit").first).to_be_visible(timeout=15_000)
    expect(page.get_by_label("Page", exact=True)).to_have_value("2")


def test_a_rerun_is_foreseen_and_then_watched(open_page, server, sample):
    page = open_page(f"#/jobs/{sample}")
    page.get_by_role("button", name="Rerun").click()
    page.get_by_label("From stage").select_option("chunking")
    page.get_by_role("spinbutton", name="size").fill("200")
    expect(page.locator(".forecast")).to_contain_text("Will run: 1 unit", timeout=15_000)
    page.get_by_role("button", name="Run", exact=True).click()
    until(lambda: server.get(f"api/v1/jobs/{sample}/checkpoints?stage=chunking")["checkpoints"][0]["attempts"] == 2)
    expect(page.locator(".job-title .state")).to_have_text("completed", timeout=20_000)
    page.get_by_role("link", name="Changes").click()
    expect(page.locator(".change-first")).to_contain_text("chunking", timeout=15_000)


def test_an_edit_is_checked_pinned_and_followed(open_page, server, sample):
    page = open_page(f"#/jobs/{sample}/checkpoints/ocr/2?path=/payload/words/9/text")
    row = page.locator(".tree-row[aria-selected=true]")
    expect(row).to_contain_text("text")
    page.locator(".tree-box").focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")  # its size, a number: a text there is refused
    until(lambda: "size" in row.inner_text())
    page.keyboard.press("Enter")
    page.get_by_role("textbox").last.fill('"large"')
    page.get_by_role("button", name="Change", exact=True).click()
    expect(page.locator(".edit-panel .problem")).to_contain_text("is string, not number")
    expect(page.get_by_role("button", name="Pin and continue")).to_be_disabled()
    page.get_by_role("button", name="Discard").click()
    expect(row).to_contain_text("text")
    page.locator(".tree-box").focus()
    page.keyboard.press("Enter")
    page.locator("#edit-value").fill("Farness")
    page.keyboard.press("Enter")
    page.get_by_label("Why").fill("the original says so")
    page.get_by_role("button", name="Pin and continue").click()
    expect(page.locator(".versions")).to_contain_text("the original says so", timeout=30_000)
    expect(page.locator(".pin-mark")).to_be_visible()
    page.get_by_role("link", name="Result").click()
    expect(page.locator(".rendered")).to_contain_text("Farness", timeout=60_000)


def test_an_open_page_survives_the_servers_death(open_page, tmp_path):
    server = Server(tmp_path).start()
    page = open_page(address=server.address)
    page.expected = ["WebSocket", "ERR_CONNECTION_REFUSED", "ERR_CONNECTION_RESET", "ERR_EMPTY_RESPONSE", "ERR_INCOMPLETE"]
    state = page.locator(".link-state")
    expect(state).to_have_text("live")
    page.set_input_files("input[type=file]", {"name": "killed.pdf", "mimeType": "application/pdf", "buffer": (FIXTURES / "scan8/source.pdf").read_bytes()})
    page.get_by_role("link", name="Open the job").click()
    ocr = page.locator(".heat-table tr", has_text="ocr").locator("td").first
    expect(ocr).to_have_text(re.compile("^[1-7]/8"), timeout=60_000)
    server.stop()
    expect(state).to_contain_text("reconnecting", timeout=10_000)
    done = int(ocr.inner_text().split("/")[0])
    assert 0 < done < 8
    server.start()
    expect(state).to_have_text("live", timeout=30_000)
    expect(page.locator(".job-title .state")).to_have_text("completed", timeout=120_000)
    expect(ocr).to_have_text("8/8")
    # What was done before is not done again, and the page has every transition.
    job = server.job("killed.pdf")
    units = server.get(f"api/v1/jobs/{job}/checkpoints?stage=ocr")["checkpoints"]
    assert sum(unit["attempts"] for unit in units) <= 8 + 2, units
    assert server.get(f"api/v1/jobs/{job}/events?since=0&limit=1")["seq"] > 0
    server.stop()


def test_ten_thousand_jobs_are_drawn_a_window_at_a_time(open_page, stand_in):
    page = ten_thousand_jobs(open_page, stand_in)
    rows = page.evaluate("""() => new Promise((done) => {
      let most = 0; let y = scrollY;
      const step = () => {
        most = Math.max(most, document.querySelectorAll(".rows .job-row").length);
        y -= 900; scrollTo(0, y);
        if (y > 0) requestAnimationFrame(step); else done(most);
      };
      requestAnimationFrame(step);
    })""")
    assert 10 < rows < 80, rows
    expect(page.locator(".rows .job-row[aria-rowindex='2']")).to_contain_text("00000")


def test_everything_can_be_done_from_the_keyboard(open_page, server, sample):
    page = open_page()
    expect(page.locator(".rows .job-row:not([hidden])").first).to_be_visible()
    page.keyboard.press("j")
    for _ in range(20):
        if page.evaluate("document.activeElement.textContent") == "source.pdf":
            break
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("source.pdf")
    expect(page.locator(".heat-table tr", has_text="ocr")).to_contain_text("8/8")
    page.get_by_role("application", name="Units").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".unit-card h2")).to_contain_text(re.compile("ocr/[12]"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("pages/[12].*stage=ocr"))
    expect(page.locator(".stage-told")).to_contain_text("ocr")
    page.keyboard.press("]")
    page.keyboard.press(".")
    expect(page.locator(".stage-told")).to_contain_text("layout")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.press("Escape")
    page.locator("main").focus()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_key_opens_the_door_and_a_wrong_one_does_not(open_page, tmp_path):
    server = Server(tmp_path, "auth.mode=required")
    key = server.add_key("ada")
    server.start()
    page = open_page(address=server.address)
    page.expected = ["401"]
    page.get_by_label("API key").fill("sheaf_wrong")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("is not valid")
    page.get_by_label("API key").fill(key)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Add documents")).to_be_visible()
    expect(page.locator(".link-state")).to_have_text("live")
    assert page.evaluate("document.cookie") == ""
    page.set_input_files("input[type=file]", FIXTURES / "hello/source.pdf")
    expect(page.locator(".rows .state").first).to_have_text("completed", timeout=30_000)
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_label("API key")).to_be_visible()
    server.stop()


def test_the_first_load_is_small_and_nothing_moves(open_page, sample):
    page = open_page()
    page.locator(".rows .job-row:not([hidden])").first.wait_for()
    page.wait_for_timeout(500)
    size = page.evaluate("""[...performance.getEntriesByType('resource'), ...performance.getEntriesByType('navigation')]
      .filter((each) => !each.name.includes('/api/')).reduce((sum, each) => sum + each.encodedBodySize, 0)""")
    assert size > 10_000
    assert size < 100_000, size
    assert sum(value for value, _ in page.evaluate("seen.shifts")) < 0.001, page.evaluate("seen.shifts")


@pytest.mark.parametrize("place", ["#/jobs/{}", "#/jobs/{}/pages/3", "#/jobs/{}/result", "#/jobs/{}/checkpoints/ocr/3", "#/system"])
def test_views_do_not_jump_while_they_fill(open_page, sample, place):
    page = open_page(place.format(sample))
    page.wait_for_timeout(2_000)
    assert sum(value for value, _ in page.evaluate("seen.shifts")) < 0.02, page.evaluate("seen.shifts")


def test_a_thousand_pages_at_two_thousand_events_a_second(open_page, stand_in):
    seconds = 600 if os.environ.get("SHEAF_LONG") else 14
    stand_in.post(f"fake/flood?pages=1000&rate=2000&seconds={seconds}")
    page = open_page("#/jobs/flood", address=stand_in.address)
    expect(page.locator(".heat-table tr", has_text="render").locator("td").first).to_have_text(re.compile("/1,000"), timeout=15_000)
    page.wait_for_timeout(3_000)
    heap = heap_of(page)
    first = heap()
    page.wait_for_timeout((seconds - 7) * 1_000)
    last = heap()
    assert last - first < 8_000_000, (first, last)
    until(lambda: stand_in.get("api/v1/jobs/flood")["status"] != "running", seconds + 30)
    told = stand_in.get("api/v1/jobs/flood")
    expect(page.locator(".job-title .state")).to_have_text("with errors", timeout=20_000)
    for stage in told["stages"]:
        if stage["planned"] == 1000:
            cell = page.locator(".heat-table tr", has_text=stage["stage"]).locator("td").first
            expect(cell).to_have_text(f"{stage['done']:,}/1,000")


def test_ten_megabytes_of_json_are_searched_to_their_last_word(open_page, sample):
    page, address = ten_megabytes(open_page, sample)
    page.goto(address)
    page.locator(".tree-row", has_text="words").wait_for()
    page.get_by_role("searchbox", name="Find a key or value").fill("word69999")
    page.keyboard.press("Enter")
    expect(page.locator(".tree-row[aria-selected=true]")).to_contain_text("word69999", timeout=15_000)
    assert page.locator(".tree-row").count() < 200


def test_line_ends_that_a_writer_meant_are_drawn(open_page):
    page = open_page()
    drawn = page.evaluate("import('/js/view/markdown.mjs').then((made) => made.markdown('12 Quay *Street*  \\nPort Lowen\\nand more', {}).innerHTML)")
    assert drawn == "<p>12 Quay <em>Street</em><br>Port Lowen\nand more</p>", drawn


def test_a_hostile_document_stays_text(open_page, sample):
    page = open_page()
    html = page.evaluate("""async () => {
      const { markdown } = await import("/js/view/markdown.mjs");
      const text = '# <img src=x onerror=alert(1)>\\n\\n[go](javascript:alert(1)) <script>alert(1)</scr' + 'ipt> **bold** \\\\*not\\\\*\\n\\n<table onclick="alert(1)"><tr><td colspan="2" style="color:red"><script>alert(1)</scr' + 'ipt>cell<img src=x onerror=alert(1)></td></tr></table>\\n\\n- a\\n  - b\\n\\n| x | y |\\n| --- | --- |\\n| 1 \\\\| 2 | *3* |';
      return markdown(text, { picture: (name) => name }).outerHTML;
    }""")
    assert "<script" not in html and "<img" not in html and "javascript:" not in html
    assert not re.search(r"<[^>]+\son\w+=", html) and "style=" not in html
    assert "<strong>bold</strong>" in html and "*not*" in html
    assert '<td colspan="2">cell</td>' in html
    assert "<li>a<ul><li>b</li></ul></li>" in html
    assert "<td>1 | 2</td>" in html and "<em>3</em>" in html
