import { h } from "../core/dom.mjs";
import { percent } from "../core/format.mjs";
import { place } from "../core/router.mjs";
import { previewAddress } from "../net/api.mjs";

/** Type, fields, pairs, entities and line items, each with the place on its page that is its evidence. */
export function fieldList(json, job) {
  const sizes = new Map(json.pages.map((page) => [page.number, page]));
  const rows = [
    ...Object.entries(json.fields ?? {}).map(([name, field]) => ["field", name, field.value ?? field.text, field]),
    ...(json.pairs ?? []).map((pair) => ["pair", pair.label, pair.value, pair]),
    ...(json.entities ?? []).map((entity) => ["entity", entity.kind, entity.value ?? entity.text, entity]),
  ];
  const kind = json.classification;
  return [
    kind ? h("p", { class: "result-line" }, h("b", {}, [kind.type, kind.subtype].filter(Boolean).join(" / ").replaceAll("-", " ")), h("span", { class: "quiet" }, `${percent(kind.confidence)} sure, decided by ${kind.decided_by ?? "rules"}`)) : null,
    rows.length === 0 ? h("p", { class: "empty" }, "No fields were found.") : h("div", { class: "scroll-x", tabindex: 0, role: "group", "aria-label": "Fields" }, h("table", { class: "plain field-table" }, h("thead", {}, h("tr", {}, ["Kind", "Name", "Value", "Sure", "Evidence"].map((name) => h("th", { scope: "col" }, name)))),
      h("tbody", {}, rows.map(([what, name, value, from]) => h("tr", {}, h("td", { class: "quiet" }, what), h("th", { scope: "row" }, name), h("td", {}, typeof value === "object" ? JSON.stringify(value) : String(value ?? "")), h("td", { class: "number" }, from.confidence === undefined ? "" : percent(from.confidence)), h("td", {}, evidence(from, sizes, job))))))),
    json.line_items?.length ? h("div", { class: "scroll-x", tabindex: 0, role: "group", "aria-label": "Line items" }, items(json.line_items)) : null,
  ];
}

/** A strip of the page around the box: the evidence itself, not a claim about it. */
function evidence(from, sizes, job) {
  const size = sizes.get(from.page);
  if (!from.box || !size?.width) return from.page ? `page ${from.page}` : "";
  const { box } = from;
  const scale = Math.min(2, 220 / Math.max(20, box.right - box.left + 8), 40 / Math.max(8, box.bottom - box.top + 6));
  const [width, height] = [(box.right - box.left + 8) * scale, (box.bottom - box.top + 6) * scale];
  const image = h("img", { src: previewAddress(job, from.page), alt: `page ${from.page}`, loading: "lazy", width: Math.round(size.width * scale), height: Math.round(size.height * scale) });
  image.style.left = `${-(box.left - 4) * scale}px`;
  image.style.top = `${-(box.top - 3) * scale}px`;
  const crop = h("a", { class: "crop", href: place("jobs", job, "pages", from.page, { stage: "extraction" }), title: `page ${from.page}` }, image);
  crop.style.width = `${Math.round(width)}px`;
  crop.style.height = `${Math.round(height)}px`;
  return crop;
}

function items(list) {
  const cells = (item) => item.cells ?? item.values ?? item;
  const names = [...new Set(list.flatMap((item) => Object.keys(cells(item)).filter((name) => !["box", "page", "provenance", "confidence"].includes(name))))];
  const text = (value) => (value === null || value === undefined ? "" : typeof value === "object" ? String(value.value ?? value.text ?? JSON.stringify(value)) : String(value));
  return h("table", { class: "data" }, h("thead", {}, h("tr", {}, names.map((name) => h("th", { scope: "col" }, name.replaceAll("_", " "))))), h("tbody", {}, list.map((item) => h("tr", {}, names.map((name) => h("td", {}, text(cells(item)[name])))))));
}
