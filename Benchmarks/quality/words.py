"""Whether every word that was read is told exactly once: in a text, a cell, a figure or a mark, or dropped with a reason."""

from collections import Counter


def told(element: dict):
    for run in element["runs"]:
        yield from run["words"]
    for cell in (element.get("table") or {}).get("cells", []):
        for run in cell["runs"]:
            yield from run["words"]
    # A marker may be set without a space: then it and the text share a word.
    first = next((run["words"][0] for run in element["runs"] if run["words"]), None)
    yield from (word for word in element.get("markWords") or [] if word != first)


def check(checkpoint, job: str) -> tuple[int, int, int]:
    """How many words a job has, how many of them nobody tells, and how many are told more than once.

    `checkpoint(job, stage, page)` reads a payload; it is None behind the last page.
    """
    count = lost = twice = 0
    page = 1
    while read := checkpoint(job, "ocr", str(page)):
        layout = checkpoint(job, "layout", str(page))
        seen = Counter(word for element in checkpoint(job, "assembly", str(page))["elements"] for word in told(element))
        for figure in checkpoint(job, "figures", str(page))["figures"]:
            if figure["kind"] != "decoration":
                for line in figure["lines"]:
                    for word in layout["lines"][line]["words"]:
                        seen[word] += word not in seen
        seen.update(dropped["word"] for dropped in layout["dropped"])
        count += len(read["words"])
        lost += sum(word not in seen for word in range(len(read["words"])))
        twice += sum(times > 1 for times in seen.values())
        page += 1
    return count, lost, twice
