// Where something of a patient is still to be found: every file below a folder, byte by byte. Shares nothing with what it checks.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** Lists the files in whose bytes or path a text occurs: as it is, as hex, as base64, in UTF-16, or as its plain SHA-256, SHA-1 or MD5 in any of these. */
export function traces(folder: string, texts: readonly string[]): string[] {
  const needles = texts.flatMap((text) => needlesOf(text).map((needle) => ({ text, needle })));
  return filesBelow(folder).flatMap((path) => {
    const bytes = Buffer.concat([readFileSync(path), Buffer.from(path)]);
    return needles.filter(({ needle }) => bytes.includes(needle)).map(({ text }) => `${path}: ${text}`);
  });
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}

function needlesOf(text: string): Buffer[] {
  const plain = Buffer.from(text, "utf8");
  const digests = ["sha256", "sha1", "md5"].map((name) => createHash(name).update(plain).digest());
  const inText = (bytes: Buffer) => [
    bytes.toString("hex"),
    bytes.toString("hex").toUpperCase(),
    bytes.toString("base64"),
  ];
  const encoded = [plain, ...digests].flatMap(inText).map((word) => Buffer.from(word, "latin1"));
  return [plain, Buffer.from(text, "utf16le"), ...digests, ...encoded];
}
