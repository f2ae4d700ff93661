// One's own passkeys: which there are, a further one, and the end of one. WebAuthn Level 3 § 7.1; DESIGN § 5, Keys.
import type { Draft, NewPasskey, Passkey, PasskeyCreation, PasskeyRemoval, Passkeys, StatedEntry } from "@fiducial/api";
import { directory } from "@fiducial/contract";
import { formatUtcTime, keyId, keyIdOf } from "@fiducial/core";
import type { Caller } from "../authorization/caller.ts";
import type { OpenNode } from "../compose.ts";
import { NodeError } from "../node-error.ts";
import type { MemberKey } from "../operations/key-file.ts";
import { personIn } from "../sign-in/session-answers.ts";
import { promptMs } from "./challenges.ts";
import { declarationOf, type HeldPasskey, heldPasskeys, lastUsed } from "./held-passkeys.ts";
import { algorithms, checkedPasskey } from "./new-passkey.ts";
import type { PasskeyRoom } from "./passkey-room.ts";
import type { RelyingParty } from "./relying-party.ts";
import { credentialOf, shownDraft } from "./waiting-draft.ts";

/** Somebody with a session and a place on the ledger. */
export interface Holder {
  readonly actor: string;
  readonly name: string;
  readonly session: string;
}

/** Who asks, who is a person on the ledger. Throws NOT_ALLOWED. */
export function holderIn(caller: Caller): Holder {
  const { actor, name, session } = personIn(caller);
  if (actor === undefined) throw new NodeError("NOT_ALLOWED", { permission: "session.own" });
  return { actor, name, session };
}

export async function ownPasskeys(node: OpenNode, room: PasskeyRoom, { actor }: Holder): Promise<Passkeys> {
  const party = partyOrNone(room);
  if (party === undefined) return { passkeys: [], offered: false, addable: false };
  const held = heldPasskeys(node, actor, party);
  const passkeys = held.map((one) => shown(node, room, one));
  const addable = held.length > 0 || !isBound(node, actor) || (await liveKeyHeldFor(node, room, actor)) !== undefined;
  return { passkeys, offered: true, addable };
}

/** What a browser makes a passkey with. Throws PASSKEYS_NOT_OFFERED. */
export function passkeyCreation(node: OpenNode, room: PasskeyRoom, { actor, name, session }: Holder): PasskeyCreation {
  const party = room.party();
  const held = heldPasskeys(node, actor, party);
  return {
    challenge: room.challenges.issue(`creation ${session}`),
    rp: { id: party.id, name: `Fiducial, ${node.identity.organizationName}` },
    // The handle by which the ledger knows the person: random, and in the authenticator of that person alone.
    user: { id: Buffer.from(actor, "hex").toString("base64url"), name, displayName: name },
    pubKeyCredParams: algorithms.map((alg) => ({ type: "public-key", alg })),
    timeout: promptMs,
    attestation: "none",
    excludeCredentials: held.flatMap(({ key }) => {
      const record = room.records.byKey(key);
      return record === undefined ? [] : [credentialOf(record)];
    }),
    authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
  };
}

/** Takes a passkey that was made, and drafts its registration. Rejects with PASSKEY_CHALLENGE_LOST, PASSKEY_REFUSED, and the contract's codes. */
export async function addPasskey(node: OpenNode, room: PasskeyRoom, holder: Holder, given: NewPasskey): Promise<Draft> {
  const { actor, session } = holder;
  const party = room.party();
  const challenge = room.challenges.take(`creation ${session}`);
  if (challenge === undefined) throw new NodeError("PASSKEY_CHALLENGE_LOST");
  const { declared, record: added } = await checkedPasskey(given, challenge, party);
  // One that somebody has already comes with another key, or is not theirs to bring.
  if (room.records.byCredential(added.credential).length > 0) throw new NodeError("PASSKEY_REFUSED");
  const earlier = lastUsed(heldPasskeys(node, actor, party), room);
  const holderKey = earlier?.key ?? (await liveKeyHeldFor(node, room, actor));
  const drafted = await node.operations.drafts.registration(actor, declared, holderKey);
  const keys = [declared, ...(earlier === undefined ? [] : [declarationOf(earlier)])];
  const kept = room.drafts.keep(session, { drafted, keys, added });
  return shownDraft(kept, party.id, (key) => (key === keyIdOf(declared) ? added : room.records.byKey(key)));
}

/** Ends a passkey. Rejects with PASSKEY_UNKNOWN when it is none of the person's. */
export async function removePasskey(
  node: OpenNode,
  { records }: PasskeyRoom,
  { actor }: Holder,
  key: string,
  { reason }: PasskeyRemoval,
): Promise<StatedEntry> {
  const row = directory.key(node.store.state, key);
  if (row?.actor !== actor || row.webauthn === undefined || row.revoked !== null)
    throw new NodeError("PASSKEY_UNKNOWN");
  const stated = await node.operations.drafts.revoke({ actor, key }, reason);
  records.remove(key);
  return { ...stated, findings: [...stated.findings] };
}

function shown(node: OpenNode, { records }: PasskeyRoom, { key, row }: HeldPasskey): Passkey {
  const usedAt = records.byKey(key)?.usedAt ?? 0;
  return {
    key,
    algorithm: row.algorithm,
    index: node.projection.identity.key(key)?.index ?? 0,
    addedAt: row.registeredAt,
    ...(usedAt === 0 ? {} : { usedAt: formatUtcTime(usedAt) }),
  };
}

async function liveKeyHeldFor(
  { store }: OpenNode,
  { heldFor }: PasskeyRoom,
  actor: string,
): Promise<MemberKey | undefined> {
  const held = await heldFor(actor);
  const row = held === undefined ? undefined : directory.key(store.state, keyId(held.secret.publicKey));
  return row?.actor === actor && row.revoked === null ? held : undefined;
}

function isBound({ store }: OpenNode, actor: string): boolean {
  return directory.actor(store.state, actor)?.bound === true;
}

function partyOrNone({ party }: PasskeyRoom): RelyingParty | undefined {
  try {
    return party();
  } catch {
    return undefined;
  }
}
