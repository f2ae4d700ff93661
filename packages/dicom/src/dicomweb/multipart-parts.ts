// The parts of a multipart body as streams, one after the other. RFC 2387.
import { type MultipartEvent, type MultipartLimits, multipartReader } from "./multipart-reader.ts";

/** A part that comes in. */
export interface MultipartPart {
  /** Names are in lower case. */
  readonly header: ReadonlyMap<string, string>;
  /** Its bytes, to be read once. What is left unread when the next part is asked for is passed over. */
  readonly body: AsyncIterable<Uint8Array>;
}

/** Bytes behind the closing boundary that are read, so that the connection can be used again. */
const epilogueBytes = 4096;

/** Gives the parts of a body that comes in `chunks`, and leaves off where too much follows them. Throws MultipartError, in a part's body too, and what `chunks` throws. */
export async function* multipartParts(
  chunks: AsyncIterable<Uint8Array>,
  boundary: string,
  limits: Partial<MultipartLimits> = {},
): AsyncGenerator<MultipartPart, void> {
  const events = eventsOf(chunks, boundary, limits);
  for (let event = await nextOf(events); event !== undefined; event = await nextOf(events)) {
    if (event.kind !== "part") continue;
    const part = { isOpen: true };
    yield { header: event.header, body: bytesOf(events, part) };
    while (part.isOpen) part.isOpen = isBytes(await nextOf(events));
  }
}

async function* eventsOf(
  chunks: AsyncIterable<Uint8Array>,
  boundary: string,
  limits: Partial<MultipartLimits>,
): AsyncGenerator<MultipartEvent, void> {
  const reader = multipartReader(boundary, limits);
  let epilogue = 0;
  for await (const chunk of chunks) {
    if (reader.isClosed()) epilogue += chunk.length;
    // All parts are there: whatever else comes is nothing to wait for.
    if (epilogue > epilogueBytes) return;
    yield* reader.push(chunk);
  }
  reader.end();
}

// Whoever leaves a body early leaves the rest of the parts where they are.
async function* bytesOf(events: AsyncGenerator<MultipartEvent, void>, part: { isOpen: boolean }) {
  while (part.isOpen) {
    const event = await nextOf(events);
    if (isBytes(event)) yield event.bytes;
    else part.isOpen = false;
  }
}

async function nextOf(events: AsyncGenerator<MultipartEvent, void>): Promise<MultipartEvent | undefined> {
  const { value, done } = await events.next();
  return done === true ? undefined : (value as MultipartEvent);
}

function isBytes(event: MultipartEvent | undefined): event is Extract<MultipartEvent, { kind: "bytes" }> {
  return event?.kind === "bytes";
}
