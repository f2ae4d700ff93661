// Who is on the log: organizations, actors, keys and roles, each with the entry that says so.
import type { ActorType, Role } from "@fiducial/contract";
import { type Content, type DeclaredKey, type JsonObject, keyIdOf } from "@fiducial/core";
import type { FoldedEntry, Part } from "../fold.ts";

/** A key as the log knows it. `index` is the entry that introduced it. */
export interface KeyFact {
  readonly id: string;
  readonly index: number;
  readonly actor: string;
  readonly algorithm: string;
  readonly endedBy: number | null;
  readonly reason: string | null;
  readonly compromisedSince: string | null;
}

/** An actor as the log knows it; an organization is its own. */
export interface ActorFact {
  readonly id: string;
  readonly index: number;
  readonly type: ActorType | "organization";
  readonly organization: string;
  readonly retiredBy: number | null;
}

/** A role held or once held. */
export interface RoleFact {
  readonly actor: string;
  readonly role: Role;
  readonly index: number;
  readonly withdrawnBy: number | null;
}

/** Which actors to list: those of a type, if one is named, registered after another one. */
export interface ActorFilter {
  readonly type?: ActorFact["type"] | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

export interface IdentityQueries {
  key(id: string): KeyFact | undefined;
  actor(id: string): ActorFact | undefined;
  /** Roles of an actor, the oldest first. */
  roles(actor: string): RoleFact[];
  keys(actor: string): KeyFact[];
  actors(): ActorFact[];
  /** So many of them at most, in the order of registration; none after one that is not there. */
  someActors(filter: ActorFilter): ActorFact[];
  /** How many there are of each type that there is. */
  actorCounts(): { readonly type: ActorFact["type"]; readonly actors: number }[];
}

export const identityPart: Part<IdentityQueries> = {
  tables: `
    CREATE TABLE identity_actor (id TEXT PRIMARY KEY, idx INTEGER NOT NULL, type TEXT NOT NULL, organization TEXT NOT NULL, retiredBy INTEGER) STRICT, WITHOUT ROWID;
    CREATE INDEX identity_actor_order ON identity_actor (idx, id);
    CREATE TABLE identity_key (id TEXT PRIMARY KEY, idx INTEGER NOT NULL, actor TEXT NOT NULL, algorithm TEXT NOT NULL, endedBy INTEGER, reason TEXT, compromisedSince TEXT) STRICT, WITHOUT ROWID;
    CREATE INDEX identity_key_actor ON identity_key (actor);
    CREATE TABLE identity_role (actor TEXT NOT NULL, idx INTEGER NOT NULL, role TEXT NOT NULL, withdrawnBy INTEGER, PRIMARY KEY (actor, idx)) STRICT, WITHOUT ROWID;`,

  open: (database) => {
    const sql = {
      addActor: database.prepare("INSERT INTO identity_actor VALUES (?, ?, ?, ?, NULL)"),
      retire: database.prepare("UPDATE identity_actor SET retiredBy = ? WHERE id = ?"),
      addKey: database.prepare("INSERT INTO identity_key VALUES (?, ?, ?, ?, NULL, NULL, NULL)"),
      endKey: database.prepare("UPDATE identity_key SET endedBy = ?, reason = ? WHERE id = ? AND endedBy IS NULL"),
      endKeys: database.prepare("UPDATE identity_key SET endedBy = ?, reason = ? WHERE actor = ? AND endedBy IS NULL"),
      compromise: database.prepare(
        "UPDATE identity_key SET compromisedSince = min(coalesce(compromisedSince, ?1), ?1) WHERE id = ?2",
      ),
      addRole: database.prepare("INSERT INTO identity_role VALUES (?, ?, ?, NULL)"),
      endRole: database.prepare(
        "UPDATE identity_role SET withdrawnBy = ? WHERE actor = ? AND role = ? AND withdrawnBy IS NULL",
      ),
      key: database.prepare(
        "SELECT id, idx AS 'index', actor, algorithm, endedBy, reason, compromisedSince FROM identity_key WHERE id = ?",
      ),
      keys: database.prepare(
        "SELECT id, idx AS 'index', actor, algorithm, endedBy, reason, compromisedSince FROM identity_key WHERE actor = ? ORDER BY idx",
      ),
      actor: database.prepare(
        "SELECT id, idx AS 'index', type, organization, retiredBy FROM identity_actor WHERE id = ?",
      ),
      actors: database.prepare(
        "SELECT id, idx AS 'index', type, organization, retiredBy FROM identity_actor ORDER BY idx, id",
      ),
      someActors: database.prepare(
        "SELECT id, idx AS 'index', type, organization, retiredBy FROM identity_actor WHERE (?1 IS NULL OR type = ?1) AND (?2 IS NULL OR (idx, id) > (SELECT idx, id FROM identity_actor WHERE id = ?2)) ORDER BY idx, id LIMIT ?3",
      ),
      actorCounts: database.prepare("SELECT type, count(*) AS actors FROM identity_actor GROUP BY type"),
      roles: database.prepare(
        "SELECT actor, idx AS 'index', role, withdrawnBy FROM identity_role WHERE actor = ? ORDER BY idx",
      ),
    };

    function addKey(index: number, actor: string, key: DeclaredKey): void {
      sql.addKey.run(keyIdOf(key) as string, index, actor, key.algorithm);
    }

    function addOrganization(
      index: number,
      { organization, rootKeys }: { organization: string; rootKeys: readonly DeclaredKey[] },
    ): void {
      sql.addActor.run(organization, index, "organization", organization);
      for (const key of rootKeys) addKey(index, organization, key);
    }

    // What each kind of identity changes. Kinds that are not here change nothing that anybody asks for.
    const changes: Readonly<Record<string, (index: number, open: Open, content: Content) => void>> = {
      "identity.log.created": (index, open) => {
        for (const one of open["organizations"] as never[]) addOrganization(index, one);
      },
      "identity.organization.registered": (index, open) => addOrganization(index, open as never),
      "identity.actor.registered": (index, open, { signers }) => {
        sql.addActor.run(open["actor"] as string, index, open["type"] as string, signers[0].organization);
      },
      "identity.actor.retired": (index, open) => void sql.retire.run(index, open["actor"] as string),
      "identity.key.registered": (index, open) => addKey(index, open["actor"] as string, open["key"] as never),
      "identity.key.rotated": (index, open) => {
        sql.endKey.run(index, "superseded", open["previous"] as string);
        addKey(index, open["actor"] as string, open["key"] as never);
      },
      "identity.key.recovered": (index, open) => {
        sql.endKeys.run(index, "lost", open["actor"] as string);
        addKey(index, open["actor"] as string, open["key"] as never);
      },
      "identity.key.revoked": (index, open) =>
        void sql.endKey.run(index, open["reason"] as string, open["key"] as string),
      "identity.key.compromised": (index, open) => {
        sql.endKey.run(index, "compromised", open["key"] as string);
        sql.compromise.run(open["since"] as string, open["key"] as string);
      },
      "identity.role.granted": (index, open) =>
        void sql.addRole.run(open["actor"] as string, index, open["role"] as string),
      "identity.role.withdrawn": (index, open) =>
        void sql.endRole.run(index, open["actor"] as string, open["role"] as string),
    };

    return {
      fold: ({ index, content }: FoldedEntry) => changes[content.kind]?.(index, content.open, content),
      queries: {
        key: (id) => sql.key.get(id) as KeyFact | undefined,
        keys: (actor) => sql.keys.all(actor) as unknown as KeyFact[],
        actor: (id) => sql.actor.get(id) as ActorFact | undefined,
        actors: () => sql.actors.all() as unknown as ActorFact[],
        someActors: ({ type, after, limit }) =>
          sql.someActors.all(type ?? null, after ?? null, limit) as unknown as ActorFact[],
        actorCounts: () => sql.actorCounts.all() as unknown as ReturnType<IdentityQueries["actorCounts"]>,
        roles: (actor) => sql.roles.all(actor) as unknown as RoleFact[],
      },
    };
  },
};

type Open = JsonObject;
