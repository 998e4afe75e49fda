import { isFinished } from "../model/states.mjs";
import { ticket } from "./api.mjs";

const firstWait = 250; // milliseconds before the first try again; each later one waits twice as long
const longestWait = 15_000; // milliseconds: a restarted server is found within that
const mostSince = 900; // jobs named in one subscription to all
const patience = 5_000; // milliseconds until a gap that was asked for and not filled is given up for a snapshot
const silence = 45_000; // milliseconds without a sign of life (pings come every 15 s): the server is asked for one
const answerTime = 5_000; // milliseconds in which that question is answered, or the connection is dead
const mostOver = 400; // jobs that ended whose numbers are kept: after a break it is asked whether they began anew

/**
 * The progress of jobs over one WebSocket, for as long as anybody watches.
 *
 * Nothing is lost or told twice: every job's last number is kept, a repeated one is dropped, a gap is asked for again
 * with `since`, and after a break the subscription goes on from there. `whenChanged` is told how the connection is.
 */
export class ProgressSocket {
  #subscriptions = new Map();
  #seen = new Map();
  #over = new Set();
  #asked = new Map();
  #socket;
  #waits = 0;
  #timer = 0;
  #isStopped = true;
  #lastSign = 0;
  #questionAt;
  #watchdog = 0;

  constructor({ whenChanged = () => {}, whenEvent, whenTick = () => {}, whenResync, whenPlan = () => {}, whenRemoved = () => {}, whenError = () => {}, connect, random = Math.random }) {
    this.state = "idle";
    this.retryAt = 0;
    this.whenChanged = whenChanged;
    this.whenEvent = whenEvent;
    this.whenTick = whenTick;
    this.whenResync = whenResync;
    this.whenPlan = whenPlan;
    this.whenRemoved = whenRemoved;
    this.whenError = whenError;
    this.connect = connect ?? openSocket;
    this.random = random;
  }

