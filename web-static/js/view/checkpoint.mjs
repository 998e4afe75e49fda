import { h, icon, replace, say } from "../core/dom.mjs";
import { bytes, short } from "../core/format.mjs";
import { go, place } from "../core/router.mjs";
import { Ends } from "../core/store.mjs";
import { formats, hasPages, stageOf, stages } from "../model/stages.mjs";
import { startWorker } from "../work/client.mjs";
import * as api from "../net/api.mjs";
import { editValue } from "./edit-value.mjs";
import { jobHead } from "./job-head.mjs";
import { loadJob } from "./load-job.mjs";
import { notice, noticeProblem } from "./notice.mjs";
import { problemBox } from "./problem.mjs";
import { treeView } from "./tree-view.mjs";
import { versionList } from "./version-list.mjs";

/** The JSON of any unit: looked through, corrected, pinned, and what it was before. */
export function show(main, app, parts, query) {
  const ends = new Ends();
  const model = app.job(parts[1]);
  const stage = stageOf(parts[3]) ?? stageOf("ocr");
  const subject = parts[4] ?? (stage.scope === "page" ? "1" : stage.scope === "format" ? "md" : undefined);
  const head = jobHead(model, "checkpoints", ends);
  const worker = startWorker(new URL("../work/tree.mjs", import.meta.url));
  ends.add(() => worker.stop());
  const trouble = h("div", {});
  const facts = h("span", { class: "quiet" });
  const path = h("p", { class: "tree-path mono quiet" }, " ");
  const search = h("input", { type: "search", placeholder: "Find a key or value", "aria-label": "Find a key or value", spellcheck: "false" });
  const found = h("span", { class: "quiet", "aria-live": "polite" });
  const changes = h("div", { class: "edit-panel", hidden: true });
  const pinMark = h("span", { class: "pin-mark", hidden: true }, " pinned");
  const versions = versionList(model, stage, subject, { whenChanged: () => load(), whenPinned: (isPinned) => { pinMark.hidden = !isPinned; } });
  let tag;
  let schema;
  let edits = [];

  const tree = treeView(worker, ends, { choose: (row) => say(path, row?.path || "/"), edit });
  const change = h("button", { on: { click: () => edit(tree.current, tree.row()) } }, "Edit value");

  const pages = h("input", { type: "number", min: 1, value: /^\d+$/.test(subject ?? "") ? subject : "", placeholder: "all", "aria-label": "Page", class: "page-number" });
  pages.addEventListener("change", () => go("jobs", model.id, "checkpoints", stage.id, ...(pages.value ? [pages.value] : [])));
  const kind = stage.scope === "format"
    ? h("select", { "aria-label": "Format", on: { change: (event) => go("jobs", model.id, "checkpoints", "export", event.target.value) } }, formats.map((format) => h("option", { value: format, selected: format === subject }, format)))
    : hasPages(stage) ? [h("label", { class: "check" }, "page ", pages), stage.scope === "document" ? h("a", { href: place("jobs", model.id, "checkpoints", stage.id) }, "document") : null] : null;
  const list = h("nav", { class: "stage-nav", "aria-label": "Stages" }, h("ol", {}, stages.map((each) => h("li", {}, h("a", { href: place("jobs", model.id, "checkpoints", each.id, ...(hasPages(each) && /^\d+$/.test(subject ?? "") ? [subject] : [])), "aria-current": each === stage ? "page" : undefined }, h("span", { class: "stage-number" }, String(each.number)), each.id)))));
  const isEditable = stage.scope !== "format";

  replace(main, head.element, trouble, h("div", { class: "checkpoint-columns" }, list,
    h("section", { class: "panel tree-panel", "aria-label": "Checkpoint" },
      h("div", { class: "panel-head" }, h("h2", {}, stage.id, subject ? `/${subject}` : ""), kind, facts, h("span", { class: "end" }, isEditable ? change : null, h("a", { class: "button", href: api.checkpointAddress(model.id, stage.id, subject), download: `${stage.id}-${subject ?? "document"}.json` }, "Download"))),
      h("form", { class: "tree-tools", role: "search", on: { submit: (event) => { event.preventDefault(); find(); } } }, search, h("button", {}, icon("search"), "Find"), found),
      tree.element, path, changes),
    versions.element));

  async function load() {
    replace(trouble);
    const answer = await worker.ask("load", { url: String(api.checkpointAddress(model.id, stage.id, subject)) });
    if (ends.isOver) return;
    if (answer.problem) {
      replace(facts);
      change.disabled = true;
      return replace(trouble, problemBox({ message: answer.problem.detail ?? `The server answered ${answer.status}.`, hint: answer.problem.hint, code: answer.problem.code }));
    }
    tag = answer.tag;
    edits = [];
    changes.hidden = true;
    replace(facts, bytes(answer.bytes), ` · version ${answer.head.version} · content `, h("code", {}, short(answer.head.content)), pinMark);
    await tree.reset(answer.count);
    const wanted = query.get("path");
    const { index, count } = await worker.ask("reveal", { path: wanted ?? "/payload" });
    await tree.grown(count);
    if (index >= 0) tree.move(index);
  }

  let last;
  async function find() {
    const text = search.value.trim();
    if (!text) return;
    const answer = await worker.ask("find", { text, from: last });
    last = answer.path;
    await tree.grown(answer.count);
    say(found, answer.index < 0 ? "not found" : answer.path);
    if (answer.index >= 0) await tree.move(answer.index);
  }
  search.addEventListener("input", () => { last = undefined; say(found, ""); });

  async function edit(index, row) {
    if (!isEditable || !row) return;
    if (!row.path.startsWith("/payload/")) return notice("Only what is under payload can be edited; the rest is made from it.");
    const { text, isBox, value } = await worker.ask("read", { index });
    if (text === undefined) return notice("This part is too large to edit at once: open it and edit what is inside.");
    editValue(row, { text, isBox, value }, async (edited) => {
      const answer = await worker.ask("set", { index, value: edited });
      edits = answer.changes;
      await tree.grown(answer.count);
      await check();
      tree.element.focus();
    });
  }

  async function check() {
    // A server that does not hand out its schemas checks the edit itself when it is saved.
    schema ??= await api.schema(stage.id).catch(() => null);
    const { faults } = await worker.ask("check", { schema });
    changes.hidden = edits.length === 0;
    const why = h("input", { type: "text", id: "edit-why", placeholder: "e.g. the original says so", maxlength: 200 });
    const save = h("button", { class: "primary", disabled: faults.length > 0, on: { click: () => store(why.value.trim(), save) } }, "Pin and continue");
    replace(changes,
      h("h3", {}, `${edits.length} changed`),
      h("ul", { class: "edit-list mono" }, edits.map((each) => h("li", {}, h("button", { class: "plain", on: { click: () => reveal(each.path) } }, each.path.replace("/payload", "")), h("del", {}, each.old), " → ", h("ins", {}, each.new)))),
      faults.length > 0 ? h("div", { class: "problem", role: "alert" }, h("p", {}, "This is no checkpoint of the stage:"), h("ul", { class: "mono" }, faults.slice(0, 12).map((fault) => h("li", {}, h("button", { class: "plain", on: { click: () => reveal(`/payload${fault.place.startsWith("/") ? fault.place : ""}`) } }, fault.place), " ", fault.message)))) : null,
      h("div", { class: "edit-line" }, h("label", { for: "edit-why" }, "Why"), why, save, h("button", { on: { click: () => load() } }, "Discard")));
  }

  async function reveal(target) {
    const { index, count } = await worker.ask("reveal", { path: target });
    await tree.grown(count);
    if (index >= 0) tree.move(index);
  }

  async function store(why, button) {
    button.disabled = true;
    try {
      const { text } = await worker.ask("text");
      await api.edit(model.id, stage.id, subject, text, { tag, why });
      notice(`${stage.id}${subject ? `/${subject}` : ""} is pinned; what depends on it runs again.`, { kind: "good", action: { href: place("jobs", model.id), text: "Watch" } });
      await load();
      versions.load();
    } catch (problem) {
      button.disabled = false;
      if (problem.status === 412) notice("Something else stands there by now. Discard to load it, then make your change again.", { kind: "bad" });
      else replace(trouble, problemBox(problem));
    }
  }

  loadJob(app, model, ends).catch(noticeProblem);
  load().catch((problem) => replace(trouble, problemBox(problem)));
  versions.load();
  return { end: () => ends.end() };
}
