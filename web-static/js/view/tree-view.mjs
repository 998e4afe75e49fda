import { h, say } from "../core/dom.mjs";
import { count } from "../core/format.mjs";
import { onFrame } from "../core/frame.mjs";

const height = 22; // pixels of a row
const overscan = 8;
let number = 0;

/** A tree whose rows live in a worker: only those in sight are asked for and drawn. */
export function treeView(worker, ends, { edit, choose }) {
  number += 1;
  const prefix = `tree-${number}`;
  const spacer = h("div", { class: "tree-spacer", role: "none" });
  const element = h("div", { class: "tree-box mono", role: "tree", tabindex: 0, "aria-label": "Checkpoint" }, spacer);
  const pool = [];
  let total = 0;
  let known = new Map();
  let current = 0;
  let asked = "";

  function place(each, index) {
    const slot = pool[index % pool.length];
    slot.index = index;
    slot.element.hidden = false;
    slot.element.style.transform = `translateY(${index * height}px)`;
    slot.element.id = `${prefix}-${index}`;
    slot.element.setAttribute("aria-level", each.depth + 1);
    slot.element.setAttribute("aria-selected", String(index === current));
    slot.element.classList.toggle("tree-changed", each.isChanged);
    const isBox = each.size !== undefined;
    if (isBox) slot.element.setAttribute("aria-expanded", String(each.isOpen)); else slot.element.removeAttribute("aria-expanded");
    slot.element.style.paddingLeft = `${each.depth * 14 + 4}px`;
    say(slot.arrow, isBox && each.size > 0 ? (each.isOpen ? "▾" : "▸") : " ");
    say(slot.key, each.key === "" ? "checkpoint" : each.key);
    slot.value.className = `json-${each.kind}`;
    say(slot.value, isBox ? (each.kind === "array" ? `[${count(each.size)}]` : `{${count(each.size)}}`) : each.kind === "string" ? JSON.stringify(each.text) : each.text);
    say(slot.hint, isBox && !each.isOpen ? each.hint : "");
  }

  async function draw() {
    if (ends.isOver) return;
    const first = Math.max(0, Math.floor(element.scrollTop / height) - overscan);
    const amount = Math.ceil(element.clientHeight / height) + 2 * overscan;
    const key = `${first}|${amount}|${total}`;
    if (key !== asked) {
      asked = key;
      const answer = await worker.ask("rows", { start: first, count: amount });
      if (ends.isOver) return;
      total = answer.count;
      known = new Map(answer.rows.map((each, index) => [answer.start + index, each]));
    }
    spacer.style.height = `${total * height}px`;
    while (pool.length < amount) {
      const [arrow, key2, value, hint] = [h("span", { class: "tree-arrow", "aria-hidden": "true" }), h("span", { class: "json-key" }), h("span"), h("span", { class: "tree-hint" })];
      const row = h("div", { class: "tree-row", role: "treeitem" }, arrow, key2, h("span", { class: "tree-colon", "aria-hidden": "true" }, ":"), value, hint);
      pool.push({ element: row, arrow, key: key2, value, hint, index: -1 });
      element.append(row);
    }
    for (const slot of pool) if (!known.has(slot.index)) { slot.element.hidden = true; slot.element.setAttribute("aria-selected", "false"); }
    for (const [index, each] of known) place(each, index);
    element.setAttribute("aria-activedescendant", `${prefix}-${current}`);
  }
  const ask = () => onFrame(draw);
  const renew = () => { asked = ""; return draw(); };

  async function move(index, { isFollowed = true } = {}) {
    current = Math.max(0, Math.min(total - 1, index));
    const top = current * height;
    if (isFollowed && (top < element.scrollTop || top + height > element.scrollTop + element.clientHeight)) element.scrollTop = Math.max(0, top - element.clientHeight / 3);
    await renew();
    choose?.(known.get(current));
  }
  async function toggle(index) {
    total = (await worker.ask("toggle", { index })).count;
    await renew();
  }
  const parent = (index) => {
    const depth = known.get(index)?.depth ?? 0;
    for (let at = index - 1; at >= 0; at -= 1) if ((known.get(at)?.depth ?? Infinity) < depth) return at;
    return index;
  };

  ends.listen(element, "scroll", ask, { passive: true });
  const observer = new ResizeObserver(ask);
  observer.observe(element);
  ends.add(() => observer.disconnect());
  ends.listen(element, "click", (event) => {
    const slot = pool.find((each) => each.element.contains(event.target));
    if (!slot) return;
    move(slot.index, { isFollowed: false });
    if (known.get(slot.index)?.size !== undefined) toggle(slot.index);
  });
  ends.listen(element, "dblclick", (event) => {
    const slot = pool.find((each) => each.element.contains(event.target));
    if (slot && known.get(slot.index)?.size === undefined) edit(slot.index, known.get(slot.index));
  });
  ends.listen(element, "keydown", async (event) => {
    const each = known.get(current);
    const page = Math.floor(element.clientHeight / height) - 1;
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -total, End: total };
    if (event.key in steps) { event.preventDefault(); return move(current + steps[event.key]); }
    if (event.key === "ArrowRight") { event.preventDefault(); return each?.size && !each.isOpen ? toggle(current) : move(current + 1); }
    if (event.key === "ArrowLeft") { event.preventDefault(); return each?.isOpen ? toggle(current) : move(parent(current)); }
    if (event.key === "Enter" && each) { event.preventDefault(); edit(current, each); }
  });
  return {
    element, renew, move,
    get current() { return current; },
    row: () => known.get(current),
    reset(amount) { total = amount; current = 0; element.scrollTop = 0; return renew(); },
    grown(amount) { total = amount; return renew(); },
  };
}
