// The machines that may ask a node that this process has open, without a server before it.
import type { NewTokenClient, TokenClient, TokenClientAdded } from "@fiducial/api";
import type { OpenNode } from "../compose.ts";
import { openAccessDatabase } from "../sign-in/access-database.ts";
import { addTokenClient, revokeTokenClient, tokenClients } from "./token-answers.ts";
import { type TokenClients, tokenClientsIn } from "./token-clients.ts";

/** What an operator does with machines. */
export interface Machines {
  add(machine: NewTokenClient): Promise<TokenClientAdded>;
  list(): Promise<readonly TokenClient[]>;
  /** Rejects with CLIENT_UNKNOWN. */
  revoke(client: string): Promise<TokenClient>;
}

/** Offers the machines of a node. */
export function machinesOf(node: OpenNode, nowMs: () => number = Date.now): Machines {
  const using = async <Result>(work: (clients: TokenClients) => Result | Promise<Result>): Promise<Result> => {
    const database = openAccessDatabase(node.folder);
    try {
      return await work(tokenClientsIn(database, nowMs));
    } finally {
      database.close();
    }
  };
  return {
    add: (machine) => using((clients) => addTokenClient(node, clients, machine)),
    list: () => using((clients) => tokenClients(clients).clients),
    revoke: (client) => using((clients) => revokeTokenClient(node, clients, client)),
  };
}
