import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { formatEntry, type JsonObject, type Statement } from "@fiducial/core";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { anna, draft, gateway, northlake, type Party, signedBy, signer } from "../../../vectors/receipt/sample-log.ts";
import type { FoldedEntry } from "./fold.ts";
import { keyChainOf } from "./identity/key-chain.ts";
import { foldedEntries, openProjection, type Projection } from "./projection.ts";

let statements: readonly Statement[];
let entries: readonly Uint8Array[];

function study(number: number): JsonObject {
  return {
    study: String(number).padStart(32, "0"),
    modalities: ["CT"],
    series: 1,
    instances: 3,
    manifest: "ab".repeat(32),
  };
}

beforeAll(async () => {
  const root = [signer(northlake)] as const;
  const own = [signer(gateway, "on-behalf-of")] as const;
  const organizations = [
    { organization: northlake.actor, rootKeys: [northlake.declared] },
    ...["f", "0"].map((digit) => ({ organization: digit.repeat(32), rootKeys: [] })),
  ];
  const registered = (who: Party, type: string) => draft("identity.actor.registered", root, { actor: who.actor, type });
  const keyed = (who: Party) =>
    draft("identity.key.registered", [...root, signer(who, "counter-signature")], {
      actor: who.actor,
      key: who.declared,
    });
  statements = [
    await signedBy(draft("identity.log.created", root, { organizations }), northlake),
    await signedBy(registered(anna, "person"), northlake),
    await signedBy(keyed(anna), northlake, anna),
    await signedBy(draft("identity.role.granted", root, { actor: anna.actor, role: "administrator" }), northlake),
    await signedBy(registered(gateway, "software"), northlake),
    await signedBy(keyed(gateway), northlake, gateway),
    await signedBy(draft("imaging.study.registered", own, study(1)), gateway),
    await signedBy(draft("imaging.study.registered", own, study(2)), gateway),
    await signedBy(draft("imaging.study.extended", own, study(1)), gateway),
  ];
  entries = statements.map((statement, index) =>
    formatEntry({
      findings: index === 6 ? ["DEVICE_NOT_NAMED"] : [],
      recordedAt: `2026-11-${18 + Math.floor(index / 8)}T12:00:00.000Z`,
      statement,
    }),
  );
});

function folded(...sizes: readonly number[]): Projection {
  const projection = openProjection(":memory:");
  for (const size of sizes)
    projection.apply(foldedEntries(projection.appliedSize(), entries.slice(projection.appliedSize(), size)));
  return projection;
}

/** The first pages of tables. */
type Roots = Readonly<Record<string, number>>;

