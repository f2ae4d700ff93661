import { expect, test } from "vitest";
import { EntriesQuery, EntrySummary } from "./entries.ts";
import { parseNodeEvent } from "./events.ts";
import { ObjectQuery } from "./objects.ts";

const entry = {
  index: 0,
  id: "ab".repeat(32),
  kind: "imaging.study.registered",
  version: 1,
  nature: "observation",
  basis: "seen",
  recordedAt: "2026-11-18T08:44:09.214Z",
  occurredAt: "2026-11-18T09:44:09.214+01:00",
  signedAt: "2026-11-18T08:44:09.214Z",
  findings: [],
  signers: [{ actor: "00".repeat(16), type: "software", roles: [], capacity: "self", organization: "01".repeat(16) }],
  open: { instances: 3, nested: { list: [null, true] } },
};

test("an entry's three times may have an offset, or none where DICOM gave none", () => {
  expect(EntrySummary.parse(entry)).toEqual(entry);
  expect(EntrySummary.safeParse({ ...entry, occurredAt: "2026-11-18T09:44:09.214" }).success).toBe(true);
  expect(EntrySummary.safeParse({ ...entry, recordedAt: "2026-11-18T09:44:09.214+01:00" }).success).toBe(false);
});

test("an entry without a signer is none", () => {
  expect(EntrySummary.safeParse({ ...entry, signers: [] }).success).toBe(false);
});

test("queries come as text and are bounded", () => {
  expect(EntriesQuery.parse({ before: "10", limit: "200" })).toEqual({ before: 10, limit: 200 });
  for (const limit of ["0", "201", "1.5", "x"]) expect(EntriesQuery.safeParse({ limit }).success).toBe(false);
  expect(ObjectQuery.safeParse({ sopInstanceUid: "1.2.840'; --" }).success).toBe(false);
});

test("events of a later version are passed over", () => {
  expect(parseNodeEvent(`{"type":"grown","size":8,"rootHash":"${"cd".repeat(32)}"}`)).toMatchObject({ size: 8 });
  expect(parseNodeEvent('{"type":"shrunk"}')).toBeUndefined();
  expect(parseNodeEvent("no JSON")).toBeUndefined();
});
