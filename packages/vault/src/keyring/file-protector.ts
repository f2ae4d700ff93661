// The node key in a file: for a node whose disk is its own. The file is 0600 in a folder that is 0700.

import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { type FileHandle, open, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { keyBytes } from "../encryption/cipher.ts";
import { createFile, makePrivateFolder } from "../store/durable-file.ts";
import { VaultError } from "../vault-error.ts";
import { type KeyProtector, nodeKeyProtector } from "./protector.ts";

/** Protects with the 32 bytes in the file at `path`. Rejects with KEY_MISSING, KEY_FILE_PERMISSIONS, KEY_MALFORMED, KEY_WRONG. */
export function fileProtector(path: string): KeyProtector {
  return nodeKeyProtector("file", () => readNodeKey(path));
}

/** Makes a new random node key, and the folder it is in. Throws KEY_EXISTS, KEYRING_FAILED. */
export function createNodeKey(path: string): void {
  const key = randomBytes(keyBytes);
  let created: boolean;
  try {
    makePrivateFolder(dirname(path));
    created = createFile(path, key);
  } catch (thrown) {
    throw fileError(thrown);
  } finally {
    key.fill(0);
  }
  if (!created) throw new VaultError("KEY_EXISTS");
}

async function readNodeKey(path: string): Promise<Uint8Array> {
  let file: FileHandle | undefined;
  try {
    refuseOthers((await stat(dirname(path))).mode);
    file = await open(path, constants.O_RDONLY);
    // Asked of the open file, not of its path, which may name another file by now.
    refuseOthers((await file.stat()).mode);
    const bytes = new Uint8Array(keyBytes + 1);
    const { bytesRead } = await file.read(bytes, 0, bytes.length, 0);
    return bytes.subarray(0, bytesRead);
  } catch (thrown) {
    throw fileError(thrown);
  } finally {
    await file?.close();
  }
}

function refuseOthers(mode: number): void {
  // Windows has no such bits: there the folder's access list is the operator's business.
  if (process.platform !== "win32" && (mode & 0o077) !== 0) throw new VaultError("KEY_FILE_PERMISSIONS");
}

function fileError(thrown: unknown): VaultError {
  if (thrown instanceof VaultError) return thrown;
  const { code } = thrown as NodeJS.ErrnoException;
  return code === "ENOENT" ? new VaultError("KEY_MISSING") : new VaultError("KEYRING_FAILED", { code: code ?? "" });
}
