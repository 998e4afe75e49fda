import { h, replace, setCurrent } from "../core/dom.mjs";
import { percent, shorten } from "../core/format.mjs";
import { place } from "../core/router.mjs";
import { idOf, parseID, textOf } from "../model/page.mjs";
import { elementMarkdown } from "./element-markdown.mjs";
import { jsonTree } from "./json-tree.mjs";
import { tabList } from "./tab-list.mjs";

/** Where a word's letters came from, for people. */
const SOURCES = { "text-layer": "the text layer", recognition: "recognition", form: "a form's button", drawn: "a bullet that the page draws" };

/** What an element is, in a word or two. */
const nameOf = (one) => (one.isQuote ? "block quote" : one.kind);

/** What was chosen on the page and what became of it, and the way back: from Markdown, JSON and chunks to the page. */
export function pageInspector(model, ends, { sheet, turn }) {
  const chain = h("div", { class: "inspector-body" });
  const list = h("ol", { class: "element-list" });
  const json = h("div", { class: "inspector-body" });
  const chunkBox = h("div", { class: "inspector-body" });
  const markdown = elementMarkdown(model, ends, (id) => go(id));
  const tabs = tabList("What became of it", [["Chosen", chain], ["Elements", list], ["Markdown", markdown.element], ["JSON", json], ["Chunks", chunkBox]], (index) => { if (index === 2) markdown.load(); });
  const element = h("aside", { class: "inspector panel", "aria-label": "Provenance" }, tabs.element);
  let data;
  let wanted;
  let chosen = -1;
  let hit; // what of the page was chosen: it stands when the page is told anew
  const nothing = () => replace(chain, h("p", { class: "quiet" }, "Click a box to see where it came from and what became of it, or choose an element from the list."));

  async function go(id) {
    const { page } = parseID(id);
    if (data?.content.number === page) return chooseElement(parseID(id).index, { isMoved: true });
    wanted = id;
    await turn(page);
  }

  function chooseElement(index, { isMoved = false } = {}) {
    const one = data.content.elements[index];
    if (!one) return;
    chosen = index;
    hit = { kind: "element", index };
    sheet.mark([one.box], "chosen", { isMoved });
    tell(index, [["element", `${idOf(data.content.number, index)} ${nameOf(one)}`, one.confidence]]);
  }

  /** From what was hit down to the words, and up to what was made of it. */
  function choose(what) {
    hit = what;
    if (!data || !hit) { chosen = -1; sheet.mark([]); markList(); return nothing(); }
    const { content, document } = data;
    if (hit.kind === "element") return chooseElement(Number(hit.index));
    const steps = [];
    let box;
    let words = [];
    if (hit.kind === "word") words = [Number(hit.index)];
    if (hit.kind === "line") words = content.lines[hit.index].words;
    if (hit.kind === "region") { const region = content.regions[hit.index]; box = region.box; words = region.lines.flatMap((line) => content.lines[line]?.words ?? []); steps.push(["region", region.kind, region.confidence]); }
    if (hit.kind === "table") { box = content.tables[hit.index].box; words = content.tables[hit.index].cells.flatMap((cell) => cell.words); }
    if (hit.kind === "figure") { box = content.figures[hit.index].box; steps.push(["figure", content.figures[hit.index].kind]); }
    if (hit.kind === "value") { const value = document.values(content.number)[hit.index]; box = value.box; words = value.words; steps.push([value.kind, `${value.name}: ${value.value}`, value.confidence]); }
    if (hit.kind === "cell") { const [table, at] = hit.index.split(".").map(Number); const cell = content.tables[table].cells[at]; box = cell.box; words = cell.words; }
    const first = words[0];
    // A stage that runs again may be ahead of what was made of its words before.
    const word = words.length === 1 ? content.words[first] : undefined;
    if (word) { box ??= word.box; steps.unshift(["word", word.text, word.confidence, `word ${first}, from ${SOURCES[word.source] ?? word.source}`]); }
    const line = content.lineOf.get(first);
    if (line !== undefined && words.length <= content.lines[line].words.length) { steps.push(["line", shorten(content.lines[line].words.map((at) => content.words[at]?.text ?? "").join(" "), 60)]); box ??= content.lines[line].box; }
    const region = content.regionOf.get(line);
    if (region !== undefined && hit.kind !== "region") steps.push(["region", content.regions[region].kind, content.regions[region].confidence]);
    const cell = content.cellOf.get(first);
    if (cell) { const one = content.tables[cell.table]; const at = one.cells[cell.cell]; steps.push(["table", `${cell.table + 1}: ${one.rows} × ${one.columns}, ${one.strategy}`, one.confidence], ["cell", `row ${at.row + 1}, column ${at.column + 1}`]); }
    const index = content.elementOf.get(first) ?? (box ? content.elementAt(box) : -1);
    if (box) sheet.mark([box], "chosen");
    chosen = index;
    const one = content.elements[index];
    if (one) steps.push(["element", `${idOf(content.number, index)} ${nameOf(one)}`, one.confidence]);
    tell(index, steps);
  }

  function tell(index, steps) {
    const { content, document } = data;
    const one = content.elements[index];
    const id = idOf(content.number, index);
    const entry = document.entryOf.get(id);
    if (one) {
      steps.push(["order", entry === undefined ? (document.furniture.has(id) ? "set aside as furniture" : "not in the order") : `entry ${entry + 1} of ${document.entries.length}`]);
      const heading = document.headingOf.get(id);
      if (heading) steps.push(["section", `heading of level ${heading.level}, by ${heading.evidence}`]);
      for (const value of document.values(content.number)) if (value.words.some((word) => content.elementOf.get(word) === index)) steps.push([value.kind, `${value.name}: ${value.value}`, value.confidence]);
      for (const chunk of document.chunksOfElement(id)) steps.push(["chunk", `${chunk + 1}, ${document.chunks[chunk].tokens} tokens`]);
    }
    replace(chain,
      h("ol", { class: "chain" }, steps.map(([what, text, confidence, more]) => h("li", {}, h("span", { class: "chain-what" }, what), h("span", {}, text, more ? h("span", { class: "quiet" }, ` ${more}`) : null), confidence === undefined ? null : h("span", { class: "number quiet", title: "confidence" }, percent(confidence))))),
      one ? h("blockquote", { class: "element-text" }, shorten(textOf(one), 900) || h("span", { class: "quiet" }, "no text")) : null,
      h("p", { class: "chain-links" }, one ? h("a", { href: place("jobs", model.id, "checkpoints", "assembly", content.number, { path: `/payload/elements/${index}` }) }, "In the checkpoint") : null));
    markList();
    replace(json, one ? jsonTree(one, { name: id, open: 2 }) : h("p", { class: "quiet" }, "Choose an element."));
    drawChunks(one ? document.chunksOfElement(id) : []);
    if (one) markdown.show(content.number, one.box);
  }

  /** Whether what was chosen is still there: a stage that ran again may have found less. */
  function isThere({ kind, index }) {
    const { content, document } = data;
    if (kind === "cell") { const [table, at] = index.split(".").map(Number); return content.tables[table]?.cells[at] !== undefined; }
    if (kind === "value") return document.values(content.number)[index] !== undefined;
    return { word: content.words, line: content.lines, region: content.regions, table: content.tables, figure: content.figures, element: content.elements }[kind]?.[index] !== undefined;
  }

  function drawChunks(indices) {
    const { content, document } = data;
    const onPage = indices.length > 0 ? indices : [...new Set(content.elements.flatMap((_, index) => document.chunksOfElement(idOf(content.number, index))))];
    replace(chunkBox, onPage.length === 0 ? h("p", { class: "quiet" }, "No chunk holds it.") : h("ul", { class: "chunk-list" }, onPage.map((index) => {
      const ids = document.elementsOfChunk(index);
      const boxes = ids.map(parseID).filter(({ page }) => page === content.number).map((each) => content.elements[each.index]?.box).filter(Boolean);
      return h("li", {}, h("button", { class: "chunk-button", on: { click: () => sheet.mark(boxes, "chosen", { isMoved: true }) } }, h("b", {}, `Chunk ${index + 1}`), h("span", { class: "quiet" }, `${document.chunks[index].tokens} tokens, page ${document.chunks[index].pages.join(", ")}`),
        h("span", {}, shorten(ids.map(parseID).filter(({ page }) => page === content.number).map((each) => textOf(content.elements[each.index] ?? { runs: [] })).join(" "), 160))));
    })));
  }

  function markList() {
    for (const button of list.querySelectorAll("button")) setCurrent(button, Number(button.dataset.index) === chosen);
  }

  ends.listen(list, "click", (event) => {
    const button = event.target.closest("button");
    if (button) chooseElement(Number(button.dataset.index), { isMoved: true });
  });

  nothing();
  return {
    element, choose,
    want(id) { wanted = id; },
    clear() { data = undefined; chosen = -1; hit = undefined; },
    fill(found) {
      data = found;
      const kept = hit && isThere(hit) ? hit : undefined;
      const { content, document } = data;
      const inOrder = content.elements.map((one, index) => [document.entryOf.get(idOf(content.number, index)) ?? 1e9, index, one]).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
      replace(list, inOrder.map(([, index, one]) => h("li", {}, h("button", { class: "element-button", data: { index } }, h("span", { class: `kind-mark kind-${one.kind}`, "aria-hidden": "true" }), h("span", { class: "quiet" }, nameOf(one)), h("span", { class: "element-excerpt" }, shorten(textOf(one), 120))))));
      if (content.elements.length === 0) replace(list, h("li", { class: "quiet inspector-body" }, "This page has no elements yet."));
      if (!kept) {
        nothing();
        replace(json, h("p", { class: "quiet" }, "Choose an element."));
        drawChunks([]);
      }
      if (kept || hit) choose(kept);
      const want = wanted && parseID(wanted);
      if (want?.page === content.number) { wanted = undefined; chooseElement(want.index, { isMoved: true }); }
    },
  };
}
