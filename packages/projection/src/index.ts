// The door of projection: what is true now, by application.

export type { AccessQueries, ReadCounts, ReadFact, ReadFilter } from "./access/access-part.ts";
export type { FoldedEntry } from "./fold.ts";
export type { ActorFact, IdentityQueries, KeyFact, RoleFact } from "./identity/identity-part.ts";
export { keyChainOf } from "./identity/key-chain.ts";
export type { AlteredCopy } from "./imaging/altered-copies.ts";
export {
  type ImagingQueries,
  type StudyFact,
  type StudyFilter,
  studiesOf,
} from "./imaging/imaging-part.ts";
export type { Rejection } from "./imaging/rejections.ts";
export type { EntryFilter, LogQueries } from "./log/log-part.ts";
export { foldedEntries, openProjection, type Projection } from "./projection.ts";
