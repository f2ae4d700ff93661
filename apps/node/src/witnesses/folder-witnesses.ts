// Both sides of witnessing for one data folder: whom its log asks, and whose logs it witnesses itself.
import type { Policy, SignatureVerifiers } from "@fiducial/core";
import { type LogReader, type Publication, startWitnessing, type WitnessState } from "@fiducial/ledger";
import type { Keyring } from "@fiducial/vault";
import type { DataFolder } from "../folder/data-folder.ts";
import { postToWitness, sleep } from "./asking.ts";
import { type RunningWitness, witnessFor } from "./running-witness.ts";
import { peersOf, policyFile, witnessesFile } from "./witness-files.ts";

export interface FolderWitnesses {
  /** Whose cosignatures this log's receipts need. */
  readonly cosigners: Policy | undefined;
  /** How those who are asked stand. */
  states(): readonly WitnessState[];
  /** The witness that this node is for other logs, if it is one. */
  readonly witness: RunningWitness | undefined;
  close(): Promise<void>;
}

/** What witnessing stands on. */
export interface WitnessRooms {
  readonly folder: DataFolder;
  readonly keyring: Keyring;
  readonly publication: Publication;
  readonly reader: LogReader;
  readonly verifiers: SignatureVerifiers;
  nowMs(): number;
}

/** Starts asking witnesses, and being one, as the folder's policy files say. Throws POLICY_UNREADABLE. */
export async function openWitnesses({
  folder,
  keyring,
  publication,
  reader,
  verifiers,
  nowMs,
}: WitnessRooms): Promise<FolderWitnesses> {
  const cosigners = policyFile(folder.path, witnessesFile);
  const witness = await witnessFor(folder, keyring, verifiers, nowMs);
  const peers = cosigners === undefined ? [] : peersOf(cosigners);
  const witnessing = startWitnessing(publication, reader, peers, verifiers, postToWitness, sleep);
  return {
    cosigners,
    witness,
    states: witnessing.states,
    close: async () => {
      await witnessing.close();
      witness?.close();
    },
  };
}
