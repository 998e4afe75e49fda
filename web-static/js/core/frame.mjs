/** Work that belongs to the next frame, each piece once, however often it is asked for. */

const waiting = new Set();
let scheduled = false;

function run() {
  scheduled = false;
  const work = [...waiting];
  waiting.clear();
  for (const piece of work) piece();
}

/** Runs `piece` before the next paint; asked again before that, it still runs once. */
export function onFrame(piece) {
  waiting.add(piece);
  if (scheduled) return;
  scheduled = true;
  requestAnimationFrame(run);
}

export function cancelFrame(piece) {
  waiting.delete(piece);
}

/** Runs `piece` at most every `milliseconds`, the last call included. */
export function throttled(milliseconds, piece) {
  let timer = 0;
  let last = -Infinity;
  return () => {
    if (timer) return;
    const wait = Math.max(0, last + milliseconds - performance.now());
    timer = setTimeout(() => {
      timer = 0;
      last = performance.now();
      piece();
    }, wait);
  };
}
