import { h, replace } from "../core/dom.mjs";
import { bytes } from "../core/format.mjs";
import { note } from "../core/router.mjs";
import { Ends } from "../core/store.mjs";
import { formatNames, formats } from "../model/stages.mjs";
import * as api from "../net/api.mjs";
import { chunkList } from "./chunk-list.mjs";
import { fieldList } from "./field-list.mjs";
import { jobHead } from "./job-head.mjs";
import { jsonTree } from "./json-tree.mjs";
import { loadJob } from "./load-job.mjs";
import { markdown } from "./markdown.mjs";
import { problemBox } from "./problem.mjs";
import { tabList } from "./tab-list.mjs";
import { tableList } from "./table-list.mjs";

const names = ["Markdown", "Source", "Tables", "Fields", "Chunks", "JSON", "Files"];

/** What the job made, in every form; each is asked for when it is looked at. */
export function show(main, app, parts, query) {
  const ends = new Ends();
  const model = app.job(parts[1]);
  const head = jobHead(model, "result", ends);
  const panels = names.map(() => h("div", { class: "result-body" }));
  const filled = new Set();
  let json;
  let ready = false;

  const making = (panel) => () => replace(panel, h("p", { class: "empty" }, "This format is being made …"));
  const document = (panel) => {
    json ??= api.result(model.id, "json", ends.signal, making(panel)).then(JSON.parse).catch((problem) => { json = undefined; throw problem; });
    return json;
  };
  let text;
  const source = (panel) => {
    text ??= api.result(model.id, "md", ends.signal, making(panel)).catch((problem) => { text = undefined; throw problem; });
    return text;
  };
  const picture = (name) => api.resultAddress(model.id, "md", { file: name.split("/").at(-1) });
  const fills = [
    async (panel) => replace(panel, withOutline(markdown(await source(panel), { picture }))),
    async (panel) => replace(panel, h("pre", { class: "source", tabindex: 0 }, await source(panel))),
    async (panel) => replace(panel, tableList(await document(panel), model.id)),
    async (panel) => replace(panel, fieldList(await document(panel), model.id)),
    async (panel) => replace(panel, chunkList(await api.result(model.id, "chunks", ends.signal, making(panel)))),
    async (panel) => replace(panel, jsonTree(await document(panel), { open: 1 })),
    async (panel) => replace(panel, files()),
  ];

  async function fill(index) {
    const panel = panels[index];
    if (!ready || filled.has(index)) return;
    filled.add(index);
    replace(panel, h("p", { class: "empty" }, "Loading …"));
    try {
      await fills[index](panel);
    } catch (problem) {
      filled.delete(index);
      if (problem.name !== "AbortError" && problem.status !== 401) replace(panel, problemBox(problem));
    }
  }

  function files() {
    const made = new Set(model.summary?.formats ?? []);
    return h("table", { class: "plain files" }, h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Format"), h("th", { scope: "col" }, "File"), h("th", { scope: "col" }, "State"))),
      h("tbody", {}, formats.map((format) => {
        const cell = h("td", {});
        replace(cell, format === "csv" ? h("button", { on: { click: () => listFiles(format, cell) } }, "Show the files") : h("a", { href: api.resultAddress(model.id, format), download: `${stem(model.summary?.name ?? model.id)}.${format === "chunks" ? "chunks.jsonl" : format === "fields" ? "fields.json" : format}` }, `Download ${format}`));
        return h("tr", {}, h("th", { scope: "row" }, formatNames[format]), cell, h("td", { class: "quiet" }, made.has(format) ? "made" : "made when it is asked for"));
      })));
  }

  async function listFiles(format, cell) {
    try {
      const list = JSON.parse(await api.result(model.id, format, ends.signal));
      replace(cell, h("ul", {}, list.files.map((file) => h("li", {}, h("a", { href: api.resultAddress(model.id, format, { file: file.name }), download: file.name }, file.name), h("span", { class: "quiet" }, ` ${bytes(file.bytes)}`)))));
    } catch (problem) { replace(cell, problemBox(problem)); }
  }

  const from = { csv: 2, fields: 3, chunks: 4, json: 5, md: 0 }[query.get("format")] ?? names.findIndex((name) => name.toLowerCase() === query.get("show"));
  let current = from < 0 ? (query.get("format") ? 6 : 0) : from;
  const tabs = tabList("Forms of the result", names.map((name, index) => [name, panels[index]]), (index) => { current = index; note("jobs", model.id, "result", { show: names[index].toLowerCase() }); fill(index); }, { chosen: current });
  replace(main, head.element, h("section", { class: "panel result" }, tabs.element));

  loadJob(app, model, ends).catch((problem) => {
    if (problem.name !== "AbortError" && problem.status !== 401) replace(panels[current], problemBox(problem));
  });
  let shownFor;
  ends.add(model.watch(() => {
    const key = model.isFinished ? model.summary?.finished : undefined;
    if (!model.summary) return;
    if (!model.isFinished) {
      ready = false;
      if (shownFor !== "unfinished") replace(panels[current], h("p", { class: "empty" }, `The job is ${model.status}. Its result appears here when it is done.`));
      shownFor = "unfinished";
      return;
    }
    if (shownFor === key && ready) return;
    // A rerun or an edit has made new results.
    shownFor = key;
    ready = true;
    filled.clear();
    [text, json] = [undefined, undefined];
    fill(current);
  }));
  model.changed();
  return { end: () => ends.end() };
}

/** The headings beside the text, to go to. */
function withOutline(rendered) {
  const headings = [...rendered.querySelectorAll(".level-1, .level-2, .level-3")];
  if (headings.length < 3) return rendered;
  const item = (heading) => h("li", {}, h("button", { class: `outline-${/level-(\d)/.exec(heading.className)[1] - 1}`, on: { click: () => {
    heading.tabIndex = -1;
    heading.scrollIntoView({ block: "start" });
    heading.focus({ preventScroll: true });
  } } }, heading.textContent));
  return h("div", { class: "rendered-columns" }, rendered, h("nav", { class: "outline", "aria-label": "Outline" }, h("h2", {}, "Outline"), h("ul", {}, headings.map(item))));
}

const stem = (name) => name.replace(/\.[^.]+$/, "");
