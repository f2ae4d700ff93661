// Entry 0 of every log: who founded it, with which root keys, under which contract. DESIGN § 5.
import { z } from "zod";
import { writeDirectory } from "../kernel/directory.ts";
import { ActorId, Count, Digest, Origin, PublicKeyField } from "../kernel/fields.ts";
import { accept, kind, refuse } from "../kernel/kind.ts";
import { rootKeyWrites } from "./root-keys.ts";

/** The founding organizations create a log. Its first entry, and possible only there. */
export const logCreated = kind("identity.log.created", 1, {
  nature: "act",
  by: ["organization"],
  home: "each",
  says: "The founding organizations create the log, name their root keys and the contract.",
  open: z.strictObject({
    organizations: z.array(z.strictObject({ organization: ActorId, rootKeys: z.array(PublicKeyField).min(1).max(8) })).min(1).max(64),
    contract: z.strictObject({ version: Count, digest: Digest }),
    /** How many replicas' cosignatures a checkpoint needs; 0 for a log that one organization keeps alone. */
    cosignatures: Count,
    predecessor: z.strictObject({ origin: Origin, size: Count, rootHash: Digest }).optional(),
  }),
  sealed: z.strictObject({ names: z.record(ActorId, z.string()).describe("The organizations' names, by actor.") }),
  refusals: ["LOG_EXISTS", "FOUNDERS_DO_NOT_SIGN", "KEY_NOT_REGISTRABLE"],
  findings: [],

  introduces: ({ organizations }) =>
    organizations.flatMap(({ organization, rootKeys }) => rootKeys.map((key) => ({ actor: organization, key, founds: true }))),

  decide(state, { open, index, signer, approvers, log }) {
    if (index !== 0 || state.get("identity/log") !== undefined) return refuse("LOG_EXISTS");
    const founders = open.organizations.map(({ organization }) => organization).sort();
    const signing = [signer, ...approvers].map(({ actor }) => actor).sort();
    if (new Set(founders).size !== founders.length || founders.join() !== signing.join()) return refuse("FOUNDERS_DO_NOT_SIGN");
    const roots = rootKeyWrites(open.organizations);
    if (roots === undefined) return refuse("KEY_NOT_REGISTRABLE");
    const { contract } = open;
    return accept([writeDirectory.log({ origin: log, contract, next: null, organizations: founders.length, sealed: false }), ...roots]);
  },
});
