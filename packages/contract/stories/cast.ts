// Who acts in the stories: organizations and their people and machines, with fixed ids and keys. Names stand for nobody.
import {
  concat,
  type DeclaredKey,
  fromHex,
  keyIdOf,
  publicKeyOf,
  type SecretKey,
  type Signature,
  sha256,
  signMessage,
  toBase64,
  toBase64Url,
  toHex,
  utf8,
} from "@fiducial/core";
import type { ActorType, Role } from "../src/kernel/directory.ts";

/** A key whose secret is known to everybody. */
export interface StoryKey {
  readonly id: string;
  readonly declared: DeclaredKey;
  /** Signs what is signed, or as a passkey the statement's id. */
  sign(signed: Uint8Array, statementId: string): Omit<Signature, "keyid">;
}

/** Somebody who signs. */
export interface Player {
  readonly actor: string;
  readonly organization: string;
  readonly key: StoryKey;
}

/** A player whom a prologue registers. */
export interface Member extends Player {
  readonly type: ActorType;
  readonly roles: readonly Role[];
}

/** 128 bits that a name stands for. */
export function handle(name: string): string {
  return digest(`handle ${name}`).slice(0, 32);
}

/** 256 bits that a name stands for. */
export function digest(name: string): string {
  return toHex(sha256(utf8(`fiducial stories ${name}`)));
}

/** The key that a name stands for. */
export function storyKey(name: string, algorithm: SecretKey["algorithm"] = "Ed25519"): StoryKey {
  const secret = secretKey(name, algorithm);
  const declared: DeclaredKey = { algorithm, publicKey: toBase64(publicKeyOf(secret).bytes) };
  return { id: keyIdOf(declared), declared, sign: (signed) => ({ sig: signMessage(secret, signed) }) };
}

/** The passkey that a name stands for. WebAuthn Level 3 § 6.3.3. */
export function passkey(name: string): StoryKey {
  const secret = secretKey(name, "P-256");
  const rpIdHash = sha256(utf8("stories.example"));
  const origin = "https://stories.example";
  const declared: DeclaredKey = {
    algorithm: "WebAuthn-P-256",
    publicKey: toBase64(publicKeyOf(secret).bytes),
    webauthn: { rpIdHash: toHex(rpIdHash), origins: [origin] },
  };
  return {
    id: keyIdOf(declared),
    declared,
    sign: (_, statementId) => {
      const challenge = toBase64Url(fromHex(statementId) as Uint8Array);
      const clientData = { type: "webauthn.get", challenge, origin, crossOrigin: false };
      const clientDataJSON = utf8(JSON.stringify(clientData));
      // Somebody was there and was verified; the counter stays 0.
      const authenticatorData = concat(rpIdHash, Uint8Array.of(0x05, 0, 0, 0, 0));
      const sig = signMessage(secret, concat(authenticatorData, sha256(clientDataJSON)));
      return { sig, webauthn: { authenticatorData, clientDataJSON } };
    },
  };
}

/** A key of small order, under which anyone can make signatures. RFC 8032 § 5.1.7. */
export const weakKey: StoryKey = weak();

/** The organization that a name stands for, signing with its root key. */
export function organization(name: string): Player {
  const actor = handle(`organization ${name}`);
  return { actor, organization: actor, key: storyKey(`organization ${name}`) };
}

/** An actor of an organization, as the prologue registers it. */
function member(name: string, of: Player, type: ActorType, ...roles: Role[]): Member {
  return { ...newcomer(name, of), type, roles };
}

/** An actor of an organization whom nobody has registered yet. */
export function newcomer(name: string, of: Player): Player {
  return { actor: handle(`actor ${name}`), organization: of.organization, key: storyKey(`actor ${name}`) };
}

/** The same player with another key in hand. */
export function holding(player: Player, key: StoryKey): Player {
  return { ...player, key };
}

function weak(): StoryKey {
  const declared: DeclaredKey = { algorithm: "Ed25519", publicKey: toBase64(new Uint8Array(32)) };
  return { id: keyIdOf(declared), declared, sign: () => ({ sig: new Uint8Array(64) }) };
}

function secretKey(name: string, algorithm: SecretKey["algorithm"]): SecretKey {
  return { algorithm, bytes: sha256(utf8(`fiducial stories key ${name}`)) };
}

export const northlake: Player = organization("northlake");
export const southgate: Player = organization("southgate");
export const eastport: Player = organization("eastport");

export const anna: Member = member("anna", northlake, "person", "administrator");
export const ben: Member = member("ben", northlake, "person", "administrator");
export const dora: Member = member("dora", northlake, "person", "data-steward");
export const dan: Member = member("dan", northlake, "person", "data-steward");
export const tess: Member = member("tess", northlake, "person", "technologist");
export const rosa: Member = member("rosa", northlake, "person", "radiologist");
export const audrey: Member = member("audrey", northlake, "person", "auditor");
export const gateway: Member = member("gateway", northlake, "software");
export const scanner: Member = member("scanner", northlake, "device");
export const lung: Member = member("lung", northlake, "ai");

export const sue: Member = member("sue", southgate, "person", "administrator");
export const sam: Member = member("sam", southgate, "person", "data-steward");
export const relay: Member = member("relay", southgate, "software");
