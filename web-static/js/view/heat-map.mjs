import { h, icon, say } from "../core/dom.mjs";
import { count, plural, seconds } from "../core/format.mjs";
import { cancelFrame, onFrame } from "../core/frame.mjs";
import { stages, unitName } from "../model/stages.mjs";
import { unitStates } from "../model/states.mjs";
import { onKey } from "./keys.mjs";
import { axisHeight, drawHeat, formatsWidth, rowHeight } from "./heat-drawing.mjs";
import { fit, watchPalette } from "./palette.mjs";

const widest = 140; // pixels of a cell: few pages need not share
const lensBelow = 6; // pixels of a cell below which a lens shows what is under the pointer
const lensPages = 41;

/**
 * Fifteen rows of stages, pages as columns. As many pages as there are share the width; where they would be thinner
 * than a pixel, a column shows the most urgent of its pages. Zooming in scrolls; a lens enlarges what is pointed at.
 */
export function heatMap(model, ends, { choose, open }) {
  const state = { pages: 0, zoom: 0, cell: widest, offset: 0, marked: -1, mode: "state" };
  const canvas = h("canvas", { "aria-hidden": "true" });
  const spacer = h("div", { class: "heat-spacer" });
  const scroller = h("div", { class: "heat-scroll", tabindex: 0, role: "application", "aria-roledescription": "heat map", "aria-label": "Units: stages down, pages across. Arrow keys move, Enter opens." }, h("div", { class: "heat-sticky" }, canvas), spacer);
  const lens = h("canvas", { class: "heat-lens", "aria-hidden": "true", hidden: true });
  const spoken = h("p", { class: "hidden-visually", "aria-live": "polite" });
  const table = stageTable();
  const modes = ["state", "time", "attempts"].map((mode) => h("button", { "aria-pressed": String(mode === "state"), on: { click: () => {
    state.mode = mode;
    for (const button of modes) button.setAttribute("aria-pressed", String(button.textContent === mode));
    ask();
  } } }, mode));
  const zoomBy = (factor) => () => {
    const middle = (scroller.scrollLeft + scroller.clientWidth / 2) / (state.cell * Math.max(1, state.pages));
    state.zoom = factor === 0 ? 0 : Math.min(widest, Math.max(fitting(), state.cell * factor));
    if (state.zoom <= fitting()) state.zoom = 0;
    measure();
    scroller.scrollLeft = middle * state.cell * state.pages - scroller.clientWidth / 2;
    ask();
  };
  const legend = h("ul", { class: "legend", "aria-label": "Legend" }, ["waiting", "ready", "running", "done", "reused", "gap", "failed", "cancelled", "pinned"].map((name) => h("li", {}, h("span", { class: `swatch swatch-${name}`, "aria-hidden": "true" }), name)));
  const element = h("section", { class: "panel heat-panel", "aria-label": "Stages and pages" },
    h("div", { class: "panel-head" }, h("h2", {}, "Stages × pages"), legend,
      h("span", { class: "end" }, h("span", { class: "quiet" }, "shade by"), h("span", { class: "segmented", role: "group", "aria-label": "Shade by" }, modes),
        h("span", { class: "segmented", role: "group", "aria-label": "Zoom" }, h("button", { "aria-label": "Zoom out", on: { click: zoomBy(0.5) } }, icon("minus")), h("button", { on: { click: zoomBy(0) } }, "all"), h("button", { "aria-label": "Zoom in", on: { click: zoomBy(2) } }, icon("plus"))))),
    h("div", { class: "heat" }, table.element, scroller), lens, spoken);

  let width = 0;
  const fitting = () => Math.min(widest, width / Math.max(1, state.pages));
  function measure() {
    state.pages = model.grid.pages;
    state.cell = state.zoom || fitting();
    spacer.style.width = `${Math.max(1, Math.floor(state.cell * state.pages))}px`;
  }

  let drawn = -1;
  function draw() {
    if (ends.isOver || width === 0) return;
    if (model.grid.pages !== state.pages) measure();
    state.offset = scroller.scrollLeft;
    const context = fit(canvas, width, axisHeight + rowHeight * stages.length);
    drawHeat(context, model, { ...state, width });
    if (drawn !== model.version) { drawn = model.version; table.set(model); }
    drawLens();
  }

  function drawLens() {
    const row = Math.floor(state.marked / model.grid.stride);
    const page = state.marked % model.grid.stride;
    const isUseful = state.cell < lensBelow && state.marked >= 0 && stages[row]?.scope === "page";
    if (lens.hidden === isUseful) lens.hidden = !isUseful;
    if (!isUseful) return;
    const cell = Math.min(16, width / lensPages);
    const first = Math.max(1, Math.min(page - (lensPages >> 1), state.pages - lensPages + 1));
    const context = fit(lens, cell * lensPages, axisHeight + 12 * stages.length);
    drawHeat(context, model, { ...state, width: cell * lensPages, cell, offset: (first - 1) * cell, height: 12 });
  }

  const ask = () => onFrame(draw);
  ends.add(() => cancelFrame(draw));
  ends.add(model.watch(ask));
  watchPalette(ends, ask);
  const observer = new ResizeObserver(() => { width = scroller.clientWidth; measure(); ask(); });
  observer.observe(scroller);
  ends.add(() => observer.disconnect());
  ends.listen(scroller, "scroll", ask, { passive: true });

  /** The slot at a place of the canvas; -1 where there is none. */
  function slotAt(x, y) {
    const row = Math.floor((y - axisHeight) / rowHeight);
    const stage = stages[row];
    if (!stage) return -1;
    if (stage.scope === "document") return row * model.grid.stride;
    if (stage.scope === "format") {
      const [start, end] = model.grid.range(row);
      const used = [];
      for (let slot = start; slot < end; slot += 1) if (model.grid.state[slot]) used.push(slot);
      return used[Math.floor((x / formatsWidth({ width }, state.cell * state.pages)) * used.length)] ?? -1;
    }
    const page = Math.floor((x + state.offset) / state.cell) + 1;
    return page >= 1 && page <= state.pages ? row * model.grid.stride + page : -1;
  }

  function mark(slot, { isSpoken = false } = {}) {
    if (slot < 0 || slot === state.marked) return;
    state.marked = slot;
    ask();
    if (!isSpoken) return;
    const unit = model.grid.unit(slot);
    say(spoken, `${unitName(unit.stage.id, unit.page, unit.format)}: ${unitStates[model.grid.state[slot]]}`);
  }

  ends.listen(canvas, "pointermove", (event) => {
    const slot = slotAt(event.offsetX, event.offsetY);
    canvas.style.cursor = slot >= 0 ? "pointer" : "default";
    if (slot >= 0 && slot !== state.marked) { mark(slot); choose(slot); }
  });
  ends.listen(canvas, "click", (event) => { const slot = slotAt(event.offsetX, event.offsetY); if (slot >= 0) { mark(slot); choose(slot); } });
  ends.listen(canvas, "dblclick", (event) => { const slot = slotAt(event.offsetX, event.offsetY); if (slot >= 0) open(slot); });
  ends.listen(scroller, "keydown", (event) => {
    const { stride } = model.grid;
    const now = state.marked < 0 ? stride + 1 : state.marked;
    const row = Math.floor(now / stride);
    const column = now % stride;
    const far = event.shiftKey ? 10 : 1;
    const moves = { ArrowRight: [0, far], ArrowLeft: [0, -far], ArrowDown: [1, 0], ArrowUp: [-1, 0], Home: [0, -1e9], End: [0, 1e9] };
    if (event.key === "Enter" && state.marked >= 0) return open(state.marked);
    if (!moves[event.key]) return;
    event.preventDefault();
    const target = Math.max(0, Math.min(stages.length - 1, row + moves[event.key][0]));
    const [start, end] = model.grid.range(target);
    const slot = Math.max(start, Math.min(end - 1, target * stride + Math.max(1, column) + moves[event.key][1]));
    mark(slot, { isSpoken: true });
    choose(slot);
    if (stages[target].scope === "page") {
      const x = ((slot % stride) - 1) * state.cell;
      if (x < scroller.scrollLeft) scroller.scrollLeft = x; else if (x + state.cell > scroller.scrollLeft + width) scroller.scrollLeft = x + state.cell - width;
    }
  });
  for (const [key, factor] of [["+", 2], ["-", 0.5], ["0", 0]]) ends.add(onKey(key, zoomBy(factor)));
  return { element, mark };
}

