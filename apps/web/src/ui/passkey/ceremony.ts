// What a browser does with passkeys: make one, ask one. WebAuthn Level 3 § 5.1.
import { ApiError, type Draft, type NewDraft, type PasskeyAssertion, type StatedEntry } from "@fiducial/api";
import { startAuthentication, startRegistration, WebAuthnError } from "@simplewebauthn/browser";
import { keep } from "../kept.ts";
import { node } from "../node.ts";
import { contentOfDraft } from "./draft-check.ts";

/** What is drafted, and shown before it is signed. */
export type Act = NewDraft["act"];

/** Signs in with whichever passkey the person chooses, and goes to a path of this node. */
export async function signInWithPasskey(returnTo: string): Promise<void> {
  const optionsJSON = await node.askPasskey();
  const { id, rawId, response } = await startAuthentication({ optionsJSON });
  await node.signInWithPasskey({ id, rawId, type: "public-key", response: asked(response) });
  keep("sign-in", "passkey");
  location.assign(returnTo);
}

/** Has the browser make a passkey, which then signs its own registration; an earlier one signs as well, where there is one. */
export async function addPasskey(): Promise<StatedEntry> {
  const { id, rawId, response } = await startRegistration({ optionsJSON: await node.createPasskey() });
  const { clientDataJSON, attestationObject, transports = [] } = response;
  const made = { id, rawId, type: "public-key" as const, response: { clientDataJSON, attestationObject, transports } };
  return signDraft(await node.addPasskey(made));
}

/** Has passkeys sign a draft, and submits it. Throws DRAFT_DIFFERS when the draft is not what its id says. */
export async function signDraft(draft: Draft): Promise<StatedEntry> {
  if (contentOfDraft(draft) === undefined) throw new ApiError("DRAFT_DIFFERS", 0);
  const signatures: PasskeyAssertion[] = [];
  for (const { request } of draft.signings) {
    const { id, rawId, response } = await startAuthentication({ optionsJSON: request });
    signatures.push({ id, rawId, type: "public-key", response: asked(response) });
  }
  return node.signDraft(draft.draft, signatures);
}

/** Why a ceremony came to nothing: a code, and the node's sentence if there is one. */
export interface CeremonyFault {
  readonly code: string;
  readonly says?: string;
}

/** Reads what was thrown. A person who turns away, and a passkey that is not there, are told alike by browsers: PASSKEY_NOT_USED. */
export function ceremonyFault(thrown: unknown): CeremonyFault {
  if (thrown instanceof ApiError)
    return { code: thrown.code, ...(thrown.problem === undefined ? {} : { says: thrown.problem.title }) };
  if (thrown instanceof WebAuthnError && thrown.code === "ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED")
    return { code: "PASSKEY_HERE_ALREADY" };
  return { code: "PASSKEY_NOT_USED" };
}

function asked({
  authenticatorData,
  clientDataJSON,
  signature,
  userHandle,
}: PasskeyAssertion["response"]): PasskeyAssertion["response"] {
  return { authenticatorData, clientDataJSON, signature, ...(userHandle === undefined ? {} : { userHandle }) };
}
