// A key ends. DESIGN § 5, Keys.
import { z } from "zod";
import { directory } from "../kernel/directory.ts";
import { KeyId } from "../kernel/fields.ts";
import { accept, kind, refuse } from "../kernel/kind.ts";
import { type KeyHolder, keyChangeWrites, keyHolder, mayEndKey } from "./key-holders.ts";

/** A key is ended from this entry on; what it signed before goes on counting. */
export const keyRevoked = kind("identity.key.revoked", 1, {
  nature: "act",
  by: ["anyone"],
  home: "each",
  says: "A key is ended by its holder, its organization or an administrator; what it signed before goes on counting.",
  open: z.strictObject({ key: KeyId, reason: z.enum(["lost", "superseded", "ceased"]) }),
  sealed: z.strictObject({}),
  refusals: ["KEY_UNKNOWN", "NOT_YOUR_KEY", "KEY_REVOKED", "LAST_ROOT_KEY"],
  findings: [],

  decide(state, { open, signer, recordedAt: at }) {
    const key = directory.key(state, open.key);
    if (key === undefined) return refuse("KEY_UNKNOWN");
    if (!mayEndKey(state, signer, key)) return refuse("NOT_YOUR_KEY");
    if (key.revoked !== null) return refuse("KEY_REVOKED");
    const holder = keyHolder(state, key.actor) as KeyHolder;
    if (holder.root && holder.keys.length === 1) return refuse("LAST_ROOT_KEY");
    return accept(keyChangeWrites(state, holder, { revoke: [open.key], reason: open.reason, at }));
  },
});
