// Machines that may ask: actors of type software, so that what they did can be said of them; and keys with which they state things themselves.
import { randomBytes } from "node:crypto";
import { actorRetired, directory, keyRegistered } from "@fiducial/contract";
import { keyId } from "@fiducial/core";
import { removeFile } from "../folder/durable-file.ts";
import { registerActor } from "../founding/members.ts";
import { NodeError } from "../node-error.ts";
import { state } from "./acts.ts";
import { createKeyFile, type KeyFile } from "./key-file.ts";
import { declared, isRegistered, keptWithActor, possessionOf } from "./members.ts";
import type { Site } from "./site.ts";

/** Registers software of the organization and resolves with its actor id. */
export function addSoftware({ author, household }: Site, name: string): Promise<string> {
  const actor = randomBytes(16).toString("hex");
  return registerActor(author, household.root, { type: "software", name, actor });
}

/** A key of a machine that the ledger knows. */
export interface SoftwareKey {
  readonly actor: string;
  readonly key: string;
}

/** Registers a fresh key for software, whose file is made at `keyFile`. Rejects with CLIENT_UNKNOWN and the contract's codes; then no file stays. */
export function addSoftwareKey(site: Site, actor: string, keyFile: KeyFile): Promise<SoftwareKey> {
  return site.operating.take(async () => {
    const { logs, folder, author, household } = site;
    const row = directory.actor(logs.current.store.state, actor);
    if (row?.type !== "software" || actor === folder.identity.gateway) throw new NodeError("CLIENT_UNKNOWN");
    const { organization, origin } = folder.identity;
    const key = await createKeyFile(keyFile, { actor, organization, origin });
    const saying = { open: { actor, key: declared(key) }, sealed: {} };
    try {
      await state(author, keyRegistered, saying, [household.root, possessionOf(key)], keptWithActor(actor));
    } catch (thrown) {
      if (!isRegistered(site, key)) removeFile(keyFile.path);
      throw thrown;
    }
    return { actor, key: keyId(key.secret.publicKey) };
  });
}

/** Ends an actor that is software, for good. Rejects with the contract's codes. */
export async function retireSoftware({ author, household }: Site, actor: string): Promise<void> {
  const saying = { open: { actor, reason: "ceased" as const }, sealed: {} };
  await state(author, actorRetired, saying, [household.root], keptWithActor(actor));
}
