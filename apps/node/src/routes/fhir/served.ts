// What a resource type is to the service: what is searched, by what, and how one is made. The rows of the table that routes and CapabilityStatement are made of.
import type { Permission } from "@fiducial/api";
import type { ReadThing } from "@fiducial/contract";
import type { ParameterFact, Resource } from "@fiducial/fhir";
import type { ReadFacts } from "../../access/hook.ts";
import type { Caller } from "../../authorization/caller.ts";
import type { OpenNode } from "../../compose.ts";

/** What resources are made with. */
export interface FhirSite {
  readonly node: OpenNode;
  /** The address of the node, without a slash at its end. */
  readonly address: string;
  /** Who asks. */
  readonly caller: Caller;
}

/** Entries from this number on were not there when a search began: its pages show what stood before. */
export type LogEnd = number;

/** A search parameter of one type. Values come without the backslashes that FHIR escapes with. */
export interface Parameter<Candidate> extends ParameterFact {
  /** Reads a value as a test; undefined when it has not the form that it should have. */
  test?(site: FhirSite, value: string): ((candidate: Candidate, end: LogEnd) => boolean) | undefined;
  /** Finds all that have the value by a key, without looking at others; "all" when there is none for this value; undefined as for `test`. */
  find?(site: FhirSite, value: string): Candidate[] | "all" | undefined;
  /** Lists those that have the value by a key, as the room's own list does; where they may be too many to be found at once. */
  list?(site: FhirSite, value: string): ((range: PlaceRange) => Iterable<Candidate>) | undefined;
}

/** What is recorded when resources of a type are shown; only the types that show something of patients have it. */
export interface ShownThing<Candidate> {
  readonly what: ReadThing;
  /** What a page of a search is, when that is something else. */
  readonly listed?: ReadThing;
  /** Whether a search shows each by itself. */
  readonly each?: boolean;
  of(node: OpenNode, candidate: Candidate): ReadFacts;
  list?(candidates: readonly Candidate[]): ReadFacts;
}

/** Which candidates to look at: by place, those after `after` and before `before`. */
export interface PlaceRange {
  readonly after: number;
  readonly before: number;
  readonly ascending: boolean;
}

/** How one resource type is served. A candidate is what can be looked at without making the resource. */
export interface ServedRoom<Candidate> {
  readonly type: Resource["resourceType"];
  readonly says: string;
  readonly permission: Permission;
  readonly parameters: Readonly<Record<string, Parameter<Candidate>>>;
  /** A number that no two candidates share, that stays, and that grows with what is added later. */
  place(candidate: Candidate): number;
  /** All candidates within the range, in the order of their places, read as they are asked for; absent where nobody may list all. */
  list?(site: FhirSite, range: PlaceRange): Iterable<Candidate>;
  /** By what results can be sorted. `"place"` is in the order of the places. */
  readonly sorts?: Readonly<
    Record<string, "place" | ((site: FhirSite, candidate: Candidate, end: LogEnd) => number | undefined)>
  >;
  /** The one with this id, which has a resource id's form. */
  one(site: FhirSite, id: string): Candidate | undefined;
  /** The permission that whoever asks lacks to be shown it: searches leave it out, and a read refuses it. */
  keptBy?(site: FhirSite, candidate: Candidate): Permission | undefined;
  /** Makes the resource; `whole` with everything that a read shows and a list leaves out. */
  resource(site: FhirSite, candidate: Candidate, whole: boolean): Resource | Promise<Resource>;
  readonly shows?: ShownThing<Candidate>;
}
