import { h, replace, say } from "../core/dom.mjs";
import { count, exactMoment, moment, plural, seconds } from "../core/format.mjs";
import { throttled } from "../core/frame.mjs";
import { go, note, place } from "../core/router.mjs";
import { Ends } from "../core/store.mjs";
import { jobStates } from "../model/states.mjs";
import * as api from "../net/api.mjs";
import { onKey } from "./keys.mjs";
import { problemBox } from "./problem.mjs";
import { stageBar } from "./stage-bar.mjs";
import { stateMark } from "./state-mark.mjs";
import { uploads } from "./uploads.mjs";
import { virtualList } from "./virtual-list.mjs";

const isNarrow = matchMedia("(max-width: 720px)");
const mostJobs = 20_000; // rows kept; beyond it the filter helps more than scrolling

/** The list of jobs, live, and where documents are dropped. */
export function show(main, app, parts, query) {
  document.title = "Jobs · Sheaf";
  const ends = new Ends();
  const list = app.jobs;
  const total = h("span", { class: "quiet", "aria-live": "polite" });
  const trouble = h("div", {});
  const empty = h("p", { class: "empty", hidden: true });
  const search = h("input", { type: "search", placeholder: "Filter by name", "aria-label": "Filter by name", value: query.get("text") ?? "", spellcheck: "false" });
  const status = h("select", { "aria-label": "Filter by state" }, h("option", { value: "" }, "all states"),
    Object.entries(jobStates).map(([value, state]) => h("option", { value }, state.word)));
  status.value = query.get("status") ?? "";
  const type = h("select", { "aria-label": "Filter by type" }, h("option", { value: "" }, "all types"),
    ["pdf", "png", "jpeg", "jpg", "tiff", "tif", "webp", "bmp"].map((value) => h("option", { value }, value)));
  type.value = query.get("type") ?? "";

  const rows = virtualList({ height: () => (isNarrow.matches ? 56 : 34), makeRow: () => makeRow(list), label: "Jobs" });
  const table = h("div", { class: "job-table", role: "table", "aria-label": "Jobs" },
    h("div", { class: "job-head", role: "rowgroup" }, h("div", { class: "job-row", role: "row" },
      ["Document", "State", "Stages", "Pages", "Took", "Created"].map((name, index) => h("span", { role: "columnheader", class: index > 2 ? "number" : "" }, name)))),
    rows.element);

  replace(main,
    h("h1", { class: "hidden-visually" }, "Jobs"),
    uploads(app, ends),
    h("div", { class: "filters" }, search, status, type, total),
    trouble, table, empty);

  const wishes = () => ({ text: search.value.trim(), status: status.value, type: type.value });
  let loading;

  function load() {
    if (!list.isComplete && list.order.length < mostJobs) ask(list.next, (page) => list.append(page));
  }

  async function ask(cursor, take) {
    if (loading || ends.isOver) return;
    const mine = loading = new AbortController();
    const { wish } = list;
    try {
      const page = await api.listJobs({ ...wishes(), limit: 200, cursor }, mine.signal);
      if (loading !== mine) return;
      take(page);
      replace(trouble);
    } catch (problem) {
      if (problem.name !== "AbortError" && problem.status !== 401) replace(trouble, problemBox(problem));
      if (problem.status === 0 || problem.retryable) setTimeout(() => { if (list.wish === wish) ask(cursor, take); }, 3_000);
    } finally {
      if (loading === mine) loading = undefined;
    }
  }

  function refilter() {
    const wish = wishes();
    const text = JSON.stringify(wish);
    if (text === list.wish) return;
    loading?.abort();
    loading = undefined;
    list.clear(text);
    note(wish);
    load();
  }

  const takes = (job) => {
    const wish = wishes();
    return (!wish.status || job.status === wish.status) && (!wish.text || job.name.toLowerCase().includes(wish.text.toLowerCase())) && (!wish.type || job.name.toLowerCase().endsWith(`.${wish.type}`));
  };
  const asked = new Set();
  async function learn(id) {
    if (asked.has(id) || asked.size > 200) return;
    asked.add(id);
    try {
      const job = await api.getJob(id);
      if (list.byID.has(id) || takes(job)) list.put(job);
    } catch (problem) {
      if (problem.status === 404) list.remove(id);
    } finally {
      setTimeout(() => asked.delete(id), 1_000);
    }
  }
  app.whenUnknown = (event) => { if (event.type === "job_state" && event.state === "queued") learn(event.job); };
  ends.add(() => { app.whenUnknown = undefined; });

  // Stages of those that run are counted from events; where none are known yet, they are asked for.
  const fillIn = throttled(500, () => {
    if (ends.isOver) return;
    for (let index = Math.max(0, rows.first); index < rows.first + 40 && index < list.order.length; index += 1) {
      const job = list.order[index];
      if ((job.status === "running" && !job.stages) || (job.pages === undefined && job.status !== "queued")) learn(job.id);
    }
  });

  ends.add(list.watch(() => {
    rows.resize(list.order.length);
    say(total, list.order.length === 0 ? "" : `${plural(list.order.length, "job")}${list.isComplete ? "" : " and more"}`);
    empty.hidden = list.order.length > 0 || !list.isComplete;
    say(empty, Object.values(wishes()).some(Boolean) ? "No job is like that." : "No jobs yet. Drop documents anywhere on this page.");
    fillIn();
  }));
  rows.whenEnd = load;
  rows.start(ends);
  ends.listen(isNarrow, "change", () => rows.relayout());
  for (const field of [search, status, type]) ends.listen(field, "input", throttled(200, refilter));
  ends.add(app.socket.subscribe("*"));
  ends.every(1_000, () => rows.draw());
  // Whoever comes back finds the list as it was; what came meanwhile is asked for.
  if (list.wish === JSON.stringify(wishes())) ask(undefined, (page) => list.renew(page)); else refilter();
  list.changed();

  ends.add(onKey("/", () => search.focus()));
  const step = (by) => {
    const link = document.activeElement?.closest?.(".job-row")?.querySelector("a");
    const now = link ? Number(link.dataset.index) + by : Math.max(0, rows.first);
    const index = Math.max(0, Math.min(list.order.length - 1, now));
    rows.reveal(index, (row) => row?.element.querySelector("a").focus({ preventScroll: true }));
  };
  ends.add(onKey("j", () => step(1)));
  ends.add(onKey("k", () => step(-1)));
  ends.listen(rows.element, "keydown", (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: 15, PageUp: -15 }[event.key];
    if (!by) return;
    event.preventDefault();
    step(by);
  });
  return { end: () => { loading?.abort(); ends.end(); } };
}

