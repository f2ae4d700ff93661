// Assertions, sound and unsound, by a simulated authenticator in both algorithms. docs/formats/keys.md § WebAuthn.
import { toBase64Url, toHex, utf8 } from "../../packages/core/src/encoding/bytes.ts";
import { assertionOf, type Ceremony, soundCeremony } from "./authenticator.ts";
import { bigEndian, digest, edwards, type Point, p256 } from "./textbook-curves.ts";
import { ed25519Scalar, ed25519Signature, p256Signature, uncompressed } from "./textbook-signatures.ts";

/** An assertion beside key and statement id; `fault` is null when it signs the statement. Byte strings in hex. */
export interface AssertionVector {
  readonly title: string;
  readonly clause: string;
  readonly input: {
    readonly algorithm: string;
    readonly publicKey: string;
    readonly webauthn: { readonly rpIdHash: string; readonly origins: readonly string[] } | null;
    readonly statementId: string;
    readonly authenticatorData: string;
    readonly clientDataJSON: string;
    readonly signature: string;
  };
  readonly output: { readonly fault: string | null };
}

/** Makes every assertion vector: each case once for Ed25519 and once for P-256. */
export function assertionVectors(): AssertionVector[] {
  return [ed25519Key(), p256Key()].flatMap((key) => [
    ...cases().map(([title, clause, fault, change]) => vector(key, title, clause, fault, change(sound))),
    ...keyCases(key),
  ]);
}

interface Passkey {
  readonly algorithm: string;
  readonly publicKey: Uint8Array;
  readonly sign: (message: Uint8Array) => Uint8Array;
}

const rpId = "records.example";
const origin = "https://records.example";
const webauthn = {
  rpIdHash: toHex(digest("sha256", utf8(rpId))),
  origins: [origin, "https://reading.records.example:8443"],
};
const statementId = digest("sha256", utf8("a statement"));
const sound = soundCeremony(statementId, origin, rpId);

type Case = readonly [title: string, clause: string, fault: string | null, change: (ceremony: Ceremony) => Ceremony];

function cases(): readonly Case[] {
  return [...clientDataCases(), ...authenticatorDataCases()];
}

function clientDataCases(): readonly Case[] {
  const client = (members: Record<string, unknown>) => (ceremony: Ceremony) => ({
    ...ceremony,
    clientData: { ...ceremony.clientData, ...members },
  });
  const bytes = (clientDataBytes: Uint8Array) => (ceremony: Ceremony) => ({ ...ceremony, clientDataBytes });
  const without = (name: string) => (ceremony: Ceremony) => ({
    ...ceremony,
    clientData: Object.fromEntries(Object.entries(ceremony.clientData).filter(([member]) => member !== name)),
  });
  const text = JSON.stringify(sound.clientData);
  return [
    ["as it should be", "WebAuthn § 7.2", null, (ceremony) => ceremony],
    ["from the second declared origin", "WebAuthn § 7.2", null, client({ origin: webauthn.origins[1] })],
    ["without crossOrigin, as older browsers write it", "WebAuthn § 5.8.1", null, without("crossOrigin")],
    [
      "with a member nobody knows",
      "WebAuthn § 5.8.1",
      null,
      client({ other_keys_can_be_added_here: "do not compare" }),
    ],
    [
      "of two members with one name the last counts",
      "ECMA-262 § 25.5.1",
      null,
      bytes(utf8(`{"type":"webauthn.create",${text.slice(1)}`)),
    ],
    ["client data is not UTF-8", "WebAuthn § 7.2", "CLIENT_DATA_MALFORMED", bytes(Uint8Array.of(0xff, 0xfe))],
    ["client data is not JSON", "WebAuthn § 7.2", "CLIENT_DATA_MALFORMED", bytes(utf8(text.slice(0, -1)))],
    ["client data is an array", "WebAuthn § 7.2", "CLIENT_DATA_MALFORMED", bytes(utf8(`[${text}]`))],
    ["client data is null", "WebAuthn § 7.2", "CLIENT_DATA_MALFORMED", bytes(utf8("null"))],
    ["client data has 2,049 bytes", "keys.md § WebAuthn", "CLIENT_DATA_MALFORMED", bytes(utf8(text.padEnd(2049)))],
    ["client data has 2,048 bytes", "keys.md § WebAuthn", null, bytes(utf8(text.padEnd(2048)))],
    ["a registration, not an assertion", "WebAuthn § 7.2", "TYPE_NOT_GET", client({ type: "webauthn.create" })],
    ["no type", "WebAuthn § 7.2", "TYPE_NOT_GET", without("type")],
    [
      "another challenge",
      "WebAuthn § 7.2",
      "CHALLENGE_MISMATCH",
      client({ challenge: toBase64Url(digest("sha256", utf8("another"))) }),
    ],
    [
      "the challenge padded",
      "WebAuthn § 7.2",
      "CHALLENGE_MISMATCH",
      client({ challenge: `${sound.clientData["challenge"]}=` }),
    ],
    [
      "another origin",
      "WebAuthn § 7.2",
      "ORIGIN_NOT_DECLARED",
      client({ origin: "https://records.example.evil.example" }),
    ],
    ["the origin with a slash", "WebAuthn § 7.2", "ORIGIN_NOT_DECLARED", client({ origin: `${origin}/` })],
    ["the origins as a list", "WebAuthn § 7.2", "ORIGIN_NOT_DECLARED", client({ origin: [origin] })],
    ["inside another origin's page", "WebAuthn § 7.2", "CROSS_ORIGIN", client({ crossOrigin: true })],
    ["crossOrigin is no boolean", "WebAuthn § 7.2", "CROSS_ORIGIN", client({ crossOrigin: "false" })],
    ["with a topOrigin", "WebAuthn § 7.2", "CROSS_ORIGIN", client({ topOrigin: origin })],
  ];
}

