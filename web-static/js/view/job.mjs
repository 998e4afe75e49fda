import { h, replace, say } from "../core/dom.mjs";
import { bytes, count, exactMoment, moment, plural, seconds } from "../core/format.mjs";
import { throttled } from "../core/frame.mjs";
import { place } from "../core/router.mjs";
import { Ends } from "../core/store.mjs";
import { unitName } from "../model/stages.mjs";
import * as api from "../net/api.mjs";
import { confirm } from "./dialog.mjs";
import { heatMap } from "./heat-map.mjs";
import { jobHead } from "./job-head.mjs";
import { loadJob } from "./load-job.mjs";
import { notice, noticeProblem } from "./notice.mjs";
import { needsPassword, passwordForm } from "./password.mjs";
import { problemBox } from "./problem.mjs";
import { openRerun } from "./rerun.mjs";
import { timeline } from "./timeline.mjs";
import { unitCard } from "./unit-card.mjs";

const mostErrors = 50; // rows: a screenful; the heat map has them all

/** A job at work: its units, its workers, what went wrong. */
export function show(main, app, parts) {
  const ends = new Ends();
  const model = app.job(parts[1]);
  const head = jobHead(model, undefined, ends);
  const trouble = h("div", {});
  const facts = factsLine();
  const card = unitCard(model, ends);
  const heat = heatMap(model, ends, { choose: (slot) => card.show(slot), open: (slot) => card.open(slot) });
  const lanes = timeline(model, ends, { choose: (slot) => { card.show(slot); heat.mark(slot); } });
  const errors = h("section", { class: "panel", hidden: true, "aria-label": "What went wrong" });
  const notes = h("ol", { class: "notes" });
  const notesPanel = h("section", { class: "panel", hidden: true }, h("div", { class: "panel-head" }, h("h2", {}, "What happened")), notes);

  replace(main, head.element, trouble, facts.element, heat.element, card.element, lanes.element, h("div", { class: "two-columns" }, errors, notesPanel));

  const act = (work, done) => async (event) => {
    const button = event.currentTarget;
    button.disabled = true;
    try {
      const summary = await work();
      if (summary?.id) model.take(summary);
      if (done) notice(done);
    } catch (problem) { noticeProblem(problem); } finally { button.disabled = false; }
  };
  const cancel = h("button", { on: { click: act(() => api.cancelJob(model.id)) } }, "Cancel");
  const resume = h("button", { on: { click: act(() => api.resumeJob(model.id, model.status === "completed_with_errors" ? { retry_gaps: true } : {})) } }, "Resume");
  const rerun = h("button", { on: { click: () => openRerun(app, model) } }, "Rerun …");
  const remove = h("button", { class: "danger", on: { click: async () => {
    if (!await confirm("Delete the job?", "The job goes with its checkpoints and results, and the document if no other job has it.", "Delete")) return;
    try { await api.deleteJob(model.id); app.jobs.remove(model.id); location.hash = "#/"; } catch (problem) { noticeProblem(problem); }
  } } }, "Delete");
  head.actions(cancel, resume, rerun, remove);

  let shownErrors = "";
  let shownNotes = "";
  const draw = () => {
    const { status } = model;
    cancel.hidden = !["queued", "running", "paused"].includes(status);
    resume.hidden = !["paused", "failed", "cancelled", "completed_with_errors"].includes(status);
    say(resume, status === "completed_with_errors" ? "Try the missing again" : "Resume");
    facts.set(model);
    const failure = model.summary?.failure;
    const faults = `${model.errors.size}|${failure?.code ?? ""}|${failure?.message ?? ""}`;
    if (faults !== shownErrors) { shownErrors = faults; drawErrors(errors, model); }
    const last = model.notes.at(-1);
    const key = last ? `${model.notes.length}${last.at}` : "";
    if (key !== shownNotes) { shownNotes = key; drawNotes(); }
  };
  const drawNotes = throttled(250, () => {
    notesPanel.hidden = model.notes.length === 0;
    replace(notes, model.notes.slice(-40).reverse().map((line) => h("li", {}, h("time", { class: "quiet", title: exactMoment(line.at) }, moment(line.at)),
      line.stage ? h("span", { class: "mono" }, unitName(line.stage, line.page, line.format)) : null, h("span", {}, line.text))));
  });
  ends.add(model.watch(draw));
  // Counters settle when nothing happens either.
  ends.every(1_000, () => facts.set(model));
  ends.every(3_000, async () => {
    if (model.status !== "queued" && model.status !== "paused") return;
    try { model.take(await api.getJob(model.id, ends.signal)); } catch { /* the connection's state is told above */ }
  });
  app.whenGone = (id) => { if (id === model.id) replace(trouble, problemBox({ message: "This job was deleted." })); };
  ends.add(() => { app.whenGone = undefined; });
  draw();

  loadJob(app, model, ends).catch((problem) => {
    if (problem.name !== "AbortError" && problem.status !== 401) replace(trouble, problemBox(problem));
  });
  return { end: () => ends.end() };
}

