"""Runs the documents of a corpus and lays out what came for the scorer."""

import csv
import json
import os
import re
import signal
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

FORMATS = "md,fields"
PATIENCE = 120  # seconds for a damaged or hostile document
RECEIPT = ("company", "date", "address", "total")


@dataclass(frozen=True)
class Document:
    """A row of the manifest."""

    name: str
    category: str
    path: Path
    note: str

    @property
    def password(self) -> str | None:
        found = re.search(r"password=(\S+)", self.note)
        return found[1] if found else None


@dataclass(frozen=True)
class Ending:
    """How a program ended that ran by itself."""

    name: str
    code: int
    seconds: float
    peak: int


def documents(corpus: Path, pattern: str) -> list[Document]:
    with (corpus / "MANIFEST.tsv").open(encoding="utf8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    # Other splits are for a last look, not for measuring while one builds.
    found = [
        Document(Path(row["path"]).stem, row["category"], corpus / row["path"], row["note"] or "")
        for row in rows
        if row["split"] == "dev" and re.match(pattern, row["category"])
    ]
    return sorted(found, key=lambda document: document.name)


def run_together(program: Path, found: list[Document], scratch: Path) -> dict[str, str]:
    """All documents as one batch, as people do; the job of each."""
    command = [program, "run", *(document.path for document in found), "--format", FORMATS]
    command += ["--data", scratch / "data", "--out", scratch / "out"]
    subprocess.run(list(map(str, command)), stdout=subprocess.DEVNULL, stderr=(scratch / "log").open("wb"), check=False)
    jobs = subprocess.run(
        [program, "jobs", "--limit", "0", "--json", "--data", scratch / "data"], capture_output=True, check=True
    )
    told = map(json.loads, jobs.stdout.splitlines())
    return {job["name"]: job["id"] for job in told}


def run_alone(program: Path, document: Document, scratch: Path) -> Ending:
    """One document that may hurt, in a process and a data folder of its own."""
    folder = scratch / "alone" / document.name
    folder.mkdir(parents=True)
    command = [program, "run", document.path, "--format", FORMATS, "--data", folder / "data", "--out", scratch / "out"]
    if document.password:
        (folder / "password").write_text(document.password)
        command += ["--password-file", folder / "password"]
    began = time.monotonic()
    process = subprocess.Popen(
        list(map(str, command)), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=(folder / "log").open("wb"), start_new_session=True,
    )
    watch = threading.Timer(PATIENCE, os.killpg, (process.pid, signal.SIGKILL))
    watch.start()
    # The usage of a child that is waited for has its own children's in it.
    _, status, usage = os.wait4(process.pid, 0)
    watch.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    return Ending(document.name, process.returncode, time.monotonic() - began, usage.ru_maxrss * 1024)


def run_each(program: Path, found: list[Document], scratch: Path) -> list[Ending]:
    with ThreadPoolExecutor(max(1, (os.cpu_count() or 1))) as pool:
        return list(pool.map(lambda document: run_alone(program, document, scratch), found))


def lay_out(found: list[Document], out: Path) -> None:
    """The document's class and fields under the names that the scorer reads."""
    for document in found:
        path = out / f"{document.name}.fields.json"
        if not path.exists() or not document.category.startswith("d"):
            continue
        told = json.loads(path.read_text())
        kind = told.get("type") or ""
        (out / f"{document.name}.class.txt").write_text(kind)
        # Receipts have their date as it is printed, invoices as a calendar date.
        fields = {
            name: field["text"] if (kind, name) == ("receipt", "date") else field["value"]
            for name, field in told.get("fields", {}).items()
        }
        if document.category == "d1_receipt":
            fields = {name: value for name, value in fields.items() if name in RECEIPT}
        if document.category == "d2_form":
            fields["pairs"] = told.get("pairs", [])
        (out / f"{document.name}.kv.json").write_text(json.dumps(fields))
