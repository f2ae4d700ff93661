import type { Access, EntrySummary } from "@fiducial/api";
import { accessSentence, sentenceText } from "@fiducial/api/sentences";
import { readActions, readThings } from "@fiducial/contract";
import { expect, test } from "vitest";
import { de } from "../../i18n/de.ts";
import { en } from "../../i18n/en.ts";
import { formatsOf } from "../../i18n/formats.ts";

const [english, german] = [
  { t: en, formats: formatsOf("en-GB") },
  { t: de, formats: formatsOf("de-DE") },
] as const;
const organization = "a".repeat(32);
const access: Access = {
  ...{ index: 7, at: "2026-11-22T08:00:00.000Z", recordedAt: "2026-11-22T08:00:00.000Z" },
  ...{ study: "c".repeat(32), modalities: ["CT"], what: "images", action: "view" },
  ...{ readerType: "person", reader: "b".repeat(32), roles: ["radiologist"] },
  ...{ purpose: "TREAT", purposeBasis: "presumed", outcome: "permitted", findings: [] },
};
const entry = (open: EntrySummary["open"]): EntrySummary => ({
  ...{ index: 7, id: "d".repeat(64), kind: "access.read.performed", version: 1, nature: "observation" },
  recordedAt: access.recordedAt,
  occurredAt: access.at,
  signedAt: access.at,
  findings: [],
  signers: [
    { actor: organization, type: "software", name: "Gateway", roles: [], capacity: "on-behalf-of", organization },
  ],
  open,
});

test("access.read.performed is said as the gateway's, with the reader by role", () => {
  const { study = "", what, action, readerType, roles } = access;
  const open = { study, what, action, readerType, roles, outcome: "permitted" };
  expect(sentenceText(entry(open), english)).toBe("Gateway recorded that a radiologist looked at images of a study.");
  expect(sentenceText(entry(open), german)).toBe(
    "Gateway hat festgehalten, dass ein Radiologe Bilder einer Studie angesehen hat.",
  );
  expect(sentenceText(entry({ ...open, outcome: "refused" }), english)).toBe(
    "Gateway recorded that a radiologist asked to look at images of a study, and was refused.",
  );
});

test("a read of a list is said as the reader's: by role, by name only where that was asked for", () => {
  expect(accessSentence(access, english)).toEqual({ who: "A radiologist", did: "looked at images of a CT study." });
  expect(accessSentence(access, german)).toEqual({
    who: "Ein Radiologe",
    did: "hat Bilder einer Studie (CT) angesehen.",
  });
  expect(accessSentence(access, english, "Rosa Lind").who).toBe("Rosa Lind (A radiologist)");
  const machine: Access = { ...access, readerType: "machine", readerName: "Viewer 2", roles: [], outcome: "refused" };
  expect(Object.values(accessSentence(machine, english)).join(" ")).toBe(
    "Viewer 2 asked to look at images of a CT study, and was refused.",
  );
  const { study: _, modalities: __, ...list } = access;
  expect(accessSentence({ ...list, what: "study-list", action: "search", roles: [] }, english)).toEqual({
    who: "A person",
    did: "searched the list of studies.",
  });
});

test("whatever is read in whatever way has words in each language", () => {
  for (const what of readThings)
    for (const action of readActions)
      for (const outcome of ["permitted", "refused"] as const)
        for (const language of [english, german]) {
          const { who, did } = accessSentence({ ...access, what, action, outcome }, language);
          expect(`${who} ${did}`).toMatch(/^\S.*\.$/);
          expect(did).not.toMatch(/undefined|something|etwas|\s{2}/);
        }
});