/** One row, made once and filled with one job after another. */
function makeRow(list) {
  const name = h("a", { class: "job-name" });
  const state = stateMark("queued");
  const bar = stageBar();
  const pages = h("span", { role: "cell", class: "number" });
  const took = h("span", { role: "cell", class: "number" });
  const created = h("span", { role: "cell", class: "number quiet" });
  const why = h("span", { class: "job-why" });
  const nameCell = h("span", { role: "cell", class: "job-name-cell" }, name, why);
  const element = h("div", { class: "job-row" }, nameCell, h("span", { role: "cell" }, state.element), h("span", { role: "cell" }, bar.element), pages, took, created);
  element.addEventListener("click", (event) => {
    if (event.target.closest("a") || getSelection().toString()) return;
    go("jobs", list.order[Number(name.dataset.index)]?.id ?? "");
  });
  return {
    element,
    fill(index) {
      const job = list.order[index];
      if (!job) return;
      if (name.dataset.index !== String(index)) name.dataset.index = index;
      const href = place("jobs", job.id);
      if (name.getAttribute("href") !== href) name.setAttribute("href", href);
      say(name, job.name || job.id);
      say(why, job.failure?.message ?? "");
      state.set(job.status);
      bar.set(job);
      say(pages, job.pages === undefined ? "–" : count(job.pages));
      const until = job.finished ?? (job.status === "running" ? Date.now() / 1000 : undefined);
      say(took, job.started && until ? seconds(Math.max(0, until - job.started)) : "–");
      const when = moment(job.created);
      if (created.textContent !== when) { created.textContent = when; created.title = exactMoment(job.created); }
    },
  };
}