/** The rows' heads, as a table that is read aloud as one. */
function stageTable() {
  const rows = stages.map((stage) => {
    const done = h("td", { class: "number" }, "–");
    const time = h("td", { class: "number heat-time" }, "");
    return { done, time, element: h("tr", { title: stage.finds }, h("th", { scope: "row" }, h("span", { class: "stage-number" }, String(stage.number)), h("span", { class: `group group-${stage.group}`, "aria-hidden": "true" }), stage.id), done, time) };
  });
  const element = h("table", { class: "heat-table" }, h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Stage"), h("th", { scope: "col", class: "number" }, "Done"), h("th", { scope: "col", class: "number heat-time" }, "Time"))), h("tbody", {}, rows.map((row) => row.element)));
  return {
    element,
    set(model) {
      for (const stage of stages) {
        const counts = model.grid.counts(stage.index);
        const { done, time } = rows[stage.index];
        say(done, counts.planned ? (counts.planned === 1 && counts.done === 1 ? "1" : `${count(counts.done)}/${count(counts.planned)}`) : "–");
        done.className = counts.missing ? "number tone-bad" : "number";
        done.title = counts.missing ? `${plural(counts.missing, "unit")} given up` : counts.reused ? `${count(counts.reused)} found and not made` : "";
        say(time, counts.seconds > 0 ? seconds(counts.seconds) : "");
      }
    },
  };
}
