// A member's key file: kept by the person, outside the node, under a passphrase. scrypt (RFC 7914), AES-256-GCM. docs/formats/member-key.md.
import { createCipheriv, createDecipheriv, randomBytes, scrypt } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import {
  canonicalJson,
  equalBytes,
  fromBase64,
  isHex,
  isJsonObject,
  type Json,
  type JsonObject,
  publicKeyOf,
  type SecretKey,
  signMessage,
  toBase64,
  utf8,
} from "@fiducial/core";
import type { SecretSigner } from "@fiducial/vault";
import { createFile, moveFile } from "../folder/durable-file.ts";
import { NodeError } from "../node-error.ts";

/** Whose key it is, and on which log it was first registered. */
export interface KeyHolder {
  readonly actor: string;
  readonly organization: string;
  readonly origin: string;
}

/** A member's key, unlocked. */
export interface MemberKey extends KeyHolder {
  readonly secret: SecretSigner;
}

/** A key file: where it is, and what unlocks it. An empty passphrase leaves the key in the clear. */
export interface KeyFile {
  readonly path: string;
  readonly passphrase: string;
}

/** Makes a fresh Ed25519 key and its file. Rejects with KEY_FILE_EXISTS, KEY_FILE_NOT_WRITABLE. */
export async function createKeyFile({ path, passphrase }: KeyFile, holder: KeyHolder): Promise<MemberKey> {
  const bytes = new Uint8Array(randomBytes(32));
  const key = memberKey(holder, { algorithm: "Ed25519", bytes });
  const head = headOf(holder, key.secret.publicKey.bytes);
  const body =
    passphrase === "" ? { protection: null, secret: toBase64(bytes) } : await locked(head, bytes, passphrase);
  const text = `${JSON.stringify({ ...head, ...body }, undefined, 2)}\n`;
  if (!written(() => createFile(path, text))) throw new NodeError("KEY_FILE_EXISTS");
  return key;
}

/** Puts one key file in another's place. Throws KEY_FILE_NOT_WRITABLE. */
export function replaceKeyFile(path: string, by: string): void {
  written(() => moveFile(by, path));
}

/**
 * Opens a key file. Rejects with KEY_FILE_MISSING, KEY_FILE_MALFORMED, KEY_FILE_PERMISSIONS, PASSPHRASE_NEEDED (none was given),
 * PASSPHRASE_WRONG.
 */
export async function openKeyFile({ path, passphrase }: KeyFile): Promise<MemberKey> {
  const file = readKeyFile(path);
  const secret = await unlocked(file, passphrase);
  const key = memberKey(file.holder, { algorithm: "Ed25519", bytes: secret });
  if (!equalBytes(key.secret.publicKey.bytes, file.publicKey)) throw new NodeError("KEY_FILE_MALFORMED");
  return key;
}

/** Tells whether a key file asks for a passphrase. Throws KEY_FILE_MISSING, KEY_FILE_MALFORMED, KEY_FILE_PERMISSIONS. */
export function isProtected(path: string): boolean {
  return readKeyFile(path).protection !== null;
}

const format = "fiducial-member-key-v1";
/** 128 MiB and a few tenths of a second for each guess. */
const cost = { N: 131_072, r: 8, p: 1, maxmem: 256 * 1024 * 1024 } as const;

interface ParsedKeyFile {
  readonly holder: KeyHolder;
  readonly publicKey: Uint8Array;
  /** What the protection covers besides the secret. */
  readonly head: JsonObject;
  /** Salt and nonce; null for a secret in the clear. */
  readonly protection: { readonly salt: Uint8Array; readonly nonce: Uint8Array } | null;
  /** The secret, or its ciphertext and tag. */
  readonly secret: Uint8Array;
}

function headOf({ actor, organization, origin }: KeyHolder, publicKey: Uint8Array): JsonObject {
  return { format, actor, organization, origin, publicKey: toBase64(publicKey) };
}

async function locked(head: JsonObject, secret: Uint8Array, passphrase: string): Promise<JsonObject> {
  const [salt, nonce] = [randomBytes(16), randomBytes(12)];
  const cipher = createCipheriv("aes-256-gcm", await keyOf(passphrase, salt), nonce).setAAD(associated(head));
  const sealed = Buffer.concat([cipher.update(secret), cipher.final(), cipher.getAuthTag()]);
  return { protection: { salt: toBase64(salt), nonce: toBase64(nonce) }, secret: toBase64(sealed) };
}

