import { cancelFrame, onFrame } from "./frame.mjs";

/**
 * Something that views watch. Changes are told once a frame, so a thousand of them cost one rendering,
 * and none while the page is hidden.
 */
export class Store {
  #watchers = new Set();
  #tell = () => {
    for (const watcher of [...this.#watchers]) watcher(this);
  };

  changed() {
    if (this.#watchers.size > 0) onFrame(this.#tell);
  }

  /** Returns what ends it. */
  watch(watcher) {
    this.#watchers.add(watcher);
    return () => {
      this.#watchers.delete(watcher);
      if (this.#watchers.size === 0) cancelFrame(this.#tell);
    };
  }
}

/** Ends that belong to a view, ended together. */
export class Ends {
  #ends = [];
  #abort = new AbortController();
  get signal() { return this.#abort.signal; }
  get isOver() { return this.#abort.signal.aborted; }

  add(end) {
    if (this.isOver) end(); else this.#ends.push(end);
    return end;
  }

  listen(target, event, handler, options) {
    target.addEventListener(event, handler, { ...options, signal: this.signal });
  }

  every(milliseconds, work) {
    const timer = setInterval(() => { if (!document.hidden) work(); }, milliseconds);
    this.add(() => clearInterval(timer));
  }

  end() {
    if (this.isOver) return;
    this.#abort.abort();
    for (const end of this.#ends.splice(0).reverse()) end();
  }
}
