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

/** Changes after a cursor; `from` is undefined when they are the first ones, because the cursor is not this Orthanc's. */
export interface ChangePage {
  readonly from: ChangeCursor | undefined;
  readonly changes: readonly Change[];
  readonly isLast: boolean;
}

const pageSize = 1000;

/** Tells whether an Orthanc answers. Rejects with FEED_* codes. */
export async function checkOrthanc(client: FeedClient): Promise<void> {
  const system = await client.json("system");
  const isOrthanc = isObject(system) && typeof system["Version"] === "string" && "DicomAet" in system;
  if (!isOrthanc) throw new NodeError("FEED_FOREIGN");
}

/** Reads the next changes. Rejects with FEED_* codes. */
export async function changesAfter(client: FeedClient, cursor: ChangeCursor | undefined): Promise<ChangePage> {
  if (cursor === undefined) return { from: undefined, ...(await page(client, 0)) };
  // The change that the cursor is of comes along: only when it is the same is this the same Orthanc.
  const { changes, isLast } = await page(client, cursor.seq - 1);
  const [first, ...rest] = changes;
  if (first?.seq === cursor.seq && first.change === cursor.change) return { from: cursor, changes: rest, isLast };
  return { from: undefined, ...(await page(client, 0)) };
}

async function page(client: FeedClient, since: number): Promise<Omit<ChangePage, "from">> {
  const answer = await client.json(`changes?since=${since}&limit=${pageSize}`);
  if (!isObject(answer) || !Array.isArray(answer["Changes"]) || typeof answer["Done"] !== "boolean")
    throw new NodeError("FEED_FOREIGN");
  const changes = answer["Changes"].map(changeOf);
  // A list without end that says the same again would be read for ever.
  if (changes.some(({ seq }, at) => seq <= (changes[at - 1]?.seq ?? since))) throw new NodeError("FEED_FOREIGN");
  if (changes.length === 0 && !answer["Done"]) throw new NodeError("FEED_FOREIGN");
  return { changes, isLast: answer["Done"] };
}

function changeOf(given: unknown): Change {
  if (!isObject(given)) throw new NodeError("FEED_FOREIGN");
  const { Seq: seq, ID: id, ChangeType: type, Date: date } = given;
  if (!Number.isSafeInteger(seq) || typeof id !== "string") throw new NodeError("FEED_FOREIGN");
  const change = createHash("sha256")
    .update(JSON.stringify([seq, id, type, date]))
    .digest("hex");
  const read = { seq: seq as number, change };
  if (type !== "NewInstance") return read;
  // It becomes a part of a path.
  if (!/^[0-9a-f-]{1,64}$/.test(id)) throw new NodeError("FEED_FOREIGN");
  return { ...read, instance: id };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
