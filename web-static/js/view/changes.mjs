import { h, replace, s } from "../core/dom.mjs";
import { count, percent, plural, shorten } from "../core/format.mjs";
import { go, place } from "../core/router.mjs";
import { Ends } from "../core/store.mjs";
import { formats, stages } from "../model/stages.mjs";
import * as api from "../net/api.mjs";
import { jobHead } from "./job-head.mjs";
import { loadJob } from "./load-job.mjs";
import { outline } from "./page-drawing.mjs";
import { problemBox } from "./problem.mjs";

const mostChanges = 200; // rows of one unit
const screen = 96 / 72;

/** In what two states of a job, or two jobs, differ: told, and drawn over the page. */
export function show(main, app, parts, query) {
  const ends = new Ends();
  const model = app.job(parts[1]);
  const head = jobHead(model, "changes", ends);
  const body = h("div", { class: "changes" }, h("p", { class: "empty" }, "Comparing …"));
  const other = query.get("with") ?? model.id;
  const choice = h("select", { id: "compare-with" }, h("option", { value: model.id }, "what reruns and edits replaced"));
  const stage = h("select", { id: "compare-stage" }, h("option", { value: "" }, "all stages"), stages.map((each) => h("option", { value: each.id }, each.id)));
  stage.value = query.get("stage") ?? "";
  const page = h("input", { type: "text", id: "compare-page", value: query.get("page") ?? "", placeholder: "all", class: "page-number", spellcheck: "false" });
  const form = h("form", { class: "filters" }, h("label", { for: "compare-with" }, "Compare with"), choice, h("label", { for: "compare-stage" }, "stage"), stage, h("label", { for: "compare-page" }, "page"), page, h("button", {}, "Compare"),
    h("span", { class: "change-legend" }, h("span", { class: "swatch-old" }), "before", h("span", { class: "swatch-new" }), "now"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    go("jobs", model.id, "changes", { with: choice.value === model.id ? "" : choice.value, stage: stage.value, page: stage.value ? page.value.trim() : "" });
  });
  replace(main, head.element, form, body);

  async function fill() {
    await loadJob(app, model, ends);
    api.listJobs({ limit: 50 }, ends.signal).then((list) => {
      choice.append(...list.jobs.filter((job) => job.id !== model.id).map((job) => h("option", { value: job.id, selected: job.id === other }, `${shorten(job.name, 40)} (${job.id})`)));
    }).catch(() => { /* the choice of other jobs is a convenience; the comparison below tells what is wrong */ });
    const told = await api.difference(model.id, other, { stage: query.get("stage"), pages: /^\d/.test(query.get("page") ?? "") ? query.get("page") : undefined, history: other === model.id ? query.get("history") : undefined }, ends.signal);
    draw(told);
  }

  function draw(told) {
    if (told.stages.length === 0) return replace(body, h("p", { class: "empty" }, other === model.id ? "Nothing differs from what was there before. What a rerun or an edit changes is shown here." : `Nothing differs: ${plural(told.compared, "unit")} are equal.`));
    const first = told.stages[0];
    const options = [...new Map(first.units.flatMap((unit) => unit.reasons).filter((reason) => reason.what.startsWith("options")).map((reason) => [reason.what, reason])).values()];
    return replace(body,
      h("p", { class: "change-first" }, "First difference: ", h("b", {}, told.first ?? first.stage), options.map((option) => h("span", {}, "  ", h("code", {}, option.what.replace("options.", "")), " ", String(JSON.stringify(option.old)), " → ", String(JSON.stringify(option.new)))), h("span", { class: "quiet" }, "  What follows is consequence.")),
      told.stages.map((each, index) => h("details", { class: "panel change-stage", open: index === 0 },
        h("summary", {}, h("b", {}, each.stage), h("span", { class: "quiet" }, ` ${plural(each.units.length, "unit differs", "units differ")}, ${count(each.equal)} equal`)),
        each.units.slice(0, 60).map((unit) => unitChanges(model, unit)), each.units.length > 60 ? h("p", { class: "pad quiet" }, `and ${each.units.length - 60} more units`) : null)));
  }

  fill().catch((problem) => { if (problem.name !== "AbortError" && problem.status !== 401) replace(body, problemBox(problem)); });
  return { end: () => ends.end() };
}

