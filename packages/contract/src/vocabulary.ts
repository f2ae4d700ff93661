// What can be said: every kind with its fields and codes, as data for `fiducial kinds`, forms and the reference.
import { z } from "zod";
import type { Contract } from "./kernel/contract.ts";
import type { Home, Kind, Nature } from "./kernel/kind.ts";
import { newestContract } from "./versions/contracts.ts";

/** One kind as its users see it. */
export interface KindEntry {
  readonly kind: string;
  readonly version: number;
  readonly application: string;
  readonly nature: Nature;
  readonly by: readonly string[];
  readonly home: Home;
  readonly says: string;
  /** JSON Schema, draft 2020-12. */
  readonly open: object;
  readonly sealed: object;
  /** Besides those that the kernel gives to every kind. */
  readonly refusals: readonly string[];
  readonly findings: readonly string[];
  readonly goodForHours: number;
}

/** The kinds of a contract, in the order in which it lists them. */
export function vocabulary({ kinds }: Pick<Contract, "kinds"> = newestContract): readonly KindEntry[] {
  return kinds.map(entryOf);
}

function entryOf({
  name,
  version,
  nature,
  by,
  home,
  says,
  open,
  sealed,
  refusals,
  findings,
  goodForHours,
}: Kind): KindEntry {
  const [application] = name.split(".") as [string];
  return {
    kind: name,
    version,
    application,
    nature,
    by,
    home,
    says,
    open: z.toJSONSchema(open),
    sealed: z.toJSONSchema(sealed),
    refusals,
    findings,
    goodForHours,
  };
}
