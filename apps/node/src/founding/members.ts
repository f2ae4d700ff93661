// Registers actors of the organization: devices, software, AI products, persons. Signed with the organization's root key.
import { randomBytes } from "node:crypto";
import { type ActorType, actorRegistered } from "@fiducial/contract";
import type { Author, Signatory } from "../statements/author.ts";
import { accepted } from "./founding.ts";

/** What is known of an actor. It stays in the vault; the ledger has commitments. */
export interface NewActor {
  readonly type: ActorType;
  readonly name: string;
  /** For devices: manufacturer, model, serial, station … as their images' headers give them. */
  readonly details?: Readonly<Record<string, string>>;
  /** For people who sign in: what they are found again by. It goes to no ledger, not even sealed. */
  readonly subject?: string;
  /** The id that it has on other logs already; a new one unless told. */
  readonly actor?: string;
}

/** Registers an actor and returns its id. Throws REGISTRATION_REFUSED. */
export async function registerActor(
  author: Author,
  root: Signatory,
  { type, name, details = {}, subject, actor = randomBytes(16).toString("hex") }: NewActor,
): Promise<string> {
  const prepared = await author.prepare(actorRegistered, { open: { actor, type }, sealed: { name, details } }, [root]);
  const outcome = await author.send(prepared, (writer) => {
    writer.putActor(actor, { name, details, ...(subject === undefined ? {} : { subject }) });
    return { subject: writer.actorSubject(actor) };
  });
  accepted(outcome);
  return actor;
}
