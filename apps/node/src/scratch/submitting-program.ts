// A program that hands statements in over HTTP: a hospital that is served, and what is said of its studies.
import { type ApiClient, apiClient, type SubmittedStatement } from "@fiducial/api";
import { onTestFinished } from "vitest";
import type { OpenNode } from "../compose.ts";
import { startServer } from "../server.ts";
import type { ServerLimits } from "../serving/limits.ts";
import { ownProgram, type Signed } from "./own-program.ts";
import { hospital } from "./scratch-hospital.ts";
import { operatorOf } from "./scratch-server.ts";

/** A value that must be found nowhere once it is refused or forgotten. */
export const marker = "Zebra-4711";
/** A study that no log has. */
export const unknownStudy = "0a".repeat(16);

/** Serves a hospital, with a program of its own and its client. */
export async function served(limits: Partial<ServerLimits> = {}) {
  const all = await hospital();
  const { scratch, node } = all;
  const server = await startServer(node, { port: 0, host: "127.0.0.1", limits: { closingMs: 100, ...limits } });
  onTestFinished(() => server.close());
  const ris = await ownProgram(scratch, node);
  const operator = operatorOf(server);
  const { client: id, secret } = await operator.client.addTokenClient({ name: "RIS", scopes: ["statements.submit"] });
  const { access_token: token } = await operator.client.token({ client: id, secret });
  const raw = (body: string) =>
    fetch(`${server.url}/api/v1/statements`, {
      method: "POST",
      body,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    });
  return { ...all, server, ris, operator, raw, client: apiClient({ baseUrl: server.url, token }) };
}

/** What a rejection of a study says. */
export const rejected = (study: string, sealed: { note?: string } = {}) => ({
  open: { study, reason: "quality", scope: "study", instances: 3 } as const,
  sealed,
});
/** What a transfer of a study says. */
export const sent = (study: string, sealed: { destination?: string } = {}) => ({
  open: { study, direction: "sent", purpose: "TREAT", instances: 3, outcome: "completed" } as const,
  sealed,
});
/** What a registration of a study says. */
export const registered = (study: string) => ({
  open: { study, modalities: ["CT"], series: 1, instances: 3, manifest: "5e".repeat(32) },
  sealed: { studyUid: "2.25.99" },
});
/** What became of each: the code, or the findings. */
export async function told(
  client: ApiClient,
  ...statements: readonly SubmittedStatement[]
): Promise<(string | string[])[]> {
  const taken = await client.submit(statements);
  return taken.map((one) => (one.status === "accepted" ? one.findings : one.code));
}
/** How many entries the log has. */
export const size = ({ store }: OpenNode) => store.head().edge.size;
/** A statement with another signature. */
export const forged = ({ closed }: Signed): SubmittedStatement => ({
  envelope: closed.envelope.replace(/"sig":"(.)/, (_, first: string) => `"sig":"${first === "A" ? "B" : "A"}`),
});
