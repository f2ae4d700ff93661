// The keys of a demonstration's people: files beside the node's own, which several data folders may have in one place. They open without a passphrase: nobody is meant.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { OpenNode } from "../compose.ts";
import { type MemberKey, openKeyFile } from "../operations/key-file.ts";

type Place = Pick<OpenNode, "folder" | "identity">;

/** Where they are. */
export function keysOfPeople({ folder, identity }: Place): string {
  return join(folder.keys, "demo-people", identity.origin.replaceAll("/", "-"));
}

/** The key of one of them, if there is one. Rejects as openKeyFile does. */
export async function keyOfDemoPerson(place: Place, actor: string): Promise<MemberKey | undefined> {
  const keys = keysOfPeople(place);
  for (const name of existsSync(keys) ? readdirSync(keys) : []) {
    const key = await openKeyFile({ path: join(keys, name), passphrase: "" });
    if (key.actor === actor) return key;
  }
  return undefined;
}
