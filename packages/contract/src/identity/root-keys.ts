// Root keys of organizations: what entry 0 and every later organization bring.
import { declaredKeyFault, keyIdOf } from "@fiducial/core";
import { type DeclaredKey, writeDirectory } from "../kernel/directory.ts";
import type { Write } from "../kernel/state.ts";

/** The rows of organizations and their root keys, or undefined when a key is weak, malformed or named twice. */
export function rootKeyWrites(
  organizations: readonly { readonly organization: string; readonly rootKeys: readonly DeclaredKey[] }[],
): readonly Write[] | undefined {
  const seen = new Set<string>();
  const writes: Write[] = [];
  for (const { organization, rootKeys } of organizations) {
    for (const key of rootKeys) {
      const id = keyIdOf(key);
      if (declaredKeyFault(key) !== undefined || seen.has(id)) return undefined;
      seen.add(id);
      writes.push(writeDirectory.key(id, { ...key, actor: organization, root: true, revoked: null, compromisedSince: null }));
    }
    writes.push(writeDirectory.organization(organization, { rootKeys: rootKeys.map(keyIdOf) }));
  }
  return writes;
}