function authenticatorDataCases(): readonly Case[] {
  const extended = Uint8Array.of(0xa1, 0x61, 0x78, 0xf5);
  const malformed = "AUTHENTICATOR_DATA_MALFORMED";
  const set = (change: Partial<Ceremony>) => (ceremony: Ceremony) => ({ ...ceremony, ...change });
  return [
    ["a key bound to its device", "WebAuthn § 6.1.3", null, set({ flags: 0x05, counter: 7 })],
    ["with extension outputs", "WebAuthn § 6.1", null, set({ flags: 0x9d, tail: extended })],
    ["extension outputs without their flag", "WebAuthn § 6.1", malformed, set({ tail: extended })],
    ["the extension flag without outputs", "WebAuthn § 6.1", malformed, set({ flags: 0x9d })],
    [
      "extension outputs that are no map",
      "WebAuthn § 6.1",
      malformed,
      set({ flags: 0x9d, tail: Uint8Array.of(0x81, 0) }),
    ],
    [
      "extension outputs beyond 1,024 bytes in all",
      "keys.md § WebAuthn",
      malformed,
      set({ flags: 0x9d, tail: new Uint8Array(988).fill(0xa0) }),
    ],
    ["with attested credential data", "WebAuthn § 6.1", malformed, set({ flags: 0xdd, tail: extended })],
    ["backed up, yet not eligible for it", "WebAuthn § 6.1.3", malformed, set({ flags: 0x15 })],
    ["another relying party", "WebAuthn § 7.2", "RP_ID_MISMATCH", set({ rpId: "records.example.evil.example" })],
    ["nobody present", "WebAuthn § 7.2", "USER_NOT_PRESENT", set({ flags: 0x1c })],
    ["nobody verified", "WebAuthn § 7.2", "USER_NOT_VERIFIED", set({ flags: 0x19 })],
  ];
}

function keyCases(key: Passkey): readonly AssertionVector[] {
  const good = vector(key, "as it should be", "WebAuthn § 7.2", null, sound);
  const change = (title: string, clause: string, fault: string, input: Partial<AssertionVector["input"]>) => ({
    title: `${key.algorithm}: ${title}`,
    clause,
    input: { ...good.input, ...input },
    output: { fault },
  });
  const counted = vector(key, "", "", null, { ...sound, counter: 1 });
  const shortData = good.input.authenticatorData.slice(0, 72);
  return [
    change("the key was registered for messages", "keys.md § WebAuthn", "KEY_NOT_A_PASSKEY", {
      algorithm: key.algorithm.replace("WebAuthn-", ""),
    }),
    change("the key declared nothing", "keys.md § WebAuthn", "KEY_NOT_A_PASSKEY", { webauthn: null }),
    change("a statement id of no bytes", "keys.md § WebAuthn", "CHALLENGE_MISMATCH", { statementId: "" }),
    change("authenticator data cut short", "WebAuthn § 6.1", "AUTHENTICATOR_DATA_MALFORMED", {
      authenticatorData: shortData,
    }),
    change("no authenticator data", "WebAuthn § 6.1", "AUTHENTICATOR_DATA_MALFORMED", { authenticatorData: "" }),
    change("the signature of another assertion", "WebAuthn § 7.2", "SIGNATURE_INVALID", {
      signature: counted.input.signature,
    }),
    change("the signature over the bare statement id", "keys.md § WebAuthn", "SIGNATURE_INVALID", {
      signature: toHex(key.sign(statementId)),
    }),
  ];
}

function vector(
  key: Passkey,
  title: string,
  clause: string,
  fault: string | null,
  ceremony: Ceremony,
): AssertionVector {
  const { authenticatorData, clientDataJSON, signature } = assertionOf(ceremony, key.sign);
  return {
    title: `${key.algorithm}: ${title}`,
    clause,
    input: {
      algorithm: key.algorithm,
      publicKey: toHex(key.publicKey),
      webauthn,
      statementId: toHex(statementId),
      authenticatorData: toHex(authenticatorData),
      clientDataJSON: toHex(clientDataJSON),
      signature: toHex(signature),
    },
    output: { fault },
  };
}

function ed25519Key(): Passkey {
  const seed = digest("sha256", utf8("fiducial-vectors-webauthn-ed25519"));
  const publicKey = edwards.encode(edwards.multiply(ed25519Scalar(seed), edwards.base));
  return { algorithm: "WebAuthn-Ed25519", publicKey, sign: (message) => ed25519Signature(seed, publicKey, message) };
}

function p256Key(): Passkey {
  const d = bigEndian(digest("sha256", utf8("fiducial-vectors-webauthn-p256")));
  const publicKey = uncompressed(p256.multiply(d, p256.base) as Point);
  return { algorithm: "WebAuthn-P-256", publicKey, sign: (message) => p256Signature(d, message) };
}
