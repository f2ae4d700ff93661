// Keeps what a writing process said, and compares a vault with it afterwards.
import { createHash } from "node:crypto";
import { DatabaseSync } from "node:sqlite";
import { canonicalJson, type Json, toHex } from "@fiducial/core";
import { expect } from "vitest";
import type { Vault } from "../src/vault.ts";

/** What was acknowledged, over any number of processes. */
export interface Witness {
  /** Takes down one line. */
  hear(line: string): void;
  /** How many studies were acknowledged and not begun to be forgotten. */
  kept(): number;
  /** How many subjects were acknowledged to be forgotten. */
  forgotten(): number;
  /** Expects what was acknowledged to be there, and everything forgotten not to be. What was found once is not read again. */
  check(vault: Vault): void;
  /** Has the next check read everything. */
  forgetChecks(): void;
}

/** A witness that has heard nothing. */
export function newWitness(): Witness {
  const kept = new Map<string, { readonly subject: string; readonly digest: string }>();
  const forgetting = new Set<string>();
  const forgotten = new Set<string>();
  const checked = new Set<string>();
  const lasting = () => [...kept].filter(([, { subject }]) => !forgetting.has(subject));

  return {
    hear: (line) => {
      const [verb, first = "", subject = "", digest = ""] = line.split(" ");
      if (verb === "kept") kept.set(first, { subject, digest });
      if (verb === "forgetting") forgetting.add(first);
      if (verb === "forgot") forgotten.add(first);
    },
    kept: () => lasting().length,
    forgotten: () => forgotten.size,
    check: (vault) => {
      for (const [statement, { digest }] of lasting()) {
        if (!checked.has(statement)) expect(digestOf(vault, statement), statement).toBe(digest);
        checked.add(statement);
      }
      const going = [...kept].filter(([, { subject }]) => forgetting.has(subject));
      for (const [statement, { subject, digest }] of going) {
        // A forgetting that nobody was told of happened, or did not, as a whole.
        const found = vault.studiesOf(subject).length > 0 ? digestOf(vault, statement) : "nothing";
        expect(forgotten.has(subject) ? ["nothing"] : ["nothing", digest]).toContain(found);
        expect(vault.disclosures(statement) === undefined).toBe(found === "nothing");
      }
    },
    forgetChecks: () => checked.clear(),
  };
}

/** Expects SQLite to find no fault in a vault's file. */
export function expectWholeFile(path: string): void {
  const database = new DatabaseSync(path);
  expect(database.prepare("PRAGMA integrity_check").all()).toEqual([{ integrity_check: "ok" }]);
  expect(database.prepare("PRAGMA foreign_key_check").all()).toEqual([]);
  expect(database.prepare("SELECT count(*) AS loose FROM chunk WHERE part IS NULL").get()).toEqual({ loose: 0 });
  expect(database.prepare("SELECT count(*) AS due FROM meta WHERE name = 'scrub'").get()).toEqual({ due: 0 });
  database.close();
}

function digestOf(vault: Vault, statement: string): string {
  const items = [...vault.manifest(statement)];
  const headers = items.map((_, place) => toHex(vault.header(statement, place) ?? new Uint8Array()));
  const all = { disclosures: vault.disclosures(statement)?.disclosures, items, headers } as unknown as Json;
  return createHash("sha256").update(canonicalJson(all)).digest("hex");
}
