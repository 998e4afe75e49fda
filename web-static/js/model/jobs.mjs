import { Store } from "../core/store.mjs";
import { stageIndex, stages } from "./stages.mjs";
import { isFinished } from "./states.mjs";

/** The list of jobs, the newest first; what the server tells of each replaces what was known. */
export class JobList extends Store {
  constructor() {
    super();
    this.byID = new Map();
    this.order = [];
    this.next = undefined;
    this.isComplete = false;
    this.wish = undefined;
    this.isLoading = false;
    this.problem = undefined;
  }

  /** Begins anew, as a list of what is wished for: `wish` tells whether it is the list that somebody wants to see. */
  clear(wish) {
    this.wish = wish;
    this.byID.clear();
    this.order = [];
    this.next = undefined;
    this.isComplete = false;
    this.changed();
  }

  /** A page of the list. */
  append(page) {
    for (const job of page.jobs) this.#put(job);
    this.next = page.next;
    this.isComplete = !page.next;
    this.changed();
  }

  /** The newest page once more, after a while: what came since is put in. Where all of it is new, the list begins with it. */
  renew(page) {
    if (page.next && !page.jobs.some((job) => this.byID.has(job.id))) {
      this.clear(this.wish);
      return this.append(page);
    }
    for (const job of page.jobs) this.#put(job);
    if (!page.next) {
      const told = new Set(page.jobs.map((job) => job.id));
      this.order = this.order.filter((job) => told.has(job.id) || !this.byID.delete(job.id));
      this.isComplete = true;
    }
    this.changed();
  }

  /** A job that was told of by itself. */
  put(job) {
    this.#put(job);
    this.changed();
  }

  #put(job) {
    const known = this.byID.get(job.id);
    if (known) return void Object.assign(known, job);
    const entry = { ...job };
    this.byID.set(job.id, entry);
    const last = this.order.at(-1);
    if (!last || last.created >= entry.created) return void this.order.push(entry);
    // The newest come first: a binary search finds where it belongs.
    let [low, high] = [0, this.order.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.order[middle].created > entry.created) low = middle + 1; else high = middle;
    }
    this.order.splice(low, 0, entry);
  }

  remove(id) {
    if (!this.byID.delete(id)) return;
    this.order = this.order.filter((job) => job.id !== id);
    this.changed();
  }

  /** A transition; returns whether the job is known. */
  apply(event) {
    const job = this.byID.get(event.job);
    if (!job) return false;
    job.seq = event.seq;
    if (event.type === "job_state") {
      job.status = event.state;
      if (event.state === "running" && !job.started) job.started = event.at;
      if (isFinished(event.state)) job.finished = event.at;
      job.failure = event.failure;
    } else {
      this.#count(job, event);
    }
    this.changed();
    return true;
  }

  /** How many units each stage of a job has. */
  plan(plan) {
    const job = this.byID.get(plan.job);
    if (!job) return;
    if (plan.pages) job.pages = plan.pages;
    const known = new Map((job.stages ?? []).map((stage) => [stage.stage, stage]));
    job.stages = Object.entries(plan.stages).map(([stage, planned]) => ({ done: 0, running: 0, missing: 0, ...known.get(stage), stage, planned }));
    this.changed();
  }

  #count(job, event) {
    const stage = job.stages?.find((each) => each.stage === event.stage);
    if (!stage) return;
    if (event.type === "unit_started") stage.running += 1;
    if (event.type === "unit_finished" || event.type === "unit_reused") stage.done = Math.min(stage.planned, stage.done + 1);
    if (event.type === "unit_gap" || event.type === "unit_failed") stage.missing += 1;
    if (event.type !== "unit_started" && event.type !== "unit_reused") stage.running = Math.max(0, stage.running - 1);
  }
}

/** How far each stage of a job is, from 0 to 1; undefined where nothing is known. */
export function shares(job) {
  if (!job.stages?.length) return job.status === "completed" ? stages.map(() => 1) : undefined;
  const shares = stages.map(() => 0);
  for (const stage of job.stages) {
    const row = stageIndex.get(stage.stage);
    if (row !== undefined && stage.planned > 0) shares[row] = stage.done / stage.planned;
  }
  return shares;
}
