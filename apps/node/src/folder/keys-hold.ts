// Who signs with a folder of keys: one process at a time, wherever its data folder is. Two would sign two histories under one name.
import { chmodSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { NodeError } from "../node-error.ts";
import { replaceFile } from "./durable-file.ts";
import { isLocked, processLock } from "./process-lock.ts";

/** Who has a folder of keys, where it says so. */
export interface KeysHolder {
  /** The full path of its data folder. */
  readonly folder: string;
  readonly host: string;
}

/**
 * Holds the folder `keys` for the data folder `folder`, making it for a node that is new, and returns what lets go of it. Throws KEYS_IN_USE
 * with the holder as its data, KEYS_MISSING, KEYS_NOT_WRITABLE.
 */
export function holdKeys(keys: string, folder: string, isNew: boolean): () => void {
  if (!isNew && !existsSync(keys)) throw new NodeError("KEYS_MISSING");
  let release = () => {};
  try {
    mkdirSync(keys, { recursive: true, mode: 0o700 });
    release = processLock(join(keys, "lock"));
    chmodSync(join(keys, "lock"), 0o600);
    tell(keys, { folder, host: hostname() });
    return release;
  } catch (thrown) {
    release();
    if (isLocked(thrown)) throw new NodeError("KEYS_IN_USE", { ...holderOf(keys) }, thrown);
    throw new NodeError("KEYS_NOT_WRITABLE", {}, thrown);
  }
}

/** Who holds a folder of keys now, as far as it says so; undefined when nobody does. */
export function keysHolder(keys: string): Partial<KeysHolder> | undefined {
  if (!existsSync(join(keys, "lock"))) return undefined;
  try {
    processLock(join(keys, "lock"))();
    return undefined;
  } catch (thrown) {
    return isLocked(thrown) ? holderOf(keys) : undefined;
  }
}

const holderFile = "holder.json";

function tell(keys: string, { folder, host }: KeysHolder): void {
  const before = holderOf(keys);
  if (before.folder === folder && before.host === host) return;
  replaceFile(join(keys, holderFile), `${JSON.stringify({ folder, host })}\n`);
}

// What the file says decides nothing: the lock does.
function holderOf(keys: string): Partial<KeysHolder> {
  try {
    const { folder, host } = JSON.parse(readFileSync(join(keys, holderFile), "utf8")) as Record<string, unknown>;
    return typeof folder === "string" && typeof host === "string" ? { folder, host } : {};
  } catch {
    return {};
  }
}
