// Acts that people sign with a passkey: drafted, shown, signed in the browser, submitted. DESIGN § 5, Keys.
import type { Draft, NewDraft, PasskeyAssertion, StatedEntry } from "@fiducial/api";
import type { OpenNode } from "../compose.ts";
import { NodeError } from "../node-error.ts";
import type { SignIn } from "../sign-in/sign-in.ts";
import type { Holder } from "./account.ts";
import { counterOf } from "./assertion.ts";
import { declarationOf, heldPasskeys, lastUsed } from "./held-passkeys.ts";
import type { PasskeyRoom } from "./passkey-room.ts";
import { shownDraft, signaturesOf } from "./waiting-draft.ts";

/** Drafts an act. Rejects with PASSKEYS_NOT_OFFERED, PASSKEY_UNKNOWN, and the code with which the ledger would refuse it. */
export async function draftAct(
  node: OpenNode,
  room: PasskeyRoom,
  { actor, session }: Holder,
  { act, key }: NewDraft,
): Promise<Draft> {
  const party = room.party();
  const held = heldPasskeys(node, actor, party);
  const signing = key === undefined ? lastUsed(held, room) : held.find((one) => one.key === key);
  if (signing === undefined) throw new NodeError("PASSKEY_UNKNOWN");
  const drafted = await node.operations.drafts.act(act, { actor, key: signing.key });
  const kept = room.drafts.keep(session, { drafted, keys: [declarationOf(signing)] });
  return shownDraft(kept, party.id, room.records.byKey);
}

/** Submits a draft with its signatures. Rejects with DRAFT_UNKNOWN, PASSKEY_REFUSED, and the contract's code when the ledger refuses it. */
export async function signDraft(
  node: OpenNode,
  { passkeys: { records, drafts }, sessions }: SignIn,
  { session }: Holder,
  handle: string,
  given: readonly PasskeyAssertion[],
): Promise<StatedEntry> {
  const waiting = drafts.take(session, handle);
  if (waiting === undefined) throw new NodeError("DRAFT_UNKNOWN");
  const signatures = signaturesOf(waiting, given);
  if (waiting.added !== undefined && records.byCredential(waiting.added.credential).length > 0)
    throw new NodeError("PASSKEY_REFUSED");
  for (const { signer, assertion } of signatures)
    if (records.byKey(signer.key) !== undefined && !records.used(signer.key, counterOf(assertion)))
      throw new NodeError("PASSKEY_REFUSED");
  const stated = await node.operations.drafts.send(
    waiting.drafted,
    signatures.map(({ signer }) => signer),
  );
  const [first] = signatures;
  if (waiting.added !== undefined && first !== undefined)
    records.put({ ...waiting.added, key: first.signer.key, counter: counterOf(first.assertion) });
  endSessionsOfWithdrawn(node, sessions, waiting.drafted.unsigned.draft.content);
  return { ...stated, findings: [...stated.findings] };
}

// A session has the roles with which it was begun: one that was taken away must not go on until the evening.
function endSessionsOfWithdrawn(
  node: OpenNode,
  sessions: SignIn["sessions"],
  { kind, open }: { readonly kind: string; readonly open: object },
): void {
  if (kind !== "identity.role.withdrawn") return;
  const person = node.operations.people.personOf((open as { readonly actor: string }).actor);
  if (person !== undefined) sessions.endAll(person.subject);
}
