// An authenticator in software, for tests: makes passkeys and answers as browsers bring it. WebAuthn Level 3 § 6; keys by node:crypto, CBOR by hand.
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import type { NewPasskey, PasskeyAssertion, PasskeyCreation, PasskeyRequest } from "@fiducial/api";

/** What differs from how it should be. */
export interface Lie {
  readonly type?: string;
  readonly challenge?: string;
  readonly origin?: string;
  readonly crossOrigin?: boolean;
  readonly rpId?: string;
  /** UP 0x01, UV 0x04. */
  readonly flags?: number;
  readonly counter?: number;
  readonly userHandle?: string | undefined;
  readonly id?: string;
  /** Changes the signature that goes out. */
  readonly signature?: (signature: Buffer) => Buffer;
  /** At registration: its id in browsers, base64url. */
  readonly credential?: string;
  /** At registration: the format of the attestation, and COSE's number of the algorithm. */
  readonly fmt?: string;
  readonly alg?: number;
}

/** A passkey. */
export interface SoftPasskey {
  readonly id: string;
  /** What a browser brings after `navigator.credentials.create`. */
  readonly created: NewPasskey;
  /** What a browser brings after `navigator.credentials.get`. */
  answers(request: Pick<PasskeyRequest, "challenge">, lie?: Lie): PasskeyAssertion;
}

/** Makes a passkey at `origin`, as a browser there would. */
export function makePasskey(
  creation: PasskeyCreation,
  origin: string,
  curve: "Ed25519" | "P-256" = "Ed25519",
  lie: Lie = {},
): SoftPasskey {
  const id = lie.credential === undefined ? randomBytes(32) : Buffer.from(lie.credential, "base64url");
  const { privateKey, publicKey } =
    curve === "Ed25519" ? generateKeyPairSync("ed25519") : generateKeyPairSync("ec", { namedCurve: "P-256" });
  let counter = 0;
  const credential = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, coseKey(publicKey, lie.alg)]);
  const authData = authenticatorData(lie.rpId ?? creation.rp.id, lie.flags ?? 0x45, lie.counter ?? 0, credential);
  const clientDataJSON = clientData("webauthn.create", creation.challenge, origin, lie);
  const attested = Buffer.concat([authData, createHash("sha256").update(clientDataJSON).digest()]);
  // § 8.2, self attestation: sound, and not what was asked for.
  const packed = () =>
    cborMap([
      [cborText("alg"), cborInteger(curve === "Ed25519" ? -8 : -7)],
      [cborText("sig"), cborBytes(sign(curve === "Ed25519" ? null : "sha256", attested, privateKey))],
    ]);
  const attestationObject = cborMap([
    [cborText("fmt"), cborText(lie.fmt ?? "none")],
    [cborText("attStmt"), lie.fmt === "packed" ? packed() : cborMap([])],
    [cborText("authData"), cborBytes(authData)],
  ]);
  const name = lie.id ?? id.toString("base64url");
  return {
    id: name,
    created: {
      id: name,
      rawId: name,
      type: "public-key",
      response: {
        clientDataJSON: clientDataJSON.toString("base64url"),
        attestationObject: attestationObject.toString("base64url"),
        transports: ["internal"],
      },
    },
    answers: ({ challenge }, said = {}) => {
      counter += 1;
      const data = authenticatorData(said.rpId ?? creation.rp.id, said.flags ?? 0x05, said.counter ?? counter);
      const client = clientData("webauthn.get", challenge, origin, said);
      const signed = Buffer.concat([data, createHash("sha256").update(client).digest()]);
      const signature = sign(curve === "Ed25519" ? null : "sha256", signed, privateKey);
      const used = said.id ?? name;
      const userHandle = "userHandle" in said ? said.userHandle : creation.user.id;
      return {
        id: used,
        rawId: used,
        type: "public-key",
        response: {
          authenticatorData: data.toString("base64url"),
          clientDataJSON: client.toString("base64url"),
          signature: (said.signature?.(signature) ?? signature).toString("base64url"),
          ...(userHandle === undefined ? {} : { userHandle }),
        },
      };
    },
  };
}

function authenticatorData(rpId: string, flags: number, counter: number, tail: Buffer = Buffer.alloc(0)): Buffer {
  const count = Buffer.alloc(4);
  count.writeUInt32BE(counter);
  return Buffer.concat([createHash("sha256").update(rpId).digest(), Buffer.from([flags]), count, tail]);
}

function clientData(type: string, challenge: string, origin: string, lie: Lie): Buffer {
  const said = { type: lie.type ?? type, challenge: lie.challenge ?? challenge, origin: lie.origin ?? origin };
  return Buffer.from(JSON.stringify({ ...said, crossOrigin: lie.crossOrigin ?? false }));
}

// RFC 9053 § 7.1, § 7.2.
function coseKey(key: KeyObject, alg: number | undefined): Buffer {
  const { kty, x = "", y = "" } = key.export({ format: "jwk" });
  const coordinate = (text: string) => cborBytes(Buffer.from(text, "base64url"));
  const isOkp = kty === "OKP";
  return cborMap([
    [cborInteger(1), cborInteger(isOkp ? 1 : 2)],
    [cborInteger(3), cborInteger(alg ?? (isOkp ? -8 : -7))],
    [cborInteger(-1), cborInteger(isOkp ? 6 : 1)],
    [cborInteger(-2), coordinate(x)],
    ...(isOkp ? [] : [[cborInteger(-3), coordinate(y)] as const]),
  ]);
}

// RFC 8949 § 3.1, as far as the above needs it.
function cborHead(major: number, value: number): Buffer {
  if (value < 24) return Buffer.from([(major << 5) | value]);
  if (value < 256) return Buffer.from([(major << 5) | 24, value]);
  return Buffer.from([(major << 5) | 25, value >> 8, value & 0xff]);
}

function cborInteger(value: number): Buffer {
  return value < 0 ? cborHead(1, -1 - value) : cborHead(0, value);
}

function cborBytes(bytes: Buffer): Buffer {
  return Buffer.concat([cborHead(2, bytes.length), bytes]);
}

function cborText(text: string): Buffer {
  return Buffer.concat([cborHead(3, Buffer.byteLength(text)), Buffer.from(text)]);
}

function cborMap(entries: readonly (readonly [Buffer, Buffer])[]): Buffer {
  return Buffer.concat([cborHead(5, entries.length), ...entries.flat()]);
}
