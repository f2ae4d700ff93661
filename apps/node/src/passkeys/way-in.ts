// The way in with a passkey: whoever it shows is let in with the roles of the ledger. WebAuthn Level 3 § 7.2. Whatever is wrong is told alike, so that nobody learns who is known here.
import type { PasskeyAssertion, PasskeyRequest, PasskeySignedIn } from "@fiducial/api";
import { directory } from "@fiducial/contract";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { OpenNode } from "../compose.ts";
import { NodeError } from "../node-error.ts";
import { codeOf } from "../serving/problems.ts";
import { newSecret } from "../sign-in/secrets.ts";
import type { SignIn } from "../sign-in/sign-in.ts";
import { assertionFault, assertionOf, bytesOf, counterOf } from "./assertion.ts";
import { declarationOf, heldPasskeys } from "./held-passkeys.ts";
import type { PasskeyRecord, PasskeyRecords } from "./passkey-records.ts";
import { requestOf } from "./waiting-draft.ts";

/** What a browser asks for a passkey with: any that it has for this node. Throws PASSKEYS_NOT_OFFERED, ORIGIN_FOREIGN, HOST_FOREIGN. */
export function askPasskey(signIn: SignIn, request: FastifyRequest, reply: FastifyReply): PasskeyRequest {
  signIn.checkOwnPage(request);
  const { party, challenges } = signIn.passkeys;
  const { id } = party();
  const whose = newSecret();
  signIn.cookies.passkey.put(reply, whose);
  return requestOf(challenges.issue(`sign-in ${whose}`), id, []);
}

/** Begins a session for whoever a passkey shows. Throws PASSKEY_CHALLENGE_LOST, PASSKEY_REFUSED. */
export function signInWithPasskey(
  rooms: WayInRooms,
  request: FastifyRequest,
  reply: FastifyReply,
  given: PasskeyAssertion,
): PasskeySignedIn {
  try {
    return letIn(rooms, request, reply, given);
  } catch (thrown) {
    rooms.signIn.turnedAway(request, codeOf(thrown));
    throw thrown;
  }
}

interface WayInRooms {
  readonly node: OpenNode;
  readonly signIn: SignIn;
}

function letIn(
  { node, signIn }: WayInRooms,
  request: FastifyRequest,
  reply: FastifyReply,
  given: PasskeyAssertion,
): PasskeySignedIn {
  signIn.checkOwnPage(request);
  const { cookies, passkeys } = signIn;
  const whose = cookies.passkey.of(request);
  cookies.passkey.clear(reply);
  const challenge = whose === undefined ? undefined : passkeys.challenges.take(`sign-in ${whose}`);
  if (challenge === undefined) throw new NodeError("PASSKEY_CHALLENGE_LOST");
  const actor = actorShown(node, signIn, given, challenge);
  const { people } = node.operations;
  const person = people.personOf(actor);
  // Whoever was forgotten has no name here any more, and nobody signs in as them.
  if (person === undefined) throw new NodeError("PASSKEY_REFUSED");
  signIn.letIn(request, reply, { ...person, actor, roles: people.rolesOf(actor), idToken: "" });
  return { actor };
}

// The handle that the passkey was made with leads to the keys of its person, and where a browser tells none, what the node remembers of the id.
// The id itself is signed by nothing. Whose passkey it is, only a signature says, so an id that is remembered of one key keeps no other out;
// but of a key of which an id is remembered, no other id is taken.
function actorShown(
  node: OpenNode,
  { passkeys: { records, party: partyOf } }: SignIn,
  given: PasskeyAssertion,
  challenge: string,
): string {
  const party = partyOf();
  for (const actor of actorsNamed(node, records, given))
    for (const one of heldPasskeys(node, actor, party)) {
      const assertion = assertionOf(given, one.row);
      if (assertionFault(declarationOf(one), bytesOf(challenge), assertion) !== undefined) continue;
      const known = records.byKey(one.key);
      const counter = counterOf(assertion);
      if (known === undefined) records.put({ credential: given.id, key: one.key, transports: [], counter });
      else if (!cameAs(known, given) || !records.used(one.key, counter)) throw new NodeError("PASSKEY_REFUSED");
      return actor;
    }
  throw new NodeError("PASSKEY_REFUSED");
}

function actorsNamed(node: OpenNode, records: PasskeyRecords, { id, response }: PasskeyAssertion): readonly string[] {
  if (response.userHandle !== undefined) return [toHandle(response.userHandle)];
  const actors = records.byCredential(id).map(({ key }) => directory.key(node.store.state, key)?.actor);
  return [...new Set(actors)].filter((actor) => actor !== undefined);
}

function cameAs({ credential }: PasskeyRecord, { id }: PasskeyAssertion): boolean {
  return Buffer.from(id, "base64url").equals(Buffer.from(credential, "base64url"));
}

function toHandle(base64url: string): string {
  return Buffer.from(base64url, "base64url").toString("hex");
}
