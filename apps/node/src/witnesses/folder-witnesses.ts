// Both sides of witnessing for one data folder: whom its log asks, and whose logs it witnesses itself.
import {
  type Policy,
  parseSignedCheckpoint,
  type SignatureVerifiers,
  verifyCheckpoint,
  type WitnessMark,
} from "@fiducial/core";
import { type LogReader, type Publication, type Store, startWitnessing } from "@fiducial/ledger";
import type { Keyring } from "@fiducial/vault";
import type { DataFolder } from "../folder/data-folder.ts";
import { postToWitness, sleep } from "./asking.ts";
import { type PeerStanding, watchPeers } from "./peer-watch.ts";
import { type RunningWitness, witnessFor } from "./running-witness.ts";
import { verifiersFor } from "./verifiers.ts";
import { peersOf, policyFile, witnessesFile } from "./witness-files.ts";

export interface FolderWitnesses {
  /** Whose cosignatures this log's receipts need. */
  readonly cosigners: Policy | undefined;
  /** What verifies signatures on checkpoints: the algorithms that the folder's policies ask for. */
  readonly verifiers: SignatureVerifiers;
  /** Those of them who cosigned a checkpoint; nobody when a signature by one of their keys is bad. */
  cosignersOf(note: string): readonly WitnessMark[];
  /** How those who are asked stand. */
  standings(): readonly PeerStanding[];
  /** Whether a cosignature of the newest checkpoint may come at any moment. */
  isAsking(): boolean;
  /** The witness that this node is for other logs, if it is one. */
  readonly witness: RunningWitness | undefined;
  close(): Promise<void>;
}

/** What witnessing stands on. */
export interface WitnessRooms {
  readonly folder: DataFolder;
  readonly keyring: Keyring;
  readonly publication: Publication;
  readonly store: Store;
  readonly reader: LogReader;
  nowMs(): number;
}

/** Starts asking witnesses, and being one, as the folder's policy files say. Throws POLICY_UNREADABLE. */
export async function openWitnesses({
  folder,
  keyring,
  publication,
  store,
  reader,
  nowMs,
}: WitnessRooms): Promise<FolderWitnesses> {
  const verifiers = await verifiersFor(folder.path);
  const cosigners = policyFile(folder.path, witnessesFile);
  const witness = await witnessFor(folder, keyring, verifiers, nowMs);
  const peers = cosigners === undefined ? [] : peersOf(cosigners);
  const watch = watchPeers(peers, store, postToWitness, () => witnessing.states(), nowMs);
  const witnessing = startWitnessing(publication, reader, peers, verifiers, watch.post, sleep);
  return {
    cosigners,
    verifiers,
    cosignersOf: (note) => (cosigners === undefined ? [] : marksOn(note, cosigners, verifiers)),
    witness,
    standings: watch.standings,
    isAsking: () => {
      const size = publication.latest()?.size ?? 0;
      return witnessing.states().some((state) => state.failures === 0 && state.size < size);
    },
    close: async () => {
      await witnessing.close();
      witness?.close();
    },
  };
}

function marksOn(note: string, cosigners: Policy, verifiers: SignatureVerifiers): readonly WitnessMark[] {
  const signed = parseSignedCheckpoint(note);
  try {
    return verifyCheckpoint(signed, cosigners, verifiers).witnesses;
  } catch {
    return [];
  }
}
