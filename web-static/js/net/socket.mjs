import { ticket } from "./api.mjs";

const firstWait = 250; // milliseconds before the first try again; each later one waits twice as long
const longestWait = 15_000; // milliseconds: a restarted server is found within that
const mostSince = 900; // jobs named in one subscription to all
const patience = 5_000; // milliseconds until a gap that was asked for and not filled is given up for a snapshot
const silence = 45_000; // milliseconds without a sign of life (pings come every 15 s): the connection is dead

/**
 * The progress of jobs over one WebSocket, for as long as anybody watches.
 *
 * Nothing is lost or told twice: every job's last number is kept, a repeated one is dropped, a gap is asked for again
 * with `since`, and after a break the subscription goes on from there. `whenChanged` is told how the connection is.
 */
export class ProgressSocket {
  #subscriptions = new Map();
  #seen = new Map();
  #asked = new Map();
  #socket;
  #waits = 0;
  #timer = 0;
  #isStopped = true;
  #lastSign = 0;
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

  get lastSeen() { return this.#seen; }

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
    this.#lastSign = performance.now();
    const opened = () => {
      this.#waits = 0;
      this.#lastSign = performance.now();
      this.#tell("open");
      const jobs = [...this.#subscriptions.keys()];
      const named = jobs.filter((job) => job !== "*");
      if (jobs.includes("*")) this.#send({ subscribe: this.#wish(["*"]) });
      if (named.length > 0) this.#send({ subscribe: this.#wish(named) });
    };
    if (socket.readyState === 1) opened(); else socket.addEventListener("open", opened);
    socket.addEventListener("message", (event) => {
      this.#lastSign = performance.now();
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

  #watch() {
    // Browsers do not show pings to scripts; a short question keeps a quiet line honest.
    if (this.state !== "open" || performance.now() - this.#lastSign < silence) return;
    this.#lastSign = performance.now();
    const jobs = [...this.#subscriptions.keys()];
    if (jobs.length > 0) this.#send({ subscribe: this.#wish(jobs.includes("*") ? ["*"] : jobs) });
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
    if (message.removed) return this.whenRemoved(message.removed.job);
    if (message.error) return this.whenError(message.error);
    if (typeof message.seq !== "number" || !message.job) return;
    const last = this.#seen.get(message.job);
    if (last !== undefined && message.seq <= last) return;
    const isMissed = last !== undefined && message.seq > last + 1;
    if (isMissed) return this.#askAgain(message.job, last);
    this.#asked.delete(message.job);
    this.#seen.set(message.job, message.seq);
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

  /** Forgets the numbers of jobs that are over, so that the map stays small. */
  forget(job) {
    if (!this.#subscriptions.has(job)) this.#seen.delete(job);
  }
}

async function openSocket() {
  const url = new URL("api/v1/progress", document.baseURI);
  url.protocol = url.protocol.replace("http", "ws");
  url.searchParams.set("ticket", await ticket());
  return new WebSocket(url, "sheaf.progress.v1");
}
