import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { postToWitness } from "./asking.ts";

async function witness(answer: Parameters<typeof createServer>[1]): Promise<string> {
  const server: Server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

const { signal } = new AbortController();

test("a witness's answer is read whole", async () => {
  const url = await witness((_, response) =>
    response.writeHead(409, { "content-type": "text/x.tlog.size" }).end("7\n"),
  );
  expect(await postToWitness(url, "", signal)).toEqual({ status: 409, contentType: "text/x.tlog.size", body: "7\n" });
});

test("one without end is left when it is too long, and not when the time is over", async () => {
  let sent = 0;
  const url = await witness((_, response) => {
    const more = () => {
      sent += 16_384;
      response.write("a".repeat(16_384), () => setImmediate(more));
    };
    more();
  });
  await expect(postToWitness(url, "", signal)).rejects.toThrow(RangeError);
  expect(sent).toBeLessThan(2 ** 27);
});
