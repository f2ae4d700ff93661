// GET /api/v1/activity: how much each application recorded, day by day.
import { z } from "zod";
import { DayField, SizeField } from "./fields.ts";

/** How many days, today included; a fortnight when left out. */
export const ActivityQuery = z.object({ days: z.coerce.number().int().min(1).max(366).optional() });
export type ActivityQuery = z.infer<typeof ActivityQuery>;

/** One UTC day. Applications that recorded nothing are left out. */
export const DayActivity = z.object({
  day: DayField,
  applications: z.array(z.object({ application: z.string(), entries: SizeField })),
  /** Entries that bear findings. */
  findings: SizeField,
});
export type DayActivity = z.infer<typeof DayActivity>;

/** Every day that was asked for, oldest first, those without entries too. */
export const Activity = z.object({ days: z.array(DayActivity) });
export type Activity = z.infer<typeof Activity>;