function unitChanges(model, unit) {
  const [stage, subject] = unit.unit.split("/");
  const page = /^\d+$/.test(subject ?? "") ? Number(subject) : undefined;
  const kinds = new Map();
  for (const change of unit.changes) { const name = `${change.subject} ${change.kind}`; kinds.set(name, (kinds.get(name) ?? 0) + 1); }
  const boxed = page ? unit.changes.filter((change) => change.old?.box || change.new?.box) : [];
  const drawing = h("div", { class: "change-page" });
  const show = h("button", { on: { click: () => { if (drawing.childElementCount) replace(drawing); else replace(drawing, drawn(model, page, boxed)); } } }, "Show on the page");
  return h("section", { class: "change-unit" },
    h("div", { class: "result-line" }, h("h3", {}, h("a", { href: formats.includes(subject) ? place("jobs", model.id, "result", { format: subject }) : place("jobs", model.id, "checkpoints", stage, ...(page ? [page] : [])) }, unit.unit)), h("span", { class: "quiet" }, [...kinds].map(([name, number]) => `${count(number)} × ${name}`).join(", ") || unit.status), boxed.length > 0 ? show : null),
    drawing,
    unit.changes.length > 0 ? h("div", { class: "scroll-x", tabindex: 0, role: "group", "aria-label": `Changes of ${unit.unit}` }, h("table", { class: "plain change-table" }, h("thead", {}, h("tr", {}, ["What", "Before", "Now", "Sure"].map((name) => h("th", { scope: "col" }, name)))),
      h("tbody", {}, [...unit.changes].sort((a, b) => weight(b) - weight(a)).slice(0, mostChanges).map((change) => h("tr", {}, h("td", {}, h("span", { class: `change-kind change-${change.kind}` }, change.kind), " ", change.subject, " ", h("span", { class: "quiet" }, change.place ?? change.new?.index ?? change.old?.index ?? "")), h("td", { class: "change-old" }, side(change.old, change.new)), h("td", { class: "change-new" }, side(change.new, change.old)), h("td", { class: "number quiet" }, sure(change))))))) : null,
    unit.omitted > 0 ? h("p", { class: "pad quiet" }, `and ${count(unit.omitted)} more changes: choose the stage above to see all`) : null,
    Object.entries(unit.texts ?? {}).map(([suffix, text]) => hunks(suffix, text)));
}

/** What changed a text comes before what only changed where it was read from, or how surely. */
const weight = (change) => ((change.old?.text ?? "") !== (change.new?.text ?? "") ? 1 : 0);

/** A side's text; what it has in common with the other at both ends is quiet. */
function side(state, other) {
  if (!state) return h("span", { class: "quiet" }, "–");
  const text = state.text ?? state.kind ?? "";
  const against = other?.text ?? "";
  if (!against || against === text) return [shorten(text, 160), state.kind && state.text !== undefined && other && other.kind !== state.kind ? h("span", { class: "quiet" }, ` ${state.kind}`) : null];
  let start = 0;
  while (start < text.length && text[start] === against[start]) start += 1;
  let end = 0;
  while (end < text.length - start && end < against.length - start && text[text.length - 1 - end] === against[against.length - 1 - end]) end += 1;
  const lead = text.slice(Math.max(0, start - 40), start);
  return [start > 40 ? "…" : "", lead, h("mark", {}, shorten(text.slice(start, text.length - end), 200)), shorten(text.slice(text.length - end), 40)];
}

function sure(change) {
  const [a, b] = [change.old?.confidence, change.new?.confidence];
  if (a === undefined && b === undefined) return "";
  return a === b || b === undefined ? percent(a) : a === undefined ? percent(b) : `${Math.round(a * 100)} → ${percent(b)}`;
}

function hunks(suffix, text) {
  return h("div", { class: "hunks" }, h("h4", {}, suffix, h("span", { class: "quiet" }, `  −${count(text.removed)} +${count(text.added)} lines`)),
    h("pre", { class: "hunk-text", tabindex: 0 }, text.hunks.slice(0, 40).map((hunk) => [h("span", { class: "hunk-head" }, `@@ -${hunk.oldStart},${hunk.oldCount} +${hunk.newStart},${hunk.newCount} @@\n`), hunk.lines.slice(0, 400).map((line) => h("span", { class: line[0] === "+" ? "hunk-new" : line[0] === "-" ? "hunk-old" : "" }, `${shorten(line, 600)}\n`))])));
}

/** Both states over the page. */
function drawn(model, page, changes) {
  const sheet = h("div", { class: "sheet" });
  const image = h("img", { class: "sheet-image", alt: `Page ${page}`, src: api.previewAddress(model.id, page) });
  api.checkpoint(model.id, "ingest", page).then(({ payload: { size } }) => {
    sheet.style.width = `${size.width * screen}px`;
    sheet.style.height = `${size.height * screen}px`;
    sheet.append(s("svg", { class: "sheet-layers", viewBox: `0 0 ${size.width} ${size.height}`, "aria-hidden": "true" }, changes.map((change) => [change.old?.box ? outline(change.old.box, "box-old") : null, change.new?.box ? outline(change.new.box, "box-new") : null])));
  }).catch(() => { /* without the page's size the image stands alone */ });
  sheet.append(image);
  return h("div", { class: "scroll-x", tabindex: 0, role: "group", "aria-label": `Changes on page ${page}` }, sheet);
}
