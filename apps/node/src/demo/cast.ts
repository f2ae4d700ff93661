// The people of the story: the personas whom the demonstration's issuer lets in, as the actors that they are on the ledger, with the keys of those who sign.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Role } from "@fiducial/contract";
import type { Caller } from "../authorization/caller.ts";
import type { OpenNode } from "../compose.ts";
import { personaSubject, personas } from "../demo-issuer/personas.ts";
import { createKeyFile, type KeyFile, type MemberKey, openKeyFile } from "../operations/key-file.ts";
import { keysOfPeople } from "./demo-keys.ts";

/** Whoever acts in the story, by role. */
export interface Cast {
  /** Puts a persona on the ledger as signing in does, and resolves with the actor. Again, it states nothing. */
  join(role: Role): Promise<string>;
  /** Gives a persona a key of its own. Again, it states nothing. */
  giveKey(role: Role): Promise<void>;
  keyFile(role: Role): KeyFile;
  key(role: Role): Promise<MemberKey>;
  /** A persona before the node, in the one session that it has on a day. */
  caller(role: Role, atMs: number): Promise<Caller>;
}

/** Offers the people of a node's story. */
export function castOf(node: Pick<OpenNode, "folder" | "identity" | "operations">): Cast {
  const { operations, identity } = node;
  const keys = keysOfPeople(node);
  const actors = new Map<Role, Promise<string>>();

  function joined(role: Role): Promise<string> {
    const { id, name } = personaOf(role);
    const admitted = actors.get(role) ?? operations.people.admit({ subject: personaSubject(id), name, roles: [role] });
    actors.set(role, admitted);
    return admitted;
  }

  const keyFile = (role: Role): KeyFile => ({ path: join(keys, `${role}.json`), passphrase: "" });

  return {
    join: joined,
    keyFile,
    key: (role) => operations.members.key(keyFile(role)),
    giveKey: async (role) => {
      const actor = await joined(role);
      mkdirSync(keys, { recursive: true, mode: 0o700 });
      const { organization, origin } = identity;
      const file = keyFile(role);
      if (existsSync(file.path)) await openKeyFile(file);
      else await createKeyFile(file, { actor, organization, origin });
      await operations.members.readmit({ name: personaOf(role).name, roles: [role] }, file);
    },
    caller: async (role, atMs) => {
      const { id, name } = personaOf(role);
      const session = createHash("sha256")
        .update(`${id} ${Math.floor(atMs / msPerDay)}`)
        .digest("hex")
        .slice(0, 32);
      return { type: "person", subject: personaSubject(id), actor: await joined(role), name, roles: [role], session };
    },
  };
}

const msPerDay = 86_400_000;

function personaOf(role: Role) {
  const persona = personas.find((one) => one.role === role);
  if (persona === undefined) throw new RangeError("a role without a persona");
  return persona;
}
