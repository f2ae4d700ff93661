// Two files in the data folder, both C2SP tlog-policy: whom this log asks to witness it, and which logs this node witnesses.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Policy, parsePolicy, type VerifierKey } from "@fiducial/core";
import type { WitnessPeer } from "@fiducial/ledger";
import { NodeError } from "../node-error.ts";

/** Whose cosignatures this log asks for, and how many are enough. */
export const witnessesFile = "witnesses.policy";
/** Which other logs this node cosigns: `log` lines, and `quorum none`. */
export const witnessedFile = "witnessed.policy";

/** Reads a policy file of a data folder, or returns undefined when it is not there. Throws POLICY_UNREADABLE. */
export function policyFile(folder: string, name: string): Policy | undefined {
  const path = join(folder, name);
  if (!existsSync(path)) return undefined;
  try {
    return parsePolicy(readFileSync(path, "utf8"));
  } catch (thrown) {
    throw new NodeError("POLICY_UNREADABLE", { file: name, line: (thrown as { line?: number }).line ?? 0 }, thrown);
  }
}

/** The witnesses of a policy that can be asked: those with an address. Keys of one address belong to one witness. */
export function peersOf({ witnesses }: Policy): WitnessPeer[] {
  const byUrl = new Map<string, { name: string; keys: VerifierKey[] }>();
  for (const { name, key, url } of witnesses) {
    if (url === undefined) continue;
    const peer = byUrl.get(url) ?? { name, keys: [] };
    peer.keys.push(key);
    byUrl.set(url, peer);
  }
  return [...byUrl].map(([url, { name, keys }]) => ({ name, url, keys }));
}
