// From a log's first entry to a signer: root key → registrar → registration → role. docs/formats/receipt.md § Key chain.
// What entries of identity say is read here as far as a chain needs it; that no revocation came between rests on whoever applied the rules.
import type { Json, JsonObject } from "../encoding/canonical-json.ts";
import type { SignatureBackend } from "../signature/verification.ts";
import type { Statement } from "../statement/envelope.ts";
import type { Signer } from "../statement/payload.ts";
import { verifyStatementSignature } from "../statement/verification.ts";
import { type DeclaredKey, keyIdOf, publicKeyFromDeclared } from "./declared-key.ts";

/** An actor as a chain shows it. */
export interface ChainActor {
  readonly type: "organization" | "person" | "ai" | "device" | "software";
  readonly organization: string;
  readonly roles: readonly string[];
}

/** A signer of a statement, found at the end of a chain. */
export interface ChainedSigner extends ChainActor {
  readonly signer: Signer;
}

/** Why a chain does not hold. */
export type ChainFault =
  | "CHAIN_WITHOUT_GENESIS"
  | "CHAIN_KEY_UNKNOWN"
  | "CHAIN_SIGNATURE_INVALID"
  | "CHAIN_SIGNER_NOT_ENTITLED"
  | "CHAIN_KEY_OF_OTHER_ACTOR"
  | "CHAIN_ORGANIZATION_DIFFERS";

interface Directory {
  readonly keys: Map<string, { readonly actor: string; readonly key: DeclaredKey }>;
  readonly actors: Map<string, ChainActor>;
}

/** Follows the chain entries in the order of the log, then looks up who signed the statement. The first link must be the log's entry 0. */
export function followKeyChain(
  backend: SignatureBackend,
  links: readonly Statement[],
  statement: Statement,
): readonly ChainedSigner[] | ChainFault {
  const directory: Directory = { keys: new Map(), actors: new Map() };
  if (links[0]?.content.kind !== "identity.log.created") return "CHAIN_WITHOUT_GENESIS";
  for (const link of links) {
    const fault = applyLink(backend, directory, link);
    if (fault !== undefined) return fault;
  }
  return signersOf(backend, directory, statement);
}

function applyLink(backend: SignatureBackend, directory: Directory, link: Statement): ChainFault | undefined {
  const { kind } = link.content;
  const open = link.content.open;
  const founding = kind === "identity.log.created" && directory.actors.size === 0;
  // Keys come first: a statement that introduces a key is counter-signed by it.
  const introduced = introducedBy(link);
  const before = new Set(directory.keys.keys());
  const registering = kind === "identity.organization.registered";
  if ((registering || founding) && !addOrganizations(directory, open, kind)) return "CHAIN_SIGNER_NOT_ENTITLED";
  for (const { actor, key } of introduced) {
    const id = keyIdOf(key);
    if (id !== undefined && !directory.keys.has(id)) directory.keys.set(id, { actor, key });
  }
  const signers = signersOf(backend, directory, link);
  if (typeof signers === "string") return signers;
  const [first] = signers as [ChainedSigner];
  const owners = introduced.map(({ actor }) => directory.actors.get(actor)?.organization);
  const foreign =
    kind.startsWith("identity.key.") && owners.some((organization) => organization !== first.organization);
  if (!founding && (foreign || !isEntitled(link, first, before))) return "CHAIN_SIGNER_NOT_ENTITLED";
  if (kind === "identity.actor.registered") addActor(directory, open, first.organization);
  if (kind === "identity.role.granted") addRole(directory, open, first);
  return undefined;
}

function signersOf(
  backend: SignatureBackend,
  directory: Directory,
  statement: Statement,
): readonly ChainedSigner[] | ChainFault {
  const found: ChainedSigner[] = [];
  for (const [index, signer] of statement.content.signers.entries()) {
    const known = directory.keys.get(signer.key);
    const key = known && publicKeyFromDeclared(known.key);
    if (known === undefined || key === undefined) return "CHAIN_KEY_UNKNOWN";
    const actor = directory.actors.get(signer.actor);
    if (known.actor !== signer.actor || actor === undefined) return "CHAIN_KEY_OF_OTHER_ACTOR";
    if (actor.organization !== signer.organization) return "CHAIN_ORGANIZATION_DIFFERS";
    if (!verifyStatementSignature(backend, statement, index, key)) return "CHAIN_SIGNATURE_INVALID";
    found.push({ ...actor, signer });
  }
  return found;
}

// A root key of the organization, or an administrator whom a root key appointed; a key's own holder when it is rotated.
function isEntitled({ content }: Statement, first: ChainedSigner, before: ReadonlySet<string>): boolean {
  if (!before.has(first.signer.key)) return false;
  if (content.kind === "identity.key.rotated") return content.open["previous"] === first.signer.key;
  if (content.kind === "identity.role.granted" && content.open["role"] === "administrator")
    return first.type === "organization";
  return first.type === "organization" || (first.type === "person" && first.roles.includes("administrator"));
}

function introducedBy({ content }: Statement): readonly { readonly actor: string; readonly key: DeclaredKey }[] {
  const { kind, open, signers } = content;
  switch (kind) {
    case "identity.log.created":
    case "identity.organization.registered":
      return organizationsOf(kind, open).flatMap(({ organization, rootKeys }) =>
        rootKeys.map((key) => ({ actor: organization, key })),
      );
    case "identity.key.registered":
    case "identity.key.recovered":
      return [{ actor: open["actor"] as string, key: declaredIn(open) }];
    case "identity.key.rotated":
      return [{ actor: signers[0].actor, key: declaredIn(open) }];
    default:
      return [];
  }
}

function declaredIn(open: JsonObject): DeclaredKey {
  return open["key"] as Json as unknown as DeclaredKey;
}

function organizationsOf(
  kind: string,
  open: JsonObject,
): readonly { readonly organization: string; readonly rootKeys: readonly DeclaredKey[] }[] {
  const rows = kind === "identity.log.created" ? open["organizations"] : [open];
  return rows as unknown as readonly { organization: string; rootKeys: DeclaredKey[] }[];
}

// False when one is known: whoever orders the log could otherwise give an organization keys of somebody else.
function addOrganizations(directory: Directory, open: JsonObject, kind: string): boolean {
  const added = organizationsOf(kind, open);
  if (added.some(({ organization }) => directory.actors.has(organization))) return false;
  for (const { organization } of added)
    directory.actors.set(organization, { type: "organization", organization, roles: [] });
  return true;
}

function addActor(directory: Directory, open: JsonObject, organization: string): void {
  const id = open["actor"] as string;
  if (!directory.actors.has(id))
    directory.actors.set(id, { type: open["type"] as ChainActor["type"], organization, roles: [] });
}

function addRole(directory: Directory, open: JsonObject, { organization }: ChainedSigner): void {
  const id = open["actor"] as string;
  const actor = directory.actors.get(id);
  if (actor?.organization === organization)
    directory.actors.set(id, { ...actor, roles: [...actor.roles, open["role"] as string] });
}
