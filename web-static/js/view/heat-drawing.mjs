import { flag } from "../model/job.mjs";
import { formats, stages } from "../model/stages.mjs";
import { unitState, urgency } from "../model/states.mjs";
import { palette } from "./palette.mjs";

export const rowHeight = 22;
export const axisHeight = 20;
const markFrom = 7; // pixels of a cell from which it has room for its marks

/** Draws the part of a job's units that is in sight: rows of stages, pages from `offset` on. */
export function drawHeat(context, model, view) {
  const { grid } = model;
  const colours = palette();
  const height = view.height ?? rowHeight;
  const inner = height - (height > 14 ? 4 : 2);
  context.clearRect(0, 0, view.width, axisHeight + stages.length * height);
  const first = Math.max(1, Math.floor(view.offset / view.cell) + 1);
  const last = Math.min(grid.pages, Math.ceil((view.offset + view.width) / view.cell));
  const right = Math.min(view.width, grid.pages * view.cell - view.offset || view.width);
  drawAxis(context, grid, view, first, last, colours);
  for (const stage of stages) {
    const y = axisHeight + stage.index * height + (height - inner) / 2;
    if (stage.scope === "page") drawPages(context, model, stage, view, first, last, y, inner, colours);
    else if (stage.scope === "document") drawSpan(context, model, stage.index * grid.stride, 0, Math.max(right, 24), y, inner, colours, stage, view);
    else drawFormats(context, model, stage, formatsWidth(view, right), y, inner, colours, view);
  }
  if (view.marked >= 0) drawMark(context, grid, view, height, right, colours);
}

/** Formats have names to show, however few the pages are. */
export const formatsWidth = (view, right) => Math.min(view.width, Math.max(right, formats.length * 48));

function drawAxis(context, grid, view, first, last, colours) {
  context.fillStyle = colours.quiet;
  context.font = `11px ${colours.sans}`;
  context.textBaseline = "middle";
  const least = 34 / view.cell; // pages between two numbers, so that they do not touch
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000].find((each) => each >= least) ?? 20000;
  for (let page = first <= 1 ? 1 : Math.ceil(first / step) * step; page <= last; page = page === 1 && step > 1 ? step : page + step) {
    const x = (page - 1) * view.cell - view.offset;
    if (x < -1) continue;
    context.fillRect(Math.round(x), axisHeight - 4, 1, 4);
    const text = String(page);
    if (x + 3 + context.measureText(text).width <= view.width) context.fillText(text, x + 3, axisHeight / 2 - 1);
  }
}

function drawPages(context, model, stage, view, first, last, y, inner, colours) {
  const { grid } = model;
  const base = stage.index * grid.stride;
  const gap = view.cell >= 4 ? 1 : 0;
  if (view.cell < 1) return drawBins(context, grid, base, view, y, inner, colours);
  const longest = view.mode === "time" ? Math.max(0.001, maximum(grid.took, base + 1, base + grid.pages + 1)) : 1;
  // Runs of one colour are one rectangle where cells touch: a thousand pages need few.
  let start = first;
  for (let page = first; page <= last; page += 1) {
    const slot = base + page;
    const isLast = page === last;
    const mayJoin = gap === 0 && view.mode === "state" && !isLast && grid.state[slot + 1] === grid.state[slot];
    if (mayJoin) continue;
    const x = (start - 1) * view.cell - view.offset;
    const width = (page - start + 1) * view.cell - gap;
    paint(context, grid, slot, x, y, width, inner, colours, view, longest);
    start = page + 1;
  }
}

/** Several pages share a column: the most urgent one is shown, so that one failure among a thousand is seen. */
function drawBins(context, grid, base, view, y, inner, colours) {
  const columns = Math.ceil(Math.min(view.width, grid.pages * view.cell));
  for (let column = 0; column < columns; column += 1) {
    const from = Math.max(1, Math.floor((column + view.offset) / view.cell) + 1);
    const to = Math.min(grid.pages, Math.max(from, Math.floor((column + 1 + view.offset) / view.cell)));
    let worst = 0;
    for (let page = from; page <= to; page += 1) if (urgency[grid.state[base + page]] > urgency[worst]) worst = grid.state[base + page];
    if (worst === unitState.none) continue;
    context.fillStyle = colours.units[worst];
    context.fillRect(column, y, 1, inner);
  }
}

