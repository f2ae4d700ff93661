// How much the server takes at a time: bounds for one hospital, beyond which it answers with a problem instead of growing.

/** What one server takes. */
export interface ServerLimits {
  /** Connections together: for one beyond, one on which nothing is asked is closed, else it is itself, unheard. */
  readonly connections: number;
  /** Connections of one address, likewise; declared proxies may take all, this machine three quarters. */
  readonly connectionsPerAddress: number;
  /** Milliseconds for a request's headers to arrive. RFC 9110 § 15.5.9. */
  readonly headersMs: number;
  /** Milliseconds for a whole request to arrive: a large file over a slow line takes its time. */
  readonly requestMs: number;
  /** Milliseconds for a request's JSON to arrive. */
  readonly jsonMs: number;
  /** Milliseconds in which some bytes of a file have to arrive. */
  readonly fileIdleMs: number;
  /** Milliseconds of waiting for a file in which so many bytes of it have to arrive: a slow line has its time, and nobody all of it. */
  readonly slowMs: number;
  readonly slowBytes: number;
  /** Milliseconds after which a connection on which nothing moves is closed, whatever it waits for. */
  readonly silenceMs: number;
  /** Milliseconds between signs of life where an answer has nothing to say for long. */
  readonly heartbeatMs: number;
  /** Milliseconds that a server which closes leaves to those who are connected. */
  readonly closingMs: number;
  /** Files that come in at a time. */
  readonly uploads: number;
  /** Bytes of all statements that are handed in and not answered yet: they are held in memory. */
  readonly submissionBytes: number;
  /** Bytes of one file. Whole slides have tens of gigabytes. */
  readonly fileBytes: number;
  readonly intakes: number;
  /** Objects that one intake takes before it has to be registered. */
  readonly intakeObjects: number;
  /** Bytes of all files that came into intakes and are not registered yet, and of those that are coming in. */
  readonly waitingBytes: number;
  /** Milliseconds after which an intake that nobody uses closes. */
  readonly intakeIdleMs: number;
  /** Those who listen to events: a page in a browser each. */
  readonly listeners: number;
  /** Bytes that a listener may leave unread. */
  readonly unreadBytes: number;
  readonly audits: number;
  /** Answers with receipts that show objects, megabytes each, that are made or on their way. */
  readonly receipts: number;
  /** Requests in a minute of one session, of one address that nobody signed in from, and of one machine. */
  readonly requestsPerMinute: number;
  readonly machineRequestsPerMinute: number;
  /** Beginnings of sign-ins, tokens asked for, and tokens that were none, in a minute from one address. */
  readonly signInsPerMinute: number;
}

const [second, minute] = [1000, 60_000];
const gibibyte = 2 ** 30;

/** The limits when none are given. */
export const defaultLimits: ServerLimits = {
  connections: 512,
  connectionsPerAddress: 128,
  headersMs: 20 * second,
  requestMs: 60 * minute,
  jsonMs: 20 * second,
  fileIdleMs: 30 * second,
  slowMs: minute,
  slowBytes: 16_384,
  silenceMs: 10 * minute,
  heartbeatMs: 30 * second,
  closingMs: 5 * second,
  uploads: 32,
  submissionBytes: 64 * 2 ** 20,
  fileBytes: 64 * gibibyte,
  intakes: 64,
  intakeObjects: 50_000,
  waitingBytes: 512 * gibibyte,
  intakeIdleMs: 15 * minute,
  listeners: 128,
  unreadBytes: 65_536,
  audits: 1,
  receipts: 32,
  requestsPerMinute: 12_000,
  machineRequestsPerMinute: 60_000,
  signInsPerMinute: 300,
};
