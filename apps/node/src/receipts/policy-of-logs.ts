// The trust policy under which receipts of a folder's logs verify, those of ended logs too.
import { type Policy, parseEntry, type TrustPolicy } from "@fiducial/core";
import type { KeptLog, Logs } from "../logs/logs.ts";
import { NodeError } from "../node-error.ts";

/** Names the logs' keys and first entries. `cosigners` are whom the log that grows asks to witness it. */
export function policyOfLogs({ current, ended }: Logs, cosigners: Policy | undefined): TrustPolicy {
  const logs = [current, ...ended];
  const { witnesses, groups, quorum } = cosigners ?? { witnesses: [], groups: [], quorum: "none" };
  return {
    policy: { logs: logs.map(({ key }) => ({ key })), witnesses, groups, quorum },
    genesis: Object.fromEntries(logs.map((log) => [log.origin, genesisOf(log)])),
    replicas: [],
  };
}

function genesisOf({ store }: KeptLog): string {
  const genesis = parseEntry(store.entry(0) as Uint8Array);
  if (genesis === undefined) throw new NodeError("ENTRY_UNKNOWN", { index: 0 });
  return genesis.statement.id;
}
