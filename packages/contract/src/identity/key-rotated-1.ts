// A key hands over to a new one. DESIGN § 5, Keys.
import { z } from "zod";
import { ActorId, KeyId, PublicKeyField } from "../kernel/fields.ts";
import { accept, kind, refuse } from "../kernel/kind.ts";
import { type KeyHolder, keyChangeWrites, keyHolder, newKeyFault } from "./key-holders.ts";

/** Whoever holds a key replaces it: the old one signs, the new one counter-signs, and the old one is revoked. */
export const keyRotated = kind("identity.key.rotated", 1, {
  nature: "act",
  by: ["anyone"],
  home: "each",
  says: "Whoever holds a key replaces it by another; the old one is revoked.",
  open: z.strictObject({ actor: ActorId, previous: KeyId, key: PublicKeyField }),
  sealed: z.strictObject({}),
  refusals: ["PREVIOUS_KEY_DOES_NOT_SIGN", "POSSESSION_NOT_PROVED", "KEY_EXISTS"],
  findings: [],

  introduces: ({ actor, key }) => [{ actor, key, founds: false }],

  decide(state, context) {
    const { open, signer, recordedAt: at } = context;
    const { actor, previous, key } = open;
    if (signer.actor !== actor || signer.key !== previous) return refuse("PREVIOUS_KEY_DOES_NOT_SIGN");
    const fault = newKeyFault(state, context, key);
    if (fault !== undefined) return refuse(fault);
    const holder = keyHolder(state, actor) as KeyHolder;
    return accept(keyChangeWrites(state, holder, { add: key, revoke: [previous], reason: "superseded", at }));
  },
});
