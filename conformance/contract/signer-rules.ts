// Who signs, with which key, for whom. docs/formats/contract.md § In which order, 6.
import { type DeclaredKey, declaredKeyFault, type Signer } from "@fiducial/core";
import { keyIdOf } from "./canonical-text.ts";
import { type Case, row, type Signing } from "./case.ts";

/** Asks signer by signer and keeps what the state says of each. */
export function askSigners(about: Case): void {
  const introduced = introducedKeys(about);
  about.content.signers.forEach((signer, index) => {
    const counts = index > 0 || about.content.kind === "identity.log.created";
    const own = counts ? introduced.get(signer.key) : undefined;
    const { key, root } = own === undefined ? askRegistered(about, signer) : askIntroduced(about, own, signer);
    about.signers.push({ ...askActor(about, signer, root), introduced: own !== undefined });
    about.ask(about.verifies(index, key), "SIGNATURE_INVALID");
  });
}

interface IntroducedKey {
  readonly actor: string;
  readonly key: DeclaredKey;
  readonly root: boolean;
}

/** The keys that the statement introduces, by id; of one named twice, the first. */
function introducedKeys(about: Case): ReadonlyMap<string, IntroducedKey> {
  const { kind, open } = about.content;
  const keys = new Map<string, IntroducedKey>();
  const introduce = (actor: string, key: DeclaredKey, root: boolean) => {
    const id = keyIdOf(key);
    if (!keys.has(id)) keys.set(id, { actor, key, root });
  };
  const founded = foundedBy(kind, open);
  for (const { organization, rootKeys } of founded) for (const key of rootKeys) introduce(organization, key, true);
  if (["identity.key.registered", "identity.key.rotated", "identity.key.recovered"].includes(kind)) {
    const { actor, key } = open as unknown as { actor: string; key: DeclaredKey };
    introduce(actor, key, row(about, "identity/organization", actor) !== undefined);
  }
  return keys;
}

/** An organization that a statement founds, with the root keys that it brings. */
export interface Founder {
  readonly organization: string;
  readonly rootKeys: readonly DeclaredKey[];
}

function foundedBy(kind: string, open: unknown): readonly Founder[] {
  if (kind === "identity.log.created") return (open as { organizations: readonly Founder[] }).organizations;
  return kind === "identity.organization.registered" ? [open as Founder] : [];
}

function askIntroduced(about: Case, own: IntroducedKey, { actor }: Signer): IntroducedKey {
  about.ask(declaredKeyFault(own.key) === undefined, "KEY_NOT_REGISTRABLE");
  about.ask(own.actor === actor, "KEY_OF_OTHER_ACTOR");
  return own;
}

function askRegistered(about: Case, { key, actor }: Signer) {
  const held = row(about, "identity/key", key);
  about.ask(held, "KEY_UNKNOWN");
  about.ask(held.revoked === null, "KEY_REVOKED");
  about.ask(held.actor === actor, "KEY_OF_OTHER_ACTOR");
  return { key: held, root: held.root };
}

function askActor(about: Case, signer: Signer, root: boolean): Omit<Signing, "introduced"> {
  const { actor, organization, key, capacity, principal } = signer;
  if (root) {
    about.ask(actor === organization, "ACTOR_OF_OTHER_ORGANIZATION");
    about.ask(capacity !== "on-behalf-of", "PRINCIPAL_NOT_ALLOWED");
    return { actor, organization, key, type: "organization", roles: [] };
  }
  const held = row(about, "identity/actor", actor);
  about.ask(held, "ACTOR_UNKNOWN");
  about.ask(!held.retired, "ACTOR_RETIRED");
  about.ask(held.organization === organization, "ACTOR_OF_OTHER_ORGANIZATION");
  about.ask(principal === undefined || principal === organization, "PRINCIPAL_NOT_ALLOWED");
  return { actor, organization, key, type: held.type, roles: held.roles };
}
