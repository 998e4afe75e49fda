import * as api from "../net/api.mjs";
import { unitState } from "../model/states.mjs";

const wholeLog = 4_000; // transitions: jobs with more begin from a snapshot and read only the newest

/**
 * Fills a job's model and keeps it live: what the server says of the job, the log of what happened, then the socket
 * from the number where the log ended.
 */
export async function loadJob(app, model, ends, { live = true } = {}) {
  const { signal } = ends;
  const isKnown = model.summary !== undefined && model.seq > 0;
  model.take(await api.getJob(model.id, signal));
  if (!live) return;
  const last = model.summary.seq;
  const isLong = last - model.seq > wholeLog;
  if (!isKnown && isLong) model.seq = last - wholeLog;
  let since = model.seq;
  do {
    const page = await api.events(model.id, since, signal);
    for (const event of page.events) model.apply(event);
    since = page.next;
  } while (since !== undefined && !signal.aborted);
  if (signal.aborted) return;
  ends.add(app.socket.subscribe(model.id, isLong ? undefined : model.seq));
  if (model.isFinished && isLong) return;
  // Restored jobs have no log; their units are told one by one then.
  if (model.summary.stages?.length && !model.grid.state.some((state) => state > unitState.waiting)) model.takeUnits(await api.units(model.id, signal));
}
