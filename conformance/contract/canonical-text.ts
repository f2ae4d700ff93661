// JSON with sorted names, SHA-256 and the ids and digests made of them, a second time. docs/formats/statement.md, keys.md, entry.md.
import { createHash } from "node:crypto";
import type { DeclaredKey } from "@fiducial/core";

/** Writes a JSON value with the names of each object in ascending order of their UTF-16 units. RFC 8785 § 3.2.3; numbers are integers. */
export function canonicalText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  members.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalText(member)}`).join(",")}}`;
}

/** The id of a declared key, 64 hex digits. docs/formats/keys.md § Keys. */
export function keyIdOf({ algorithm, publicKey }: DeclaredKey): string {
  return sha256("fiducial-key-v1\0", algorithm, "\0", Buffer.from(publicKey, "base64")).toString("hex");
}

/** The state digest after an entry with these writes, `null` for a key taken away. docs/formats/entry.md § Verdict. */
export function nextStateDigest(before: Uint8Array, writes: ReadonlyMap<string, unknown>): Buffer {
  const sorted = [...writes].sort(([a], [b]) => (a < b ? -1 : 1));
  return sha256("fiducial-state-v1\0", before, canonicalText(sorted));
}

/** The digest of a contract, hex, from the bytes of its vector files by `kernel` or `<kind>/<version>`. docs/formats/contract.md. */
export function contractDigest(files: ReadonlyMap<string, Uint8Array>): string {
  const kinds = [...files.keys()].filter((name) => name !== "kernel").sort();
  const rows = ["kernel", ...kinds].map((name) => [name, sha256(files.get(name) ?? "").toString("hex")]);
  return sha256(canonicalText(rows)).toString("hex");
}

/** SHA-256 over the parts, texts as UTF-8. */
function sha256(...parts: readonly (string | Uint8Array)[]): Buffer {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
}
