// The rules change from a stated entry on. DESIGN § 5, Entry 0.
import { z } from "zod";
import { activeContract } from "../kernel/active-contract.ts";
import { isMajority } from "../kernel/approvals.ts";
import { type ContractReference, directory, type LogRow, writeDirectory } from "../kernel/directory.ts";
import { ContractVersion, Digest, LogSize } from "../kernel/fields.ts";
import { accept, kind, refuse } from "../kernel/kind.ts";

/**
 * More than half of the organizations choose the contract version that rules from entry `atIndex` on. Whether a node
 * has that version changes no verdict. A version that is still to come gives way to a newer one.
 */
export const contractActivated = kind("identity.contract.activated", 1, {
  nature: "act",
  by: ["organization"],
  home: "each",
  says: "More than half of the organizations choose the contract version that rules from a stated entry on.",
  open: z.strictObject({ version: ContractVersion, digest: Digest, atIndex: LogSize }),
  sealed: z.strictObject({}),
  refusals: ["APPROVALS_TOO_FEW", "CONTRACT_NOT_NEWER", "ACTIVATION_IN_PAST"],
  findings: [],

  decide(state, context) {
    const { open, index } = context;
    const log = directory.log(state) as LogRow;
    if (!isMajority(state, context)) return refuse("APPROVALS_TOO_FEW");
    if (open.version <= Math.max(log.contract.version, log.next?.version ?? 0)) return refuse("CONTRACT_NOT_NEWER");
    if (open.atIndex <= index) return refuse("ACTIVATION_IN_PAST");
    return accept([
      writeDirectory.log({ ...log, contract: activeContract(state, index) as ContractReference, next: open }),
    ]);
  },
});
