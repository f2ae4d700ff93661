import type { EntrySummary } from "@fiducial/api";
import { expect, test } from "vitest";
import { en } from "../../i18n/en.ts";
import { formatsOf } from "../../i18n/formats.ts";
import { sentenceOf } from "./sentence-of.ts";

const organization = "a".repeat(32);
const entry: EntrySummary = {
  index: 7,
  id: "d".repeat(64),
  kind: "access.read.performed",
  version: 1,
  nature: "observation",
  recordedAt: "2026-11-22T08:00:00.000Z",
  occurredAt: "2026-11-22T08:00:00.000Z",
  signedAt: "2026-11-22T08:00:00.000Z",
  findings: [],
  signers: [{ actor: organization, type: "organization", roles: [], capacity: "self", organization }],
  open: { read: "c".repeat(32) },
};

test("access.read.performed is said in a sentence of its own", () => {
  const { did } = sentenceOf(entry, { t: en, formats: formatsOf("en-GB") });
  const wanted = "say access.read.performed in sentences/access.ts and in every language of i18n";
  expect(did, wanted).not.toBe(en.sentences.other("access.read.performed"));
});
