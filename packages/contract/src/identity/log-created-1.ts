// Entry 0 of every log: who founded it, with which root keys, under which contract. DESIGN § 5.
import { z } from "zod";
import { writeDirectory } from "../kernel/directory.ts";
import { ActorId, ContractVersion, Count, Digest, LogSize, Origin } from "../kernel/fields.ts";
import { accept, kind, refuse } from "../kernel/kind.ts";
import { foundingFields, foundingKeys, foundingWrites } from "./root-keys.ts";

/** The founding organizations create a log. Its first entry, and possible only there. */
export const logCreated = kind("identity.log.created", 1, {
  nature: "act",
  by: ["organization"],
  home: "each",
  says: "The founding organizations create the log, name their root keys and the contract.",
  open: z.strictObject({
    /** Each signs, and a statement has 16 signers at most. */
    organizations: z.strictObject(foundingFields).array().min(1).max(16),
    contract: z.strictObject({ version: ContractVersion, digest: Digest }),
    cosignatures: Count.describe(
      "How many replicas' cosignatures a checkpoint needs; 0 for a log that one organization keeps alone.",
    ),
    predecessor: z.strictObject({ origin: Origin, size: LogSize, rootHash: Digest }).optional(),
  }),
  sealed: z.strictObject({ names: z.record(ActorId, z.string()).describe("The organizations' names, by actor.") }),
  refusals: ["FOUNDERS_DO_NOT_SIGN", "KEY_EXISTS", "KEY_NOT_REGISTRABLE"],
  findings: [],

  introduces: ({ organizations }) => foundingKeys(organizations),

  decide(state, { open, signer, approvers, log, recordedAt }) {
    const { contract, organizations } = open;
    const founders = organizations.map(({ organization }) => organization).sort();
    const signing = [signer, ...approvers].map(({ actor }) => actor).sort();
    const distinct = new Set(founders).size === founders.length;
    if (!distinct || founders.join() !== signing.join()) return refuse("FOUNDERS_DO_NOT_SIGN");
    const roots = foundingWrites(state, organizations, recordedAt);
    if (typeof roots === "string") return refuse(roots);
    const row = { origin: log, contract, next: null, organizations: founders.length, sealed: false };
    return accept([writeDirectory.log(row), ...roots]);
  },
});
