// Stories of the kernel about signers: keys, actors, organizations, roles, superseding. What holds for every kind.
import type { Draft, Signer } from "@fiducial/core";
import { actorRegistered } from "../src/identity/actor-registered-1.ts";
import { actorRetired } from "../src/identity/actor-retired-1.ts";
import { keyRegistered } from "../src/identity/key-registered-1.ts";
import { keyRevoked } from "../src/identity/key-revoked-1.ts";
import { roleGranted } from "../src/identity/role-granted-1.ts";
import { studyExtended } from "../src/imaging/study-extended-1.ts";
import { studyRegistered } from "../src/imaging/study-registered-1.ts";
import {
  anna,
  dora,
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
import { acquiredObjects, arrives, arrivesElsewhere, studySeals } from "./scenes.ts";
import { accepted, refused } from "./stage.ts";
import { type Stories, storiesOf } from "./story.ts";

const nils = newcomer("nils", northlake);
const nilsComes = { open: { actor: nils.actor, type: "person" as const }, sealed: {} };
const chest = { open: acquiredObjects("chest"), sealed: studySeals };
const keys = "DESIGN § 5, Keys";

/** Bends the first signer. */
function signer(change: Partial<Signer>) {
  return (draft: Draft): Draft => ({ ...draft, signers: [{ ...draft.signers[0], ...change }] });
}

export const signerStories: Stories = storiesOf("kernel", (story) => {
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
    says(
      keyRevoked,
      holding(rosa, { ...rosa.key, sign: tess.key.sign }),
      { open: { key: rosa.key.id, reason: "lost" }, sealed: {} },
      refused("SIGNATURE_INVALID"),
    );
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
});
