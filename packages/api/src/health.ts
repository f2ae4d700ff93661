// GET /api/v1/health: what the node is, how its log stands, and who vouches for it.
import { z } from "zod";
import { DigestField, HandleField, SizeField } from "./fields.ts";

/** Who cosigned a checkpoint. */
export const Cosigner = z.object({
  name: z.string(),
  /** POSIX seconds. */
  timestamp: z.int().min(0),
  /** True for a replica, which ran the rules again; else a witness, which saw the log grow. */
  replica: z.boolean(),
});
export type Cosigner = z.infer<typeof Cosigner>;

/** How the node is. */
export const Health = z.object({
  status: z.enum(["ok", "degraded"]),
  /** The ordering's name, for people. */
  ordering: z.string(),
  /** True when the data are invented. */
  demo: z.boolean(),
  organization: z.object({ id: HandleField, name: z.string().optional() }),
  log: z.object({ origin: z.string(), size: SizeField, rootHash: DigestField }),
  /** The newest checkpoint, with the cosigners that the node's policy knows. */
  checkpoint: z.object({ size: SizeField, note: z.string(), cosigners: z.array(Cosigner) }).optional(),
  /** Statements received and not ordered yet. */
  backlog: SizeField,
});
export type Health = z.infer<typeof Health>;
