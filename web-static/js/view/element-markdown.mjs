import { h, replace } from "../core/dom.mjs";
import { result, trace } from "../net/api.mjs";
import { problemBox } from "./problem.mjs";

/** The Markdown as bytes and lines, marked where an element stands; a click on it leads back to the page. */
export function elementMarkdown(model, ends, go) {
  const element = h("div", { class: "inspector-body markdown-raw" }, h("p", { class: "quiet" }, "Loading …"));
  let lines;
  let loading;
  let wanted;
  let asking;

  function load() {
    loading ??= result(model.id, "md", ends.signal, () => replace(element, h("p", { class: "quiet" }, "The Markdown is being made …"))).then((text) => {
      const encoder = new TextEncoder();
      let offset = 0;
      lines = text.split("\n").map((line, index) => {
        const row = h("div", { class: "source-line", data: { line: index + 1, offset } }, line || " ");
        offset += encoder.encode(line).length + 1;
        return row;
      });
      replace(element, lines);
      if (wanted) show(...wanted);
    }).catch((problem) => {
      loading = undefined;
      if (problem.name !== "AbortError") replace(element, problemBox(problem));
    });
    return loading;
  }

  async function show(page, box) {
    wanted = [page, box];
    if (!lines || element.closest("[hidden]")) return;
    asking?.abort();
    asking = new AbortController();
    try {
      const told = await trace(model.id, { box: [page, box.left, box.top, box.right, box.bottom].join(","), format: "md" }, asking.signal);
      const places = told.matches.flatMap((match) => [...(match.exports ?? []), match.place]).filter((each) => each?.format === "md");
      for (const line of lines) line.classList.remove("source-chosen");
      for (const each of places) lines[each.line - 1]?.classList.add("source-chosen");
      const first = places.map((each) => each.line).sort((a, b) => a - b)[0];
      const row = lines[first - 1];
      if (row) row.scrollIntoView({ block: "center" });
    } catch (problem) {
      // An element that went into no line has no place to show.
      if (problem.name === "AbortError") return;
    }
  }

  ends.listen(element, "click", async (event) => {
    const row = event.target.closest(".source-line");
    if (!row || row.textContent.trim() === "") return;
    const selection = getSelection();
    const clicked = selection.anchorNode && row.contains(selection.anchorNode) ? selection.anchorOffset : 0;
    const within = new TextEncoder().encode(row.textContent.slice(0, letterNear(row.textContent, clicked))).length;
    try {
      const told = await trace(model.id, { offset: Number(row.dataset.offset) + within, format: "md" }, ends.signal);
      const id = told.matches[0]?.elements[0]?.id;
      for (const line of lines) line.classList.toggle("source-chosen", line === row);
      if (id) go(id);
    } catch (problem) {
      // Markup and white space come from no word: a click on them leads nowhere.
      if (problem.name === "AbortError") return;
    }
  });
  return { element, async load() { await load(); if (wanted) show(...wanted); }, show };
}

/** The letter or digit that is nearest: markup and white space come from no word. */
function letterNear(text, at) {
  const isLetter = (index) => /[\p{L}\p{N}]/u.test(text[index] ?? "");
  for (let away = 0; away < text.length; away += 1) {
    if (isLetter(at - away)) return at - away;
    if (isLetter(at + away)) return at + away;
  }
  return 0;
}
