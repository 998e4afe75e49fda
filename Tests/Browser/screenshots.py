"""Pictures of every view, light, dark and narrow, into docs/images."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from conftest import CHROMIUM, FIXTURES, ROOT, Server, until

VIEWS = {
    "home": ("", None), "job": ("#/jobs/{}", None), "page": ("#/jobs/{}/pages/5?stage=tables", ".cell[data-index='0.7']"),
    "order": ("#/jobs/{}/pages/4?stage=reading-order", None), "result": ("#/jobs/{}/result", None), "fields": ("#/jobs/{invoice}/result?show=fields", None),
    "checkpoint": ("#/jobs/{}/checkpoints/ocr/5?path=/payload/words/9/text", None), "changes": ("#/jobs/{invoice}/changes", None), "system": ("#/system", None), "thousand": ("#/jobs/flood", None),
}
SHAPES = {"": (1440, 900, "light"), "-dark": (1440, 900, "dark"), "-narrow": (360, 760, "light")}


def main():
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs/images"
    with tempfile.TemporaryDirectory() as data, sync_playwright() as playwright:
        server = Server(data).start()
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            names = {"sample": "Keeping the Light.pdf", "invoice": "invoice-2026-0117.pdf", "scan8": "essays-scanned.pdf", "receipt": "till-receipt.png", "form": "application-form.pdf", "rotated": "rotated.pdf"}
            page = browser.new_page()
            page.goto(server.address)
            for folder, name in names.items():
                source = next((FIXTURES / folder).glob("source.*"))
                page.set_input_files("input[type=file]", {"name": name, "mimeType": "application/octet-stream", "buffer": source.read_bytes()})
                page.get_by_role("link", name="Open the job").first.wait_for(timeout=60_000)
            until(lambda: len(server.get("api/v1/jobs?limit=200")["jobs"]) == len(names), 120)
            for name in names.values():
                server.wait(server.job(name))
            page.close()
            ids = {"invoice": server.job(names["invoice"])}
            sample = server.job(names["sample"])
            server.post(f"api/v1/jobs/{ids['invoice']}/rerun", b'{"stages":["ocr"],"options":{"ocr.mode":"always"}}')
            server.wait(ids["invoice"], "running")
            server.wait(ids["invoice"])
            server.post("fake/flood?pages=1000&rate=1600&seconds=240")
            for name, (place, click) in VIEWS.items():
                for suffix, (width, height, scheme) in SHAPES.items():
                    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce")
                    page = context.new_page()
                    page.goto(server.address + place.format(sample, **ids))
                    page.wait_for_timeout(4_000 if name in ("system", "thousand") else 2_000)
                    if click and width > 400:
                        page.locator(click).click(force=True)
                        page.wait_for_timeout(500)
                    if name in ("job", "thousand") and width > 400:
                        page.mouse.move(620, 330)
                        page.wait_for_timeout(1_000)
                    page.screenshot(path=target / f"viewer-{name}{suffix}.png")
                    context.close()
        finally:
            browser.close()
            server.stop()


if __name__ == "__main__":
    main()
