"""What the server is given to do, made from the project's own fixtures."""

import io
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MEGABYTE = 1_000_000
PAGES = 200  # of the scan: enough for a minute of both cores


def scan() -> bytes:
    """An image-only PDF of 200 pages; making it takes minutes, so it is kept with what the build made."""
    file = ROOT / ".build/bench/scan.pdf"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        unfinished = file.with_suffix(".new")
        subprocess.run([ROOT / "script/fixtures", "--scan", str(PAGES), unfinished, "--dpi", "300"], check=True)
        unfinished.rename(file)
    return file.read_bytes()


class Megabyte:
    """PDFs of a page and exactly a megabyte, each of other bytes."""

    MARK = b"this is where they differ"

    def __init__(self):
        import pikepdf

        with pikepdf.open(ROOT / "Tests/Fixtures/hello/source.pdf") as document:
            ballast = self.MARK + os.urandom(MEGABYTE // 2)
            self.whole = self.written(document, ballast)
            self.whole = self.written(document, ballast + os.urandom(MEGABYTE - len(self.whole)))
        self.start = self.whole.index(self.MARK)
        if len(self.whole) != MEGABYTE:
            sys.exit(f"bench: the document has {len(self.whole)} bytes")

    @staticmethod
    def written(document, ballast: bytes) -> bytes:
        import pikepdf

        document.Root.Ballast = pikepdf.Stream(document, ballast)
        out = io.BytesIO()
        document.save(out, compress_streams=False, static_id=True)
        return out.getvalue()

    def next(self) -> bytes:
        mark = os.urandom(len(self.MARK))
        return self.whole[: self.start] + mark + self.whole[self.start + len(mark) :]
