// How far each log has been signed: one small file beside the log key, replaced whole. DESIGN § 7.
import { readFileSync } from "node:fs";
import { canonicalJson, isHex, isJsonObject, type Json, parseCanonicalJson, utf8 } from "@fiducial/core";
import { replaceFile } from "../store/durable-file.ts";
import { VaultError } from "../vault-error.ts";

/** The furthest tree head that a log's key has signed: how many entries, and their root as lower-case hex. */
export interface SignedHead {
  readonly size: number;
  readonly rootHash: string;
}

/** One log's mark. It only ever rises. */
export interface HighWaterMark {
  /** Throws KEYRING_CORRUPT, KEYRING_FAILED. */
  read(): SignedHead | undefined;
  /** Durable when it returns. Throws HIGH_WATER_BACKWARD for a smaller size, HIGH_WATER_FORKED for another root at the same size. */
  write(head: SignedHead): void;
}

/** Opens the marks in the file at `path`, making it when `isNew`. Throws KEYRING_CORRUPT (also when it is missed), KEYRING_FAILED. */
export function openHighWater(path: string, isNew: boolean): (origin: string) => HighWaterMark {
  readMarks(path, isNew);
  // Read anew each time: another process may have signed meanwhile, where the file lies on a disk that several machines share.
  return (origin) => ({
    read: () => readMarks(path, false).get(origin),
    write: ({ size, rootHash }) => {
      if (!isSignedHead({ size, rootHash })) throw new VaultError("VALUE_MALFORMED", { value: "high-water mark" });
      const marks = readMarks(path, false);
      const before = marks.get(origin);
      if (before?.size === size && before.rootHash === rootHash) return;
      if (before !== undefined && size < before.size) {
        throw new VaultError("HIGH_WATER_BACKWARD", { size, signed: before.size });
      }
      if (before?.size === size) throw new VaultError("HIGH_WATER_FORKED", { size });
      store(path, marks.set(origin, { size, rootHash }));
    },
  });
}

function readMarks(path: string, isNew: boolean): Map<string, SignedHead> {
  const marks = new Map<string, SignedHead>();
  const text = readText(path);
  if (text === undefined) {
    // Marks that are gone are not marks that never were: the next old backup would go unnoticed.
    if (!isNew) throw new VaultError("KEYRING_CORRUPT", { file: "high-water" });
    store(path, marks);
    return marks;
  }
  const file = parseCanonicalJson(text);
  const logs = isJsonObject(file) && file["format"] === format ? file["logs"] : undefined;
  if (!isJsonObject(logs)) throw new VaultError("KEYRING_CORRUPT", { file: "high-water" });
  for (const [origin, head] of Object.entries(logs)) {
    if (!isSignedHead(head)) throw new VaultError("KEYRING_CORRUPT", { file: "high-water" });
    marks.set(origin, head);
  }
  return marks;
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    if (code === "ENOENT") return undefined;
    throw new VaultError("KEYRING_FAILED", { code: code ?? "" });
  }
}

function isSignedHead(head: Json | SignedHead): head is SignedHead & Json {
  if (!isJsonObject(head as Json)) return false;
  const { size, rootHash } = head as Partial<SignedHead>;
  return Number.isSafeInteger(size) && (size as number) >= 0 && typeof rootHash === "string" && isHex(rootHash, 32);
}

function store(path: string, marks: ReadonlyMap<string, SignedHead>): void {
  const logs = Object.fromEntries([...marks].map(([origin, { size, rootHash }]) => [origin, { size, rootHash }]));
  try {
    replaceFile(path, utf8(canonicalJson({ format, logs })));
  } catch (thrown) {
    throw new VaultError("KEYRING_FAILED", { code: (thrown as NodeJS.ErrnoException).code ?? "" });
  }
}

const format = "fiducial-high-water-v1";
