import { h } from "../core/dom.mjs";
import { count, shorten } from "../core/format.mjs";

const most = 200; // members drawn at once

/** A small value as a tree of disclosures; members are made when they are opened. */
export function jsonTree(value, { name = "", open = 1 } = {}) {
  return h("div", { class: "json-tree mono" }, node(name, value, open));
}

function node(name, value, open) {
  const label = name === "" ? null : [h("span", { class: "json-key" }, name), ": "];
  if (value === null || typeof value !== "object") return h("div", { class: "json-leaf" }, label, h("span", { class: `json-${value === null ? "null" : typeof value}` }, typeof value === "string" ? JSON.stringify(shorten(value, 400)) : String(value)));
  const entries = Array.isArray(value) ? value.map((each, index) => [String(index), each]) : Object.entries(value);
  const box = h("details", { open: open > 0 }, h("summary", {}, label, h("span", { class: "quiet" }, Array.isArray(value) ? `[${count(entries.length)}]` : `{${count(entries.length)}}`)));
  const fill = () => {
    if (box.childElementCount > 1) return;
    box.append(...entries.slice(0, most).map(([key, each]) => node(key, each, open - 1)), entries.length > most ? h("div", { class: "quiet" }, `and ${count(entries.length - most)} more`) : "");
  };
  if (open > 0) fill();
  box.addEventListener("toggle", fill);
  return box;
}
