// A SIEM that takes syslog over TCP or TLS. RFC 5425, RFC 6587 § 3.4.1 (framing), PS3.15 A.6.
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect as connectTcp, type Socket } from "node:net";
import { hostname } from "node:os";
import { connect as connectTls } from "node:tls";
import { leastTlsVersion } from "../serving/certificate.ts";
import { type AuditSource, auditMessage } from "./audit-message.ts";
import type { KeptEvent } from "./event-journal.ts";
import type { Receiver } from "./receiver.ts";
import { syslogFrame, syslogMessage } from "./syslog-message.ts";

/** Where the SIEM is, and how it wants its messages. */
export interface SyslogOptions {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  /** Paths of PEM files. */
  readonly ca?: string | undefined;
  readonly certificate?: string | undefined;
  readonly key?: string | undefined;
  readonly format: "dicom" | "json";
  /** Syslog has no answers: what was written counts as taken when the connection has held for so long after it. */
  readonly holdMs?: number;
  readonly patienceMs?: number;
}

interface Written {
  readonly place: number;
  readonly atMs: number;
}

/** Makes a receiver. What was written shortly before a connection broke is written again on the next: rather twice than not at all. */
export function syslogReceiver(options: SyslogOptions, source: AuditSource): Receiver {
  const { format, holdMs = 5000, patienceMs = 10_000 } = options;
  let socket: Socket | undefined;
  let written: Written[] = [];
  let reached = 0;

  function drop(): void {
    socket?.destroy();
    socket = undefined;
    written = [];
  }

  async function connected(): Promise<Socket> {
    if (socket !== undefined && !socket.destroyed && socket.writable) return socket;
    drop();
    const opening = opened(options, patienceMs);
    socket = opening;
    // Nothing is expected from there; reading is how one learns that the other side has gone.
    opening.resume();
    opening.on("error", () => {});
    opening.once("close", () => {
      if (socket === opening) drop();
    });
    await once(opening, options.tls ? "secureConnect" : "connect", { signal: AbortSignal.timeout(patienceMs) });
    opening.setTimeout(0);
    return opening;
  }

  function settle(nowMs: number): number {
    const held = written.filter(({ atMs }) => nowMs - atMs >= holdMs);
    reached = Math.max(reached, held.at(-1)?.place ?? 0);
    written = written.slice(held.length);
    return reached;
  }

  const handed = () => written.at(-1)?.place ?? reached;

  return {
    name: "syslog",
    deliver: async (events) => {
      try {
        if (events.length > 0) {
          const from = handed();
          const stream = await connected();
          // What the connection before this one had been given, and maybe lost, comes first.
          if (handed() !== from) return reached;
          await writeOut(stream, Buffer.concat(events.map((kept) => frameOf(kept, format, source))), patienceMs);
          written.push({ place: events.at(-1)?.place ?? 0, atMs: performance.now() });
        }
        return settle(performance.now());
      } catch (thrown) {
        drop();
        throw thrown;
      }
    },
    handed,
    close: drop,
  };
}

function frameOf({ event }: KeptEvent, format: SyslogOptions["format"], source: AuditSource): Buffer {
  const header = { at: event.at, hostName: hostname(), processId: process.pid };
  return syslogFrame(
    format === "dicom"
      ? syslogMessage({ ...header, messageId: "DICOM+RFC3881" }, auditMessage(event, source))
      : syslogMessage({ ...header, messageId: "FIDUCIAL+JSON" }, JSON.stringify(event)),
  );
}

// Files are read at each connection, so that renewed certificates are used.
function opened({ host, port, tls, ca, certificate, key }: SyslogOptions, patienceMs: number): Socket {
  if (!tls) return connectTcp({ host, port, timeout: patienceMs });
  return connectTls({
    host,
    port,
    ...(/^[0-9.]+$|:/.test(host) ? {} : { servername: host }),
    minVersion: leastTlsVersion,
    timeout: patienceMs,
    ...(ca === undefined ? {} : { ca: readFileSync(ca) }),
    ...(certificate === undefined || key === undefined
      ? {}
      : { cert: readFileSync(certificate), key: readFileSync(key) }),
  });
}

function writeOut(stream: Socket, bytes: Buffer, patienceMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(Object.assign(new Error("the receiver takes nothing"), { code: "ETIMEDOUT" })),
      patienceMs,
    );
    const end = (error?: Error | null) => {
      clearTimeout(timer);
      stream.off("close", gone);
      if (error) reject(error);
      else resolve();
    };
    const gone = () => end(Object.assign(new Error("the receiver has gone"), { code: "ECONNRESET" }));
    stream.once("close", gone);
    stream.write(bytes, end);
  });
}
