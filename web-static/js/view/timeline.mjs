import { h, icon, say } from "../core/dom.mjs";
import { seconds } from "../core/format.mjs";
import { cancelFrame, onFrame } from "../core/frame.mjs";
import { unitName } from "../model/stages.mjs";
import { unitState, unitStates } from "../model/states.mjs";
import { fit, palette, watchPalette } from "./palette.mjs";

const lane = 16; // pixels
const axis = 18;
const mostLanes = 24;

/** Who did what when: a lane for each worker, an attempt as a bar of its stage's colour. */
export function timeline(model, ends, { choose }) {
  const canvas = h("canvas", { "aria-hidden": "true" });
  const box = h("div", { class: "lanes", tabindex: 0, role: "application", "aria-roledescription": "timeline", "aria-label": "Workers over time. Arrow keys pan, plus and minus zoom." }, canvas);
  const told = h("p", { class: "quiet lane-told", "aria-live": "off" }, " ");
  const summary = h("span", { class: "quiet" });
  const view = { from: 0, to: 0, isWhole: true };
  const element = h("section", { class: "panel", "aria-label": "Workers" },
    h("div", { class: "panel-head" }, h("h2", {}, "Workers"), summary,
      h("span", { class: "end" }, h("span", { class: "segmented", role: "group", "aria-label": "Zoom in time" },
        h("button", { "aria-label": "Zoom out in time", on: { click: () => zoom(2) } }, icon("minus")), h("button", { on: { click: () => { view.isWhole = true; ask(); } } }, "all"), h("button", { "aria-label": "Zoom in in time", on: { click: () => zoom(0.5) } }, icon("plus"))))),
    box, told);
  let width = 0;
  let rows = [];

  function range() {
    const { intervals } = model;
    if (view.isWhole || !(view.to > view.from)) {
      view.from = Number.isFinite(intervals.first) ? intervals.first : 0;
      view.to = Math.max(view.from + 0.5, intervals.open.size > 0 ? Math.max(intervals.last, Date.now() / 1000) : intervals.last);
      if (view.to - intervals.last > 60) view.to = intervals.last + 1;
    }
    return (width - 2) / (view.to - view.from);
  }

  function draw() {
    if (ends.isOver || width === 0) return;
    const { intervals, grid } = model;
    const lanes = Math.max(1, Math.min(mostLanes, intervals.lanes.length));
    const height = axis + lanes * lane + 4;
    const context = fit(canvas, width, height);
    const colours = palette();
    context.clearRect(0, 0, width, height);
    if (intervals.count === 0) return say(summary, "nothing has run yet");
    const scale = range();
    drawTicks(context, view, scale, width, height, colours);
    rows = [];
    const edge = new Float64Array(lanes).fill(-1);
    const now = Math.max(intervals.last, Math.min(view.to, Date.now() / 1000));
    let busy = 0;
    for (let step = 0; step < intervals.count; step += 1) {
      const index = (intervals.next - intervals.count + step + intervals.start.length) % intervals.start.length;
      const end = intervals.end[index] || now;
      busy += end - intervals.start[index];
      if (end < view.from || intervals.start[index] > view.to) continue;
      const row = Math.min(lanes - 1, intervals.lane[index]);
      const x = Math.max(0, (intervals.start[index] - view.from) * scale);
      const right = Math.min(width, (end - view.from) * scale);
      // What ends on a pixel that is painted already adds nothing.
      if (right <= edge[row]) continue;
      const left = Math.max(x, edge[row]);
      edge[row] = right;
      const stage = grid.unit(intervals.slot[index]).stage;
      const isLost = intervals.outcome[index] === unitState.gap || intervals.outcome[index] === unitState.failed || intervals.outcome[index] === unitState.ready;
      context.fillStyle = isLost ? colours.units[unitState.failed] : colours.groups[stage.group];
      context.globalAlpha = intervals.end[index] ? 1 : 0.55;
      const y = axis + row * lane;
      context.fillRect(left, y + 1, Math.max(0.75, right - left - (right - left > 3 ? 1 : 0)), lane - 3);
      context.globalAlpha = 1;
      if (right - left > 34) {
        context.fillStyle = colours.raised;
        context.font = `10px ${colours.sans}`;
        context.save();
        context.beginPath();
        context.rect(left, y, right - left - 3, lane);
        context.clip();
        const unit = grid.unit(intervals.slot[index]);
        context.fillText(unitName(stage.id, unit.page, unit.format), left + 4, y + lane / 2);
        context.restore();
      }
      rows.push([left, right, row, index]);
    }
    const span = Math.max(0.001, now - intervals.first);
    say(summary, `${lanes} at most at once, busy ${Math.min(100, Math.round((busy / span / lanes) * 100))} % of the time`);
  }

  const ask = () => onFrame(draw);
  function zoom(factor, middle = 0.5) {
    range();
    const at = view.from + (view.to - view.from) * middle;
    const span = Math.max(0.02, (view.to - view.from) * factor);
    const whole = model.intervals.last - model.intervals.first;
    view.isWhole = span >= whole;
    [view.from, view.to] = [at - span * middle, at + span * (1 - middle)];
    ask();
  }
  function pan(share) {
    range();
    const by = (view.to - view.from) * share;
    view.isWhole = false;
    view.from += by;
    view.to += by;
    ask();
  }

  ends.listen(canvas, "pointermove", (event) => {
    if (event.buttons & 1) return pan(-event.movementX / width);
    const row = Math.floor((event.offsetY - axis) / lane);
    const hit = rows.findLast(([left, right, each]) => each === row && event.offsetX >= left - 1 && event.offsetX <= right + 1);
    if (!hit) return say(told, " ");
    const index = hit[3];
    const { intervals } = model;
    const unit = model.grid.unit(intervals.slot[index]);
    say(told, `${unitName(unit.stage.id, unit.page, unit.format)} · worker ${row + 1} · ${intervals.end[index] ? seconds(intervals.end[index] - intervals.start[index]) : "running"} · ${unitStates[intervals.outcome[index]] || "running"}`.replace("· none", "· running"));
    choose(intervals.slot[index]);
  });
  ends.listen(canvas, "wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    zoom(event.deltaY > 0 ? 1.25 : 0.8, event.offsetX / width);
  }, { passive: false });
  ends.listen(box, "keydown", (event) => {
    const act = { ArrowLeft: () => pan(-0.15), ArrowRight: () => pan(0.15), "+": () => zoom(0.5), "-": () => zoom(2), 0: () => { view.isWhole = true; ask(); } }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  ends.add(model.watch(ask));
  ends.add(() => cancelFrame(draw));
  ends.every(250, () => { if (model.intervals.open.size > 0) ask(); });
  watchPalette(ends, ask);
  const observer = new ResizeObserver(([entry]) => { width = Math.floor(entry.contentRect.width); ask(); });
  observer.observe(box);
  ends.add(() => observer.disconnect());
  return { element };
}

function drawTicks(context, view, scale, width, height, colours) {
  const span = view.to - view.from;
  const steps = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21600];
  const step = steps.find((each) => (each * scale) >= 70) ?? span;
  context.font = `11px ${colours.sans}`;
  context.textBaseline = "middle";
  for (let at = 0; at <= span; at += step) {
    const x = Math.round(at * scale);
    context.fillStyle = colours.line;
    context.fillRect(x, axis - 3, 1, height - axis);
    context.fillStyle = colours.quiet;
    if (x < width - 40) context.fillText(at === 0 ? "0" : seconds(at), x + 3, 8);
  }
}
