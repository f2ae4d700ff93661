// A simulated authenticator and browser: what a passkey returns for a statement id. WebAuthn Level 3 § 5.8.1, § 6.1.
import { concat, toBase64Url, utf8 } from "../../packages/core/src/encoding/bytes.ts";
import { digest } from "./textbook-curves.ts";

/** What happens at the authenticator; members of the client data are taken as they are. */
export interface Ceremony {
  readonly rpId: string;
  readonly clientData: Readonly<Record<string, unknown>>;
  /** UP 0x01, UV 0x04, BE 0x08, BS 0x10, AT 0x40, ED 0x80. */
  readonly flags: number;
  readonly counter: number;
  /** What follows the counter: attested credential data, extension outputs. */
  readonly tail: Uint8Array;
  /** Takes the place of the client data's JSON. */
  readonly clientDataBytes?: Uint8Array;
}

/** A ceremony as it should be. */
export function soundCeremony(statementId: Uint8Array, origin: string, rpId: string): Ceremony {
  const clientData = { type: "webauthn.get", challenge: toBase64Url(statementId), origin, crossOrigin: false };
  return { rpId, clientData, flags: 0x1d, counter: 0, tail: new Uint8Array() };
}

/** Returns what the authenticator signs and hands out; `sign` is its secret key at work. */
export function assertionOf(ceremony: Ceremony, sign: (message: Uint8Array) => Uint8Array): SimulatedAssertion {
  const clientDataJSON = ceremony.clientDataBytes ?? utf8(JSON.stringify(ceremony.clientData));
  const counter = new Uint8Array(4);
  new DataView(counter.buffer).setUint32(0, ceremony.counter);
  const authenticatorData = concat(
    digest("sha256", utf8(ceremony.rpId)),
    Uint8Array.of(ceremony.flags),
    counter,
    ceremony.tail,
  );
  return {
    authenticatorData,
    clientDataJSON,
    signature: sign(concat(authenticatorData, digest("sha256", clientDataJSON))),
  };
}

/** The three byte strings of an assertion. */
export interface SimulatedAssertion {
  readonly authenticatorData: Uint8Array;
  readonly clientDataJSON: Uint8Array;
  readonly signature: Uint8Array;
}
