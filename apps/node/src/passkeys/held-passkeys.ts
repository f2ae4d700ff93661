// The passkeys that an actor has now, by the ledger alone.
import { directory, type KeyRow } from "@fiducial/contract";
import type { DeclaredKey } from "@fiducial/core";
import type { OpenNode } from "../compose.ts";
import type { PasskeyRoom } from "./passkey-room.ts";
import type { RelyingParty } from "./relying-party.ts";

/** A passkey that is registered and has not ended: an actor's row names no others. */
export interface HeldPasskey {
  readonly key: string;
  readonly row: KeyRow & { readonly algorithm: "WebAuthn-Ed25519" | "WebAuthn-P-256" };
}

/** The passkeys of an actor that are in use and good at this address, the oldest first; none of an actor that is retired. */
export function heldPasskeys(node: Pick<OpenNode, "store">, actor: string, party: RelyingParty): HeldPasskey[] {
  const { state } = node.store;
  const known = directory.actor(state, actor);
  if (known === undefined || known.retired) return [];
  return known.keys.flatMap((key) => {
    const row = directory.key(state, key);
    return row !== undefined && isPasskeyOf(row, party) ? [{ key, row }] : [];
  });
}

/** The passkey that was used last here: whoever signs again most likely has it at hand. */
export function lastUsed(held: readonly HeldPasskey[], { records }: PasskeyRoom): HeldPasskey | undefined {
  const usedAt = ({ key }: HeldPasskey) => records.byKey(key)?.usedAt ?? -1;
  return [...held].sort((a, b) => usedAt(b) - usedAt(a))[0];
}

/** A row of the directory as a declaration of the key. */
export function declarationOf({ row: { algorithm, publicKey, webauthn } }: HeldPasskey): DeclaredKey {
  return { algorithm, publicKey, ...(webauthn === undefined ? {} : { webauthn }) };
}

function isPasskeyOf(row: KeyRow, { declares }: RelyingParty): row is HeldPasskey["row"] {
  return row.algorithm.startsWith("WebAuthn-") && row.webauthn?.rpIdHash === declares.rpIdHash;
}