  start() {
    if (!this.#isStopped) return;
    this.#isStopped = false;
    this.#open();
    this.#watchdog = setInterval(() => this.#watch(), 5_000);
  }

  stop() {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    clearInterval(this.#watchdog);
    this.#socket?.close(1000);
    this.#socket = undefined;
    this.#tell("idle");
  }

  /** Tries at once, e.g. because the browser is online again. */
  retry() {
    if (this.state !== "waiting") return;
    clearTimeout(this.#timer);
    this.#waits = 0;
    this.#open();
  }

  /** Watches a job, or `*`. `since`: the last number that is known; without it a snapshot comes. Returns what ends it. */
  subscribe(job, since) {
    const users = this.#subscriptions.get(job) ?? 0;
    this.#subscriptions.set(job, users + 1);
    if (since !== undefined) this.#seen.set(job, Math.max(since, this.#seen.get(job) ?? 0));
    if (users === 0) this.#send({ subscribe: this.#wish([job]) });
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      const left = (this.#subscriptions.get(job) ?? 1) - 1;
      if (left > 0) return void this.#subscriptions.set(job, left);
      this.#subscriptions.delete(job);
      if (job !== "*") this.#seen.delete(job);
      this.#send({ unsubscribe: { jobs: job === "*" ? "*" : [job] } });
    };
  }

  #wish(jobs) {
    const since = {};
    const isAll = jobs.includes("*");
    // The newest are asked about; the server takes so many at once.
    for (const [job, seq] of isAll ? [...this.#seen].slice(-mostSince) : this.#seen) {
      if (isAll || jobs.includes(job)) since[job] = seq;
    }
    const wish = { jobs: jobs.includes("*") ? "*" : jobs };
    if (Object.keys(since).length > 0) wish.since = since;
    return wish;
  }

  #send(message) {
    if (this.#socket?.readyState === 1) this.#socket.send(JSON.stringify(message));
  }

  #tell(state) {
    this.state = state;
    this.whenChanged(this);
  }

  async #open() {
    this.#tell("connecting");
    let socket;
    try {
      socket = await this.connect();
    } catch (problem) {
      if (this.#isStopped) return;
      if (problem?.status === 401 || problem?.status === 403) return this.#tell("refused");
      return this.#wait(problem?.retryAfter);
    }
    if (this.#isStopped) return socket.close(1000);
    this.#socket = socket;
    this.#sign();
    const opened = () => {
      if (this.#socket !== socket) return;
      this.#waits = 0;
      this.#sign();
      this.#tell("open");
      const jobs = [...this.#subscriptions.keys()];
      const named = jobs.filter((job) => job !== "*");
      if (jobs.includes("*")) this.#send({ subscribe: this.#wish(["*"]) });
      if (named.length > 0) this.#send({ subscribe: this.#wish(named) });
    };
    if (socket.readyState === 1) opened(); else socket.addEventListener("open", opened);
    socket.addEventListener("message", (event) => {
      if (this.#socket !== socket) return;
      this.#sign();
      this.receive(event.data);
    });
    socket.addEventListener("close", () => {
      if (this.#socket !== socket || this.#isStopped) return;
      this.#socket = undefined;
      this.#wait();
    });
  }

  #wait(atLeast = 0) {
    const full = Math.min(longestWait, firstWait * 2 ** this.#waits);
    this.#waits += 1;
    // Half fixed, half chance: a thousand pages do not come back in the same moment.
    const wait = Math.max(atLeast * 1000, full / 2 + this.random() * (full / 2));
    this.retryAt = Date.now() + wait;
    this.#tell("waiting");
    this.#timer = setTimeout(() => this.#open(), wait);
  }

  #sign() {
    this.#lastSign = performance.now();
    this.#questionAt = undefined;
  }

  #watch() {
    // Browsers do not show pings to scripts; a short question, which the server always answers, keeps a quiet line honest.
    if (this.state !== "open") return;
    const now = performance.now();
    if (this.#questionAt !== undefined) return void (now - this.#questionAt >= answerTime && this.#giveUp());
    const jobs = [...this.#subscriptions.keys()];
    if (now - this.#lastSign < silence || jobs.length === 0) return;
    this.#questionAt = now;
    this.#send({ subscribe: this.#wish(jobs.includes("*") ? ["*"] : jobs) });
  }

  /** A dead line may take minutes to close: it is not waited for. */
  #giveUp() {
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
    this.#wait();
  }

  /** One message of the server. */
  receive(text) {
    let message;
    // What cannot be read is not acted on; the numbers show whether something is missing.
    try { message = JSON.parse(text); } catch { return; }
    if (Array.isArray(message)) return message.forEach((part) => this.#take(part));
    this.#take(message);
  }

  #take(message) {
    if (message.tick) return this.whenTick(message.tick);
    if (message.snapshot) return this.#snapshot(message.snapshot);
    // Too much waited for us and was dropped: what we know is void until the snapshots that follow.
    if (message.resync) return this.#seen.clear();
    if (message.plan) return this.whenPlan(message.plan);
    if (message.removed) {
      this.#forget(message.removed.job);
      return this.whenRemoved(message.removed.job);
    }
    if (message.error) return this.whenError(message.error);
    if (typeof message.seq !== "number" || !message.job) return;
    const last = this.#seen.get(message.job);
    if (last !== undefined && message.seq <= last) return;
    const isMissed = last !== undefined && message.seq > last + 1;
    if (isMissed) return this.#askAgain(message.job, last);
    this.#asked.delete(message.job);
    this.#seen.set(message.job, message.seq);
    if (message.type === "job_state") this.#keep(message.job, isFinished(message.state));
    this.whenEvent(message);
  }

  /** A gap is asked for once; what comes before the answer is in the answer too. If none comes, all is asked for anew. */
  #askAgain(job, last) {
    const asked = this.#asked.get(job);
    const isKnown = asked?.last === last;
    if (isKnown && performance.now() - asked.at < patience) return;
    this.#asked.set(job, { last, at: performance.now() });
    if (isKnown) return this.#send({ subscribe: { jobs: [job] } });
    this.#send({ subscribe: { jobs: [job], since: { [job]: last } } });
  }

  #snapshot(snapshot) {
    for (const job of snapshot.jobs ?? []) {
      this.#asked.delete(job.id);
      this.#seen.set(job.id, job.seq ?? 0);
      this.whenResync(job.id, job);
    }
  }

  /** The number of a job that has ended is kept for a while, so that a rerun during a break is not missed; of many the oldest goes. */
  #keep(job, isOver) {
    this.#over.delete(job);
    if (!isOver) return;
    this.#over.add(job);
    const [oldest] = this.#over;
    if (this.#over.size > mostOver) this.#forget(oldest);
  }

  #forget(job) {
    this.#over.delete(job);
    this.#asked.delete(job);
    if (!this.#subscriptions.has(job)) this.#seen.delete(job);
  }
}

async function openSocket() {
  const url = new URL("api/v1/progress", document.baseURI);
  url.protocol = url.protocol.replace("http", "ws");
  url.searchParams.set("ticket", await ticket());
  return new WebSocket(url, "sheaf.progress.v1");
}
