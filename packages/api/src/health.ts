// GET /api/v1/health: what the node is, how its log stands, who vouches for it, and what is not as it should be.
import { z } from "zod";
import { DigestField, HandleField, SizeField, UtcTimeField } from "./fields.ts";

/** Who cosigned a checkpoint. */
export const Cosigner = z.object({
  name: z.string(),
  /** POSIX seconds. */
  timestamp: z.int().min(0),
  /** True for a replica, which ran the rules again; else a witness, which saw the log grow. */
  replica: z.boolean(),
});
export type Cosigner = z.infer<typeof Cosigner>;

/** A witness that the log asks, and how it stands. */
export const AskedWitness = z.object({
  name: z.string(),
  /** Whether it answered when it was last asked; absent before it was, since the node was started. */
  reached: z.boolean().optional(),
  /** The largest size that it has cosigned, as far as the node knows. */
  size: SizeField,
  /** Why asking it fails; absent while it does not. */
  problem: z.enum(["UNREACHABLE", "REFUSED", "AHEAD_OF_US", "BAD_COSIGNATURE", "OWN_FAULT"]).optional(),
  /** Since when it fails. */
  failingSince: UtcTimeField.optional(),
});
export type AskedWitness = z.infer<typeof AskedWitness>;

/** What makes a node degraded, and what to tell people of it. */
export const troubles = {
  LEDGER_STOPPED: "Nothing is written any more until the node is started again.",
  PUBLICATION_STOPPED: "No checkpoint is signed any more until the node is started again.",
  LOG_ENDED:
    "A recovery of another copy ended this log: nothing is written or signed any more. Stop the node, and use the folder that was recovered.",
  FILE_DIFFERS:
    "The ledger's file was changed while no program had it open. An audit tells whether what it says still holds.",
  INTAKE_WAITING:
    "What came in cannot be registered now. Nothing is lost: it waits in the inbox, and is tried again until it succeeds.",
  ACCESS_WAITING:
    "Reads were let through that the ledger has not recorded yet. They are recorded as soon as it takes statements again.",
  CONNECTION_FAILS:
    "A connection that the node's configuration names fails: a feed, the PACS behind, a folder, or a system that sends. Which, and why, is on the page of connections.",
  DISK_LOW: "Less than a gibibyte is free on the node's disk. Free space before nothing more can be taken in.",
  EVENTS_DROPPED:
    "Security events went unsent, since the SIEM was away so long, or the disk took none. What is not refused stays longest; it goes on when the SIEM takes events again.",
  WITNESS_LATE: "A witness has not cosigned for ten minutes although it was asked.",
} as const;
export type TroubleCode = keyof typeof troubles;

/** Something that is not as it should be. */
export const Trouble = z.object({
  code: z.enum(Object.keys(troubles) as [TroubleCode, ...TroubleCode[]]),
  /** The code of the error on which it stopped, of the witness's problem, or on which registering fails. */
  cause: z.string().optional(),
  /** The name of the witness. */
  witness: z.string().optional(),
  /** How many connections fail. */
  count: SizeField.optional(),
  /** How many reads wait to be recorded, and how many of them would be lost if the node stopped now. */
  waiting: z.object({ reads: SizeField, inMemory: SizeField }).optional(),
});
export type Trouble = z.infer<typeof Trouble>;

/** What was acknowledged and is not registered yet. */
export const IntakeStanding = z.object({
  objects: SizeField,
  /** Studies among those of them that are in memory. */
  studies: SizeField,
  /** When the oldest of them came in. */
  oldest: UtcTimeField.optional(),
  /** The code on which registering fails. */
  problem: z.string().optional(),
});
export type IntakeStanding = z.infer<typeof IntakeStanding>;

/** How the node is. */
export const Health = z.object({
  /** `ok` without troubles. */
  status: z.enum(["ok", "degraded"]),
  troubles: z.array(Trouble),
  /** The ordering's name, for people. */
  ordering: z.string(),
  /** True when the data are invented. */
  demo: z.boolean(),
  organization: z.object({ id: HandleField, name: z.string().optional() }),
  log: z.object({ origin: z.string(), size: SizeField, rootHash: DigestField }),
  /** The newest checkpoint, with the cosigners that the node's policy knows. */
  checkpoint: z.object({ size: SizeField, note: z.string(), cosigners: z.array(Cosigner) }).optional(),
  /** Whom the log asks to cosign. */
  witnesses: z.array(AskedWitness),
  /** The witness that the node is for other logs, under the key that their policies name; absent when it is none. */
  witness: z.object({ key: z.string() }).optional(),
  /** Statements received and not ordered yet. */
  backlog: SizeField,
  /** Objects that wait to be registered. */
  intake: IntakeStanding,
  /** The disk of the data folder: how large, and how much is free, in whole gibibytes (2^30 bytes each) rounded down: what a single study takes is nobody's business. Absent where the file system does not tell. */
  disk: z.object({ freeBytes: SizeField, totalBytes: SizeField }).optional(),
});
export type Health = z.infer<typeof Health>;
