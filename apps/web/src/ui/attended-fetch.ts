// Requests that a page makes with nobody before it say so, and keep no session alive.
let lastSeen = Date.now();

for (const event of ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"])
  globalThis.addEventListener?.(event, () => (lastSeen = Date.now()), { passive: true, capture: true });

const attendedMs = 60_000;

/** `fetch`, with `fiducial-unattended` when nobody moved or typed anything for a minute. */
export const attendedFetch: typeof fetch = (input, init = {}) => {
  const unattended = Date.now() - lastSeen > attendedMs ? { "fiducial-unattended": "1" } : {};
  return fetch(input, { ...init, headers: { ...(init.headers as Record<string, string>), ...unattended } });
};
