// A page of what a search found. FHIR R4 § 3.1.1.4 (search), § 3.1.0.8 (paging).
import type { Bundle, BundleEntry, OperationOutcome, Resource } from "@medplum/fhirtypes";

/** One page. */
export interface SearchPage {
  /** The address of the FHIR service, without a slash at its end. */
  readonly base: string;
  readonly found: readonly Resource[];
  /** What the search did not take, for whoever asked. */
  readonly outcome?: OperationOutcome | undefined;
  /** Where this very page is. */
  readonly self: string;
  /** Where the next page is; absent on the last. */
  readonly next?: string | undefined;
}

/** Makes the Bundle of a page. It tells no total: counting all that match would be as dear as reading it. */
export function searchBundle({ base, found, outcome, self, next }: SearchPage): Bundle {
  const entry: BundleEntry[] = found.map((resource) => ({
    fullUrl: `${base}/${resource.resourceType}/${resource.id}`,
    resource,
    search: { mode: "match" },
  }));
  if (outcome !== undefined) entry.push({ fullUrl: outcomeUrl, resource: outcome, search: { mode: "outcome" } });
  return {
    resourceType: "Bundle",
    type: "searchset",
    link: [{ relation: "self", url: self }, ...(next === undefined ? [] : [{ relation: "next", url: next }])],
    // An empty list is none in FHIR.
    ...(entry.length === 0 ? {} : { entry }),
  };
}

/** Every entry has an address; an outcome is nowhere else to be had. RFC 9562. */
const outcomeUrl = "urn:uuid:6d3f1c5e-52a4-4c0b-8f0e-2b9c7a1d4e60";
