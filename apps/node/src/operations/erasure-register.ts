// Handles of everything that was erased, beside the keys: what a ledger restored from a backup no longer knows, its vault loses all the same.
import { join } from "node:path";
import { isHex, isJsonObject, type Json } from "@fiducial/core";
import { readJsonFile, replaceFile } from "../folder/durable-file.ts";
import { NodeError } from "../node-error.ts";

export interface ErasureRegister {
  has(handle: string): boolean;
  /** Durable when it returns. */
  add(handles: readonly string[]): void;
}

const format = "fiducial-erasures-v1";

/** Opens the register in the keys' folder. Throws KEYS_MISSING when it cannot be read. */
export function openErasureRegister(keys: string): ErasureRegister {
  const path = join(keys, "erasures.json");
  const erased = new Set(read(path));
  return {
    has: (handle) => erased.has(handle),
    add: (handles) => {
      const all = new Set([...erased, ...handles]);
      if (all.size === erased.size) return;
      replaceFile(path, `${JSON.stringify({ format, erased: [...all].sort() })}\n`);
      for (const handle of handles) erased.add(handle);
    },
  };
}

function read(path: string): readonly string[] {
  try {
    const json = readJsonFile(path);
    if (json === undefined) return [];
    const list = isJsonObject(json) && json["format"] === format ? json["erased"] : undefined;
    if (!Array.isArray(list) || !list.every(isHandle)) throw new SyntaxError("No list of handles.");
    return list;
  } catch (thrown) {
    // Opening without it would bring the erased back.
    throw new NodeError("KEYS_MISSING", { file: "erasures.json" }, thrown);
  }
}

function isHandle(json: Json): json is string {
  return typeof json === "string" && isHex(json, 16);
}
