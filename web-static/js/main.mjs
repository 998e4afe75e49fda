import * as api from "./net/api.mjs";
import { ProgressSocket } from "./net/socket.mjs";
import { JobList } from "./model/jobs.mjs";
import { JobModel } from "./model/job.mjs";
import { UploadQueue } from "./model/upload-queue.mjs";
import { readPlace } from "./core/router.mjs";
import { h, replace } from "./core/dom.mjs";
import { drawBar } from "./view/bar.mjs";
import { problemBox } from "./view/problem.mjs";
import { showLogin } from "./view/login.mjs";
import { startKeys } from "./view/keys.mjs";
import { notice } from "./view/notice.mjs";

const main = document.getElementById("main");
const routes = {
  "": () => import("./view/home.mjs"),
  system: () => import("./view/system.mjs"),
  jobs: (parts) => {
    switch (parts[2]) {
      case "pages": return import("./view/page.mjs");
      case "result": return import("./view/result.mjs");
      case "checkpoints": return import("./view/checkpoint.mjs");
      case "changes": return import("./view/changes.mjs");
      default: return import("./view/job.mjs");
    }
  },
};

/** What every view works with: the socket, what it fills, and what the server said of itself. */
const app = {
  jobs: new JobList(),
  uploads: new UploadQueue(),
  session: undefined,
  open: undefined,
  plan: undefined,
  socket: undefined,

  /** The plan; asked for once. */
  stages() {
    this.plan ??= api.plan().catch((problem) => { this.plan = undefined; throw problem; });
    return this.plan;
  },

  /** The one job that is looked at. */
  job(id) {
    if (this.open?.id !== id) this.open = new JobModel(id);
    return this.open;
  },
};

app.socket = new ProgressSocket({
  whenChanged: (socket) => bar.connection(socket),
  whenEvent(event) {
    if (app.open?.id === event.job) app.open.apply(event);
    if (!app.jobs.apply(event)) app.whenUnknown?.(event);
  },
  whenTick(tick) {
    if (app.open?.id === tick.job) app.open.tick(tick);
  },
  whenResync(id, snapshot) {
    if (app.open?.id === id) app.open.resync(snapshot);
    if (app.jobs.byID.has(id)) app.jobs.put(snapshot); else app.whenUnknown?.({ job: id, type: "job_state", state: "queued" });
  },
  whenPlan(plan) {
    if (app.open?.id === plan.job) app.open.plan(plan);
    app.jobs.plan(plan);
  },
  whenRemoved(id) {
    app.jobs.remove(id);
    app.whenGone?.(id);
  },
  whenError: (error) => notice(error.detail, { kind: "bad" }),
});

const bar = drawBar(app);
let view;

async function route() {
  // Whatever is on its way for another address is too late from here on.
  const token = route.token = {};
  try {
    const { parts, query } = readPlace();
    const load = routes[parts[0] ?? ""] ?? routes[""];
    bar.place(parts);
    // The same view, of another page or unit, may turn by itself and keep what it holds.
    if (view?.turn?.(parts, query)) return;
    const module = await load(parts);
    if (route.token !== token) return;
    const isFirst = view === undefined;
    leave();
    main.replaceChildren();
    view = module.show(main, app, parts, query);
    if (!isFirst) main.focus({ preventScroll: true });
    scrollTo(0, 0);
  } catch (problem) {
    if (route.token !== token) return;
    // What was shown before is gone: whoever goes back to it gets it anew.
    leave();
    replace(main, problemBox(problem), h("p", {}, h("button", { on: { click: () => location.reload() } }, "Load again")));
  }
}

function leave() {
  const left = view;
  view = undefined;
  left?.end();
}

function refused() {
  app.socket.stop();
  leave();
  route.token = {};
  showLogin(main, async (session) => {
    app.session = session;
    bar.session(session);
    app.socket.start();
    await route();
  });
}

async function start() {
  startKeys(app);
  addEventListener("hashchange", route);
  addEventListener("online", () => app.socket.retry());
  api.onRefused(refused);
  try {
    app.session = await api.session();
  } catch (problem) {
    if (problem.status === 401) return refused();
    // A server without keys may not know the question; what follows will tell.
    if (problem.status !== 404 && problem.status !== 0) replace(main, problemBox(problem));
  }
  bar.session(app.session);
  app.socket.start();
  await route();
}

start();
