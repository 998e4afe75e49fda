import { Store } from "../core/store.mjs";
import { UnitGrid } from "./grid.mjs";
import { Intervals } from "./intervals.mjs";
import { stageIndex, stages } from "./stages.mjs";
import { isFinished, unitState } from "./states.mjs";

const rateWindow = 10; // seconds over which the rate is told
const mostNotes = 200; // lines of what happened that are kept

export const flag = Object.freeze({ pinned: 1, conflict: 2, repeated: 4, quarantined: 8 });

/** The pages of a list such as `1-17,19`, none beyond `most`. */
export function* pagesOf(list, most) {
  for (const part of list.split(",").filter(Boolean)) {
    const [first, last = first] = part.split("-").map(Number);
    for (let page = Math.max(1, first); page <= Math.min(last, most); page += 1) yield page;
  }
}

/** One job as its page shows it: what the server told, and the transitions since. */
export class JobModel extends Store {
  constructor(id) {
    super();
    this.id = id;
    this.summary = undefined;
    this.grid = new UnitGrid();
    this.intervals = new Intervals();
    this.errors = new Map();
    this.notes = [];
    this.seq = 0;
    this.finishedAt = [];
    this.version = 0;
  }

  get status() { return this.summary?.status ?? "queued"; }
  get pages() { return this.summary?.pages ?? this.grid.pages; }
  get isFinished() { return isFinished(this.status); }

  touched() {
    this.version += 1;
    this.changed();
  }

  /** What `GET /jobs/{id}` says. */
  take(summary) {
    this.summary = { ...this.summary, ...summary };
    if (summary.pages) this.#grow(summary.pages);
    for (const stage of summary.stages ?? []) {
      const row = stageIndex.get(stage.stage);
      if (row === undefined) continue;
      this.grid.plan(row, stage.planned);
      this.#lists(row, stage);
    }
    for (const unit of summary.running ?? []) {
      const slot = this.#slot(unit);
      if (slot >= 0) [this.grid.state[slot], this.grid.progress[slot]] = [unitState.running, unit.progress ?? 0];
    }
    if (summary.errors) {
      for (const error of summary.errors) this.errors.set(this.grid.slot(error.stage, error.page, error.format), error);
    }
    this.touched();
  }

