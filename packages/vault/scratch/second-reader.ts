// A second reader of vaults, written from docs/formats/vault.md and on WebCrypto alone: it shares no code with the first.
import { DatabaseSync } from "node:sqlite";
import { zstdDecompressSync } from "node:zlib";

/** Reads the content of a statement's part, and the lists in it, with nothing but the file and the node key. */
export async function readAsSecond(
  path: string,
  nodeKey: Uint8Array,
  patient: [issuer: string, id: string],
  statement: string,
) {
  const database = new DatabaseSync(path, { readOnly: true });
  const row = (sql: string, ...values: (Uint8Array | number)[]) =>
    database.prepare(sql).get(...values) as Record<string, Uint8Array>;
  const meta = JSON.parse(text(row("SELECT value FROM meta WHERE name = 'master'")["value"] as Uint8Array)) as Record<
    string,
    string
  >;
  const vaultId = Buffer.from(meta["vaultId"] as string, "base64");
  const master = await open(nodeKey, Buffer.from(meta["wrapped"] as string, "base64"), ["node-key"]);
  const lookupKey = await hkdf(master, vaultId, "lookup", 32);
  const wrappingKey = await hkdf(master, vaultId, "subject-keys", 32);

  const { subject: id } = row(
    "SELECT subject FROM identity WHERE lookup = ?",
    await lookup(lookupKey, "identity", ...patient),
  );
  const subject = row("SELECT lookup, key FROM subject WHERE id = ?", id as unknown as number);
  const wrapped = await open(wrappingKey, subject["key"] as Uint8Array, [
    "subject",
    hex(subject["lookup"] as Uint8Array),
  ]);
  const handle = hex(wrapped.subarray(0, 16));
  const key = wrapped.subarray(16);

  const place = await lookup(lookupKey, "statement", statement);
  const part = row("SELECT content FROM part WHERE statement = ?", place);
  const content = JSON.parse(text(await open(key, part["content"] as Uint8Array, ["part", hex(place)])));
  const list = async (name: string) => {
    const { first, count, items } = row(
      "SELECT first, count, items FROM chunk WHERE list = ? AND first = 0",
      Buffer.from(name, "hex"),
    );
    return open(key, items as Uint8Array, ["chunk", name, first as unknown as number, count as unknown as number]);
  };
  const items = JSON.parse(text(zstdDecompressSync(await list(content.manifest.items.list))));
  const commitments = hex(await list(content.manifest.commitments.list));
  const headers = zstdDecompressSync(await list(content.headers.list));
  const firstHeader = headers.subarray(4, 4 + headers.readUInt32BE(0));
  database.close();
  return {
    check: [meta["check"], await hkdf(master, vaultId, "check", 16)] as const,
    handle,
    content,
    items,
    commitments,
    firstHeader,
  };
}

async function open(key: Uint8Array, sealed: Uint8Array, place: (string | number)[]): Promise<Uint8Array> {
  const additionalData = Buffer.from(JSON.stringify(["fiducial-vault-v1", ...place]));
  const imported = await crypto.subtle.importKey("raw", Buffer.from(key), "AES-GCM", false, ["decrypt"]);
  const algorithm = { name: "AES-GCM", iv: Buffer.from(sealed.subarray(0, 12)), additionalData };
  return new Uint8Array(await crypto.subtle.decrypt(algorithm, imported, Buffer.from(sealed.subarray(12))));
}

async function hkdf(master: Uint8Array, vaultId: Uint8Array, purpose: string, length: number): Promise<Uint8Array> {
  const key = await crypto.subtle.importKey("raw", Buffer.from(master), "HKDF", false, ["deriveBits"]);
  const algorithm = {
    name: "HKDF",
    hash: "SHA-256",
    salt: Buffer.from(vaultId),
    info: Buffer.from(`fiducial-vault-v1 ${purpose}`),
  };
  return new Uint8Array(await crypto.subtle.deriveBits(algorithm, key, 8 * length));
}

async function lookup(lookupKey: Uint8Array, ...names: string[]): Promise<Uint8Array> {
  const key = await crypto.subtle.importKey("raw", Buffer.from(lookupKey), { name: "HMAC", hash: "SHA-256" }, false, [
    "sign",
  ]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", key, Buffer.from(JSON.stringify(names)))).subarray(0, 16);
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("utf8");
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
