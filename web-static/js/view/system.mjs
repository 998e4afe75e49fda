import { h, replace, s, say } from "../core/dom.mjs";
import { bytes, count, plural, seconds } from "../core/format.mjs";
import { Ends } from "../core/store.mjs";
import * as api from "../net/api.mjs";
import { problemBox } from "./problem.mjs";

const kept = 120; // values of each line: two minutes at one a second

/** What is told as a line over time: a name, how to find it, how to say it. What a server does not tell is left out. */
const lines = [
  ["Jobs in the queue", (now) => now.queue?.jobs?.used, count, (now) => `of ${count(now.queue.jobs.limit)}`],
  ["Pages in the queue", (now) => now.queue?.pages?.used, count, (now) => `of ${count(now.queue.pages.limit)}`],
  ["Units running", (now) => now.workers?.running_units, count, (now) => `at ${plural(now.workers.allowed, "worker")}`],
  ["Units ready", (now) => now.workers?.ready_units, count, () => "wait for a worker"],
  ["Loop lag, mean", (now) => now.loop?.recent.mean_microseconds, lag, (now) => `of 10 s; 99 % under ${lag(now.loop.recent.p99_microseconds)}`],
  ["Loop lag, worst", (now) => now.loop?.recent.max_microseconds, lag, (now) => `of 10 s; since the start ${lag(now.loop.lag_max_seconds * 1e6)}`],
  ["Memory of the server", (now) => now.server?.resident_bytes, bytes, (now) => `resident; ${seconds(now.server.cpu_seconds)} of processor time`],
  ["Memory of workers", (now) => now.processes?.reduce((sum, each) => sum + (each.resident_bytes ?? 0), 0), bytes, (now) => plural(now.processes.length, "process", "processes")],
  ["WebSockets", (now) => now.sockets?.websockets, count, (now) => `${count(now.sockets.connections)} connections`],
  ["Uploads", (now) => now.queue?.uploads?.used, count, (now) => `of ${count(now.queue.uploads.limit)}`],
  ["Open files", (now) => now.server?.open_descriptors, count, () => "descriptors of the server"],
  ["Disk, free", (now) => now.disk?.free_bytes, bytes, (now) => `of ${bytes(now.disk.size_bytes)}`],
];

/** Microseconds. */
function lag(value) { return value < 1_000 ? `${Math.round(value)} µs` : value < 100_000 ? `${(value / 1_000).toFixed(1)} ms` : seconds(value / 1e6); }

/** How the server is, second by second. */
export function show(main) {
  document.title = "System · Sheaf";
  const ends = new Ends();
  const status = h("span", { class: "quiet", role: "status" }, "asking …");
  const trouble = h("div", {});
  const tiles = lines.map(([name, read, tell, more]) => tile(name, read, tell, more));
  const processes = h("section", { class: "panel", hidden: true });
  replace(main, h("div", { class: "job-title" }, h("h1", {}, "System"), status), trouble, h("div", { class: "tiles" }, tiles.map((each) => each.element)), processes);
  let isAsking = false;
  async function ask() {
    if (isAsking) return;
    isAsking = true;
    try {
      const now = await api.system(ends.signal);
      for (const each of tiles) each.add(now);
      say(status, [now.status, now.queue?.status === "full" ? "the queue is full" : "", now.uptime_seconds ? `up for ${seconds(now.uptime_seconds)}` : ""].filter(Boolean).join(", "));
      drawProcesses(processes, now.processes);
      replace(trouble);
    } catch (problem) {
      if (problem.name === "AbortError" || problem.status === 401) return;
      say(status, "no answer");
      replace(trouble, problemBox(problem));
    } finally { isAsking = false; }
  }
  ends.every(1_000, ask);
  ask();
  return { end: () => ends.end() };
}

function tile(name, read, tell, more) {
  const values = [];
  const number = h("dd", { class: "tile-number" }, "–");
  const note = h("dd", { class: "quiet tile-note" }, " ");
  const area = s("path", { class: "spark-area" });
  const line = s("path", { class: "spark-line" });
  const element = h("dl", { class: "tile panel" }, h("dt", {}, name), number, note, h("dd", { class: "spark" }, s("svg", { viewBox: `0 0 ${kept - 1} 30`, preserveAspectRatio: "none", "aria-hidden": "true" }, area, line)));
  return {
    element,
    add(now) {
      const value = read(now);
      element.hidden = value === undefined;
      if (value === undefined) return;
      values.push(value);
      if (values.length > kept) values.shift();
      say(number, tell(value));
      say(note, more(now) || " ");
      const most = Math.max(...values) || 1;
      const least = Math.min(0, ...values);
      const points = values.map((each, index) => `${kept - values.length + index} ${(29 - ((each - least) / (most - least || 1)) * 27).toFixed(1)}`);
      line.setAttribute("d", `M${points.join("L")}`);
      area.setAttribute("d", `M${points.join("L")}L${kept - 1} 30L${kept - values.length} 30z`);
    },
  };
}

function drawProcesses(panel, list) {
  panel.hidden = !list?.length;
  if (panel.hidden) return;
  replace(panel, h("div", { class: "panel-head" }, h("h2", {}, "Workers")), h("table", { class: "plain process-table" }, h("thead", {}, h("tr", {}, ["Worker", "Process", "At", "Memory", "Units done"].map((name, index) => h("th", { scope: "col", class: index > 2 ? "number" : "" }, name)))),
    h("tbody", {}, list.map((each) => h("tr", {}, h("td", {}, String(each.worker)), h("td", { class: "mono quiet" }, String(each.pid)), h("td", {}, each.stage ?? h("span", { class: "quiet" }, "waits")), h("td", { class: "number" }, bytes(each.resident_bytes)), h("td", { class: "number" }, count(each.units ?? 0)))))));
}
