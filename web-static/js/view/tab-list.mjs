import { h } from "../core/dom.mjs";

let number = 0;

/** Tabs with their panels, as the ARIA practices have them: arrows move, only the chosen one is in the order of Tab. */
export function tabList(label, entries, whenChosen = () => {}, { chosen = 0 } = {}) {
  number += 1;
  const prefix = `tabs-${number}`;
  const tabs = entries.map(([text], index) => h("button", { role: "tab", id: `${prefix}-${index}`, "aria-controls": `${prefix}-panel-${index}`, on: { click: () => select(index) } }, text));
  const panels = entries.map(([, panel], index) => h("div", { role: "tabpanel", id: `${prefix}-panel-${index}`, "aria-labelledby": `${prefix}-${index}`, tabindex: 0, class: "tab-panel" }, panel));
  const list = h("div", { class: "tabs", role: "tablist", "aria-label": label }, tabs);
  function select(index, { isFocused = false } = {}) {
    tabs.forEach((tab, at) => {
      tab.setAttribute("aria-selected", String(at === index));
      tab.tabIndex = at === index ? 0 : -1;
      panels[at].hidden = at !== index;
    });
    if (isFocused) tabs[index].focus();
    whenChosen(index);
  }
  list.addEventListener("keydown", (event) => {
    const now = tabs.indexOf(document.activeElement);
    const target = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (target === undefined) return;
    event.preventDefault();
    select((target + tabs.length) % tabs.length, { isFocused: true });
  });
  const element = h("div", { class: "tab-box" }, list, panels);
  select(chosen);
  return { element, select, panels };
}
