// The keys of a node: those of the organization and its actors, and those of the log that grows.
import { type KeyProtector, type Keyring, openKeyring } from "@fiducial/vault";
import { logKeyring } from "../logs/ended-logs.ts";
import { type DataFolder, firstOrigin } from "./data-folder.ts";
import { protectorIn } from "./key-protector.ts";

export interface NodeKeys {
  readonly protector: KeyProtector;
  readonly keyring: Keyring;
  /** Of the log that grows: a recovery gives it keys of its own. */
  readonly logKeys: Keyring;
}

/** Opens them; a new folder gets new ones. Throws KEYS_MISSING, PROTECTOR_MALFORMED, VaultError. */
export function openNodeKeys({ keys, identity }: DataFolder, isNew: boolean): NodeKeys {
  const { origin, predecessors } = identity;
  const protector = protectorIn(keys, isNew && predecessors === undefined);
  const keyring = openKeyring(keys, protector);
  const logKeys = origin === firstOrigin(identity) ? keyring : logKeyring(keys, identity, origin, protector);
  return { protector, keyring, logKeys };
}
