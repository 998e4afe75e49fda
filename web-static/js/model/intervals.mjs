/** Who did what when: attempts as lanes of time. Bounded: the oldest make room, whatever the server tells. */

const most = 40_000; // attempts: a thousand pages with two tries each, about 1 MB

export class Intervals {
  constructor() {
    this.start = new Float64Array(most);
    this.end = new Float64Array(most);
    this.slot = new Int32Array(most);
    this.lane = new Uint8Array(most);
    this.outcome = new Uint8Array(most);
    this.clear();
  }

  clear() {
    this.count = 0;
    this.next = 0;
    this.lanes = [];
    this.open = new Map();
    this.first = Infinity;
    this.last = 0;
  }

  /** An attempt begins at a worker, numbered from 1; without its number it goes to the first lane that is free. */
  begin(slot, at, worker) {
    this.finish(slot, at, 0);
    let lane = worker ? worker - 1 : this.lanes.findIndex((busy) => !busy);
    if (lane < 0) lane = this.lanes.length;
    lane = Math.min(lane, 255);
    this.lanes[lane] = true;
    const index = this.next;
    this.next = (index + 1) % most;
    this.count = Math.min(this.count + 1, most);
    this.start[index] = at;
    this.end[index] = 0;
    this.slot[index] = slot;
    this.lane[index] = lane;
    this.outcome[index] = 0;
    this.open.set(slot, index);
    this.first = Math.min(this.first, at);
    this.last = Math.max(this.last, at);
  }

  /** It ends; `outcome` is a state of units. Returns how long it took, if it was known to run. */
  finish(slot, at, outcome) {
    const index = this.open.get(slot);
    if (index === undefined) return undefined;
    this.open.delete(slot);
    this.end[index] = Math.max(at, this.start[index]);
    this.outcome[index] = outcome;
    this.lanes[this.lane[index]] = false;
    this.last = Math.max(this.last, at);
    return this.end[index] - this.start[index];
  }

  /** Units are numbered anew when pages are added. */
  renumber(oldStride, newStride) {
    const renumbered = (slot) => Math.floor(slot / oldStride) * newStride + (slot % oldStride);
    for (let index = 0; index < this.count; index += 1) this.slot[index] = renumbered(this.slot[index]);
    this.open = new Map([...this.open].map(([slot, index]) => [renumbered(slot), index]));
  }
}
