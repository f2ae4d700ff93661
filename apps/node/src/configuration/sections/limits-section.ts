// Settings of what the server takes at a time, by the names and with the values of serving/limits.ts.
import { z } from "zod";
import { defaultLimits, type ServerLimits } from "../../serving/limits.ts";
import { setting } from "./values.ts";

const says: Readonly<Record<keyof ServerLimits, string>> = {
  connections: "Connections together. For one beyond, one on which nothing is asked is closed.",
  connectionsPerAddress:
    "Connections of one address, or of one IPv6 network of 64 bits; declared proxies may take all, this machine three quarters.",
  headersMs: "Milliseconds for a request's headers to arrive.",
  requestMs: "Milliseconds for a whole request to arrive.",
  jsonMs: "Milliseconds for a request's JSON to arrive.",
  fileIdleMs: "Milliseconds in which some bytes of a file have to arrive.",
  slowMs: "Milliseconds of waiting for a file in which `slowBytes` of it have to arrive.",
  slowBytes: "Bytes of a file that have to arrive in `slowMs`.",
  silenceMs: "Milliseconds after which a connection on which nothing moves is closed.",
  heartbeatMs: "Milliseconds between signs of life where an answer has nothing to say.",
  closingMs: "Milliseconds that a server which closes leaves to those who are connected.",
  uploads: "Files that come in at a time.",
  submissionBytes: "Bytes of all statements that are handed in and not answered yet.",
  fileBytes: "Bytes of one file.",
  intakes: "Intakes that are open at a time.",
  intakeObjects: "Objects that one intake takes.",
  waitingBytes: "Bytes of all files that wait to be registered.",
  intakeIdleMs: "Milliseconds after which an intake that nobody uses closes.",
  listeners: "Those who listen to events at a time.",
  unreadBytes: "Bytes that a listener may leave unread.",
  audits: "Audits over HTTP at a time.",
  receipts: "Receipts that show objects, made or on their way at a time.",
  requestsPerMinute: "Requests in a minute of one session, or of one address that nobody signed in from.",
  machineRequestsPerMinute: "Requests in a minute of one machine.",
  signInsPerMinute: "Beginnings of sign-ins, and tokens asked for, in a minute from one address.",
};

const names = Object.keys(defaultLimits) as (keyof ServerLimits)[];
const shape = Object.fromEntries(
  names.map((name) => [name, setting(z.int().min(1).default(defaultLimits[name]), { says: says[name] })]),
) as Record<keyof ServerLimits, z.ZodDefault<z.ZodInt>>;

export const limitsSection = z.strictObject(shape).prefault({});