/** Writes a projection of all entries into a file, and inverts the pages that are hit; the first never is. */
function written(isHit: (page: number, roots: Roots) => boolean): string {
  const folder = mkdtempSync(join(tmpdir(), "projection-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "projection.db");
  const projection = openProjection(path);
  projection.apply(foldedEntries(0, entries));
  projection.close();
  const database = new DatabaseSync(path, { readOnly: true });
  const schema = database.prepare("SELECT name, rootpage FROM sqlite_schema").all() as {
    name: string;
    rootpage: number;
  }[];
  const { page_size: size } = database.prepare("PRAGMA page_size").get() as { page_size: number };
  database.close();
  const roots = Object.fromEntries(schema.map(({ name, rootpage }) => [name, rootpage]));
  const pageOf = (at: number) => Math.floor(at / size) + 1;
  const bytes = readFileSync(path).map((byte, at) => (pageOf(at) > 1 && isHit(pageOf(at), roots) ? 255 - byte : byte));
  writeFileSync(path, bytes);
  return path;
}

describe("a projection", () => {
  test("is the same whatever the batches were", () => {
    expect(folded(1, 2, 5, 9).digest()).toBe(folded(9).digest());
    expect(folded(8).digest()).not.toBe(folded(9).digest());
  });

  test("lists entries newest first, by kind and by application, page by page", () => {
    const { log } = folded(9);
    expect(log.entries({ limit: 3 })).toEqual([8, 7, 6]);
    const withFindings = log.entries({ limit: 99, findings: true });
    expect(withFindings).toHaveLength(log.withFindings());
    for (const kind of ["imaging.study.registered", "imaging.study.extended"])
      expect(log.entries({ limit: 99, findings: true, kind })).toEqual(
        log.entries({ limit: 99, kind }).filter((index) => withFindings.includes(index)),
      );
    expect(log.entries({ limit: 3, before: 6 })).toEqual([5, 4, 3]);
    expect(log.entries({ limit: 9, kind: "imaging.study.extended" })).toEqual([8]);
    expect(log.entries({ limit: 9, application: "identity", before: 3 })).toEqual([2, 1, 0]);
    expect(log.entries({ limit: 3, without: "imaging.study.registered" })).toEqual([8, 5, 4]);
    expect(log.entries({ limit: 3, without: "imaging.study.extended", application: "imaging" })).toEqual([7, 6]);
    expect(log.withFindings()).toBe(1);
    expect(log.perDay(0)).toEqual([
      { day: Date.parse("2026-11-18"), application: "identity", entries: 6, findings: 0 },
      { day: Date.parse("2026-11-18"), application: "imaging", entries: 2, findings: 1 },
      { day: Date.parse("2026-11-19"), application: "imaging", entries: 1, findings: 0 },
    ]);
  });

  test("knows studies with what they hold and every entry that speaks of them", () => {
    const { imaging } = folded(9);
    const [second, first] = imaging.studies({ limit: 5 });
    expect([first, second]).toMatchObject([
      { index: 6, instances: 6, series: 2, modalities: ["CT"], destruction: "none", frozen: false, derived: false },
      { index: 7, instances: 3, series: 1 },
    ]);
    expect(imaging.history(first?.study ?? "")).toEqual([6, 8]);
    expect(imaging.studies({ limit: 1, before: 7 })).toHaveLength(1);
    expect(imaging.study("00".repeat(16))).toBeUndefined();
    expect(imaging.count()).toBe(2);
  });

  test("knows who is on the log, with keys and roles", () => {
    const { identity } = folded(9);
    expect(identity.actor(northlake.actor)).toMatchObject({ type: "organization", index: 0 });
    expect(identity.actor(anna.actor)).toMatchObject({
      type: "person",
      organization: northlake.actor,
    });
    expect(identity.roles(anna.actor)).toMatchObject([{ role: "administrator", withdrawnBy: null }]);
    expect(identity.keys(gateway.actor)).toMatchObject([{ id: gateway.key, endedBy: null }]);
  });

  test("lists actors in pages of any size as in one, also those who came with one entry", () => {
    const { identity } = folded(9);
    const all = identity.actors();
    expect(all.filter(({ index }) => index === 0).length).toBeGreaterThan(1);
    for (let limit = 1; limit <= all.length; limit++)
      for (const type of [undefined, "person", "organization"] as const) {
        const paged: typeof all = [];
        for (;;) {
          const page = identity.someActors({ type, after: paged.at(-1)?.id, limit });
          paged.push(...page);
          if (page.length < limit) break;
        }
        expect(paged).toEqual(all.filter((one) => type === undefined || one.type === type));
      }
    expect(identity.someActors({ after: "11".repeat(16), limit: 9 })).toEqual([]);
    const counts = Map.groupBy(all, ({ type }) => type);
    expect(new Map(identity.actorCounts().map(({ type, actors }) => [type, actors]))).toEqual(
      new Map([...counts].map(([type, some]) => [type, some.length])),
    );
  });

  test("finds the entries that lead to a signer, and no others", () => {
    const { identity } = folded(9);
    const contentAt = (index: number) => (statements[index] as Statement).content;
    expect(keyChainOf(identity, 7, contentAt(7), contentAt)).toEqual([0, 4, 5]);
    expect(keyChainOf(identity, 1, contentAt(1), contentAt)).toEqual([0]);
  });

  test("does not skip entries, and keeps nothing of a batch that fails", () => {
    const projection = folded(5);
    expect(() => projection.apply(foldedEntries(7, entries.slice(7)))).toThrow(RangeError);
    const [fifth] = foldedEntries(5, entries.slice(5, 6)) as [FoldedEntry];
    expect(() => projection.apply([fifth, { ...fifth, index: 6, id: "no id" }])).toThrow();
    expect(projection.appliedSize()).toBe(5);
    expect(projection.digest()).toBe(folded(5).digest());
  });

  test.each([
    ["bytes of something else", new TextEncoder().encode("garbage\n")],
    ["a database cut short", new TextEncoder().encode("SQLite format 3\0".padEnd(600, "x"))],
  ])("is begun again in the place of %s", (_, bytes) => {
    const folder = mkdtempSync(join(tmpdir(), "projection-"));
    try {
      const path = join(folder, "projection.db");
      writeFileSync(path, bytes);
      const begun = openProjection(path);
      expect(begun.appliedSize()).toBe(0);
      begun.apply(foldedEntries(0, entries));
      expect(begun.digest()).toBe(folded(9).digest());
      begun.close();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test.each([
    ["every page but the first", () => true],
    ["the index of kinds", (page: number, roots: Roots) => page === roots["sqlite_autoindex_log_kind_1"]],
    ["the size that was applied", (page: number, { applied }: Roots) => page === applied],
  ])("is begun again when %s is damaged", (_, isHit) => {
    const path = written(isHit);
    const begun = openProjection(path);
    expect(begun.appliedSize()).toBe(0);
    begun.apply(foldedEntries(0, entries));
    expect(begun.digest()).toBe(folded(9).digest());
    begun.close();
  });

  test.each<readonly [string, (projection: Projection) => unknown]>([
    ["asked", ({ imaging }) => imaging.studies({ limit: 5 })],
    ["compared", (projection) => projection.digest()],
    ["folded into", (projection) => projection.apply(foldedEntries(9, [entries[7] as Uint8Array]))],
  ])("says so when it is found damaged while it is %s, and is begun again by the next", (_, use) => {
    const path = written((page, { imaging_study }) => page === imaging_study);
    const causes: unknown[] = [];
    const damaged = openProjection(path, (thrown) => {
      causes.push(thrown);
      return new Error("damaged");
    });
    expect(damaged.appliedSize()).toBe(9);
    expect(() => use(damaged)).toThrow("damaged");
    expect(() => damaged.log.withFindings()).toThrow("damaged");
    expect(causes).toMatchObject([{ errcode: expect.any(Number) }]);
    const begun = openProjection(path);
    damaged.close();
    begun.apply(foldedEntries(0, entries));
    expect(begun.digest()).toBe(folded(9).digest());
    begun.close();
  });

  test("goes on after it was closed", () => {
    const folder = mkdtempSync(join(tmpdir(), "projection-"));
    try {
      const path = join(folder, "projection.db");
      const before = openProjection(path);
      before.apply(foldedEntries(0, entries.slice(0, 4)));
      before.close();
      const after = openProjection(path);
      after.apply(foldedEntries(4, entries.slice(4)));
      expect(after.digest()).toBe(folded(9).digest());
      after.close();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
