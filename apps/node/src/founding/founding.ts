// The first statements of a node's own log: the log itself, its gateway, the gateway's key. Goes on where a crash left off.
import { actorRegistered, directory, keyRegistered, logCreated, newestContract } from "@fiducial/contract";
import { keyId, type PublicKey, toBase64 } from "@fiducial/core";
import type { Outcome, Store } from "@fiducial/ledger";
import type { Keyring } from "@fiducial/vault";
import type { FolderIdentity } from "../folder/data-folder.ts";
import { NodeError } from "../node-error.ts";
import { type Author, type Signatory, signatory } from "../statements/author.ts";

/** Those who sign for the node: the organization with its root key, and the gateway on its behalf. */
export interface Household {
  readonly root: Signatory;
  readonly gateway: Signatory;
}

/** Founds the log as far as it is not founded yet, and returns who signs from now on. Throws KEYS_MISSING, REGISTRATION_REFUSED. */
export async function found(
  identity: FolderIdentity,
  keyring: Keyring,
  store: Store,
  author: Author,
): Promise<Household> {
  const { organization, organizationName, gateway, predecessors = [] } = identity;
  const isNew = store.head().edge.size === 0;
  const predecessor = predecessors.at(-1);
  const rootSecret = await (isNew && predecessor === undefined
    ? keyring.signer("root")
    : keyring.existingSigner("root"));
  const root = signatory(organization, organization, rootSecret, "self");
  const gatewaySecret = await keyring.signer(`actor:${gateway}`);

  if (isNew) {
    const { version, digest } = newestContract;
    const organizations = [{ organization, rootKeys: [declared(root.secret.publicKey)] }];
    const created = {
      open: { organizations, contract: { version, digest }, cosignatures: 0, ...(predecessor && { predecessor }) },
      sealed: { names: { [organization]: organizationName } },
    };
    const prepared = await author.prepare(logCreated, created, [root]);
    accepted(await author.send(prepared, (writer) => ({ subject: writer.organizationSubject() })));
  }
  if (directory.actor(store.state, gateway) === undefined) {
    const prepared = await author.prepare(
      actorRegistered,
      { open: { actor: gateway, type: "software" }, sealed: { name: "Gateway" } },
      [root],
    );
    accepted(
      await author.send(prepared, (writer) => {
        writer.putActor(gateway, { name: "Gateway" });
        return { subject: writer.actorSubject(gateway) };
      }),
    );
  }
  if (directory.key(store.state, keyId(gatewaySecret.publicKey)) === undefined) {
    const possession = signatory(gateway, organization, gatewaySecret, "counter-signature");
    const prepared = await author.prepare(
      keyRegistered,
      { open: { actor: gateway, key: declared(gatewaySecret.publicKey) }, sealed: {} },
      [root, possession],
    );
    accepted(await author.send(prepared, (writer) => ({ subject: writer.actorSubject(gateway) })));
  }
  return { root, gateway: signatory(gateway, organization, gatewaySecret, "on-behalf-of") };
}

/** Returns an accepted outcome. Throws REGISTRATION_REFUSED with the ledger's code. */
export function accepted(outcome: Outcome): Extract<Outcome, { status: "accepted" }> {
  if (outcome.status === "accepted") return outcome;
  throw new NodeError("REGISTRATION_REFUSED", { code: outcome.code });
}

function declared({ algorithm, bytes }: PublicKey): { algorithm: PublicKey["algorithm"]; publicKey: string } {
  return { algorithm, publicKey: toBase64(bytes) };
}
