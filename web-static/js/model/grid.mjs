import { formats, stageIndex, stages } from "./stages.mjs";
import { unitState } from "./states.mjs";

const hasFormats = stages.map((stage) => stage.scope === "format");

/**
 * Every unit of one job in flat arrays: 15 rows of slots. Slot 0 is the document, 1 … the pages; for export 1 … the formats.
 * Fifteen thousand units take half a megabyte, and a transition touches one slot.
 */
export class UnitGrid {
  constructor(pages = 0) { this.#allot(pages); }

  #allot(pages) {
    const old = this.state ? this : undefined;
    const before = old && { state: old.state, flags: old.flags, attempts: old.attempts, started: old.started, ended: old.ended, took: old.took, progress: old.progress, stride: old.stride };
    this.pages = pages;
    this.stride = Math.max(pages, formats.length) + 1;
    const size = this.stride * stages.length;
    this.state = new Uint8Array(size);
    this.flags = new Uint8Array(size);
    this.attempts = new Uint8Array(size);
    this.started = new Float64Array(size);
    this.ended = new Float64Array(size);
    this.took = new Float32Array(size);
    this.progress = new Float32Array(size);
    if (!before) return;
    const kept = Math.min(before.stride, this.stride);
    for (let row = 0; row < stages.length; row += 1) {
      for (const name of ["state", "flags", "attempts", "started", "ended", "took", "progress"]) {
        this[name].set(before[name].subarray(row * before.stride, row * before.stride + kept), row * this.stride);
      }
    }
  }

  /** Makes room for more pages; what is known stays. */
  grow(pages) {
    if (pages > this.pages) this.#allot(pages);
  }

  clear() {
    for (const array of [this.state, this.flags, this.attempts, this.started, this.ended, this.took, this.progress]) array.fill(0);
  }

  /** The slot of a unit; -1 for one that has no place. */
  slot(stage, page, format) {
    const row = stageIndex.get(stage);
    if (row === undefined) return -1;
    if (hasFormats[row]) {
      const column = formats.indexOf(format);
      return column < 0 ? -1 : row * this.stride + 1 + column;
    }
    if (!page) return row * this.stride;
    if (!Number.isInteger(page) || page < 1 || page > 100_000) return -1;
    this.grow(page);
    return row * this.stride + page;
  }

  /** Slots of a row that are units: of a page stage its pages, of a document stage the document. */
  range(row) {
    const stage = stages[row];
    const start = row * this.stride;
    if (stage.scope === "page") return [start + 1, start + 1 + this.pages];
    if (stage.scope === "format") return [start + 1, start + 1 + formats.length];
    return [start, start + 1];
  }

  counts(row) {
    const counts = { planned: 0, done: 0, reused: 0, running: 0, missing: 0, cancelled: 0, seconds: 0, attempts: 0 };
    const [start, end] = this.range(row);
    for (let slot = start; slot < end; slot += 1) {
      const state = this.state[slot];
      if (state === unitState.none) continue;
      counts.planned += 1;
      if (state === unitState.done || state === unitState.reused) counts.done += 1;
      if (state === unitState.reused) counts.reused += 1;
      if (state === unitState.running) counts.running += 1;
      if (state === unitState.gap || state === unitState.failed) counts.missing += 1;
      if (state === unitState.cancelled) counts.cancelled += 1;
      counts.seconds += this.took[slot];
      counts.attempts += this.attempts[slot];
    }
    return counts;
  }

  /** What is planned but has not been told of is waiting. */
  plan(row, planned, selectedPages) {
    const [start, end] = this.range(row);
    if (stages[row].scope === "format" || planned < 1) return;
    if (planned < end - start && !selectedPages) return;
    for (let slot = start; slot < end; slot += 1) {
      if (this.state[slot] === unitState.none) this.state[slot] = unitState.waiting;
    }
  }

  unit(slot) {
    const row = Math.floor(slot / this.stride);
    const column = slot % this.stride;
    const stage = stages[row];
    return { stage, page: stage.scope === "format" ? undefined : column || undefined, format: stage.scope === "format" ? formats[column - 1] : undefined };
  }
}
