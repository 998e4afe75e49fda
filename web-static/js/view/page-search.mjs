import { h, replace, say, setCurrent } from "../core/dom.mjs";
import { plural } from "../core/format.mjs";
import { trace } from "../net/api.mjs";

/** Finds a text in the document; hits are marked on their page and can be stepped through. */
export function pageSearch(model, ends, { sheet, turn, page }) {
  const field = h("input", { type: "search", placeholder: "Find in the document", "aria-label": "Find in the document", spellcheck: "false" });
  const told = h("span", { class: "quiet", "aria-live": "polite" });
  const element = h("form", { class: "tool-group page-search", role: "search" }, told, field);
  const hits = h("ol", { class: "hits", hidden: true, "aria-label": "Hits" });
  let found = [];
  let current = -1;
  let asking;

  function mark() {
    const boxes = found.flatMap((match, index) => match.words.filter((word) => word.page === page()).map((word) => ({ ...word.box, index })));
    if (boxes.length > 0) sheet.mark(boxes.sort((a, b) => (a.index === current ? -1 : b.index === current ? 1 : 0)), "hit", { isMoved: true });
  }

  async function go(index) {
    current = (index + found.length) % found.length;
    for (const [at, item] of [...hits.children].entries()) setCurrent(item.firstChild, at === current);
    const target = found[current].words[0]?.page;
    say(told, `${current + 1} of ${plural(found.length, "hit")}`);
    if (target && target !== page()) await turn(target);
    mark();
  }

  async function find() {
    const text = field.value.trim();
    asking?.abort();
    found = [];
    hits.hidden = true;
    if (text.length < 2) { say(told, ""); sheet.mark([]); return; }
    asking = new AbortController();
    say(told, "searching …");
    try {
      const answer = await trace(model.id, { text }, asking.signal);
      found = answer.matches.filter((match) => match.words.length > 0);
      hits.hidden = found.length === 0;
      replace(hits, found.slice(0, 200).map((match, index) => h("li", {}, h("button", { type: "button", class: "hit-button", on: { click: () => go(index) } }, h("span", { class: "number quiet" }, `p. ${match.words[0].page}`), h("span", {}, match.elements[0]?.section?.at(-1) ?? ""), h("b", {}, match.words.map((word) => word.text).join(" "))))));
      if (found.length === 0) { sheet.mark([]); return say(told, "no hit"); }
      await go(Math.max(0, found.findIndex((match) => match.words[0].page >= page())));
    } catch (problem) {
      if (problem.name === "AbortError") return;
      say(told, problem.status === 404 || problem.status === 409 || problem.status === 422 ? "no hit" : problem.message);
    }
  }

  element.addEventListener("submit", (event) => { event.preventDefault(); if (found.length > 0) go(current + 1); else find(); });
  let timer = 0;
  field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(find, 300); });
  ends.add(() => { clearTimeout(timer); asking?.abort(); });
  return { element, hits, mark, focus: () => field.focus() };
}
