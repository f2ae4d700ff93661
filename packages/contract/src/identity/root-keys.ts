// Root keys of organizations: what entry 0 and every later organization bring.
import { type DeclaredKey, declaredKeyFault, keyIdOf } from "@fiducial/core";
import { directory, writeDirectory } from "../kernel/directory.ts";
import { ActorId, PublicKeyField } from "../kernel/fields.ts";
import type { IntroducedKey } from "../kernel/kind.ts";
import type { State, Write } from "../kernel/state.ts";
import { mostKeys, newKeyRow } from "./key-holders.ts";

/** An organization as a statement founds it. */
export interface FoundedOrganization {
  readonly organization: string;
  readonly rootKeys: readonly DeclaredKey[];
}

/** The fields of an organization that a statement founds. */
export const foundingFields = { organization: ActorId, rootKeys: PublicKeyField.array().min(1).max(mostKeys) };

/** The keys that organizations bring, to sign the statement that founds them. */
export function foundingKeys(organizations: readonly FoundedOrganization[]): readonly IntroducedKey[] {
  return organizations.flatMap(({ organization, rootKeys }) =>
    rootKeys.map((key) => ({ actor: organization, key, founds: true })),
  );
}

/** The rows of organizations and their root keys, or why one of the keys cannot be registered. */
export function foundingWrites(
  state: State,
  organizations: readonly FoundedOrganization[],
  recordedAt: string,
): readonly Write[] | "KEY_EXISTS" | "KEY_NOT_REGISTRABLE" {
  const seen = new Set<string>();
  const writes: Write[] = [];
  for (const { organization, rootKeys } of organizations) {
    for (const key of rootKeys) {
      const id = keyIdOf(key);
      if (seen.has(id) || directory.key(state, id) !== undefined) return "KEY_EXISTS";
      if (declaredKeyFault(key) !== undefined) return "KEY_NOT_REGISTRABLE";
      seen.add(id);
      writes.push(writeDirectory.key(id, newKeyRow(key, organization, true, recordedAt)));
    }
    writes.push(writeDirectory.organization(organization, { rootKeys: rootKeys.map(keyIdOf) }));
  }
  return writes;
}