/** The numbers that matter while one waits. */
function factsLine() {
  const names = ["Pages", "Units", "Rate", "Time left", "Took", "Queue", "Document", "Created"];
  const cells = new Map(names.map((name) => [name, h("dd", {}, "–")]));
  const element = h("dl", { class: "facts" }, names.map((name) => h("div", {}, h("dt", {}, name), cells.get(name))));
  return {
    element,
    set(model) {
      const { summary } = model;
      if (!summary) return;
      const now = Date.now() / 1000;
      const pace = model.pace(model.isFinished ? summary.finished : now);
      const isLive = summary.status === "running";
      say(cells.get("Pages"), summary.pages === undefined ? "–" : count(summary.pages));
      say(cells.get("Units"), `${count(pace.done)} of ${count(pace.done + pace.left + model.errors.size)}`);
      say(cells.get("Rate"), isLive && pace.rate > 0 ? `${pace.rate < 10 ? pace.rate.toFixed(1) : count(Math.round(pace.rate))} units/s` : "–");
      say(cells.get("Time left"), isLive && pace.seconds !== undefined ? `about ${seconds(pace.seconds)}` : "–");
      say(cells.get("Took"), summary.started ? seconds(Math.max(0, (summary.finished && model.isFinished ? summary.finished : now) - summary.started)) : "–");
      say(cells.get("Queue"), summary.status !== "queued" ? "–" : summary.queue_position ? `number ${summary.queue_position}` : "waits");
      say(cells.get("Document"), bytes(summary.bytes));
      say(cells.get("Created"), moment(summary.created));
    },
  };
}

function drawErrors(panel, model) {
  const failure = model.summary?.failure;
  const list = [...model.errors.values()];
  panel.hidden = list.length === 0 && !failure;
  if (panel.hidden) return;
  replace(panel,
    h("div", { class: "panel-head" }, h("h2", {}, list.length > 0 ? plural(list.length, "unit") + " given up" : "Why it stopped")),
    failure ? h("div", { class: "pad" }, problemBox(failure), needsPassword(failure) ? passwordForm(model.summary, () => {}) : null) : null,
    h("ul", { class: "errors" }, list.slice(0, mostErrors).map((error) => h("li", {},
      h("a", { class: "mono", href: error.page ? place("jobs", model.id, "pages", error.page) : place("jobs", model.id, "checkpoints", error.stage) }, unitName(error.stage, error.page, error.format)),
      h("span", {}, error.failure?.message ?? error.code ?? "given up", error.failure?.hint ? h("span", { class: "quiet" }, ` ${error.failure.hint}`) : null),
      h("code", { class: "quiet" }, error.failure?.code ?? error.code ?? "")))),
    list.length > mostErrors ? h("p", { class: "pad quiet" }, `and ${count(list.length - mostErrors)} more`) : null);
}
