// Members: persons of the organization, with keys that they keep themselves and roles that the organization gives. Names stay in the vault.
import { randomBytes } from "node:crypto";
import {
  actorRetired,
  directory,
  keyCompromised,
  keyRecovered,
  keyRegistered,
  keyRevoked,
  keyRotated,
  type Role,
  roleGranted,
  roleWithdrawn,
} from "@fiducial/contract";
import { type DeclaredKey, keyId, toBase64 } from "@fiducial/core";
import type { VaultWriter } from "@fiducial/vault";
import { removeFile } from "../folder/durable-file.ts";
import { registerActor } from "../founding/members.ts";
import { NodeError } from "../node-error.ts";
import { type Signatory, signatory } from "../statements/author.ts";
import { signatoriesOf, state } from "./acts.ts";
import { createKeyFile, type KeyFile, type MemberKey, openKeyFile, replaceKeyFile } from "./key-file.ts";
import type { Site } from "./site.ts";

export type { Role } from "@fiducial/contract";

/** A person to register. */
export interface NewMember {
  readonly name: string;
  readonly roles: readonly Role[];
}

/** A member, with roles as they are now. */
export interface Member {
  readonly actor: string;
  readonly index: number;
  readonly roles: readonly Role[];
  readonly keys: readonly { readonly key: string; readonly algorithm: string; readonly ended: string | null }[];
  readonly retired: boolean;
  /** When names were asked for. */
  readonly name?: string;
}

/** Registers a person with a fresh key, whose file is made at `keyFile`. What the ledger refuses leaves no file behind. */
export function addMember(site: Site, member: NewMember, keyFile: KeyFile): Promise<Member> {
  return site.operating.take(async () => {
    const actor = randomBytes(16).toString("hex");
    const { organization, origin } = site.folder.identity;
    // The file comes first: a registered key that nobody has is one that nobody can ever use.
    const key = await createKeyFile(keyFile, { actor, organization, origin });
    try {
      await registerMember(site, member, key);
    } catch (thrown) {
      if (!isRegistered(site, key)) removeFile(keyFile.path);
      throw thrown;
    }
    await grantRoles(site, actor, member.roles);
    return memberOf(site, actor);
  });
}

/** Registers a member of an ended log on the one that grows now, with the key and the id that the member has. */
export function readmitMember(site: Site, member: NewMember, keyFile: KeyFile): Promise<Member> {
  return site.operating.take(async () => {
    const key = await ownKey(site, keyFile);
    await registerMember(site, member, key);
    await grantRoles(site, key.actor, member.roles);
    return memberOf(site, key.actor);
  });
}

/** Lists the members on the current log, the oldest first. */
export async function listMembers(site: Site, { names = false }: { readonly names?: boolean } = {}): Promise<Member[]> {
  const { current } = site.logs;
  await current.caughtUp();
  const persons = current.projection.identity.actors().filter(({ type }) => type === "person");
  return Promise.all(persons.map(({ id }) => memberOf(site, id, names)));
}

export function grantRole(site: Site, actor: string, role: Role): Promise<Member> {
  const saying = { open: { actor, role }, sealed: {} };
  return changed(site, actor, () =>
    state(site.author, roleGranted, saying, [site.household.root], keptWithActor(actor)),
  );
}

export function withdrawRole(site: Site, actor: string, role: Role): Promise<Member> {
  const saying = { open: { actor, role }, sealed: {} };
  return changed(site, actor, () =>
    state(site.author, roleWithdrawn, saying, [site.household.root], keptWithActor(actor)),
  );
}

/** Why a member's keys end. */
export type KeyEnd =
  | { readonly reason: "lost" | "superseded" | "ceased" }
  /** Nothing that the keys signed since then (UTC, as statements write it) proves anything. */
  | { readonly reason: "compromised"; readonly since: string };

/** Ends every key of a member; with `retire` the member too, for good. Rejects with MEMBER_UNKNOWN and the contract's codes. */
export function revokeMember(site: Site, actor: string, end: KeyEnd, retire = false): Promise<Member> {
  const { author, household, logs } = site;
  const [root, keeping] = [household.root, keptWithActor(actor)] as const;
  return changed(site, actor, async () => {
    for (const key of directory.actor(logs.current.store.state, actor)?.keys ?? []) {
      if (end.reason === "compromised") {
        const saying = { basis: "stated" as const, open: { key, since: end.since }, sealed: {} };
        await state(author, keyCompromised, saying, [root], keeping);
      } else await state(author, keyRevoked, { open: { key, reason: end.reason }, sealed: {} }, [root], keeping);
    }
    if (!retire) return;
    await state(author, actorRetired, { open: { actor, reason: "ceased" }, sealed: {} }, [root], keeping);
  });
}

