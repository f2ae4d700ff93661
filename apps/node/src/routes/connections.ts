// Connections over HTTP: the board, with a sentence for each code.
import type { Connection, ConnectionList } from "@fiducial/api";
import { formatUtcTime } from "@fiducial/core";
import type { OpenNode } from "../compose.ts";
import type { ConnectionStanding, Listening } from "../connections/connection-standing.ts";
import { addressesOf, isLoopback } from "../connections/own-addresses.ts";
import { sentenceOfCode } from "../thrown-code.ts";

/** Tells of every connection, and of what was refused of late. */
export function connections({ connections: board }: Pick<OpenNode, "connections">): ConnectionList {
  return {
    connections: board.list().map(connectionOf),
    ...listenerOf(board.listening()),
    refusals: board.refusals().map(({ connection, code, atMs }) => ({ connection, ...faultOf({ code, atMs }) })),
  };
}

/** Tests a connection, and tells how it stands then. Rejects with CONNECTION_UNKNOWN, CONNECTION_NOT_TESTABLE. */
export async function testConnection(
  { connections: board }: Pick<OpenNode, "connections">,
  id: string,
): Promise<Connection> {
  return connectionOf(await board.test(id));
}

function listenerOf(listening: Listening | undefined): Pick<ConnectionList, "listener"> {
  if (listening === undefined) return {};
  const { host, callers, ...others } = listening;
  const addresses = [...addressesOf(host)];
  return {
    listener: {
      ...others,
      addresses,
      onlyHere: isLoopback(host),
      ...(callers !== undefined && { callers: [...callers] }),
    },
  };
}

function connectionOf({ lastObjectMs, lastError, lastTest, sinceMs, ...standing }: ConnectionStanding): Connection {
  return {
    ...standing,
    since: formatUtcTime(sinceMs),
    ...(lastTest === undefined ? {} : { lastTest: testOf(lastTest) }),
    ...(lastObjectMs === undefined ? {} : { lastObjectAt: formatUtcTime(lastObjectMs) }),
    ...(lastError === undefined ? {} : { lastError: faultOf(lastError) }),
  };
}

function testOf({ atMs, tookMs, code }: NonNullable<ConnectionStanding["lastTest"]>): Connection["lastTest"] {
  return {
    at: formatUtcTime(atMs),
    tookMs,
    ...(code === undefined ? {} : { failure: { code, says: sentenceOfCode(code) } }),
  };
}

function faultOf({ code, atMs }: { readonly code: string; readonly atMs: number }) {
  return { code, says: sentenceOfCode(code), at: formatUtcTime(atMs) };
}
