// Stories of the kernel: what holds for every kind, with real signatures.
import type { Draft, Json, JsonObject, Signer } from "@fiducial/core";
import { actorRegistered } from "../src/identity/actor-registered-1.ts";
import { actorRetired } from "../src/identity/actor-retired-1.ts";
import { keyRegistered } from "../src/identity/key-registered-1.ts";
import { keyRevoked } from "../src/identity/key-revoked-1.ts";
import { logCreated } from "../src/identity/log-created-1.ts";
import { logSealed } from "../src/identity/log-sealed-1.ts";
import { roleGranted } from "../src/identity/role-granted-1.ts";
import { studyExtended } from "../src/imaging/study-extended-1.ts";
import { studyRegistered } from "../src/imaging/study-registered-1.ts";
import {
  anna,
  dora,
  eastport,
  gateway,
  holding,
  newcomer,
  northlake,
  passkey,
  relay,
  rosa,
  type StoryKey,
  southgate,
  storyKey,
  tess,
  weakKey,
} from "./cast.ts";
import { creation } from "./prologues.ts";
import { acquiredObjects, arrives, arrivesElsewhere, studySeals } from "./scenes.ts";
import { accepted, refused, type Stage } from "./stage.ts";
import { type Stories, storiesOf } from "./story.ts";

const nils = newcomer("nils", northlake);
const nilsComes = { open: { actor: nils.actor, type: "person" as const }, sealed: {} };
const chest = { open: acquiredObjects("chest"), sealed: studySeals };
const day = 24 * 3600;
const envelope = "DESIGN § 5, Envelope";
const times = "DESIGN § 5, Three times";
const keys = "DESIGN § 5, Keys";

/** Bends the first signer. */
function signer(change: Partial<Signer>) {
  return (draft: Draft): Draft => ({ ...draft, signers: [{ ...draft.signers[0], ...change }] });
}

/** Bends the open fields. */
function open(change: (fields: JsonObject) => Json) {
  return (draft: Draft): Draft => ({ ...draft, open: change(draft.open) as JsonObject });
}

