// What a client sends: the content of a request, who asks, and the query.

/** What every request may be given. */
export interface RequestOptions {
  readonly signal?: AbortSignal | undefined;
}

/** One request: what goes into the address, and what is sent. */
export interface Request extends RequestOptions {
  readonly parameters?: Readonly<Record<string, string | number>>;
  readonly query?: Readonly<Record<string, string | number | undefined>> | undefined;
  readonly body?: object;
  readonly upload?: BodyInit;
}

/** The body of a request, with the headers that belong to it. */
export interface Content {
  readonly body?: BodyInit;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends a value as JSON; nothing when there is none. */
export function jsonBody(body: object | undefined): Content {
  return body === undefined ? {} : { body: JSON.stringify(body), headers: jsonContent };
}

/** Sends a body as it is. A stream may be sent as it is read; browsers that cannot say so are given blobs. */
export function uploadBody(body: BodyInit, mediaType: string): Content {
  const streamed = body instanceof ReadableStream ? { duplex: "half" } : {};
  return { body, headers: { "content-type": mediaType }, ...streamed } as Content;
}

/** Says who asks: a bearer token. RFC 6750 § 2.1. */
export async function authorization(
  token: string | (() => Promise<string>) | undefined,
): Promise<{ authorization?: string }> {
  const given = typeof token === "function" ? await token() : token;
  return given === undefined ? {} : { authorization: `Bearer ${given}` };
}

const jsonContent = { "content-type": "application/json" };

/** Writes a query, with its question mark; empty when nothing is asked. */
export function queryText(query: Request["query"]): string {
  const given = Object.entries(query ?? {}).filter(([, value]) => value !== undefined);
  return given.length === 0 ? "" : `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}
