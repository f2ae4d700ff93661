// A ledger behind a node's address, where a node takes only so much at once.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { smallObject } from "@fiducial/dicom/phantom";
import { openNode, startServer } from "@fiducial/node";
import { expect, onTestFinished, test } from "vitest";
import { overHttp } from "./over-http.ts";

test("a folder larger than an intake goes into several", async () => {
  const folder = mkdtempSync(join(tmpdir(), "over-http-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const paths = ["a", "b", "c", "d", "e"].map((name) => join(folder, `${name}.dcm`));
  for (const path of paths) writeFileSync(path, smallObject({ seed: path }));
  const node = await openNode({ data: join(folder, "data"), keys: join(folder, "keys"), create: true, threads: 1 });
  onTestFinished(() => node.close());
  const limits = { intakeObjects: 2, intakes: 1 };
  const server = await startServer(node, { port: 0, host: "127.0.0.1", limits });
  onTestFinished(() => server.close());
  const told: unknown[] = [];
  const watch = { study: (study: unknown) => void told.push(study), progress: () => {}, counted: false };
  const portion = { objects: 2, bytes: 2 ** 30 };
  const { signal } = new AbortController();
  const result = await overHttp({ url: server.url, token: server.operatorToken }, portion).ingest(paths, {
    ...watch,
    signal,
  });
  expect(result).toMatchObject({ instances: 5, known: 0, refused: [] });
  expect(told).toEqual(result.studies);
});
