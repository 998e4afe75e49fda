"""Pictures of every view over a real server, light, dark and narrow, into docs/images."""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from conftest import CHROMIUM, FIXTURES, ROOT, Server, until

VIEWS = {
    "home": "", "job": "#/jobs/{sample}", "page": "#/jobs/{sample}/pages/5?stage=tables", "order": "#/jobs/{sample}/pages/4?stage=reading-order",
    "result": "#/jobs/{sample}/result", "fields": "#/jobs/{invoice}/result?show=fields", "checkpoint": "#/jobs/{sample}/checkpoints/ocr/5?path=/payload/words/9/text",
    "changes": "#/jobs/{invoice}/changes?stage=ocr", "system": "#/system", "large": "#/jobs/{large}",
}
SHAPES = {"": (1440, 900, "light"), "-dark": (1440, 900, "dark"), "-narrow": (360, 760, "light")}
DOCUMENTS = {"receipt": "till-receipt.png", "form": "application-form.pdf", "rotated": "rotated.pdf", "damaged": "draft.pdf", "encrypted": "minutes-confidential.pdf", "scan8": "essays-scanned.pdf", "invoice": "invoice-2026-0117.pdf", "sample": "Keeping the Light.pdf"}
PAGES = 240  # of the large job: enough that it still runs while its pictures are taken


def arrange(server, folder):
    """Jobs as a week leaves them; gives their ids by fixture."""
    jobs = {}
    for name, title in DOCUMENTS.items():
        jobs[name] = server.upload(next((FIXTURES / name).glob("source.*")), title)
        until(lambda: server.get(f"api/v1/jobs/{jobs[name]}")["status"] not in ("queued", "running"), 180)
        if name == "invoice":
            server.post(f"api/v1/jobs/{jobs[name]}/rerun", json.dumps({"stages": ["ocr"], "options": {"ocr.mode": "always"}}).encode())
            until(lambda: server.get(f"api/v1/jobs/{jobs[name]}/checkpoints?stage=ocr")["checkpoints"][0]["attempts"] > 1, 60)
            server.wait(jobs[name])
    large = folder / "letters-1858.pdf"
    subprocess.run([ROOT / "script/fixtures", "--prose", str(PAGES), str(large)], check=True)
    jobs["large"] = server.upload(large, "letters-1858.pdf")
    until(lambda: any(stage["stage"] == "layout" and stage["done"] > 25 for stage in server.get(f"api/v1/jobs/{jobs['large']}").get("stages", [])), 180)
    return jobs


def take(page, name, path):
    if name == "page" and page.viewport_size["width"] > 400:
        page.locator(".cell[data-index='0.7']").click(force=True)
    if name in ("job", "large") and page.viewport_size["width"] > 400:
        box = page.locator(".heat-map canvas, .heat canvas").first.bounding_box()
        if box:
            page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + 60)
        page.wait_for_timeout(800)
    page.wait_for_timeout(300)
    page.screenshot(path=path)


def main():
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs/images"
    only = set(sys.argv[2:])
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(folder, "workers.min=2").start()
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            jobs = arrange(server, Path(folder))
            # What runs comes first: it will not wait.
            for name in sorted(VIEWS, key=lambda each: each not in ("large", "home", "system")):
                if only and name not in only:
                    continue
                for suffix, (width, height, scheme) in SHAPES.items():
                    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce")
                    page = context.new_page()
                    page.goto(server.address + VIEWS[name].format(**jobs))
                    page.wait_for_timeout(6_000 if name == "system" else 1_500)
                    take(page, name, target / f"viewer-{name}{suffix}.png")
                    context.close()
        finally:
            browser.close()
            server.stop()


if __name__ == "__main__":
    began = time.monotonic()
    main()
    print(f"{time.monotonic() - began:.0f} s")
