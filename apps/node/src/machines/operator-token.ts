// The key of this machine's own command: made at each start, in a file beside the node's keys that only their owner can read.
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { defaultKeysFolder, readIdentity } from "../folder/data-folder.ts";
import { replaceFile } from "../folder/durable-file.ts";
import { digestOf, isSecret, newSecret } from "../sign-in/secrets.ts";

/** A start's key. */
export interface OperatorToken {
  readonly token: string;
  isIt(given: string): boolean;
  /** Takes the file away. */
  end(): void;
}

const fileName = "operator.token";

/** Makes the key and its file in the folder of keys; the one of an earlier start opens nothing any more. */
export function newOperatorToken(keys: string): OperatorToken {
  const token = newSecret();
  const path = join(keys, fileName);
  replaceFile(path, `${token}\n`);
  const digest = digestOf(token);
  return { token, isIt: (given) => isSecret(given, digest), end: () => rmSync(path, { force: true }) };
}

/** The file of the key of this machine's node that keeps the log `origin`, where it runs with its usual folder of keys or with `keys`; undefined where there is none. */
export function operatorTokenFileOf(origin: string, keys?: string): string | undefined {
  const path = join(keys ?? defaultKeysFolder({ origin }), fileName);
  return existsSync(path) ? path : undefined;
}

/** The key that the running node of a data folder wrote; undefined when there is none, or it cannot be read. */
export function operatorTokenOf(data: string, keys?: string): string | undefined {
  try {
    const folder = keys ?? defaultKeysFolder(readIdentity(resolve(data)));
    return readFileSync(join(folder, fileName), "utf8").trim() || undefined;
  } catch {
    return undefined;
  }
}
