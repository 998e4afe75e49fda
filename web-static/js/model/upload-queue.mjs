import { Store } from "../core/store.mjs";
import { newKey, send } from "../net/upload.mjs";

const atOnce = 3; // uploads under way; the others wait their turn

/**
 * Documents on their way to the server. They go on whichever view is shown; each is kept until it is dismissed, or until
 * `tidy` finds that there is nothing left to tell of it.
 */
export class UploadQueue extends Store {
  #running = 0;
  #waiting = [];
  items = []; // the last that was added comes first

  add(files, wishes) {
    const added = [...files].map((file) => ({ name: file.name, size: file.size, file, wishes, key: newKey(), state: "waiting", sent: 0 }));
    this.items.unshift(...added.toReversed());
    this.#waiting.push(...added);
    this.#next();
  }

  /** Sends again what was refused. It is the same wish: it has the same key, and what had arrived all the same stays one job. */
  retry(item) {
    Object.assign(item, { state: "waiting", problem: undefined, sent: 0 });
    this.#waiting.push(item);
    this.#next();
  }

  /** Takes one off the list; what of it is under way is broken off. */
  dismiss(item) {
    this.items = this.items.filter((each) => each !== item);
    this.#waiting = this.#waiting.filter((each) => each !== item);
    item.transfer?.cancel();
    this.changed();
  }

  tidy(isOver) {
    this.items = this.items.filter((item) => item.state !== "sent" || !isOver(item));
    this.changed();
  }

  #next() {
    while (this.#running < atOnce && this.#waiting.length > 0) this.#start(this.#waiting.shift());
    this.changed();
  }

  async #start(item) {
    this.#running += 1;
    item.state = "sending";
    item.transfer = send(item.file, item.wishes, item.key, (sent) => { item.sent = sent; this.changed(); });
    try {
      const answer = await item.transfer.done;
      // The file and a password are nobody's business any more.
      Object.assign(item, { state: "sent", job: answer.job_id, file: undefined, wishes: undefined });
    } catch (problem) {
      Object.assign(item, { state: "refused", problem });
    }
    item.transfer = undefined;
    this.#running -= 1;
    this.#next();
  }
}