  /** Which pages stand how, as a snapshot tells it: `"1-17,19"`. */
  #lists(row, stage) {
    if (stages[row].scope === "document") {
      const slot = row * this.grid.stride;
      if (stage.planned > 0 && stage.done === stage.planned) this.grid.state[slot] = stage.reused > 0 ? unitState.reused : unitState.done;
      else if (stage.missing > 0) this.grid.state[slot] = unitState.gap;
      return;
    }
    if (stages[row].scope === "format") {
      for (const format of this.summary.formats ?? []) {
        const slot = this.grid.slot("export", undefined, format);
        if (slot >= 0) this.grid.state[slot] = stage.done === stage.planned ? unitState.done : this.grid.state[slot] || unitState.waiting;
      }
      return;
    }
    for (const [name, state] of [["pages_done", unitState.done], ["pages_running", unitState.running], ["pages_missing", unitState.gap]]) {
      for (const page of pagesOf(stage[name] ?? "", this.grid.pages)) {
        const slot = row * this.grid.stride + page;
        // What is known in more detail, such as reuse, stays.
        if (state !== unitState.done || this.grid.state[slot] !== unitState.reused) this.grid.state[slot] = state;
      }
    }
  }

  /** How many units each stage has; told when that changes. */
  plan(plan) {
    if (plan.pages) {
      this.#grow(plan.pages);
      this.summary = { ...this.summary, pages: plan.pages };
    }
    for (const [stage, planned] of Object.entries(plan.stages)) {
      const row = stageIndex.get(stage);
      if (row !== undefined) this.grid.plan(row, planned);
    }
    this.touched();
  }

  /** Every unit's state, as the list of checkpoints gives it. */
  takeUnits(units) {
    this.#snapshot(units);
    this.touched();
  }

  #snapshot(units) {
    for (const unit of units) {
      const slot = this.#slot(unit);
      if (slot < 0) continue;
      const state = unit.reused && unit.state === "done" ? "reused" : unit.state ?? unit.status;
      this.grid.state[slot] = unitState[state] ?? unitState.waiting;
      if (unit.attempt ?? unit.attempts) this.grid.attempts[slot] = unit.attempt ?? unit.attempts;
      if (unit.seconds) this.grid.took[slot] = unit.seconds;
      if (unit.started) this.grid.started[slot] = unit.started;
      this.grid.flags[slot] = (unit.pinned ? flag.pinned : 0) | (unit.conflict ? flag.conflict : 0);
      if (unit.failure) this.errors.set(slot, unit);
    }
  }

  /** Starts anew from a snapshot; attempts and times that are known stay. */
  resync(snapshot) {
    const before = this.grid.state.slice();
    const { stride } = this.grid;
    this.seq = snapshot.seq ?? this.seq;
    this.grid.state.fill(unitState.none);
    this.grid.progress.fill(0);
    for (const slot of [...this.intervals.open.keys()]) this.intervals.finish(slot, this.intervals.last, unitState.cancelled);
    this.take(snapshot);
    if (this.grid.stride !== stride) return;
    // A snapshot does not say what was found and not made.
    for (let slot = 0; slot < before.length; slot += 1) {
      if (before[slot] === unitState.reused && this.grid.state[slot] === unitState.done) this.grid.state[slot] = unitState.reused;
      if (this.grid.state[slot] !== unitState.gap && this.grid.state[slot] !== unitState.failed) this.errors.delete(slot);
    }
  }

  #slot(unit) {
    if (unit.page > this.grid.pages) this.#grow(unit.page);
    return this.grid.slot(unit.stage, unit.page, unit.format);
  }

  #grow(pages) {
    const before = this.grid.stride;
    this.grid.grow(pages);
    if (this.grid.stride === before) return;
    this.intervals.renumber(before, this.grid.stride);
    this.errors = new Map([...this.errors.values()].map((error) => [this.grid.slot(error.stage, error.page, error.format), error]));
  }

  /** A transition; each number once, in order. */
  apply(event) {
    if (event.seq <= this.seq) return false;
    this.seq = event.seq;
    if (event.type === "job_state") this.#jobState(event);
    else if (event.stage) this.#unitEvent(event);
    this.touched();
    return true;
  }

  #jobState(event) {
    this.summary = { ...this.summary, status: event.state };
    if (event.state === "running" && !this.summary.started) this.summary.started = event.at;
    if (isFinished(event.state)) this.summary.finished = event.at;
    this.summary.failure = event.failure;
    this.#note(event, `job ${event.state.replaceAll("_", " ")}`);
  }

  #unitEvent(event) {
    const slot = this.#slot(event);
    if (slot < 0) return;
    const { grid, intervals } = this;
    if (event.attempt) grid.attempts[slot] = Math.min(event.attempt, 255);
    switch (event.type) {
      case "unit_started":
        grid.state[slot] = unitState.running;
        grid.started[slot] = event.at;
        grid.progress[slot] = 0;
        this.errors.delete(slot);
        intervals.begin(slot, event.at, event.worker);
        break;
      case "unit_finished": this.#end(slot, event, unitState.done); break;
      case "unit_reused": this.#end(slot, event, unitState.reused); break;
      case "unit_repeated": grid.flags[slot] |= flag.repeated; this.#end(slot, event, unitState.done); break;
      case "unit_retried":
        this.#end(slot, event, unitState.ready);
        this.#note(event, `tried again${event.failure ? `: ${event.failure.message}` : ""}`);
        break;
      case "unit_gap":
      case "unit_failed":
        this.#end(slot, event, event.type === "unit_gap" ? unitState.gap : unitState.failed);
        this.errors.set(slot, { stage: event.stage, page: event.page, format: event.format, status: event.state, attempts: event.attempt, failure: event.failure });
        this.#note(event, event.failure?.message ?? "given up");
        break;
      case "unit_cancelled": this.#end(slot, event, unitState.cancelled); break;
      case "unit_pinned": grid.flags[slot] |= flag.pinned; this.#note(event, `pinned (${event.state})`); break;
      case "unit_unpinned": grid.flags[slot] &= ~(flag.pinned | flag.conflict); this.#note(event, "unpinned"); break;
      case "pin_conflict":
        if (event.state === "conflict") grid.flags[slot] |= flag.conflict; else grid.flags[slot] &= ~flag.conflict;
        this.#note(event, event.state === "conflict" ? "the pin is out of date" : "the pin is settled");
        break;
      case "checkpoint_quarantined": grid.flags[slot] |= flag.quarantined; this.#note(event, "the checkpoint was damaged; it runs again"); break;
      case "strange_file": this.#note(event, "a file was put there by hand; it is kept"); break;
      default: break;
    }
  }

  #end(slot, event, state) {
    this.grid.state[slot] = state;
    this.grid.progress[slot] = 0;
    this.grid.ended[slot] = event.at;
    const took = this.intervals.finish(slot, event.at, state);
    if (took !== undefined) this.grid.took[slot] = took;
    if (state !== unitState.done && state !== unitState.reused) return;
    this.errors.delete(slot);
    this.finishedAt.push(event.at);
    if (this.finishedAt.length > 4_096) this.finishedAt.splice(0, 2_048);
  }

  #note(event, text) {
    this.notes.push({ at: event.at, stage: event.stage, page: event.page, format: event.format, text });
    if (this.notes.length > mostNotes) this.notes.splice(0, mostNotes / 2);
  }

  tick(tick) {
    const slot = this.#slot(tick);
    if (slot < 0 || this.grid.state[slot] !== unitState.running) return;
    this.grid.progress[slot] = tick.progress;
    this.touched();
  }

  /** Units done a second over the last while, and the seconds that are left at that rate. */
  pace(now = this.intervals.last) {
    const recent = this.finishedAt.filter((at) => at > now - rateWindow).length;
    let left = 0;
    let done = 0;
    for (const stage of stages) {
      const counts = this.grid.counts(stage.index);
      left += counts.planned - counts.done - counts.missing - counts.cancelled;
      done += counts.done;
    }
    const since = Math.min(rateWindow, Math.max(0.5, now - (this.summary?.started ?? now)));
    const rate = recent / since;
    return { rate, left, done, seconds: rate > 0 ? left / rate : undefined };
  }
}
