import { s } from "../core/dom.mjs";
import { plural } from "../core/format.mjs";
import { shares } from "../model/jobs.mjs";
import { stages } from "../model/stages.mjs";

const width = 6;
const gap = 1;
const height = 10;

const box = (index, part) => `M${index * (width + gap)} ${height}v${-height * part}h${width}v${height * part}z`;

/** Fifteen small columns, each filled as far as its stage is. Three paths, whatever the number of stages. */
export function stageBar() {
  const rest = s("path", { class: "bar-rest", d: stages.map((stage) => box(stage.index, 1)).join("") });
  const done = s("path", { class: "bar-done" });
  const lost = s("path", { class: "bar-lost" });
  const element = s("svg", { class: "stage-bar", viewBox: `0 0 ${stages.length * (width + gap) - gap} ${height}`, role: "img", width: 104, height }, rest, done, lost);
  let shown = "";
  return {
    element,
    set(job) {
      const parts = shares(job);
      const path = parts ? parts.map((part, index) => (part > 0 ? box(index, part) : "")).join("") : "";
      const faults = (job.stages ?? []).filter((stage) => stage.missing > 0).map((stage) => stages.findIndex((each) => each.id === stage.stage));
      const key = `${path}|${faults}`;
      if (key === shown) return;
      shown = key;
      done.setAttribute("d", path);
      lost.setAttribute("d", faults.filter((index) => index >= 0).map((index) => box(index, 0.3)).join(""));
      element.setAttribute("aria-label", parts ? `${plural(parts.filter((part) => part >= 1).length, "stage")} of 15 done` : "no stages known");
    },
  };
}
