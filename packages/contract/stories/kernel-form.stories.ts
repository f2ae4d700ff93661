// Stories of the kernel about form: size, log, kind, fields, times. What holds for every kind.
import type { DeclaredKey, Draft, Json, JsonObject } from "@fiducial/core";
import { actorRegistered } from "../src/identity/actor-registered-1.ts";
import { logCreated } from "../src/identity/log-created-1.ts";
import { logSealed } from "../src/identity/log-sealed-1.ts";
import { studyRegistered } from "../src/imaging/study-registered-1.ts";
import { anna, eastport, gateway, newcomer, northlake, type Player, passkey, rosa, southgate } from "./cast.ts";
import { creation } from "./prologues.ts";
import { acquiredObjects, studySeals } from "./scenes.ts";
import { accepted, refused } from "./stage.ts";
import { type Stories, storiesOf } from "./story.ts";

const nilsComes = { open: { actor: newcomer("nils", northlake).actor, type: "person" as const }, sealed: {} };
const chest = { open: acquiredObjects("chest"), sealed: studySeals };
const day = 24 * 3600;
const envelope = "DESIGN § 5, Envelope";
const times = "DESIGN § 5, Three times";

/** Bends the open fields. */
function open(change: (fields: JsonObject) => Json) {
  return (draft: Draft): Draft => ({ ...draft, open: change(draft.open) as JsonObject });
}

// Every envelope has an even length: what is filled in is written in base64, and each signer adds 174 bytes.
function filled(letters: number, ...founders: readonly Player[]) {
  const { open: fields, sealed } = creation(...founders);
  const organizations = fields.organizations.map((row, place) => ({
    ...row,
    rootKeys: [...row.rootKeys, ...keysWith(lettersOf(letters, place, founders.length), `large ${place}`)],
  }));
  return { open: { ...fields, organizations }, sealed };
}

function lettersOf(letters: number, place: number, places: number): number {
  return Math.floor(letters / places) + (place < letters % places ? 1 : 0);
}

// Passkeys whose origins have so many letters in all.
function keysWith(letters: number, name: string): DeclaredKey[] {
  const [mostLetters, mostOrigins] = [200, 16];
  const origins = Array.from({ length: Math.ceil(letters / mostLetters) }, (_, index) => {
    const length = Math.min(mostLetters, letters - index * mostLetters);
    return `https://${"a".repeat(length)}.example:${9000 + index}`;
  });
  const keys = Math.ceil(origins.length / mostOrigins);
  return Array.from({ length: keys }, (_, key) => ({
    ...passkey(`${name} ${key}`).declared,
    webauthn: { rpIdHash: "00".repeat(32), origins: origins.slice(key * mostOrigins, (key + 1) * mostOrigins) },
  }));
}

