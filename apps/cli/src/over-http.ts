// A ledger behind a node's address: the same operations, by the typed client.
import { openAsBlob } from "node:fs";
import {
  type ApiClient,
  ApiError,
  apiClient,
  type ClientOptions,
  type FileVerdict,
  type RegisteredStudy,
} from "@fiducial/api";
import {
  type FileVerification,
  type FoundFile,
  filesAndMissing,
  NodeError,
  objectFiles,
  unreadFile,
} from "@fiducial/node";
import { filesTotal } from "./files-total.ts";
import type { AuditResult, FilesTotal, IntakeWatch, Ledger } from "./ledger.ts";
import { sentFile } from "./sent-file.ts";

/** Files sent at a time. */
const width = 4;

/** What is sent before it is registered and the rest goes into another intake: a node takes only so much at once. */
interface Portion {
  readonly objects: number;
  readonly bytes: number;
}
const usualPortion: Portion = { objects: 20_000, bytes: 64 * 2 ** 30 };

/** Where a node is, and how it is asked. */
export interface NodeAddress {
  readonly url: string;
  readonly token: ClientOptions["token"];
  /** The folder that it has open, if that is known. */
  readonly folder?: string;
}

/** Makes a ledger of a node. */
export function overHttp({ url, token, folder }: NodeAddress, portion = usualPortion): Ledger {
  const client = apiClient({ baseUrl: url.replace(/\/+$/, ""), token });
  return {
    folder,
    node: url,
    ingest: (paths, watch) => ingest(client, paths, watch, portion),
    verify: (paths, read) => verify(client, paths, read),
    receipt: async (statementId, objects) => {
      const { index } = await client.statement(statementId);
      return client.receiptShowing(index, { objects: [...objects] });
    },
    notices: () => [],
    policy: () => client.policy(),
    audit: (progress) => audit(client, progress),
    health: () => client.health(),
    entries: (query) => client.entries(query),
    entry: (index) => client.entry(index),
    machines: {
      add: (machine) => client.addTokenClient(machine),
      list: async () => (await client.tokenClients()).clients,
      revoke: (machine) => client.revokeTokenClient(machine),
    },
    accesses: (query) => client.accesses(query),
    close: async () => {},
  };
}

async function ingest(
  client: ApiClient,
  paths: readonly string[],
  watch: IntakeWatch,
  portion: Portion,
): ReturnType<Ledger["ingest"]> {
  const studies: RegisteredStudy[] = [];
  const sum = { instances: 0, known: 0 };
  const refused: { file: string; code: string; message: string }[] = [];
  const missing: string[] = [];
  const progress = { found: 0, done: 0, refused: 0, bytes: 0, read: 0 };
  let total: FilesTotal | undefined;
  if (watch.counted) {
    void filesTotal(paths, watch.signal).then((counted) => {
      total = counted;
    });
  }
  const sent = (bytes: number) => {
    progress.read += bytes;
    watch.progress({ ...progress, total });
  };
  const underWay = new Set<Promise<void>>();
  let { intake } = await client.openIntake();
  let waiting = { objects: 0, bytes: 0 };

  async function take(found: FoundFile): Promise<void> {
    const taken = await sendFile(found, sent, (file) => client.takeObject(intake, file));
    progress.done++;
    if ("refused" in taken) {
      refused.push({ file: found.path, ...taken.refused });
      progress.refused++;
    } else {
      progress.bytes += taken.sizeBytes;
      waiting.bytes += taken.sizeBytes;
    }
    watch.progress({ ...progress, total });
  }

  async function register(): Promise<void> {
    await Promise.all(underWay);
    const registered = await client.registerIntake(intake);
    for (const study of registered.studies) watch.study(study);
    studies.push(...registered.studies);
    sum.instances += registered.instances;
    sum.known += registered.known;
    waiting = { objects: 0, bytes: 0 };
  }

  for await (const found of filesAndMissing(paths)) {
    if (watch.signal.aborted) break;
    if ("missing" in found) {
      missing.push(found.path);
      continue;
    }
    progress.found++;
    waiting.objects++;
    const taking = take(found).finally(() => underWay.delete(taking));
    taking.catch(() => {});
    underWay.add(taking);
    if (underWay.size >= width) await Promise.race(underWay);
    if (waiting.objects < portion.objects && waiting.bytes < portion.bytes) continue;
    await register();
    ({ intake } = await client.openIntake());
  }
  await register();
  return { studies, ...sum, refused, missing };
}

async function* verify(
  client: ApiClient,
  paths: readonly string[],
  read: (bytes: number) => void = () => {},
): AsyncIterable<FileVerification> {
  let sum = 0;
  const sent = (bytes: number) => {
    sum += bytes;
    read(sum);
  };
  for await (const found of objectFiles(paths)) {
    const verdict = await sendFile(found, sent, (file) => client.verify(file));
    if ("refused" in verdict) yield unreadFile(found.path, verdict.refused);
    else yield { file: found.path, ...(verdict as FileVerdict) } as FileVerification;
  }
}

// A file that cannot be read is told like one that the node refuses; the rest goes on.
async function sendFile<Answer>(
  found: FoundFile,
  sent: (bytes: number) => void,
  send: (file: Blob) => Promise<Answer>,
): Promise<Answer | { refused: { code: string; message: string } }> {
  const file = "code" in found ? undefined : await openAsBlob(found.path).catch(() => undefined);
  if (file !== undefined) return send(sentFile(file, sent));
  const { code, message } = new NodeError("code" in found ? found.code : "PATH_UNREADABLE");
  return { refused: { code, message } };
}

async function audit(client: ApiClient, progress: (done: number, total: number) => void): Promise<AuditResult> {
  let result: AuditResult | undefined;
  await client.audit((line) => {
    if ("done" in line) progress(line.done, line.total);
    else result = line as AuditResult;
  });
  if (result === undefined) throw new ApiError("ANSWER_MALFORMED", 0);
  return result;
}
