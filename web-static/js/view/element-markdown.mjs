import { h, replace } from "../core/dom.mjs";
import { result, trace } from "../net/api.mjs";
import { lineWindow } from "./line-window.mjs";
import { problemBox } from "./problem.mjs";

/** The Markdown as bytes and lines, marked where an element stands; a click on it leads back to the page. */
export function elementMarkdown(model, ends, go) {
  const element = h("div", { class: "inspector-body markdown-raw" }, h("p", { class: "quiet" }, "Loading …"));
  const list = lineWindow(ends, (index) => h("div", { class: chosen.has(index) ? "source-line source-chosen" : "source-line", data: { line: index + 1, offset: offsets[index] } }, lines[index] || " "));
  let lines;
  let offsets; // bytes before each line
  let chosen = new Set();
  let loading;
  let wanted;
  let asking;

  function load() {
    loading ??= result(model.id, "md", ends.signal, () => replace(element, h("p", { class: "quiet" }, "The Markdown is being made …"))).then((text) => {
      const encoder = new TextEncoder();
      lines = text.split("\n");
      offsets = new Float64Array(lines.length);
      for (let index = 1; index < lines.length; index += 1) offsets[index] = offsets[index - 1] + encoder.encode(lines[index - 1]).length + 1;
      replace(element, list.element);
      list.resize(lines.length);
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
      chosen = new Set(places.map((each) => each.line - 1));
      if (chosen.size > 0) list.reveal(Math.min(...chosen)); else list.redraw();
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
      chosen = new Set([Number(row.dataset.line) - 1]);
      list.redraw();
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