export const kernelStories: Stories = storiesOf("kernel", (story) => {
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
    "an envelope beyond 61,440 bytes",
    envelope,
    ({ says }) => {
      const origins = Array.from({ length: 16 }, (_, index) => `https://${"a".repeat(240)}.example:${9000 + index}`);
      const rootKeys = Array.from({ length: 8 }, (_, index) => passkey(`large ${index}`).declared);
      const large = rootKeys.map((key) => ({ ...key, webauthn: { rpIdHash: "00".repeat(32), origins } }));
      const { open: fields, sealed } = creation(northlake, southgate);
      const organizations = fields.organizations.map((row) => ({ ...row, rootKeys: large }));
      const said = { open: { ...fields, organizations }, sealed };
      says(logCreated, [northlake, southgate], said, refused("ENTRY_TOO_LARGE"));
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
    const without = ({ sealed, ...draft }: Draft): Draft => ({ ...draft, sealed: { studyUid: sealed["studyUid"] ?? null } });
    says(studyRegistered, gateway, { ...chest, bend: without }, refused("SEALED_FIELDS_INVALID"));
    const more = (draft: Draft): Draft => ({ ...draft, sealed: { ...draft.sealed, remark: "A remark" } });
    says(studyRegistered, gateway, { ...chest, bend: more }, refused("SEALED_FIELDS_INVALID"));
    const other = ({ sealed: { subject: _, ...sealed }, ...draft }: Draft): Draft => ({ ...draft, sealed: { ...sealed, patient: null } });
    says(studyRegistered, gateway, { ...chest, bend: other }, refused("SEALED_FIELDS_INVALID"));
    says(actorRegistered, anna, { ...nilsComes, bend: ({ sealed: _, ...draft }) => ({ ...draft, sealed: {} }) }, refused("SEALED_FIELDS_INVALID"));
  });

  story("an observation states its basis, an act none", "DESIGN § 2, observation", ({ says }) => {
    const baseless = ({ basis: _, ...draft }: Draft): Draft => draft;
    says(studyRegistered, gateway, { ...chest, bend: baseless }, refused("BASIS_INVALID"));
    const based = (draft: Draft): Draft => ({ ...draft, basis: "stated" });
    says(actorRegistered, anna, { ...nilsComes, bend: based }, refused("BASIS_INVALID"));
  });

  story("open fields are the kind's, and none is free text", "DESIGN § 6", ({ says }) => {
    const bent = (change: (fields: JsonObject) => Json) => ({ ...chest, bend: open(change) });
    const says1 = (change: (fields: JsonObject) => Json) =>
      says(studyRegistered, gateway, bent(change), refused("OPEN_FIELDS_INVALID"));
    says1((fields) => ({ ...fields, patient: "A name" }));
    says1(({ manifest: _, ...fields }) => fields);
    says1((fields) => ({ ...fields, instances: -1 }));
    says1((fields) => ({ ...fields, instances: "120" }));
    says1((fields) => ({ ...fields, modalities: ["A name"] }));
    says1((fields) => ({ ...fields, device: null }));
    says1((fields) => JSON.parse(`{"__proto__":"A name",${JSON.stringify(fields).slice(1)}`) as Json);
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
    const at = (study: string, occurredAt: string) => ({ open: acquiredObjects(study), sealed: studySeals, occurredAt });
    says(studyRegistered, gateway, at("chest", "2026-11-18T09:00:00.000Z"), accepted("CLOCK_SKEW"));
    says(studyRegistered, gateway, at("abdomen", "2026-11-18T10:00:00.000+01:00"), accepted());
    says(studyRegistered, gateway, at("spine", "2026-11-17T09:01:59.999Z"), accepted("LATE_ENTRY"));
    says(studyRegistered, gateway, at("knee", "2026-11-17T09:03:00.000Z"), accepted());
    says(studyRegistered, gateway, at("hip", "2026-11-18T09:00:00.000"), accepted("OFFSET_UNKNOWN"));
    says(studyRegistered, gateway, at("hand", "2026-11-15T09:00:00.000"), accepted("LATE_ENTRY", "OFFSET_UNKNOWN"));
    says(studyRegistered, gateway, at("foot", "2026-11-19T09:00:00.000"), accepted("CLOCK_SKEW", "OFFSET_UNKNOWN"));
  });

  story("a key that nobody registered", keys, ({ says }) => {
    says(studyRegistered, holding(gateway, storyKey("no key")), chest, refused("KEY_UNKNOWN"));
    says(actorRegistered, [anna, holding(dora, storyKey("no key"))], nilsComes, refused("KEY_UNKNOWN"));
  });

  story("a key does not speak first in the statement that introduces it", keys, ({ says }) => {
    const usurper = holding(anna, storyKey("usurper"));
    const said = { open: { actor: anna.actor, key: usurper.key.declared }, sealed: {} };
    says(keyRegistered, usurper, said, refused("KEY_UNKNOWN"));
  });

  story("a key that was revoked", keys, ({ says }) => {
    says(keyRevoked, anna, { open: { key: gateway.key.id, reason: "lost" }, sealed: {} }, accepted());
    says(studyRegistered, gateway, chest, refused("KEY_REVOKED"));
  });

  story("a key of somebody else, registered or new", keys, ({ says }) => {
    says(studyRegistered, holding(gateway, tess.key), chest, refused("KEY_OF_OTHER_ACTOR"));
    says(actorRegistered, anna, nilsComes, accepted());
    const said = { open: { actor: nils.actor, key: nils.key.declared }, sealed: {} };
    says(keyRegistered, [anna, holding(dora, nils.key)], said, refused("KEY_OF_OTHER_ACTOR"));
  });

  story("a new key that is weak, or declares what its algorithm does not have", keys, ({ says }) => {
    says(actorRegistered, anna, nilsComes, accepted());
    const comesWith = (key: StoryKey, declared = key.declared) =>
      says(
        keyRegistered,
        [anna, holding(nils, key)],
        { open: { actor: nils.actor, key: declared }, sealed: {} },
        refused("KEY_NOT_REGISTRABLE"),
      );
    comesWith(weakKey);
    const { algorithm, publicKey, webauthn } = passkey("nils").declared;
    comesWith(passkey("nils"), { algorithm, publicKey });
    comesWith(nils.key, { ...nils.key.declared, webauthn });
  });

  story("signatures are verified, each of them", keys, ({ says }) => {
    says(studyRegistered, gateway, { ...chest, spoil: 0 }, refused("SIGNATURE_INVALID"));
    says(actorRegistered, anna, nilsComes, accepted());
    const secret = { ...passkey("nils"), id: nils.key.id };
    const said = { open: { actor: nils.actor, key: nils.key.declared }, sealed: {} };
    says(keyRegistered, [anna, nils], { ...said, spoil: 1 }, refused("SIGNATURE_INVALID"));
    says(keyRegistered, [anna, holding(nils, secret)], said, refused("SIGNATURE_INVALID"));
    says(keyRegistered, [anna, nils], said, accepted());
    says(keyRevoked, holding(rosa, { ...rosa.key, sign: tess.key.sign }), { open: { key: rosa.key.id, reason: "lost" }, sealed: {} }, refused("SIGNATURE_INVALID"));
  });

  story("a passkey signs a statement's id, and no other's", "WebAuthn Level 3 § 7.2", (stage) => {
    const holder = holding(nils, passkey("nils"));
    stage.says(actorRegistered, anna, nilsComes, accepted());
    const said = { open: { actor: nils.actor, key: holder.key.declared }, sealed: {} };
    const stale: StoryKey = { ...holder.key, sign: (signed) => holder.key.sign(signed, "00".repeat(32)) };
    stage.says(keyRegistered, [anna, holding(nils, stale)], said, refused("SIGNATURE_INVALID"));
    stage.says(keyRegistered, [anna, holder], { ...said, spoil: 1 }, refused("SIGNATURE_INVALID"));
    stage.says(keyRegistered, [anna, holder], said, accepted());
  });

  story("an actor that nobody registered brings a key", keys, ({ says }) => {
    const said = { open: { actor: nils.actor, key: nils.key.declared }, sealed: {} };
    says(keyRegistered, [anna, nils], said, refused("ACTOR_UNKNOWN"));
  });

  story("a retired actor signs no more", keys, ({ says }) => {
    says(actorRetired, anna, { open: { actor: gateway.actor, reason: "replaced" }, sealed: {} }, accepted());
    says(studyRegistered, gateway, chest, refused("ACTOR_RETIRED"));
  });

  story("actors sign for their own organization, and organizations for themselves", keys, ({ says }) => {
    const foreign = refused("ACTOR_OF_OTHER_ORGANIZATION");
    says(studyRegistered, { ...gateway, organization: southgate.actor }, chest, foreign);
    says(actorRegistered, { ...northlake, organization: southgate.actor }, nilsComes, foreign);
  });

  story("on behalf of one's own organization, and of nobody else", keys, ({ says }) => {
    const behalf = (principal: string) => ({ bend: signer({ capacity: "on-behalf-of", principal }) });
    says(studyRegistered, gateway, { ...chest, ...behalf(northlake.actor) }, accepted());
    says(studyRegistered, gateway, { ...chest, ...behalf(southgate.actor) }, refused("PRINCIPAL_NOT_ALLOWED"));
    says(studyRegistered, gateway, { ...chest, ...behalf(rosa.actor) }, refused("PRINCIPAL_NOT_ALLOWED"));
    const organization = { ...nilsComes, ...behalf(northlake.actor) };
    says(actorRegistered, northlake, organization, refused("PRINCIPAL_NOT_ALLOWED"));
  });

  story("persons state by role, others by what they are", "DESIGN § 6, by", ({ says }) => {
    says(studyRegistered, rosa, chest, refused("ROLE_MISSING"));
    says(studyRegistered, northlake, chest, refused("ROLE_MISSING"));
    says(roleGranted, gateway, { open: { actor: rosa.actor, role: "auditor" }, sealed: {} }, refused("ROLE_MISSING"));
    says(roleGranted, anna, { open: { actor: rosa.actor, role: "technologist" }, sealed: {} }, accepted());
    says(studyRegistered, rosa, chest, accepted());
  });

  story("an organization supersedes its own statements of a kind", "DESIGN § 5, Three times", (stage) => {
    const superseding = (statement: string) => ({ supersedes: { statement, reason: "entered-in-error" as const } });
    const statement = arrives(stage, "chest");
    const others = arrivesElsewhere(stage, "abdomen");
    const { says } = stage;
    says(studyRegistered, gateway, { ...chest, ...superseding("00".repeat(32)) }, refused("STATEMENT_UNKNOWN"));
    says(studyRegistered, gateway, { ...chest, ...superseding(others) }, refused("SUPERSEDES_OTHER_ORGANIZATION"));
    says(studyExtended, gateway, { ...chest, ...superseding(statement) }, refused("SUPERSEDES_OTHER_KIND"));
    says(studyRegistered, relay, { ...chest, ...superseding(statement) }, refused("SUPERSEDES_OTHER_ORGANIZATION"));
    says(studyRegistered, gateway, { ...chest, ...superseding(statement) }, accepted());
  });

  story("what is wrong first is told first", "DESIGN § 6", (stage: Stage) => {
    const bend = (draft: Draft): Draft => ({ ...draft, log: "stories.example/elsewhere", version: 2, sealed: {} });
    stage.says(studyRegistered, rosa, { ...chest, bend, spoil: 0, signedBefore: 8 * day }, refused("WRONG_LOG"));
    const expired = { ...chest, spoil: 0, signedBefore: 8 * day };
    stage.says(studyRegistered, rosa, expired, refused("STATEMENT_EXPIRED"));
    stage.says(studyRegistered, rosa, { ...chest, spoil: 0 }, refused("SIGNATURE_INVALID"));
    stage.says(studyRegistered, rosa, chest, refused("ROLE_MISSING"));
  });
});
