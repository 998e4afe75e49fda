import { h, replace } from "../core/dom.mjs";
import { count, plural, seconds } from "../core/format.mjs";
import { stages } from "../model/stages.mjs";
import * as api from "../net/api.mjs";
import { openDialog } from "./dialog.mjs";
import { notice } from "./notice.mjs";
import { optionsForm } from "./options-form.mjs";
import { problemBox } from "./problem.mjs";

const fates = [["runs", "Will run"], ["may_run", "May run, if what they need comes out different"], ["found", "Come back from earlier runs"], ["lost", "Cannot run"]];

/** Runs a job anew from a stage; what that would touch is shown before. */
export function openRerun(app, model, { stage = "ocr", page } = {}) {
  const choice = h("select", { id: "rerun-stage" }, stages.map((each) => h("option", { value: each.id }, `${each.number} ${each.id}`)));
  choice.value = stage;
  const pages = h("input", { type: "text", id: "rerun-pages", placeholder: "all, or 1-5,9", spellcheck: "false", value: page ?? "" });
  const force = h("input", { type: "checkbox" });
  const reset = h("input", { type: "checkbox" });
  const options = h("div", {});
  const preview = h("div", { class: "forecast", "aria-live": "polite" });
  const run = h("button", { class: "primary", type: "submit" }, "Run");
  let form;
  let asking;
  let timer = 0;

  function chooseStage() {
    form = optionsForm(app, { only: [choice.value] });
    replace(options, form.element);
    form.load();
    pages.disabled = stages.find((each) => each.id === choice.value).scope !== "page";
    look();
  }

  function wishes() {
    const wish = { stages: [choice.value], ...form.read() };
    if (pages.value.trim() && !pages.disabled) wish.pages = pages.value.trim();
    if (force.checked) wish.force = true;
    if (reset.checked) wish.reset = true;
    return wish;
  }

  function look() {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      asking?.abort();
      asking = new AbortController();
      try {
        replace(preview, told(await api.forecast(model.id, wishes(), asking.signal)));
      } catch (problem) {
        if (problem.name !== "AbortError") replace(preview, problemBox(problem));
      }
    }, 300);
  }

  const body = h("form", {},
    h("div", { class: "form-grid" },
      h("div", { class: "field" }, h("label", { for: "rerun-stage" }, "From stage"), choice),
      h("div", { class: "field" }, h("label", { for: "rerun-pages" }, "Pages"), pages),
      h("div", { class: "field" }, h("label", { class: "check" }, force, "Run even where nothing changed"), h("label", { class: "check" }, reset, "Drop options set by earlier reruns"))),
    options, preview,
    h("div", { class: "actions" }, h("button", { type: "button", on: { click: () => dialog.close() } }, "Close"), run));
  body.addEventListener("input", (event) => { if (event.target !== choice) look(); });
  choice.addEventListener("change", chooseStage);
  body.addEventListener("submit", async (event) => {
    event.preventDefault();
    run.disabled = true;
    try {
      const summary = await api.rerunJob(model.id, wishes());
      if (summary?.id) model.take(summary);
      notice(`${choice.value} runs again.`);
      dialog.close();
    } catch (problem) {
      replace(preview, problemBox(problem));
    } finally {
      run.disabled = false;
    }
  });
  const dialog = openDialog(`Rerun ${model.summary?.name ?? model.id}`, body);
  dialog.addEventListener("close", () => { clearTimeout(timer); asking?.abort(); });
  chooseStage();
}

/** What would run, and how long it may take. */
function told(forecast) {
  const groups = fates.map(([fate, words]) => [words, forecast.units.filter((unit) => unit.fate === fate)]).filter(([, units]) => units.length > 0);
  const time = forecast.certain && forecast.possible ? [forecast.certain.elapsed_seconds, forecast.possible.elapsed_seconds] : [];
  return [
    groups.length === 0 ? h("p", {}, "Nothing would run: everything is as these options make it.") : null,
    groups.map(([words, units]) => h("div", {}, h("h3", {}, `${words}: ${plural(units.length, "unit")}`), h("ul", { class: "forecast-units" }, byStage(units).map(([name, inStage]) => h("li", {}, h("span", { class: "mono" }, name), h("span", { class: "number" }, count(inStage.length)), h("span", { class: "number quiet" }, seconds(inStage.reduce((sum, unit) => sum + (unit.seconds ?? 0), 0))), h("span", { class: "quiet" }, reason(inStage[0]))))))),
    h("p", { class: "quiet" }, forecast.staying ? `${plural(forecast.staying, "unit")} stay as they are. ` : "", time.length ? `As earlier runs went, between ${seconds(time[0])} and ${seconds(time[1])}.` : ""),
  ];
}

function byStage(units) {
  const groups = new Map();
  for (const unit of units) {
    const name = unit.unit.split("/")[0];
    if (!groups.has(name)) groups.set(name, []);
    groups.get(name).push(unit);
  }
  return [...groups];
}

const reason = (unit) => (unit.differences ?? []).slice(0, 2).map((each) => `${each.what.replace("options.", "")} ${JSON.stringify(each.old)} → ${JSON.stringify(each.new)}`).join(", ") || (unit.is_forced ? "by force" : "");
