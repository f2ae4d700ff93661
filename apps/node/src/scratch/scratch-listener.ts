// A DICOM listener whose inbox a test plays, gone when the test is over.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type ConnectionBoard, connectionBoard } from "../connections/connection-board.ts";
import type { ConnectionStanding } from "../connections/connection-standing.ts";
import { startDimse } from "../connections/dimse/dimse-listener.ts";
import type { DimseListenerLimits, DimseOptions } from "../connections/dimse/dimse-options.ts";
import type { Clock } from "../intake/clock.ts";
import type { Received } from "../intake/inbox.ts";
import { sentObject } from "./dimse-sender.ts";

export interface ScratchListener {
  readonly port: number;
  readonly board: ConnectionBoard;
  /** Files that the inbox got, in order, as they were then. */
  readonly received: readonly { readonly bytes: Buffer; readonly connection: string }[];
  /** Names of files that are coming in, or were left behind. */
  incoming(): string[];
  /** A caller's line on the board. */
  line(id: string): ConnectionStanding | undefined;
  close(): Promise<void>;
}

/** What the inbox shall answer; that it has the object, unless told. */
export type Answer = (bytes: Buffer) => Promise<Received> | Received;

/** Listens on a free port of the loopback. */
export async function scratchListener(
  options: Omit<Partial<DimseOptions>, "limits"> & { readonly limits?: Partial<DimseListenerLimits> } = {},
  {
    answer = taken,
    clock,
    newPath,
  }: { answer?: Answer; clock?: Clock; newPath?: (folder: string, name: string) => string } = {},
): Promise<ScratchListener> {
  const folder = mkdtempSync(join(tmpdir(), "dimse-"));
  const board = connectionBoard(Date.now);
  const received: { bytes: Buffer; connection: string }[] = [];
  let count = 0;
  const node = {
    objects: { newIncoming: () => (newPath ?? join)(folder, String(count++)) },
    connections: board,
    inbox: {
      receive: async ({ path, connection }: { path: string; connection: string }) => {
        const bytes = readFileSync(path);
        received.push({ bytes, connection });
        try {
          return await answer(bytes);
        } finally {
          rmSync(path, { force: true });
        }
      },
    },
  };
  const listener = await startDimse(node, { port: 0, ...options }, clock);
  let closed: Promise<void> | undefined;
  const close = () => {
    closed ??= listener.close();
    return closed;
  };
  onTestFinished(async () => {
    await close();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    port: listener.port,
    board,
    received,
    incoming: () => readdirSync(folder),
    line: (id) => board.list().find((one) => one.id === id),
    close,
  };
}

/** The answer of an inbox that has taken an object. */
export function taken(bytes: Buffer): Received {
  const { dataSet: _, ...object } = sentObject(bytes);
  return { object, sizeBytes: bytes.length, known: false };
}

/** A bare connection, and everything that came back on it. */
export interface Wire {
  readonly socket: Socket;
  write(...bytes: readonly Uint8Array[]): void;
  /** What came so far, as numbers. */
  came(): number[];
  /** Resolves when the other side has closed. */
  readonly closed: Promise<void>;
}

/** Connects to a port of the loopback, from an address of it. */
export function wire(port: number, localAddress = "127.0.0.1"): Wire {
  const socket = connect({ port, host: "127.0.0.1", localAddress });
  const pieces: Buffer[] = [];
  socket.on("data", (piece) => pieces.push(piece)).on("error", () => {});
  const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()));
  onTestFinished(() => void socket.destroy());
  return {
    socket,
    write: (...bytes) => {
      for (const piece of bytes) socket.write(piece);
    },
    came: () => [...Buffer.concat(pieces)],
    closed,
  };
}
