// What is recorded of a comparison beside its result: which objects were not identical, and in which attributes.
import { z } from "zod";
import { DigestField, IndexField, SizeField } from "./fields.ts";

/** The objects as they are registered, and the attributes of the copies that differ. */
export const ComparedCopy = z.object({
  /** Those that were not identical, a few of them: the newest registration of each. */
  objects: z.array(
    z.object({
      /** The statement that registered it, and its place in that statement's manifest. */
      statementId: DigestField,
      item: IndexField,
      /** Series Number (0020,0011) and Instance Number (0020,0013). */
      seriesNumber: z.int().optional(),
      instanceNumber: z.int().optional(),
    }),
  ),
  /** How many more of them there are. */
  more: SizeField,
  /** Tags of attributes that differ, as eight hex digits. */
  attributes: z.array(z.string().regex(/^[0-9A-F]{8}$/)),
});
export type ComparedCopy = z.infer<typeof ComparedCopy>;
