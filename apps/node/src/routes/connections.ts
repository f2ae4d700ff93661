// Connections over HTTP: the board, with a sentence for each code.
import type { Connection, ConnectionList } from "@fiducial/api";
import { formatUtcTime } from "@fiducial/core";
import { authorize } from "../authorization/authorize.ts";
import type { Caller } from "../authorization/caller.ts";
import type { OpenNode } from "../compose.ts";
import type { ConnectionStanding, Listening } from "../connections/connection-standing.ts";
import { addressesOf, isLoopback } from "../connections/own-addresses.ts";
import { sentenceOfCode } from "../thrown-code.ts";

/** Tells of every connection, and of what was refused of late; of which studies a PACS gives otherwise than registered, only who may read studies. */
export function connections({ connections: board }: Pick<OpenNode, "connections">, caller: Caller): ConnectionList {
  return {
    connections: board.list().map((standing) => connectionOf(standing, caller)),
    ...listenerOf(board.listening()),
    refusals: board.refusals().map(({ connection, code, atMs }) => ({ connection, ...faultOf({ code, atMs }) })),
  };
}

/** Tests a connection, and tells how it stands then. Rejects with CONNECTION_UNKNOWN, CONNECTION_NOT_TESTABLE. */
export async function testConnection(
  { connections: board }: Pick<OpenNode, "connections">,
  id: string,
  caller: Caller,
): Promise<Connection> {
  return connectionOf(await board.test(id), caller);
}

/** Takes away what was wrong with a connection, until it is wrong again. Throws CONNECTION_UNKNOWN. */
export function seenConnection(
  { connections: board }: Pick<OpenNode, "connections">,
  id: string,
  caller: Caller,
): Connection {
  return connectionOf(board.seen(id), caller);
}

/** Forgets a connection until it calls again, and tells of the others. Throws CONNECTION_UNKNOWN, CONNECTION_CONFIGURED. */
export function removeConnection(node: Pick<OpenNode, "connections">, id: string, caller: Caller): ConnectionList {
  node.connections.remove(id);
  return connections(node, caller);
}

/** How many of the copies that a PACS gave otherwise than registered are of which study. */
export function differingStudies(
  copies: NonNullable<ConnectionStanding["differing"]>,
): { readonly study: string; readonly objects: number }[] {
  const byStudy = Map.groupBy(copies, ({ study }) => study);
  return [...byStudy].map(([study, { length: objects }]) => ({ study, objects }));
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

function connectionOf(
  { lastObjectMs, lastError, lastTest, sinceMs, differing = [], configured = false, ...standing }: ConnectionStanding,
  caller: Caller,
): Connection {
  return {
    ...standing,
    configured,
    ...(differing.length === 0 ? {} : { differing: differingOf(differing, caller) }),
    since: formatUtcTime(sinceMs),
    ...(lastTest === undefined ? {} : { lastTest: testOf(lastTest) }),
    ...(lastObjectMs === undefined ? {} : { lastObjectAt: formatUtcTime(lastObjectMs) }),
    ...(lastError === undefined ? {} : { lastError: faultOf(lastError) }),
  };
}

function differingOf(
  copies: NonNullable<ConnectionStanding["differing"]>,
  caller: Caller,
): NonNullable<Connection["differing"]> {
  const mayRead = authorize("studies.read", caller);
  return { objects: copies.length, ...(mayRead && { studies: differingStudies(copies) }) };
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
