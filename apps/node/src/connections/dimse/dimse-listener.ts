// The DICOM listener: a C-STORE and C-ECHO SCP over TCP or TLS. Its connections are bounded in number, and whoever says nothing makes room first. DICOM PS3.4 Annexes A and B, PS3.15 § B.12.
import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { type Clock, processClock } from "../../intake/clock.ts";
import type { Listening } from "../connection-standing.ts";
import { type Association, serveAssociation } from "./association.ts";
import { plainAddress } from "./callers.ts";
import { type DimseOptions, type DimseSettings, type DimseTls, dimseSettings } from "./dimse-options.ts";
import { type DimseNode, frontDesk } from "./front-desk.ts";

export interface DimseListener {
  readonly port: number;
  /** Associations that are established. */
  associations(): number;
  /** Takes nothing new, leaves a little time to what is coming in, and resolves when all has ended. */
  close(): Promise<void>;
}

/** Starts listening. Rejects with DIMSE_OPTIONS_INVALID, and as `listen` does when the port is taken. */
export async function startDimse(
  node: DimseNode,
  options: DimseOptions,
  clock: Clock = processClock,
): Promise<DimseListener> {
  const settings = dimseSettings(options);
  const { limits } = settings;
  const desk = frontDesk(node, settings, clock);
  /** By the other end's address and port: the connection, and what is served on it. */
  const open = new Map<string, { readonly socket: Socket; association?: Association }>();
  const serving = new Set<Association>();

  function admit(socket: Socket): void {
    const silent = [...open.values()].filter(({ association }) => association?.isEstablished() !== true);
    if (silent.length >= limits.silentConnections) silent[0]?.socket.destroy();
    const name = otherEnd(socket);
    open.set(name, { socket });
    // Commands are short, and their sender waits for each answer.
    socket.setNoDelay(true);
    socket.on("error", passOver);
    socket.once("close", () => open.delete(name));
  }

  function serve(socket: Socket): void {
    socket.on("error", passOver);
    const visit = desk.visit(plainAddress(socket.remoteAddress ?? ""));
    const association = serveAssociation(socket, { limits, clock, ...visit });
    const connection = open.get(otherEnd(socket));
    if (connection !== undefined) connection.association = association;
    serving.add(association);
    void association.ended.then(() => {
      visit.leave();
      serving.delete(association);
    });
  }

  const secure = settings.tls && secureServer(settings.tls, limits.artimMs, serve, desk.tlsFailed);
  const server = createServer((socket) => {
    admit(socket);
    if (secure === undefined) serve(socket);
    else secure.emit("connection", socket);
  });
  server.maxConnections = limits.connections;
  server.listen(settings.port, settings.host);
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  node.connections.listens(listeningOf(settings, port));
  return {
    port,
    associations: () => [...serving].filter((association) => association.isEstablished()).length,
    close: async () => {
      const gone = once(server, "close");
      server.close();
      node.connections.listens(undefined);
      await finished(serving, limits.closingMs, clock);
      for (const { socket } of open.values()) socket.destroy();
      await gone;
    },
  };
}

function listeningOf({ aeTitle, host, tls, callers }: DimseSettings, port: number): Listening {
  const shown = tls?.requireClientCertificate === true ? "both" : "server";
  const titles = callers?.map((caller) => caller.aeTitle);
  return {
    aeTitle,
    host,
    port,
    tls: tls === undefined ? "none" : shown,
    ...(titles !== undefined && { callers: titles }),
  };
}

// What goes wrong with a connection, whoever reads it sees.
function passOver(): void {}

function otherEnd({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}

/** Makes TLS of connections that it is handed; it listens nowhere itself. */
function secureServer(
  tls: DimseTls,
  handshakeTimeout: number,
  serve: (socket: Socket) => void,
  failed: (address: string) => void,
): Server {
  const { key, cert, ca, requireClientCertificate = false } = tls;
  const asked = { requestCert: requireClientCertificate, rejectUnauthorized: requireClientCertificate };
  const server = createTlsServer({ key, cert, ca, ...asked, minVersion: "TLSv1.2", handshakeTimeout });
  return server.on("secureConnection", serve).on("tlsClientError", (_, socket) => {
    const address = plainAddress(socket.remoteAddress ?? "");
    // Node leaves one open that never shook hands.
    socket.destroy();
    failed(address);
  });
}

// Objects that are coming in get a little time; what is being kept is waited for, however long it takes.
async function finished(serving: ReadonlySet<Association>, closingMs: number, clock: Clock): Promise<void> {
  const all = [...serving];
  const end = () => {
    for (const association of all) association.cut();
  };
  const stop = clock.after(closingMs, end);
  await Promise.all(all.map((association) => association.settled()));
  stop();
  end();
  await Promise.all(all.map(({ ended }) => ended));
}
