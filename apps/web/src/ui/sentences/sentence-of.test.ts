import type { EntrySummary } from "@fiducial/api";
import {
  accessSentences,
  identitySentences,
  imagingSentences,
  sentenceOf,
  sentenceText,
} from "@fiducial/api/sentences";
import { contracts } from "@fiducial/contract";
import { describe, expect, test } from "vitest";
import { de } from "../../i18n/de.ts";
import { en } from "../../i18n/en.ts";
import { type Formats, formatsOf } from "../../i18n/formats.ts";
import type { Messages } from "../../i18n/messages.ts";

const kinds = contracts.flatMap((contract) => contract.kinds.map(({ name }) => name));
interface Language {
  readonly t: Messages;
  readonly formats: Formats;
}
const languages: readonly Language[] = [
  { t: en, formats: formatsOf("en-GB", "UTC") },
  { t: de, formats: formatsOf("de-DE", "UTC") },
];
const [english, german] = languages as [Language, Language];

const handle = "6e6f7274686c616b652e2e2e2e2e2e2e";
const everything = {
  organizations: [{ organization: handle }],
  organization: handle,
  contract: { version: 1 },
  version: 2,
  atIndex: 100,
  actor: handle,
  type: "device",
  role: "data-steward",
  reason: "legal",
  key: { algorithm: "WebAuthn-P-256" },
  study: handle,
  modalities: ["CT"],
  instances: 412,
  series: 3,
  manifest: "ab".repeat(32),
  method: "segmented",
  sources: [handle],
  direction: "sent",
  purpose: "TREAT",
  outcome: "partial",
  result: "header-changed",
  scope: "instances",
  party: "holder",
  until: "2036-11-18T00:00:00.000Z",
  studies: [handle, handle],
  subject: handle,
  survivors: { receipts: 1, backups: 2, copies: 0 },
};

function entry(
  kind: string,
  open: EntrySummary["open"] = everything,
  change: Partial<EntrySummary> = {},
): EntrySummary {
  return {
    index: 7,
    id: "cd".repeat(32),
    kind,
    version: 1,
    nature: "observation",
    recordedAt: "2026-11-18T08:44:09.214Z",
    occurredAt: "2026-11-18T08:44:09.214Z",
    signedAt: "2026-11-18T08:44:09.214Z",
    findings: [],
    signers: [
      { actor: handle, type: "software", name: "Gateway 1", roles: [], capacity: "on-behalf-of", organization: handle },
    ],
    open,
    ...change,
  };
}

const person = (role: string): EntrySummary["signers"][number] => ({
  actor: handle,
  type: "person",
  name: "Anna Berg",
  roles: ["administrator", role],
  capacity: "self",
  organization: handle,
});

describe("every kind", () => {
  test("of every contract has a sentence of its own, a name, and no sentence is of no kind", () => {
    expect(Object.keys({ ...identitySentences, ...imagingSentences, ...accessSentences }).sort()).toEqual(
      [...new Set(kinds)].sort(),
    );
    for (const { t } of languages) expect(Object.keys(t.kinds).sort()).toEqual([...new Set(kinds)].sort());
  });

  test.each(kinds)("%s is said in each language, with the facts and without them", (kind) => {
    for (const language of languages) {
      for (const open of [everything, {}, { instances: "many", modalities: [7], survivors: [], until: "soon" }]) {
        const text = sentenceText(entry(kind, open), language);
        expect(text).toMatch(/^Gateway 1 \S.*\.$/);
        expect(text).not.toMatch(/undefined|NaN|\[object|[0-9a-f]{16}|\s{2}|\.\./);
      }
    }
    expect(sentenceText(entry(kind), english)).not.toBe(sentenceText(entry(kind), german));
  });
});

describe("a sentence", () => {
  test("names what was received", () => {
    expect(sentenceText(entry("imaging.study.registered"), english)).toBe(
      "Gateway 1 received 412 objects of a CT study and registered them.",
    );
    expect(sentenceText(entry("imaging.study.registered"), german)).toBe(
      "Gateway 1 hat 412 Objekte einer Studie (CT) empfangen und registriert.",
    );
  });

  test("has the article that is spoken, and leaves out what is no kind of study", () => {
    const study = (...modalities: string[]) => english.t.sentences.imaging.study(modalities);
    expect([study("MR"), study("US"), study("DX"), study("CT", "PT"), study("CT", "SR"), study("SR"), study()]).toEqual(
      [
        "an MR study",
        "an ultrasound study",
        "an X-ray study",
        "a CT and PET study",
        "a CT study",
        "a study",
        "a study",
      ],
    );
  });

  test("names people by the role that entitles them, never by name", () => {
    const signers = [person("radiologist")];
    expect(sentenceOf(entry("imaging.study.rejected", everything, { signers }), english).who).toBe("A radiologist");
    expect(sentenceOf(entry("identity.role.granted", everything, { signers }), english).who).toBe("An administrator");
    expect(sentenceOf(entry("imaging.hold.placed", everything, { signers: [person("")] }), english).who).toBe(
      "An administrator",
    );
  });

  test("names both who approved a destruction", () => {
    const signers = [person("data-steward"), { ...person("x"), capacity: "counter-signature" as const }];
    const { who } = sentenceOf(entry("imaging.destruction.approved", everything, { signers }), english);
    expect(who).toBe("A data steward and an administrator");
  });

  test.each([[[handle]], [[handle, handle]]])("says in German why %j are destroyed, one or several", (studies) => {
    const said = sentenceText(entry("imaging.destruction.approved", { studies, reason: "rejected" }), german);
    const what = studies.length === 1 ? "1 Studie vernichtet wird" : "2 Studien vernichtet werden";
    expect(said).toBe(`Gateway 1 hat genehmigt, dass ${what}, nachdem die Bilder verworfen wurden.`);
  });

  test("of a kind that this page does not know says so", () => {
    expect(sentenceText(entry("reports.version.attested"), english)).toBe(
      "Gateway 1 stated something of the kind reports.version.attested.",
    );
  });
});
