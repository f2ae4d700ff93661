// What is not as it should be as lines of the log: once when it begins, once when it ends.
import type { OpenNode } from "../compose.ts";
import { health } from "../routes/health.ts";
import type { NodeLog } from "./log.ts";

/** Looks at a node's health every `lookMs`, and hears at once when its ledger stops. Returns what ends it. */
export function watchHealth(node: OpenNode, log: NodeLog, lookMs = 15_000): () => void {
  let known = new Map<string, { readonly code: string; readonly cause?: string | undefined }>();
  function look(): void {
    const now = new Map(health(node).troubles.map((trouble) => [`${trouble.code} ${trouble.witness ?? ""}`, trouble]));
    for (const [key, { code, cause }] of now) if (!known.has(key)) log.write("health.degraded", { code, cause });
    for (const [key, { code }] of known) if (!now.has(key)) log.write("health.restored", { code });
    known = now;
  }
  let isClosed = false;
  void node.replica.stopped.then((error) => {
    if (error !== undefined && !isClosed) log.write("ledger.stopped", { code: error.code });
  });
  void node.publication.stopped.then((error) => {
    if (error !== undefined && !isClosed) log.write("publication.stopped", { code: error.code });
  });
  // A node that is closing, or whose disk fails, has nothing to tell.
  const looking = setInterval(() => {
    try {
      look();
    } catch {
      return;
    }
  }, lookMs).unref();
  return () => {
    isClosed = true;
    clearInterval(looking);
  };
}
