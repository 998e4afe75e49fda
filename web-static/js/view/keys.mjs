import { h } from "../core/dom.mjs";
import { openDialog } from "./dialog.mjs";

/** Single-key shortcuts; they can be switched off (WCAG 2.1.4), and never fire while one types. */
const setting = "sheaf.keys";
const shortcuts = [
  ["g h", "list of jobs"], ["g s", "system"], ["/", "search or filter"], ["u", "add documents"],
  ["j / k", "next or previous row, page"], ["Enter", "open what is marked"], ["[ / ]", "previous or next page"],
  [", / .", "one stage back or on (page)"], ["+ / − / 0", "zoom"], ["arrows", "move in the heat map, the page, a tree"],
  ["Esc", "close, deselect"], ["?", "this list"],
];

const areOn = () => {
  try { return localStorage.getItem(setting) !== "off"; } catch { return true; }
};
const handlers = new Map();

/** A view's own keys; returns what ends them. */
export function onKey(key, handler) {
  handlers.set(key, handler);
  return () => { if (handlers.get(key) === handler) handlers.delete(key); };
}

export function startKeys() {
  let prefix = "";
  addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target;
    if (target.closest("input:not([type=checkbox],[type=radio],[type=range]), textarea, select, [contenteditable], dialog")) return;
    if (event.key === "?") return showKeys();
    if (!areOn()) return;
    if (prefix === "g") {
      prefix = "";
      if (event.key === "h") location.hash = "#/";
      if (event.key === "s") location.hash = "#/system";
      return;
    }
    if (event.key === "g") { prefix = "g"; return; }
    const handler = handlers.get(event.key);
    if (!handler) return;
    event.preventDefault();
    handler(event);
  });
}

export function showKeys() {
  const box = h("input", { type: "checkbox", checked: areOn() });
  box.addEventListener("change", () => {
    try { localStorage.setItem(setting, box.checked ? "on" : "off"); } catch { /* then it lasts until the page is left */ }
  });
  openDialog("Keyboard shortcuts", h("div", { class: "dialog-body" },
    h("table", { class: "plain" }, h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Keys"), h("th", { scope: "col" }, "What they do"))),
      h("tbody", {}, shortcuts.map(([keys, what]) => h("tr", {}, h("td", {}, h("kbd", {}, keys)), h("td", {}, what))))),
    h("label", { class: "check" }, box, "Shortcuts of a single key")));
}
