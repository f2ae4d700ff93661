// The keyring: a folder, apart from the data and their backups, with this node's signing secrets, each wrapped by a protector. docs/formats/vault.md.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  canonicalJson,
  equalBytes,
  fromBase64,
  isJsonObject,
  type JsonObject,
  parseCanonicalJson,
  type SignatureAlgorithm,
  toBase64,
  utf8,
  utf8Decode,
} from "@fiducial/core";
import { createFile, makePrivateFolder } from "../store/durable-file.ts";
import { VaultError } from "../vault-error.ts";
import { type HighWaterMark, openHighWater } from "./high-water.ts";
import type { KeyProtector } from "./protector.ts";
import { randomSecret, type SecretSigner, secretSigner } from "./signer.ts";

/** What a signing secret is for. A key serves one purpose only. */
export type SecretName = "log" | "root" | "replica" | "witness" | `actor:${string}`;

/** This node's signing secrets, and how far it has signed. */
export interface Keyring {
  /** The signer of that name, made of fresh random bytes when there is none. Rejects with KEY_WRONG, KEYRING_CORRUPT, KEYRING_FAILED. */
  signer(name: SecretName, algorithm?: SignatureAlgorithm): Promise<SecretSigner>;
  /** As `signer`, but rejects with KEY_MISSING when there is none: for keys that a ledger knows already. */
  existingSigner(name: SecretName): Promise<SecretSigner>;
  /** Which secrets there are, sorted. */
  names(): SecretName[];
  /** The furthest that the log of that origin was signed. */
  highWater(origin: string): HighWaterMark;
}

/** Opens the keyring in `folder`, making it (0700) when it is not there. Throws KEYRING_CORRUPT, KEYRING_FAILED. */
export function openKeyring(folder: string, protector: KeyProtector): Keyring {
  checked(() => makePrivateFolder(folder));
  const names = () => checked(() => readdirSync(folder).flatMap(nameOf).sort());
  const highWater = openHighWater(join(folder, "high-water.json"), names().length === 0);
  const signers = new Map<SecretName, Promise<SecretSigner>>();

  /** Each secret is unwrapped once in a process: an HSM may take a second over it. */
  function once(name: SecretName, load: () => Promise<SecretSigner>): Promise<SecretSigner> {
    const known = signers.get(name);
    if (known !== undefined) return known;
    const signer = load();
    signers.set(name, signer);
    signer.catch(() => signers.delete(name));
    return signer;
  }

  return {
    signer: (name, algorithm = "Ed25519") =>
      once(name, async () => {
        const path = join(folder, fileOf(name));
        const stored = read(path) ?? (await create(path, name, algorithm, protector));
        return load(stored, name, protector);
      }),
    existingSigner: (name) =>
      once(name, async () => {
        const stored = read(join(folder, fileOf(name)));
        if (stored === undefined) throw new VaultError("KEY_MISSING", { name });
        return load(stored, name, protector);
      }),
    names,
    highWater,
  };
}

async function create(
  path: string,
  name: SecretName,
  algorithm: SignatureAlgorithm,
  protector: KeyProtector,
): Promise<string> {
  const secret = randomSecret(algorithm);
  // The name goes inside the wrapping, so that one secret cannot be put in another's place.
  const plain = utf8(canonicalJson({ algorithm, name, secret: toBase64(secret) }));
  const wrapped = toBase64(await protector.wrap(plain));
  const publicKey = toBase64(secretSigner(algorithm, secret).publicKey.bytes);
  const text = canonicalJson({ algorithm, format, name, protector: protector.name, publicKey, wrapped });
  plain.fill(0);
  secret.fill(0);
  // Another process may have been faster; then its secret is the one.
  return checked(() => createFile(path, utf8(text))) ? text : (read(path) as string);
}

async function load(text: string, name: SecretName, protector: KeyProtector): Promise<SecretSigner> {
  const file = parseCanonicalJson(text);
  const wrapped = isJsonObject(file) && file["format"] === format ? fromBase64(String(file["wrapped"])) : undefined;
  if (wrapped === undefined) throw new VaultError("KEYRING_CORRUPT", { name });
  const plain = await protector.unwrap(wrapped);
  const inside = parseCanonicalJson(utf8Decode(plain) ?? "");
  plain.fill(0);
  // A protector without authentication returns noise when its key is the wrong one.
  if (!isJsonObject(inside)) throw new VaultError("KEY_WRONG", { name, protector: protector.name });
  if (inside["name"] !== name) throw new VaultError("KEYRING_CORRUPT", { name });
  return signerOf(inside, file as JsonObject, name);
}

function signerOf(inside: JsonObject, file: JsonObject, name: SecretName): SecretSigner {
  const secret = fromBase64(String(inside["secret"]));
  const signer = secret && secretSigner(inside["algorithm"] as SignatureAlgorithm, secret);
  secret?.fill(0);
  const publicKey = fromBase64(String(file["publicKey"]));
  if (signer === undefined || publicKey === undefined || !equalBytes(signer.publicKey.bytes, publicKey)) {
    throw new VaultError("KEYRING_CORRUPT", { name });
  }
  return signer;
}

function read(path: string): string | undefined {
  return checked(() => {
    try {
      return readFileSync(path, "utf8");
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw thrown;
    }
  });
}

function checked<Result>(action: () => Result): Result {
  try {
    return action();
  } catch (thrown) {
    if (thrown instanceof VaultError) throw thrown;
    throw new VaultError("KEYRING_FAILED", { code: (thrown as NodeJS.ErrnoException).code ?? "" });
  }
}

const format = "fiducial-secret-v1";
const namePattern = /^(?:log|root|replica|witness|actor:[0-9a-f]{32})$/;
const filePattern = /^(log|root|replica|witness|actor\.([0-9a-f]{32}))\.secret\.json$/;

function fileOf(name: SecretName): string {
  if (!namePattern.test(name)) throw new VaultError("VALUE_MALFORMED", { value: "secret name" });
  return `${name.replace(":", ".")}.secret.json`;
}

function nameOf(file: string): SecretName[] {
  const [, stem, actor] = filePattern.exec(file) ?? [];
  if (stem === undefined) return [];
  return [actor === undefined ? (stem as SecretName) : `actor:${actor}`];
}
