import { h, icon, replace, say } from "../core/dom.mjs";
import { note } from "../core/router.mjs";
import { Ends } from "../core/store.mjs";
import { layers, shownAt } from "../model/layers.mjs";
import { PageSource, shownStages } from "../model/page.mjs";
import { stageOf, stages } from "../model/stages.mjs";
import { unitState } from "../model/states.mjs";
import { jobHead } from "./job-head.mjs";
import { onKey } from "./keys.mjs";
import { loadJob } from "./load-job.mjs";
import { pageInspector } from "./page-inspector.mjs";
import { pageSearch } from "./page-search.mjs";
import { pageSheet } from "./page-sheet.mjs";
import { thumbnails } from "./thumbnails.mjs";
import { problemBox } from "./problem.mjs";

/** One page: its image, what every stage found on it, and what became of each piece. */
export function show(main, app, parts, query) {
  const ends = new Ends();
  const model = app.job(parts[1]);
  const source = new PageSource(model.id);
  const head = jobHead(model, "pages", ends);
  const trouble = h("div", {});
  let number = Math.max(1, Number(parts[3]) || 1);
  let stage = stageOf(query.get("stage")) ?? stageOf("assembly");
  let loading;

  const sheet = pageSheet(model.id, ends, { choose: (hit) => inspector.choose(hit) });
  const inspector = pageInspector(model, ends, { sheet, turn: (page) => turnTo(page) });
  const search = pageSearch(model, ends, { sheet, turn: (page) => turnTo(page), page: () => number });
  const thumbs = thumbnails(model, ends, (page) => turnTo(page));

  const position = h("input", { type: "number", min: 1, value: number, "aria-label": "Page", class: "page-number" });
  const of = h("span", { class: "quiet" });
  const previous = h("button", { "aria-label": "Previous page", on: { click: () => turnTo(number - 1) } }, icon("left"));
  const next = h("button", { "aria-label": "Next page", on: { click: () => turnTo(number + 1) } }, icon("right"));
  position.addEventListener("change", () => turnTo(Number(position.value)));

  const slider = h("input", { type: "range", min: 1, max: stages.length, value: stage.number, id: "stage-slider", class: "stage-slider" });
  const sliderName = h("output", { for: "stage-slider", class: "stage-told" });
  const chips = layers.map((layer) => h("button", { class: "chip", "aria-pressed": "false", data: { layer: layer.id }, on: { click: (event) => toggle(event.currentTarget) } }, h("span", { class: `chip-mark chip-${layer.id}`, "aria-hidden": "true" }), layer.name));
  const legend = h("div", { class: "layer-legend quiet" });

  function shown() { return chips.filter((chip) => chip.getAttribute("aria-pressed") === "true").map((chip) => chip.dataset.layer); }
  function toggle(chip) {
    chip.setAttribute("aria-pressed", String(chip.getAttribute("aria-pressed") !== "true"));
    drawLayers();
  }
  function drawLayers() {
    const ids = shown();
    sheet.show(ids);
    replace(legend, ids.includes("words") ? ["words by confidence:", ["below 50 %", "below 75 %", "below 90 %", "sure"].map((text, index) => h("span", { class: "legend-item" }, h("span", { class: `sure-swatch sure-swatch-${index}`, "aria-hidden": "true" }), text))] : null);
  }
  function setStage(chosen, { isTold = true } = {}) {
    stage = chosen;
    slider.value = stage.number;
    slider.setAttribute("aria-valuetext", `${stage.number} ${stage.id}: ${stage.finds}`);
    replace(sliderName, h("b", {}, `${stage.number} ${stage.id}`), h("span", { class: "quiet" }, ` ${stage.finds}`));
    for (const chip of chips) chip.setAttribute("aria-pressed", String(shownAt[stage.id].includes(chip.dataset.layer)));
    drawLayers();
    if (isTold) note("jobs", model.id, "pages", number, { stage: stage.id });
  }
  slider.addEventListener("input", () => setStage(stages[Number(slider.value) - 1]));

  replace(main, head.element, trouble,
    h("div", { class: "page-tools" },
      h("div", { class: "tool-group" }, previous, position, of, next),
      h("div", { class: "tool-group" }, h("button", { "aria-label": "Zoom out", on: { click: () => sheet.zoomBy(0.8) } }, icon("minus")), sheet.zoomed, h("button", { "aria-label": "Zoom in", on: { click: () => sheet.zoomBy(1.25) } }, icon("plus")), h("button", { on: { click: () => sheet.fit() } }, "Fit")),
      search.element),
    h("div", { class: "stage-line" }, h("label", { for: "stage-slider", class: "hidden-visually" }, "Stage"), slider, sliderName),
    h("div", { class: "chips", role: "group", "aria-label": "Layers" }, chips, legend),
    search.hits,
    h("div", { class: "page-columns" }, thumbs.element, sheet.element, inspector.element));

  const most = () => Math.max(1, model.pages || number);
  function turnTo(page) {
    const target = Math.max(1, Math.min(most(), Math.round(page) || 1));
    if (target === number && loading !== undefined) { position.value = number; return Promise.resolve(); }
    number = target;
    note("jobs", model.id, "pages", number, { stage: stage.id });
    return load();
  }

  async function load() {
    position.value = number;
    previous.disabled = number <= 1;
    next.disabled = number >= most();
    thumbs.mark(number);
    sheet.turn(number);
    inspector.clear();
    if (await fill()) search.mark();
  }

  /** What is known of the page now; what is chosen on it stays so. Gives whether it came. */
  async function fill() {
    loading?.abort();
    const mine = loading = new AbortController();
    told = settled();
    try {
      const data = await source.page(number, mine.signal);
      if (mine.signal.aborted || ends.isOver) return false;
      sheet.fill(data);
      inspector.fill(data);
      replace(trouble);
      return true;
    } catch (problem) {
      if (problem.name !== "AbortError" && problem.status !== 401) replace(trouble, problemBox(problem), h("p", {}, h("button", { on: { click: load } }, "Load again")));
      return false;
    } finally {
      if (!mine.signal.aborted) sheet.reveal();
    }
  }

  // While the job runs, what a page shows grows with it: a stage that comes to its end has something new to tell.
  const known = stages.filter((each) => shownStages.has(each.id));
  const isSettled = (state) => state === unitState.done || state === unitState.reused || state === unitState.gap || state === unitState.failed;
  const settled = () => known.map((each) => {
    const slot = each.index * model.grid.stride + (each.scope === "page" ? number : 0);
    return isSettled(model.grid.state[slot]) ? 1 + model.grid.ended[slot] : 0;
  });
  let told = []; // how they stood when the page was last asked for
  ends.add(model.watch(() => {
    position.max = most();
    say(of, `of ${most()}`);
    next.disabled = number >= most();
    thumbs.resize(most());
    if (loading && settled().some((each, index) => each > 0 && each !== told[index])) { source.forget(); fill(); }
  }));
  for (const [key, act] of [["[", () => turnTo(number - 1)], ["]", () => turnTo(number + 1)], ["k", () => turnTo(number - 1)], ["j", () => turnTo(number + 1)], [",", () => setStage(stages[Math.max(0, stage.index - 1)])], [".", () => setStage(stages[Math.min(14, stage.index + 1)])],
    ["+", () => sheet.zoomBy(1.25)], ["-", () => sheet.zoomBy(0.8)], ["0", () => sheet.fit()], ["/", () => search.focus()], ["Escape", () => inspector.choose(undefined)]]) ends.add(onKey(key, act));

  setStage(stage, { isTold: false });
  loadJob(app, model, ends).then(() => { if (!ends.isOver) load(); }).catch((problem) => {
    if (problem.name !== "AbortError" && problem.status !== 401) replace(trouble, problemBox(problem));
  });
  const chosen = query.get("element");
  if (chosen) inspector.want(chosen);
  return {
    end: () => { loading?.abort(); ends.end(); },
    turn(place, wish) {
      if (place[0] !== "jobs" || place[1] !== model.id || place[2] !== "pages") return false;
      if (wish.get("element")) inspector.want(wish.get("element"));
      if (stageOf(wish.get("stage")) && wish.get("stage") !== stage.id) setStage(stageOf(wish.get("stage")), { isTold: false });
      const page = Math.max(1, Number(place[3]) || 1);
      if (page !== number) turnTo(page); else load();
      return true;
    },
  };
}
