import { DatabaseSync } from "node:sqlite";
import type { Content } from "@fiducial/core";
import { expect, test } from "vitest";
import { accessPart } from "./access-part.ts";

const content: Content = {
  kind: "access.read.performed",
  version: 1,
  log: "tests.example/log",
  signers: [{ actor: "a".repeat(32), capacity: "self", key: "b".repeat(64), organization: "a".repeat(32) }],
  occurredAt: "2026-11-22T08:00:00.000Z",
  signedAt: "2026-11-22T08:00:00.000Z",
  basis: "seen",
  open: { read: "c".repeat(32) },
  commitments: {},
};

test("access.read.performed changes what is known of access", () => {
  const database = new DatabaseSync(":memory:");
  database.exec(accessPart.tables);
  const { fold } = accessPart.open(database);
  fold({ index: 7, recordedAt: "2026-01-01T00:00:00.000Z", findings: [], id: "d".repeat(64), content });
  const { changed } = database.prepare("SELECT total_changes() AS changed").get() as { changed: number };
  expect(changed, "fold access.read.performed in access-part.ts, and say here what is known then").toBeGreaterThan(0);
});
