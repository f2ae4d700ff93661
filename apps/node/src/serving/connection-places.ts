// Places for connections: so many together, so many of one address (of IPv6, of one network of 64 bits); those on which nothing is asked make room for those who come.
import type { Server, Socket } from "node:net";
import { BlockList, isIP } from "node:net";
import type { FastifyInstance } from "fastify";
import { networkOf } from "../access/network.ts";
import { addressGroup } from "./address-group.ts";
import type { ServerLimits } from "./limits.ts";

/** A connection that has, or was refused, a place. */
export interface PlacedConnection {
  /** A request begins on it. */
  began(): void;
  /** A request on it has been answered. */
  ended(): void;
  /** It is closed; saying so twice is once. */
  left(): void;
}

/** The places. */
export interface ConnectionPlaces {
  /** Takes a place, for which a connection without a request may have to be closed; closes the one that comes where there is none. */
  take(address: string, close: () => void): PlacedConnection;
}

type Limits = Pick<ServerLimits, "connections" | "connectionsPerAddress">;

/** Makes places. Declared proxies speak for many and may take all, this machine three quarters. */
export function connectionPlaces(limits: Limits, trustedProxies: readonly string[]): ConnectionPlaces {
  const groups = new Map<string, Group>();
  const isProxy = proxiesIn(trustedProxies);
  let all = 0;

  function groupOf(address: string): Group {
    const isOwn = networkOf(address) === "this-machine";
    const plain = address.replace(/^::ffff:(?=[\d.]+$)/i, "");
    const isDeclared = isProxy(plain, address);
    // A proxy beside others in its network has places of its own.
    const name = isOwn ? "this machine" : isDeclared ? plain : addressGroup(address);
    const usual = isOwn ? Math.ceil((limits.connections * 3) / 4) : limits.connectionsPerAddress;
    const most = isDeclared ? limits.connections : usual;
    return groups.get(name) ?? { name, most, count: 0, silent: new Map() };
  }

  // The longest silent of those who hold the most.
  function makeRoom(among: Iterable<Group>): boolean {
    const [most] = [...among].filter(({ silent }) => silent.size > 0).sort((one, other) => other.count - one.count);
    const [connection] = most?.silent.entries() ?? [];
    if (connection === undefined) return false;
    const [placed, close] = connection;
    placed.left();
    close();
    return true;
  }

  function placed(group: Group, close: () => void): PlacedConnection {
    let [requests, isOpen] = [0, true];
    const connection: PlacedConnection = {
      began: () => {
        requests++;
        group.silent.delete(connection);
      },
      ended: () => {
        requests--;
        if (requests === 0 && isOpen) group.silent.set(connection, close);
      },
      left: () => {
        if (!isOpen) return;
        isOpen = false;
        group.silent.delete(connection);
        all--;
        if (--group.count === 0) groups.delete(group.name);
      },
    };
    groups.set(group.name, group);
    group.count++;
    all++;
    group.silent.set(connection, close);
    return connection;
  }

  return {
    take: (address, close) => {
      const group = groupOf(address);
      const hasRoom =
        (group.count < group.most || makeRoom([group])) && (all < limits.connections || makeRoom(groups.values()));
      if (hasRoom) return placed(group, close);
      close();
      return { began: () => {}, ended: () => {}, left: () => {} };
    },
  };
}

/** Gives connections of an application's server their places. */
export function boundConnections(app: FastifyInstance, limits: Limits, trustedProxies: readonly string[]): void {
  const places = connectionPlaces(limits, trustedProxies);
  const placed = new Map<string, PlacedConnection>();
  (app.server as Server).on("connection", (socket: Socket) => {
    const ends = endsOf(socket);
    const connection = places.take(socket.remoteAddress ?? "", () => socket.destroy());
    placed.set(ends, connection);
    socket.once("close", () => {
      connection.left();
      if (placed.get(ends) === connection) placed.delete(ends);
    });
  });
  app.server.on("request", ({ socket }, response) => {
    const connection = placed.get(endsOf(socket));
    connection?.began();
    response.once("close", () => connection?.ended());
  });
}

interface Group {
  readonly name: string;
  readonly most: number;
  count: number;
  /** Those on which nothing is asked, the longest silent first, and what closes each. */
  readonly silent: Map<PlacedConnection, () => void>;
}

// What speaks TLS over a connection is another socket with the same ends.
function endsOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}

function proxiesIn(trustedProxies: readonly string[]): (...addresses: readonly string[]) => boolean {
  const proxies = new BlockList();
  for (const proxy of trustedProxies) {
    const [network = "", prefix] = proxy.split("/");
    const family = isIP(network) === 4 ? "ipv4" : "ipv6";
    if (prefix === undefined) proxies.addAddress(network, family);
    else proxies.addSubnet(network, Number(prefix), family);
  }
  return (...addresses) =>
    addresses.some((address) => isIP(address) !== 0 && proxies.check(address, isIP(address) === 4 ? "ipv4" : "ipv6"));
}