/** Puts a fresh key in the place of the one in a key file; the old one is revoked. `passphrase` protects the new one. */
export function rotateKey(site: Site, keyFile: KeyFile, passphrase: string = keyFile.passphrase): Promise<Member> {
  return site.operating.take(async () => {
    const previous = await ownKey(site, keyFile);
    const { actor, organization } = previous;
    const { origin } = site.folder.identity;
    // Should the process die before the file takes the old one's place, the key is there all the same.
    const next = `${keyFile.path}.next`;
    const key = await createKeyFile({ path: next, passphrase }, { actor, organization, origin });
    const open = { actor, previous: keyId(previous.secret.publicKey), key: declared(key) };
    const signatories = [signatory(actor, organization, previous.secret, "self"), possessionOf(key)] as const;
    try {
      await state(site.author, keyRotated, { open, sealed: {} }, signatories, keptWithActor(actor));
    } catch (thrown) {
      if (!isRegistered(site, key)) removeFile(next);
      throw thrown;
    }
    replaceKeyFile(keyFile.path, next);
    return memberOf(site, actor);
  });
}

/** Binds a member who lost every key to a fresh one: the organization and an administrator sign. All other keys of the member end. */
export function recoverMember(
  site: Site,
  actor: string,
  keyFile: KeyFile,
  administrators: readonly MemberKey[],
): Promise<Member> {
  return changed(site, actor, async () => {
    const { organization, origin } = site.folder.identity;
    const approving = signatoriesOf(administrators, organization).map(({ signer, secret }) =>
      signatory(signer.actor, organization, secret, "counter-signature"),
    );
    const key = await createKeyFile(keyFile, { actor, organization, origin });
    const saying = { open: { actor, key: declared(key) }, sealed: {} };
    const signatories = [site.household.root, ...approving, possessionOf(key)] as const;
    await state(site.author, keyRecovered, saying, signatories, keptWithActor(actor)).catch((thrown: unknown) => {
      removeFile(keyFile.path);
      throw thrown;
    });
  });
}

/** Opens a member's key file. Rejects with KEY_FILE_FOREIGN when the member is another organization's. */
export async function ownKey({ folder }: Pick<Site, "folder">, keyFile: KeyFile): Promise<MemberKey> {
  const key = await openKeyFile(keyFile);
  if (key.organization !== folder.identity.organization) throw new NodeError("KEY_FILE_FOREIGN");
  return key;
}

async function registerMember(site: Site, { name }: NewMember, key: MemberKey): Promise<void> {
  const { author, household, logs } = site;
  const { actor } = key;
  if (directory.actor(logs.current.store.state, actor) === undefined)
    await registerActor(author, household.root, { type: "person", name, actor });
  if (isRegistered(site, key)) return;
  const saying = { open: { actor, key: declared(key) }, sealed: {} };
  await state(author, keyRegistered, saying, [household.root, possessionOf(key)], keptWithActor(actor));
}

async function grantRoles({ author, household, logs }: Site, actor: string, roles: readonly Role[]): Promise<void> {
  const held = directory.actor(logs.current.store.state, actor)?.roles ?? [];
  for (const role of new Set(roles)) {
    if (held.includes(role)) continue;
    await state(author, roleGranted, { open: { actor, role }, sealed: {} }, [household.root], keptWithActor(actor));
  }
}

function changed(site: Site, actor: string, work: () => Promise<unknown>): Promise<Member> {
  return site.operating.take(async () => {
    await memberOf(site, actor);
    await work();
    return memberOf(site, actor);
  });
}

async function memberOf({ logs, vault }: Site, actor: string, names = false): Promise<Member> {
  const { current } = logs;
  await current.caughtUp();
  const { identity } = current.projection;
  const fact = identity.actor(actor);
  if (fact?.type !== "person") throw new NodeError("MEMBER_UNKNOWN");
  const name = names ? vault.actorName(actor)?.["name"] : undefined;
  return {
    actor,
    index: fact.index,
    roles: identity.roles(actor).flatMap(({ role, withdrawnBy }) => (withdrawnBy === null ? [role] : [])),
    keys: identity.keys(actor).map(({ id, algorithm, reason }) => ({ key: id, algorithm, ended: reason })),
    retired: fact.retiredBy !== null,
    ...(typeof name === "string" ? { name } : {}),
  };
}

/** Keeps a statement with whom it is about, so that a member can be forgotten too. */
export function keptWithActor(actor: string) {
  return (writer: VaultWriter) => ({ subject: writer.actorSubject(actor) });
}

/** Tells whether the current log knows a key. */
export function isRegistered({ logs }: Pick<Site, "logs">, { secret }: MemberKey): boolean {
  return directory.key(logs.current.store.state, keyId(secret.publicKey)) !== undefined;
}

/** A key that shows beside another signature that somebody holds it. */
export function possessionOf({ actor, organization, secret }: MemberKey): Signatory {
  return signatory(actor, organization, secret, "counter-signature");
}

/** A key as the ledger registers it. */
export function declared({ secret: { publicKey } }: MemberKey): DeclaredKey {
  return { algorithm: publicKey.algorithm, publicKey: toBase64(publicKey.bytes) };
}
