// Somebody else could have signed with a key. DESIGN § 5, Keys.
import { z } from "zod";
import { directory, type KeyRow, writeDirectory } from "../kernel/directory.ts";
import { KeyId, UtcTimeField } from "../kernel/fields.ts";
import { accept, kind, refuse } from "../kernel/kind.ts";
import type { State, Write } from "../kernel/state.ts";
import { type KeyHolder, keyChangeWrites, keyHolder, mayEndKey } from "./key-holders.ts";

/** A key is said to be in other hands since a time: it is ended at once, and nothing it signed since then proves anything. */
export const keyCompromised = kind("identity.key.compromised", 1, {
  nature: "observation",
  by: ["anyone"],
  home: "each",
  says: "A key is in other hands since a time: it ends at once, and nothing it signed since then proves anything.",
  open: z.strictObject({ key: KeyId, since: UtcTimeField }),
  sealed: z.strictObject({ circumstances: z.string().optional() }),
  refusals: ["KEY_UNKNOWN", "NOT_YOUR_KEY"],
  findings: ["KEY_REVOKED_BEFORE", "COMPROMISED_BEFORE_REGISTRATION", "ORGANIZATION_WITHOUT_KEY", "CLOCK_SKEW"],

  decide(state, { open, signer, recordedAt }) {
    const key = directory.key(state, open.key);
    if (key === undefined) return refuse("KEY_UNKNOWN");
    if (!mayEndKey(state, signer, key)) return refuse("NOT_YOUR_KEY");
    const holder = keyHolder(state, key.actor) as KeyHolder;
    const last = holder.root && holder.keys.length === 1 && key.revoked === null;
    // The earliest time that was ever stated holds: an observation narrows, and never takes back.
    const since = [open.since, recordedAt, key.compromisedSince ?? open.since].sort()[0] as string;
    return accept(compromiseWrites(state, holder, key, open.key, since, recordedAt), [
      key.revoked === null || "KEY_REVOKED_BEFORE",
      open.since >= key.registeredAt || "COMPROMISED_BEFORE_REGISTRATION",
      !last || "ORGANIZATION_WITHOUT_KEY",
      open.since <= recordedAt || "CLOCK_SKEW",
    ]);
  },
});

function compromiseWrites(
  state: State,
  holder: KeyHolder,
  key: KeyRow,
  id: string,
  since: string,
  at: string,
): readonly Write[] {
  if (key.revoked !== null) return [writeDirectory.key(id, { ...key, compromisedSince: since })];
  return keyChangeWrites(state, holder, { revoke: [id], reason: "compromised", at, compromisedSince: since });
}
