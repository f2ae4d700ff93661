// A vault in a folder of its own, for tests: both are gone when the test is over.
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { toBase64 } from "@fiducial/core";
import { onTestFinished } from "vitest";
import { environmentProtector } from "../src/keyring/environment-protector.ts";
import type { KeyProtector } from "../src/keyring/protector.ts";
import { openVault, type Vault, type VaultOptions } from "../src/vault.ts";

/** A vault that a test may close, change on disk, and open again. */
export interface ScratchVault {
  readonly path: string;
  readonly protector: KeyProtector;
  readonly vault: Vault;
  /** Closes the vault and opens what is at `path` then. */
  reopen(options?: Partial<VaultOptions>): Promise<Vault>;
}

/** Makes an empty folder that is removed when the test is over. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "vault-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A protector with a key that nobody else has. */
export function scratchProtector(): KeyProtector {
  return environmentProtector({ FIDUCIAL_NODE_KEY: toBase64(randomBytes(32)) });
}

/** Opens an empty vault, by another `open` if a test has one. */
export async function scratchVault(open: typeof openVault = openVault): Promise<ScratchVault> {
  const path = join(scratchFolder(), "vault.db");
  const protector = scratchProtector();
  const first = await open({ path, protector, erased: [] });
  const vaults = [first];
  onTestFinished(async () => {
    for (const vault of vaults) await vault.close().catch(() => {});
  });
  return {
    path,
    protector,
    vault: first,
    reopen: async (options = {}) => {
      await vaults.at(-1)?.close();
      const vault = await open({ path, protector, erased: [], ...options });
      vaults.push(vault);
      return vault;
    },
  };
}