function paint(context, grid, slot, x, y, width, inner, colours, view, longest) {
  const state = grid.state[slot];
  if (state === unitState.none) return;
  const isDone = state === unitState.done || state === unitState.reused;
  context.fillStyle = colours.units[state];
  if (view.mode === "time" && isDone) context.globalAlpha = 0.15 + 0.85 * Math.sqrt(grid.took[slot] / longest);
  if (view.mode === "attempts" && isDone) context.globalAlpha = Math.min(1, 0.2 + 0.4 * (grid.attempts[slot] - 1));
  if (state === unitState.running) context.globalAlpha = 0.45;
  context.fillRect(x, y, width, inner);
  context.globalAlpha = 1;
  if (state === unitState.running) {
    const part = Math.max(2, inner * grid.progress[slot]);
    context.fillRect(x, y + inner - part, width, part);
  }
  if (width < markFrom) return;
  drawSigns(context, grid, slot, x, y, width, inner, colours);
}

/** What tells states apart without colour. */
function drawSigns(context, grid, slot, x, y, width, inner, colours) {
  const state = grid.state[slot];
  const [cx, cy] = [x + Math.min(width, 24) / 2, y + inner / 2];
  context.strokeStyle = colours.raised;
  context.lineWidth = 1.6;
  context.beginPath();
  if (state === unitState.failed) { context.moveTo(cx - 3, cy - 3); context.lineTo(cx + 3, cy + 3); context.moveTo(cx + 3, cy - 3); context.lineTo(cx - 3, cy + 3); }
  if (state === unitState.gap) { context.moveTo(cx - 3, cy + 3); context.lineTo(cx + 3, cy - 3); }
  if (state === unitState.cancelled) { context.moveTo(cx - 3, cy); context.lineTo(cx + 3, cy); }
  context.stroke();
  if (grid.flags[slot] & (flag.pinned | flag.conflict)) {
    context.fillStyle = colours.pinned;
    context.fillRect(x, y, Math.min(width, 6), 6);
    if (grid.flags[slot] & flag.conflict) { context.strokeStyle = colours.bad; context.strokeRect(x + 0.5, y + 0.5, width - 1, inner - 1); }
  }
  if (grid.attempts[slot] > 1 && width >= 12) {
    context.fillStyle = colours.raised;
    context.font = `9px ${colours.sans}`;
    context.fillText(String(grid.attempts[slot]), x + width - 8, y + inner - 5);
  }
}

function drawSpan(context, model, slot, x, width, y, inner, colours, stage, view) {
  const { grid } = model;
  paint(context, grid, slot, x, y, width - 1, inner, colours, { ...view, mode: "state" }, 1);
}

function drawFormats(context, model, stage, width, y, inner, colours, view) {
  const { grid } = model;
  const [start] = grid.range(stage.index);
  const used = formats.map((format, index) => [format, start + index]).filter(([, slot]) => grid.state[slot] !== unitState.none);
  const each = width / Math.max(1, used.length);
  used.forEach(([format, slot], index) => {
    paint(context, grid, slot, index * each, y, each - 1, inner, colours, { ...view, mode: "state" }, 1);
    if (each < 44 || inner < 12 || view.height) return;
    const isDark = grid.state[slot] === unitState.done || grid.state[slot] === unitState.running || grid.state[slot] === unitState.failed;
    context.fillStyle = isDark ? colours.raised : colours.ink;
    context.font = `600 10.5px ${colours.sans}`;
    context.fillText(format, index * each + 6, y + inner / 2 + 0.5);
  });
}

function drawMark(context, grid, view, height, right, colours) {
  const row = Math.floor(view.marked / grid.stride);
  const column = view.marked % grid.stride;
  const stage = stages[row];
  const y = axisHeight + row * height;
  context.strokeStyle = colours.ink;
  context.lineWidth = 1.5;
  if (stage.scope === "page") {
    const x = (column - 1) * view.cell - view.offset;
    context.strokeRect(x - 0.5, y + 0.75, Math.max(3, view.cell), height - 1.5);
    context.fillStyle = colours.ink;
    context.globalAlpha = 0.07;
    context.fillRect(x, axisHeight, Math.max(1, view.cell), stages.length * height);
    context.globalAlpha = 1;
  } else {
    context.strokeRect(0.75, y + 0.75, right - 1.5, height - 1.5);
  }
}

function maximum(values, start, end) {
  let most = 0;
  for (let index = start; index < end; index += 1) if (values[index] > most) most = values[index];
  return most;
}
