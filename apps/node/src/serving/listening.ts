// Where the server listens. `localhost` is every loopback address that it names: doors to the one server, with its bounds and its certificate.
import { lookup } from "node:dns/promises";
import { once } from "node:events";
import { createServer, type Server } from "node:net";
import type { FastifyInstance } from "fastify";

/** The doors beside the first one. */
export interface FurtherDoors {
  /** Resolves when those who came in there have gone; nobody comes in any more as soon as the application closes. */
  closed(): Promise<void>;
}

/** The addresses that a name stands for. */
export type LookUp = (name: string) => Promise<readonly string[]>;

/**
 * Listens at an address, port 0 for any free one. Rejects with what listening throws (EADDRINUSE, …) at any address that this machine has; the
 * application is to be closed then.
 */
export async function listen(
  app: FastifyInstance,
  { host, port }: { readonly host: string; readonly port: number },
  lookUp: LookUp = lookUpHere,
): Promise<FurtherDoors> {
  const doors: Server[] = [];
  app.addHook("preClose", (done) => {
    for (const door of doors) door.close();
    done();
  });
  // The framework would make a server of its own for each, which knows no places for connections and keeps an old certificate.
  const addresses = host.toLowerCase() === "localhost" ? await lookUp(host) : [host];
  const [first = host, ...others] = new Set(addresses);
  await app.listen({ host: first, port });
  const address = app.server.address();
  const taken = typeof address === "object" && address !== null ? address.port : port;
  for (const other of others) {
    const door = await doorAt(other, taken, app);
    if (door !== undefined) doors.push(door);
  }
  const closed = Promise.all(doors.map((door) => once(door, "close")));
  return { closed: async () => void (await closed) };
}

// IPv4 first: it has to be there, while IPv6 is named on machines that have it switched off.
async function lookUpHere(name: string): Promise<readonly string[]> {
  return (await lookup(name, { all: true, order: "ipv4first" })).map(({ address }) => address);
}

async function doorAt(host: string, port: number, app: FastifyInstance): Promise<Server | undefined> {
  // As the first one: an answer's last bytes would else wait for the acknowledgement of those before.
  const door = createServer({ noDelay: true }, (socket) => app.server.emit("connection", socket)).listen({
    host,
    port,
  });
  try {
    await once(door, "listening");
    return door;
  } catch (thrown) {
    // A name may stand for addresses that the machine has not: IPv6 where that is switched off.
    if (["EADDRNOTAVAIL", "EAFNOSUPPORT"].includes((thrown as NodeJS.ErrnoException).code ?? "")) return undefined;
    throw thrown;
  }
}
