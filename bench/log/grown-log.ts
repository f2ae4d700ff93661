// One log that grows from size to size, with its vault, so that every bench finds the same one: real statements, taken in unverified.
import { closeSync, cpSync, fsyncSync, mkdirSync, openSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createNodeKey, fileProtector, openVault, type Vault } from "@fiducial/vault";
import { benchHospital } from "./bench-hospital.ts";
import { openLog, submitAll } from "./opened-log.ts";
import type { StatementSource } from "./statement-source.ts";
import { unverifiedPool } from "./unverified-pool.ts";

/** A log on disk, closed: whoever measures opens it, or a copy when it is to be written. */
export interface GrownLog {
  readonly folder: string;
  /** How many entries it has. */
  readonly size: number;
  /** The number that the next study would have; its accession number is `A` and that number. */
  readonly studies: number;
  /** Grows to `size` entries. */
  grow(size: number): Promise<void>;
  /** Runs `work` on a copy of the ledger and the projection, which is flushed to disk before and removed afterwards. */
  onCopy<Result>(work: (folder: string) => Promise<Result>): Promise<Result>;
  openVault(): Promise<Vault>;
}

const vaultGroup = 1000;
const studiesOfOnePatient = 4;

/** Makes an empty log in `folder`. */
export function grownLog(folder: string, source: StatementSource): GrownLog {
  mkdirSync(folder, { mode: 0o700 });
  createNodeKey(join(folder, "node.key"));
  let size = 0;
  let studies = 0;

  const vaultOf = (): Promise<Vault> =>
    openVault({
      path: join(folder, "vault.db"),
      protector: fileProtector(join(folder, "node.key")),
      erased: () => false,
    });

  return {
    folder,
    get size() {
      return size;
    },
    get studies() {
      return studies;
    },
    openVault: vaultOf,

    grow: async (wanted) => {
      const log = openLog(folder, unverifiedPool);
      const vault = await vaultOf();
      if (size === 0) {
        const founding = await benchHospital().founding();
        await log.replica.submit(founding);
        size = founding.length;
      }
      while (size < wanted) {
        const count = Math.min(vaultGroup * 20, wanted - size);
        const handles = await registerStudies(vault, studies, count);
        await submitAll(log, source.signed(studies, handles));
        await log.projector.caughtUp(log.store.head().edge.size);
        studies += count;
        size += count;
      }
      await vault.close();
      await log.close();
    },

    onCopy: async (work) => {
      const copy = `${folder}-copy`;
      mkdirSync(copy, { mode: 0o700 });
      try {
        for (const file of ["ledger.db", "projection.db"]) cpSync(join(folder, file), join(copy, file));
        flush(copy);
        return await work(copy);
      } finally {
        rmSync(copy, { recursive: true });
      }
    },
  };
}

// Four studies to a patient, each with an accession number: what somebody searches for.
async function registerStudies(vault: Vault, first: number, count: number): Promise<string[]> {
  const handles: string[] = [];
  for (let from = first; from < first + count; from += vaultGroup) {
    await vault.write((writer) => {
      for (let number = from; number < Math.min(from + vaultGroup, first + count); number++) {
        const patientId = `P${Math.floor(number / studiesOfOnePatient)}`;
        const subject = writer.subjectOf({ issuer: "northlake.example", patientId });
        handles.push(writer.studyOf(`2.25.${number}`, subject, { accession: `A${number}` }).handle);
      }
    });
  }
  return handles;
}

// What is still on its way to the disk would be in the way of what is measured.
function flush(folder: string): void {
  for (const file of readdirSync(folder)) {
    const handle = openSync(join(folder, file), "r+");
    fsyncSync(handle);
    closeSync(handle);
  }
}
