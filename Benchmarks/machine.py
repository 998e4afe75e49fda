"""On what, with what and when something was measured; and where results are kept."""

import json
import os
import platform
import subprocess
from datetime import datetime, timezone
from pathlib import Path

RESULTS = Path(__file__).resolve().parent / "results"


def first_line(*command: str | Path) -> str:
    """What a program says of itself; some say it on standard error, and end with a failure."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=30)
    except OSError:
        return "not installed"
    return next(iter((done.stdout + done.stderr).splitlines()), "").strip()


def facts(sheaf: Path) -> dict:
    cpu = next(
        (line.split(":", 1)[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line),
        platform.machine(),
    )
    memory = next(line for line in Path("/proc/meminfo").read_text().splitlines() if line.startswith("MemTotal:"))
    system = dict(line.split("=", 1) for line in Path("/etc/os-release").read_text().splitlines() if "=" in line)
    return {
        "date": datetime.now(timezone.utc).strftime("%Y-%m-%d"),
        "machine": {
            "processor": cpu,
            "cores": os.cpu_count(),
            "memory_mb": int(memory.split()[1]) // 1000,
            "system": system.get("PRETTY_NAME", "").strip('"'),
            "kernel": platform.release(),
        },
        "versions": {
            "sheaf": first_line(sheaf, "--version"),
            "commit": first_line("git", "-C", Path(__file__).parent, "rev-parse", "--short", "HEAD"),
            "poppler": first_line("pdftotext", "-v"),
            "tesseract": first_line("tesseract", "--version"),
        },
    }


def save(name: str, result: dict) -> Path:
    RESULTS.mkdir(exist_ok=True)
    file = RESULTS / f"{name}.json"
    file.write_text(json.dumps(result, indent=2) + "\n")
    return file
