import { h, replace } from "../core/dom.mjs";
import { exactMoment, percent, seconds } from "../core/format.mjs";
import { go, place } from "../core/router.mjs";
import { flag } from "../model/job.mjs";
import { hasPages, unitName } from "../model/stages.mjs";
import { unitState, unitStates } from "../model/states.mjs";
import * as api from "../net/api.mjs";
import { causeOf } from "./cause.mjs";

const pause = 350; // milliseconds that one unit is pointed at before the server is asked about it

/** What is known of the unit that is pointed at: always the same height, so that nothing moves. */
export function unitCard(model, ends) {
  const title = h("h2", {}, "No unit chosen");
  const links = h("span", { class: "end" });
  const body = h("div", { class: "unit-body" }, h("p", { class: "quiet" }, "Point at a cell, or move with the arrow keys. Enter or a double click opens it."));
  const why = h("div", { class: "unit-why" });
  const element = h("section", { class: "panel unit-card", "aria-label": "Unit" }, h("div", { class: "panel-head" }, title, links), h("div", { class: "unit-columns" }, body, why));
  let slot = -1;
  let drawn = "";
  let timer = 0;
  let asking;
  const known = new Map();

  function draw() {
    if (slot < 0) return;
    const { grid } = model;
    const unit = grid.unit(slot);
    const key = `${slot}|${grid.state[slot]}|${grid.flags[slot]}|${grid.attempts[slot]}|${Math.round(grid.progress[slot] * 20)}`;
    if (key === drawn) return;
    drawn = key;
    const name = unitName(unit.stage.id, unit.page, unit.format);
    const state = grid.state[slot];
    const error = model.errors.get(slot);
    replace(title, h("span", { class: `group group-${unit.stage.group}`, "aria-hidden": "true" }), " ", name, h("span", { class: "quiet" }, `  ${unit.stage.finds}`));
    replace(links,
      unit.page || hasPages(unit.stage) ? h("a", { class: "button", href: place("jobs", model.id, "pages", unit.page ?? 1, { stage: unit.stage.id }) }, "Page") : null,
      state === unitState.done || state === unitState.reused ? h("a", { class: "button", href: place("jobs", model.id, "checkpoints", unit.stage.id, ...(unit.page ? [unit.page] : unit.format ? [unit.format] : [])) }, "Checkpoint") : null);
    const flags = grid.flags[slot];
    replace(body, h("dl", { class: "pairs" },
      pair("State", h("span", { class: "state" }, h("span", { class: `swatch swatch-${unitStates[state]}`, "aria-hidden": "true" }), unitStates[state] === "none" ? "not planned" : unitStates[state], state === unitState.running && grid.progress[slot] > 0 ? ` ${percent(grid.progress[slot])}` : "")),
      pair("Attempts", grid.attempts[slot] ? String(grid.attempts[slot]) : "–"),
      pair("Took", grid.took[slot] ? seconds(grid.took[slot]) : "–"),
      pair("Began", exactMoment(grid.started[slot])),
      flags & flag.pinned ? pair("Edited", flags & flag.conflict ? "by hand; what it is based on has changed" : "by hand") : null),
      error ? h("p", { class: "problem" }, error.failure?.message ?? "Given up.", " ", h("code", {}, error.failure?.code ?? error.code ?? ""), error.failure?.hint ? h("span", { class: "quiet" }, ` ${error.failure.hint}`) : null) : null);
  }

  async function explain(wanted, unit, key) {
    asking?.abort();
    asking = new AbortController();
    try {
      const told = known.get(key) ?? await api.explain(model.id, unit.stage.id, unit.page ?? unit.format, asking.signal);
      if (known.size > 200) known.clear();
      known.set(key, told);
      if (slot === wanted) replace(why, causeOf(told));
    } catch (problem) {
      if (problem.name !== "AbortError" && slot === wanted) replace(why, problem.status === 404 ? null : h("p", { class: "quiet" }, problem.message));
    }
  }

  ends.add(model.watch(draw));
  ends.add(() => { clearTimeout(timer); asking?.abort(); });

  return {
    element,
    show(chosen) {
      if (chosen === slot) return;
      slot = chosen;
      drawn = "";
      draw();
      clearTimeout(timer);
      replace(why);
      const unit = model.grid.unit(slot);
      const state = model.grid.state[slot];
      if (state < unitState.done) return;
      const key = `${slot}|${state}|${model.grid.attempts[slot]}`;
      timer = setTimeout(() => explain(chosen, unit, key), known.has(key) ? 0 : pause);
    },
    open(chosen) {
      const unit = model.grid.unit(chosen);
      if (unit.page) go("jobs", model.id, "pages", unit.page, { stage: unit.stage.id });
      else if (unit.format) go("jobs", model.id, "result", { format: unit.format });
      else go("jobs", model.id, "checkpoints", unit.stage.id);
    },
  };
}

const pair = (name, value) => h("div", {}, h("dt", {}, name), h("dd", {}, value));
