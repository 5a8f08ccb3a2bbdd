// Work that is to be seen, done before the next picture and never for long at once.
const BUDGET_MS = 6;
const waiting = new Map();
let asked = false;

// Does this soon; the same name again before that does it once, the latest way.
export function soon(name, work) {
  waiting.set(name, work);
  if (!asked) {
    asked = true;
    requestAnimationFrame(frame);
  }
}

// The same, but not again before some time has passed.
const resting = new Map();
export function calmly(name, millis, work) {
  if (resting.has(name)) {
    resting.set(name, work);
    return;
  }
  resting.set(name, null);
  soon(name, work);
  setTimeout(() => {
    const next = resting.get(name);
    resting.delete(name);
    if (next) calmly(name, millis, next);
  }, millis);
}

function frame() {
  asked = false;
  const end = performance.now() + BUDGET_MS;
  for (const [name, work] of waiting) {
    waiting.delete(name);
    try {
      work();
    } catch (error) {
      console.error(error);
    }
    if (performance.now() > end) break;
  }
  if (waiting.size > 0 && !asked) {
    asked = true;
    requestAnimationFrame(frame);
  }
}
