// The changes of an Orthanc, in their order, from where somebody stopped reading. Orthanc's REST API: /system, /changes.
import { createHash } from "node:crypto";
import { NodeError } from "../node-error.ts";
import type { FeedClient } from "./feed-request.ts";

/** How far somebody has read: a sequence number, and a digest of the change that has it. An Orthanc that was reset has another change there, or none. */
export interface ChangeCursor {
  readonly seq: number;
  readonly change: string;
}

/** A change. `instance` is Orthanc's id of an instance that is new. */
export interface Change extends ChangeCursor {
  readonly instance?: string;
}

/** Changes after a cursor. */
export interface ChangePage {
  readonly changes: readonly Change[];
  /** Whether nothing more is there, and whether it brought as many as were asked for. */
  readonly isLast: boolean;
  readonly isFull: boolean;
}

const pageSize = 100;
/** A change takes some 250 bytes. */
const mostPageBytes = 2 ** 18;
/** Types and times are words. */
const longestWord = 64;

/** Tells whether an Orthanc answers. Rejects with FEED_* codes. */
export async function checkOrthanc(client: FeedClient): Promise<void> {
  const system = await client.json("system");
  const isOrthanc = isObject(system) && typeof system["Version"] === "string" && "DicomAet" in system;
  if (!isOrthanc) throw new NodeError("FEED_FOREIGN");
}

/** Reads the next changes: the first ones without a cursor, and undefined for a cursor that is not this Orthanc's, because it was begun anew. Rejects with FEED_* codes. */
export async function changesAfter(
  client: FeedClient,
  cursor: ChangeCursor | undefined,
): Promise<ChangePage | undefined> {
  if (cursor === undefined) return page(client, 0);
  // The change that the cursor is of comes along: only when it is the same is this the same Orthanc.
  const { changes, ...rest } = await page(client, cursor.seq - 1);
  const [first, ...others] = changes;
  return first?.seq === cursor.seq && first.change === cursor.change ? { ...rest, changes: others } : undefined;
}

async function page(client: FeedClient, since: number): Promise<ChangePage> {
  const answer = await client.json(`changes?since=${since}&limit=${pageSize}`, { mostBytes: mostPageBytes });
  if (!isObject(answer) || !Array.isArray(answer["Changes"]) || typeof answer["Done"] !== "boolean")
    throw new NodeError("FEED_FOREIGN");
  const { Changes: given, Done: isLast } = answer;
  if (given.length > pageSize || (given.length === 0 && !isLast)) throw new NodeError("FEED_FOREIGN");
  const changes = given.map(changeOf);
  // A list without end that says the same again would be read for ever.
  if (changes.some(({ seq }, at) => seq <= (changes[at - 1]?.seq ?? since))) throw new NodeError("FEED_FOREIGN");
  return { changes, isLast, isFull: changes.length === pageSize };
}

function changeOf(given: unknown): Change {
  if (!isObject(given)) throw new NodeError("FEED_FOREIGN");
  const { Seq: seq, ID: id, ChangeType: type, Date: date } = given;
  if (!Number.isSafeInteger(seq) || typeof id !== "string") throw new NodeError("FEED_FOREIGN");
  if (!isWord(type) || !isWord(date)) throw new NodeError("FEED_FOREIGN");
  const change = createHash("sha256")
    .update(JSON.stringify([seq, id, type, date]))
    .digest("hex");
  const read = { seq: seq as number, change };
  if (type !== "NewInstance") return read;
  // It becomes a part of a path.
  if (!/^[0-9a-f-]{1,64}$/.test(id)) throw new NodeError("FEED_FOREIGN");
  return { ...read, instance: id };
}

function isWord(value: unknown): boolean {
  return value === undefined || (typeof value === "string" && value.length <= longestWord);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
