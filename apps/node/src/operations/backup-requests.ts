// Backups asked for by another process while this one has the folder open: a file in the data folder asks, another one answers. Who may write there may ask.
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { isJsonObject } from "@fiducial/core";
import { runningNode } from "../folder/data-folder.ts";
import { createFile, readJsonFile, removeFile, replaceFile } from "../folder/durable-file.ts";
import { NodeError, type NodeErrorCode } from "../node-error.ts";
import type { Backup, BackupOptions } from "./backup.ts";

const requestFile = "backup-request.json";
const answerFile = (id: string) => `backup-answer-${id}.json`;
const lookEveryMs = 500;

/** Looks for requests until it is told to stop. */
export function answerBackupRequests(
  data: string,
  backUp: (folder: string, options: BackupOptions) => Promise<Backup>,
): () => void {
  const request = join(data, requestFile);
  let underWay = false;

  async function look(): Promise<void> {
    if (underWay || !existsSync(request)) return;
    underWay = true;
    try {
      const asked = readJsonFile(request);
      removeFile(request);
      if (!isJsonObject(asked) || !/^[0-9a-f]{32}$/.test(String(asked["id"]))) return;
      const options = { check: asked["check"] === true };
      const answer = await backUp(String(asked["folder"]), options).then((made) => ({ made }), failureOf);
      replaceFile(join(data, answerFile(String(asked["id"]))), JSON.stringify(answer));
    } finally {
      underWay = false;
    }
  }

  // What cannot be read or written is told to nobody: whoever asked sees no answer, and the node goes on.
  const timer = setInterval(() => void look().catch(() => {}), lookEveryMs).unref();
  return () => clearInterval(timer);
}

/** Asks the node that has the folder open for a backup, and resolves when it is made. Rejects with BUSY, NODE_STOPPED, and what `backUp` rejects with. */
export async function requestBackup(
  data: string,
  folder: string,
  { check = false }: Pick<BackupOptions, "check"> = {},
): Promise<Backup> {
  const id = randomBytes(16).toString("hex");
  const request = join(data, requestFile);
  if (!createFile(request, JSON.stringify({ id, folder: resolve(folder), check }))) throw new NodeError("BUSY");
  const answer = join(data, answerFile(id));
  while (!existsSync(answer)) {
    if (runningNode(data) === undefined) {
      removeFile(request);
      throw new NodeError("NODE_STOPPED");
    }
    await delay(lookEveryMs);
  }
  const { made, code, data: facts = {} } = readJsonFile(answer) as unknown as Answer;
  removeFile(answer);
  if (made !== undefined) return made;
  throw new NodeError(code ?? "INTERNAL", facts);
}

interface Answer {
  readonly made?: Backup;
  readonly code?: NodeErrorCode;
  readonly data?: NodeError["data"];
}

function failureOf(thrown: unknown): Answer {
  return thrown instanceof NodeError ? { code: thrown.code, data: thrown.data } : { code: "INTERNAL" };
}
