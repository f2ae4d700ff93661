// GET /api/v1/kinds: what can be said on this node's log.
import { z } from "zod";
import { JsonObjectField } from "./fields.ts";

/** One kind, as the contract's vocabulary has it. */
export const KindDescription = z.object({
  kind: z.string(),
  version: z.int().min(1),
  application: z.string(),
  nature: z.enum(["act", "observation"]),
  by: z.array(z.string()),
  home: z.enum(["own", "shared", "each"]),
  says: z.string(),
  /** JSON Schema of the open fields, and of the sealed ones. */
  open: JsonObjectField,
  sealed: JsonObjectField,
  refusals: z.array(z.string()),
  findings: z.array(z.string()),
  goodForHours: z.int().min(1),
});
export type KindDescription = z.infer<typeof KindDescription>;

/** Every kind of the contract that rules now. */
export const KindList = z.array(KindDescription);
export type KindList = z.infer<typeof KindList>;
