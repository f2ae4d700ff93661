import { openAsBlob, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";
import { sentFile } from "./sent-file.ts";

test("a file that is sent is told part by part, and arrives whole and with its length", async () => {
  const path = join(tmpdir(), `sent-file-${process.pid}`);
  const content = Buffer.alloc(3_000_000, "abc");
  writeFileSync(path, content);
  onTestFinished(() => rmSync(path));
  const server = createServer(async (request, response) => {
    const came = await buffer(request);
    response.end(`${came.equals(content)} ${request.headers["content-length"]}`);
  }).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once("listening", resolve));
  const told: number[] = [];
  const body = sentFile(await openAsBlob(path), (bytes) => told.push(bytes));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  expect(await (await fetch(url, { method: "POST", body })).text()).toBe("true 3000000");
  expect(told.length).toBeGreaterThan(10);
  expect(told.reduce((sum, bytes) => sum + bytes, 0)).toBe(3_000_000);
});