export const formStories: Stories = storiesOf("kernel", (story) => {
  story(
    "the first statement creates the log, and no later one does",
    "DESIGN § 5, Entry 0",
    ({ says }) => {
      says(actorRegistered, northlake, nilsComes, refused("LOG_NOT_CREATED"));
      says(logCreated, northlake, creation(northlake), accepted());
      says(logCreated, northlake, creation(northlake), refused("LOG_EXISTS"));
      says(logCreated, eastport, creation(eastport), refused("LOG_EXISTS"));
    },
    "empty",
  );

  story(
    "an envelope of 61,440 bytes, and one that is longer by as little as can be",
    envelope,
    ({ says }) => {
      says(logCreated, [northlake, southgate], filled(37_215, northlake, southgate), refused("ENTRY_TOO_LARGE"));
      const founders = [northlake, southgate, eastport] as const;
      says(logCreated, founders, filled(36_784, ...founders), accepted());
    },
    "empty",
  );

  story("a statement names the log that it is meant for", envelope, ({ says }) => {
    const elsewhere = (draft: Draft): Draft => ({ ...draft, log: "stories.example/elsewhere" });
    says(studyRegistered, gateway, { ...chest, bend: elsewhere }, refused("WRONG_LOG"));
  });

  story("a sealed log takes nothing more", "DESIGN § 7: logs end", ({ says }) => {
    says(logSealed, [northlake, southgate], { open: { reason: "ended" }, sealed: {} }, accepted());
    says(studyRegistered, gateway, chest, refused("LOG_SEALED"));
  });

  story("kinds and versions that the contract does not have", "DESIGN § 6", ({ says }) => {
    const version = (draft: Draft): Draft => ({ ...draft, version: 2 });
    says(studyRegistered, gateway, { ...chest, bend: version }, refused("KIND_UNKNOWN"));
    const other = (draft: Draft): Draft => ({ ...draft, kind: "imaging.study.forgotten" });
    says(studyRegistered, gateway, { ...chest, bend: other }, refused("KIND_UNKNOWN"));
  });

  story("exactly the sealed fields of the kind are committed", "DESIGN § 5, Commitments", ({ says }) => {
    const without = ({ sealed, ...draft }: Draft): Draft => ({
      ...draft,
      sealed: { studyUid: sealed["studyUid"] ?? null },
    });
    says(studyRegistered, gateway, { ...chest, bend: without }, refused("SEALED_FIELDS_INVALID"));
    const more = (draft: Draft): Draft => ({ ...draft, sealed: { ...draft.sealed, remark: "A remark" } });
    says(studyRegistered, gateway, { ...chest, bend: more }, refused("SEALED_FIELDS_INVALID"));
    const other = ({ sealed: { subject: _, ...sealed }, ...draft }: Draft): Draft => ({
      ...draft,
      sealed: { ...sealed, patient: null },
    });
    says(studyRegistered, gateway, { ...chest, bend: other }, refused("SEALED_FIELDS_INVALID"));
    says(
      actorRegistered,
      anna,
      { ...nilsComes, bend: ({ sealed: _, ...draft }) => ({ ...draft, sealed: {} }) },
      refused("SEALED_FIELDS_INVALID"),
    );
  });

  story("an observation states its basis, an act none", "DESIGN § 2, observation", ({ says }) => {
    const baseless = ({ basis: _, ...draft }: Draft): Draft => draft;
    says(studyRegistered, gateway, { ...chest, bend: baseless }, refused("BASIS_INVALID"));
    const based = (draft: Draft): Draft => ({ ...draft, basis: "stated" });
    says(actorRegistered, anna, { ...nilsComes, bend: based }, refused("BASIS_INVALID"));
  });

  story("open fields are the kind's, and none is free text", "DESIGN § 6", ({ says }) => {
    const bent = (change: (fields: JsonObject) => Json) => ({ ...chest, bend: open(change) });
    const turnsDown = (change: (fields: JsonObject) => Json) =>
      says(studyRegistered, gateway, bent(change), refused("OPEN_FIELDS_INVALID"));
    turnsDown((fields) => ({ ...fields, patient: "A name" }));
    turnsDown(({ manifest: _, ...fields }) => fields);
    turnsDown((fields) => ({ ...fields, instances: -1 }));
    turnsDown((fields) => ({ ...fields, instances: 1_000_000_001 }));
    turnsDown((fields) => ({ ...fields, instances: "120" }));
    turnsDown((fields) => ({ ...fields, modalities: ["A name"] }));
    turnsDown((fields) => ({ ...fields, device: null }));
    turnsDown((fields) => JSON.parse(`{"__proto__":"A name",${JSON.stringify(fields).slice(1)}`) as Json);
    says(
      studyRegistered,
      gateway,
      bent((fields) => ({ ...fields, instances: 1_000_000_000 })),
      accepted(),
    );
  });

  story("a statement is good for a week, to the second", times, ({ says }) => {
    says(studyRegistered, gateway, { ...chest, signedBefore: 7 * day + 1 }, refused("STATEMENT_EXPIRED"));
    says(studyRegistered, gateway, { ...chest, signedBefore: 7 * day }, accepted("LATE_ENTRY"));
  });

  story("a clock may be five minutes ahead, which shows", times, ({ says }) => {
    says(studyRegistered, gateway, { ...chest, signedBefore: -301 }, refused("SIGNED_IN_FUTURE"));
    says(studyRegistered, gateway, { ...chest, signedBefore: -300 }, accepted("CLOCK_SKEW"));
  });

  story("when it happened: after it was signed, days ago, at an unknown offset", times, ({ says }) => {
    const at = (study: string, occurredAt: string) => ({
      open: acquiredObjects(study),
      sealed: studySeals,
      occurredAt,
    });
    says(studyRegistered, gateway, at("chest", "2026-11-18T09:00:00.000Z"), accepted("CLOCK_SKEW"));
    says(studyRegistered, gateway, at("abdomen", "2026-11-18T10:00:00.000+01:00"), accepted());
    says(studyRegistered, gateway, at("spine", "2026-11-17T09:01:59.999Z"), accepted("LATE_ENTRY"));
    says(studyRegistered, gateway, at("knee", "2026-11-17T09:03:00.000Z"), accepted());
    says(studyRegistered, gateway, at("hip", "2026-11-18T09:00:00.000"), accepted("OFFSET_UNKNOWN"));
    says(studyRegistered, gateway, at("hand", "2026-11-15T09:00:00.000"), accepted("LATE_ENTRY", "OFFSET_UNKNOWN"));
    says(studyRegistered, gateway, at("foot", "2026-11-19T09:00:00.000"), accepted("CLOCK_SKEW", "OFFSET_UNKNOWN"));
    says(studyRegistered, gateway, at("wrist", "2026-11-18T09:06:58.000Z"), accepted());
    says(studyRegistered, gateway, { open: acquiredObjects("elbow"), sealed: studySeals, signedBefore: 0 }, accepted());
  });

  story("an unknown offset may be one of +14 hours and one of −12, and no wider", times, ({ says }) => {
    const at = (study: string, occurredAt: string) => ({
      open: acquiredObjects(study),
      sealed: studySeals,
      occurredAt,
    });
    // At +14:00 it was 08:59:58 when this was signed, at 09:00:58 the next.
    says(studyRegistered, gateway, at("chest", "2026-11-18T22:59:58.000"), accepted("OFFSET_UNKNOWN"));
    says(studyRegistered, gateway, at("spine", "2026-11-18T23:00:58.001"), accepted("CLOCK_SKEW", "OFFSET_UNKNOWN"));
    // At −12:00 a day passed until 09:02, when this was recorded, and until 09:03.
    says(studyRegistered, gateway, at("knee", "2026-11-16T21:02:00.000"), accepted("OFFSET_UNKNOWN"));
    says(studyRegistered, gateway, at("hip", "2026-11-16T21:02:59.999"), accepted("LATE_ENTRY", "OFFSET_UNKNOWN"));
  });

  story("what is wrong first is told first", "DESIGN § 6", (stage) => {
    const bend = (draft: Draft): Draft => ({ ...draft, log: "stories.example/elsewhere", version: 2, sealed: {} });
    stage.says(studyRegistered, rosa, { ...chest, bend, spoil: 0, signedBefore: 8 * day }, refused("WRONG_LOG"));
    const expired = { ...chest, spoil: 0, signedBefore: 8 * day };
    stage.says(studyRegistered, rosa, expired, refused("STATEMENT_EXPIRED"));
    stage.says(studyRegistered, rosa, { ...chest, spoil: 0 }, refused("SIGNATURE_INVALID"));
    stage.says(studyRegistered, rosa, chest, refused("ROLE_MISSING"));
  });
});
