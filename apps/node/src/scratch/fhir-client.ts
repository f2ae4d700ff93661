// Asks a server's FHIR service, for tests.
import type { Bundle, OperationOutcome, Resource } from "@fiducial/fhir";
import { expect } from "vitest";

/** An answer of the service. */
export interface FhirAnswer<Body> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

/** What one asks a service for. */
export interface FhirClient {
  get<Body = Resource>(path: string, headers?: Record<string, string>): Promise<FhirAnswer<Body>>;
  /** Searches by GET; the first page. */
  search(path: string, headers?: Record<string, string>): Promise<Bundle>;
  /** Searches by POST. */
  post(type: string, form: Record<string, string>): Promise<FhirAnswer<Bundle>>;
  /** Follows a page's link; undefined on the last. */
  next(bundle: Bundle): Promise<Bundle | undefined>;
  /** Every match of a search, page by page. */
  all(path: string): Promise<Resource[]>;
  /** The code with which a request is refused. */
  refusal(path: string, headers?: Record<string, string>): Promise<[status: number, code: string | undefined]>;
}

/** Asks the server at this address, with a token or as a stranger. */
export function fhirClient(url: string, token?: string): FhirClient {
  const credentials: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const answerOf = async <Body>(response: Response): Promise<FhirAnswer<Body>> => {
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: (text === "" ? undefined : JSON.parse(text)) as Body,
    };
  };
  const get = async <Body>(path: string, headers: Record<string, string> = {}) =>
    answerOf<Body>(
      await fetch(path.startsWith("http") ? path : `${url}/fhir/${path}`, { headers: { ...credentials, ...headers } }),
    );
  const search = async (path: string, headers?: Record<string, string>) => {
    const { status, body } = await get<Bundle>(path, headers);
    expect([path, status]).toEqual([path, 200]);
    return body;
  };
  const next = async (bundle: Bundle) => {
    const link = bundle.link?.find(({ relation }) => relation === "next");
    return link === undefined ? undefined : search(link.url as string);
  };
  return {
    get,
    search,
    next,
    post: async (type, form) =>
      answerOf(
        await fetch(`${url}/fhir/${type}/_search`, {
          method: "POST",
          headers: credentials,
          body: new URLSearchParams(form),
        }),
      ),
    all: async (path) => {
      const found: Resource[] = [];
      for (let page: Bundle | undefined = await search(path); page !== undefined; page = await next(page))
        found.push(...matchesIn(page));
      return found;
    },
    refusal: async (path, headers) => {
      const { status, body } = await get<OperationOutcome>(path, headers);
      return [status, body.issue?.[0]?.details?.coding?.[0]?.code];
    },
  };
}

/** The resources that match on a page. */
export function matchesIn({ entry = [] }: Bundle): Resource[] {
  return entry.flatMap(({ resource, search }) =>
    search?.mode === "match" && resource !== undefined ? [resource] : [],
  );
}
