// Self-signed certificates for tests, written by hand: RFC 5280 § 4.1, DER of X.690.
import { generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** A certificate and its key in PEM. */
export interface ScratchCertificate {
  readonly certificate: string;
  readonly key: string;
}

/** Makes one for `localhost` and 127.0.0.1. */
export function scratchCertificate(
  fromMs: number = Date.now() - 3_600_000,
  toMs: number = Date.now() + 86_400_000,
): ScratchCertificate {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const body = toBeSigned(publicKey, fromMs, toMs);
  const signature = sign("sha256", body, privateKey);
  const whole = tag(0x30, body, ecdsaWithSha256, tag(0x03, Buffer.of(0), signature));
  return {
    certificate: pem("CERTIFICATE", whole),
    key: privateKey.export({ type: "pkcs8", format: "pem" }) as string,
  };
}

/** Writes a certificate and its key to two files, the key for its owner only. */
export function writeCertificate(paths: ScratchCertificate, { certificate, key }: ScratchCertificate): void {
  mkdirSync(dirname(paths.certificate), { recursive: true });
  writeFileSync(paths.certificate, certificate);
  writeFileSync(paths.key, key, { mode: 0o600 });
}

const ecdsaWithSha256 = tag(0x30, Buffer.from("06082a8648ce3d040302", "hex"));

function toBeSigned(publicKey: KeyObject, fromMs: number, toMs: number): Buffer {
  const name = tag(0x30, tag(0x31, tag(0x30, Buffer.from("0603550403", "hex"), tag(0x0c, Buffer.from("localhost")))));
  const validity = tag(0x30, ...[fromMs, toMs].map((ms) => tag(0x18, Buffer.from(generalizedTime(ms)))));
  const names = tag(0x30, tag(0x82, Buffer.from("localhost")), tag(0x87, Buffer.of(127, 0, 0, 1)));
  const alternatives = tag(0x30, Buffer.from("0603551d11", "hex"), tag(0x04, names));
  const isAuthority = tag(
    0x30,
    Buffer.from("0603551d130101ff", "hex"),
    tag(0x04, tag(0x30, Buffer.from("0101ff", "hex"))),
  );
  return tag(
    0x30,
    tag(0xa0, Buffer.from("020102", "hex")),
    tag(0x02, Buffer.concat([Buffer.of(1), randomBytes(8)])),
    ecdsaWithSha256,
    name,
    validity,
    name,
    publicKey.export({ type: "spki", format: "der" }),
    tag(0xa3, tag(0x30, isAuthority, alternatives)),
  );
}

function generalizedTime(ms: number): string {
  return `${new Date(ms).toISOString().replaceAll(/[-:T]|\.\d+/g, "")}`;
}

function tag(type: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  if (content.length < 128) return Buffer.concat([Buffer.of(type, content.length), content]);
  const length = Buffer.from(content.length.toString(16).padStart(content.length > 255 ? 4 : 2, "0"), "hex");
  return Buffer.concat([Buffer.of(type, 0x80 | length.length), length, content]);
}

function pem(label: string, bytes: Buffer): string {
  const lines = bytes.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join("\n")}\n-----END ${label}-----\n`;
}
