import { s } from "../core/dom.mjs";
import { idOf } from "../model/page.mjs";

const confidenceSteps = [0.5, 0.75, 0.9]; // below the first a word is doubtful, above the last it is sure
const step = (confidence) => confidenceSteps.filter((limit) => confidence >= limit).length;

const rect = (box, properties) => s("rect", { x: box.left, y: box.top, width: Math.max(0.1, box.right - box.left), height: Math.max(0.1, box.bottom - box.top), ...properties });
const item = (kind, index, box, more) => rect(box, { class: `${kind} ${more ?? ""}`, "data-kind": kind, "data-index": index });

/** One group of shapes per layer, in points. Kinds and indices stand in data attributes: one listener serves all. */
export const drawings = {
  columns: ({ content }) => content.columns.map((box) => rect(box, { class: "column" })),
  regions: ({ content }) => content.regions.map((region, index) => [item("region", index, region.box, `kind-${region.kind}`), tag(region.box, region.kind)]),
  elements: ({ content }) => content.elements.map((element, index) => item("element", index, element.box, `kind-${element.kind}`)),
  chunks: ({ content, document }) => content.elements.flatMap((element, index) => {
    const [chunk] = document.chunksOfElement(idOf(content.number, index));
    return chunk === undefined ? [] : [item("element", index, element.box, `chunk-${chunk % 6}`), tag(element.box, `chunk ${chunk + 1}`)];
  }),
  figures: ({ content }) => content.figures.map((figure, index) => item("figure", index, figure.box)),
  tables: ({ content }) => content.tables.map((table, index) => [item("table", index, table.box), table.cells.map((cell, at) => item("cell", `${index}.${at}`, cell.box, cell.header ? "cell-header" : ""))]),
  rules: ({ content }) => content.rules.map((rule) => (rule.axis === "horizontal"
    ? s("line", { class: "rule", x1: rule.start, x2: rule.end, y1: rule.position, y2: rule.position })
    : s("line", { class: "rule", x1: rule.position, x2: rule.position, y1: rule.start, y2: rule.end }))),
  lines: ({ content }) => content.lines.map((line, index) => item("line", index, line.box)),
  words: ({ content }) => content.words.map((word, index) => item("word", index, word.box, `sure-${step(word.confidence)}`)),
  sections: ({ content, document }) => content.elements.flatMap((element, index) => {
    const heading = document.headingOf.get(idOf(content.number, index));
    return heading ? [item("element", index, element.box, "heading-mark"), tag(element.box, `h${heading.level}`)] : [];
  }),
  fields: ({ content, document }) => document.values(content.number).map((value, index) => [item("value", index, value.box, `value-${value.kind.replace(" ", "-")}`), tag(value.box, value.name)]),
  order: ({ content, document }) => order(content, document),
};

const tag = (box, text) => s("text", { class: "tag", x: box.left, y: box.top - 1.5 }, text);

/** Reading order: numbers at the elements, arrows from one to the next. */
function order(content, document) {
  const inOrder = content.elements.map((element, index) => ({ element, index, entry: document.entryOf.get(idOf(content.number, index)) }))
    .filter(({ entry, index }) => entry !== undefined && !document.furniture.has(idOf(content.number, index)))
    .sort((a, b) => a.entry - b.entry || a.index - b.index);
  const at = ({ element }) => [Math.max(9, element.box.left - 8.5), (element.box.top + Math.min(element.box.bottom, element.box.top + 14)) / 2];
  const arrows = inOrder.slice(1).map((to, index) => {
    const [x1, y1] = at(inOrder[index]);
    const [x2, y2] = at(to);
    const length = Math.hypot(x2 - x1, y2 - y1) || 1;
    const [ux, uy] = [(x2 - x1) / length, (y2 - y1) / length];
    return s("line", { class: "arrow", x1: x1 + ux * 7, y1: y1 + uy * 7, x2: x2 - ux * 9, y2: y2 - uy * 9, "marker-end": "url(#arrow)" });
  });
  return [arrows, inOrder.map((one, index) => {
    const [x, y] = at(one);
    return s("g", { class: "order-number", "data-kind": "element", "data-index": one.index }, s("circle", { cx: x, cy: y, r: 6.5 }), s("text", { x, y: y + 2.6 }, String(index + 1)));
  })];
}

export const arrowHead = () => s("defs", {}, s("marker", { id: "arrow", viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 5, markerHeight: 5, orient: "auto" }, s("path", { d: "M0 0 8 4 0 8z", class: "arrow-head" })));
export const outline = (box, kind) => rect({ left: box.left - 1.5, top: box.top - 1.5, right: box.right + 1.5, bottom: box.bottom + 1.5 }, { class: kind });
