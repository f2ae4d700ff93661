// GET /api/v1/connections, POST /api/v1/connections/{connection}/test and /seen and /removal: what comes in from where, and what is wrong with it.
import { z } from "zod";
import { HandleField, SizeField, UtcTimeField } from "./fields.ts";

/** The id of a connection, as the node's configuration or its protocol gives it. */
export const ConnectionIdField = z.string().regex(/^[a-z0-9:._-]{1,80}$/);

/** A code of a table, and its sentence: what is wrong, and what to do. */
const Fault = z.object({ code: z.string(), says: z.string(), at: UtcTimeField });

/** By what objects come in, or go out. */
export const ConnectionType = z.enum(["dimse", "stow", "folder", "orthanc", "pacs"]);
export type ConnectionType = z.infer<typeof ConnectionType>;

/** A connection. Counts outlast a restart of the node. */
export const Connection = z.object({
  id: ConnectionIdField,
  type: ConnectionType,
  name: z.string(),
  /** Where it is asked or called, as the node's configuration has it. */
  place: z.object({ host: z.string(), port: z.int(), tls: z.boolean() }).optional(),
  /** `idle` until something is known of it. */
  state: z.enum(["works", "failed", "idle"]),
  /** Since when it is in that state. */
  since: UtcTimeField,
  received: SizeField,
  refused: SizeField,
  bytes: SizeField,
  lastObjectAt: UtcTimeField.optional(),
  /** What was wrong last: of the connection, or of an object that it brought. */
  lastError: Fault.optional(),
  /** Objects that were taken since then. */
  receivedSinceError: SizeField.optional(),
  canTest: z.boolean(),
  /** Whether the node's configuration names it. What it does not name comes by calling, and can be removed. */
  configured: z.boolean(),
  /** Of a PACS: registered objects that are kept here until it was seen to hold them; those that it gives otherwise than they were registered; and those that stay. */
  releases: z.object({ waiting: SizeField, altered: SizeField, kept: SizeField }).optional(),
  /** Of a PACS: registered objects that it gave otherwise than they were registered when they were asked for last, kept here or not; a thousand at most. */
  differing: z
    .object({
      objects: SizeField,
      /** Of which studies, with how many each: for who may read studies. */
      studies: z.array(z.object({ study: HandleField, objects: SizeField })).optional(),
    })
    .optional(),
  /** The newest test since the node was started; without a failure it was answered. */
  lastTest: z.object({ at: UtcTimeField, tookMs: SizeField, failure: Fault.omit({ at: true }).optional() }).optional(),
});
export type Connection = z.infer<typeof Connection>;

/** Where the node takes objects by DICOM, as it is to be entered at whoever sends. */
export const DicomListener = z.object({
  aeTitle: z.string(),
  /** Addresses or names of this machine. */
  addresses: z.array(z.string()),
  port: z.int(),
  /** `server`: TLS only. `both`: TLS, and the sender shows a certificate, too. */
  tls: z.enum(["none", "server", "both"]),
  /** Whether only programs of this machine reach it. */
  onlyHere: z.boolean(),
  /** AE titles that may send; without, any may. */
  callers: z.array(z.string()).optional(),
});
export type DicomListener = z.infer<typeof DicomListener>;

/** All connections by id, and the newest refusals, the newest first. Nothing here tells of which patient an object was. */
export const ConnectionList = z.object({
  connections: z.array(Connection),
  /** Not there while nobody listens. */
  listener: DicomListener.optional(),
  refusals: z.array(Fault.extend({ connection: ConnectionIdField })),
});
export type ConnectionList = z.infer<typeof ConnectionList>;