async function unlocked({ protection, head, secret }: ParsedKeyFile, passphrase: string): Promise<Uint8Array> {
  if (protection === null) return secret;
  if (passphrase === "") throw new NodeError("PASSPHRASE_NEEDED");
  const { salt, nonce } = protection;
  const decipher = createDecipheriv("aes-256-gcm", await keyOf(passphrase, salt), nonce).setAAD(associated(head));
  decipher.setAuthTag(secret.subarray(32));
  try {
    return new Uint8Array(Buffer.concat([decipher.update(secret.subarray(0, 32)), decipher.final()]));
  } catch {
    throw new NodeError("PASSPHRASE_WRONG");
  }
}

function keyOf(passphrase: string, salt: Uint8Array): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // The same letters typed on another keyboard may come as other code points.
    scrypt(passphrase.normalize("NFC"), salt, 32, cost, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });
}

function associated(head: JsonObject): Uint8Array {
  return utf8(canonicalJson(head));
}

function memberKey({ actor, organization, origin }: KeyHolder, secret: SecretKey): MemberKey {
  return {
    actor,
    organization,
    origin,
    secret: { publicKey: publicKeyOf(secret), sign: (message) => signMessage(secret, message) },
  };
}

function readKeyFile(path: string): ParsedKeyFile {
  const parsed = parsedKeyFile(readText(path));
  if (parsed === undefined) throw new NodeError("KEY_FILE_MALFORMED");
  return parsed;
}

const longestKeyFile = 65_536;

function readText(path: string): string {
  try {
    const status = statSync(path);
    // A pipe would be waited for, and is gone once it was read.
    if (!status.isFile() || status.size > longestKeyFile) throw new NodeError("KEY_FILE_MALFORMED");
    const { mode } = status;
    if (process.platform !== "win32" && (mode & 0o077) !== 0) throw new NodeError("KEY_FILE_PERMISSIONS");
    return readFileSync(path, "utf8");
  } catch (thrown) {
    throw thrown instanceof NodeError ? thrown : new NodeError("KEY_FILE_MISSING", {}, thrown);
  }
}

function parsedKeyFile(text: string): ParsedKeyFile | undefined {
  const json = parsedJson(text);
  if (!isJsonObject(json) || Object.keys(json).sort().join() !== members) return undefined;
  const { actor, organization, origin, publicKey, protection, secret } = json;
  const bytes = bytesOf(publicKey, 32);
  const isHead = isId(actor) && isId(organization) && typeof origin === "string" && json["format"] === format;
  const protectedBy = protection === null ? null : protectionOf(protection);
  const sealed = bytesOf(secret, protection === null ? 32 : 48);
  if (!isHead || bytes === undefined || protectedBy === undefined || sealed === undefined) return undefined;
  const holder = { actor, organization, origin };
  return { holder, publicKey: bytes, head: headOf(holder, bytes), protection: protectedBy, secret: sealed };
}

const members = "actor,format,organization,origin,protection,publicKey,secret";

function parsedJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function protectionOf(json: Json | undefined): { salt: Uint8Array; nonce: Uint8Array } | undefined {
  if (!isJsonObject(json) || Object.keys(json).sort().join() !== "nonce,salt") return undefined;
  const [salt, nonce] = [bytesOf(json["salt"], 16), bytesOf(json["nonce"], 12)];
  return salt === undefined || nonce === undefined ? undefined : { salt, nonce };
}

function bytesOf(json: Json | undefined, length: number): Uint8Array | undefined {
  const bytes = typeof json === "string" ? fromBase64(json) : undefined;
  return bytes?.length === length ? bytes : undefined;
}

function isId(json: Json | undefined): json is string {
  return typeof json === "string" && isHex(json, 16);
}

function written<Result>(write: () => Result): Result {
  try {
    return write();
  } catch (thrown) {
    throw new NodeError("KEY_FILE_NOT_WRITABLE", {}, thrown);
  }
}
