// Values of search parameters: tokens, references, dates. FHIR R4 § 3.1.1.4.7, § 3.1.1.4.10, § 3.1.1.4.12.
import { isResourceId, isWithin, type Span, soughtDate } from "@fiducial/fhir";
import type { FhirSite, Parameter } from "./served.ts";

/** A token: `code`, `system|code`, or `|code` for one without system. */
export interface Token {
  /** Undefined when any will do. */
  readonly system: string | undefined;
  readonly code: string;
}

/** Reads a token; undefined when it names no code. */
export function tokenIn(value: string): Token | undefined {
  const parts = value.match(/^(?:((?:\\.|[^\\|])*)\|)?((?:\\.|[^\\|])+)$/s);
  if (parts === null) return undefined;
  const [, system, code = ""] = parts;
  return { system: system === undefined ? undefined : plain(system), code: plain(code) };
}

/** A parameter that is the id of a resource. */
export function idParameter<Candidate>(
  find: (site: FhirSite, id: string) => Candidate | undefined,
): Parameter<Candidate> {
  return {
    type: "token",
    says: "The id of the resource.",
    find: (site, value) => {
      const id = plain(value);
      const found = isResourceId(id) ? find(site, id) : undefined;
      return found === undefined ? [] : [found];
    },
  };
}

/** The resource that a reference names: `Type/id`, `id`, or the address of one here; undefined when it names none of these types. */
export function referenceIn(
  { address }: FhirSite,
  value: string,
  types: readonly string[],
): { readonly type: string | undefined; readonly id: string } | undefined {
  const text = plain(value);
  const local = text.startsWith(`${address}/fhir/`) ? text.slice(address.length + 6) : text;
  const [id = "", type, ...more] = local.split("/").reverse();
  if (more.length > 0 || !isResourceId(id) || (type !== undefined && !types.includes(type))) return undefined;
  return { type, id };
}

/** A date parameter over what a candidate's span is. */
export function dateParameter<Candidate>(
  says: string,
  spanOfCandidate: (site: FhirSite, candidate: Candidate, end: number) => Span | undefined,
): Parameter<Candidate> {
  return {
    type: "date",
    says,
    test: (site, value) => {
      const sought = soughtDate(plain(value));
      if (sought === undefined) return undefined;
      return (candidate, end) => {
        const span = spanOfCandidate(site, candidate, end);
        return span !== undefined && isWithin(span, sought);
      };
    },
  };
}

/** The instant of a UTC time in milliseconds, as a span. */
export function instantSpan(ms: number): Span {
  return { from: ms, to: ms + 1 };
}

/** A value as it is meant: without the backslashes that FHIR escapes `,`, `|`, `$` and the backslash itself with. */
export function plain(value: string): string {
  return value.replace(/\\([,|$\\])/g, "$1");
}
