// Requests to feeds: whatever a server does, an answer comes in time or a code does; a name that leads to a link-local machine is not followed, whatever it led to before.
import type dns from "node:dns";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";

vi.mock("node:dns", async (original) => {
  const real = (await original()) as typeof dns;
  const lookup = (host: string, _options: object, done: (error: null, addresses: object[]) => void) =>
    done(null, addresses[host] ?? [{ address: "127.0.0.1", family: 4 }]);
  return { ...real, lookup, default: { ...real, lookup } };
});
const addresses: Record<string, object[]> = {
  "metadata.example": [{ address: "169.254.169.254", family: 4 }],
  "several.example": [
    { address: "127.0.0.1", family: 4 },
    { address: "fe80::1", family: 6 },
  ],
};

test.each(Object.keys(addresses))("%s is not asked", async (host) => {
  const { feedClient } = await import("./feed-request.ts");
  const client = feedClient({ url: `http://${host}:9/` });
  await expect(client.json("system")).rejects.toMatchObject({ code: "FEED_ADDRESS_REFUSED" });
  await expect(feedClient({ url: "http://other.example:9/" }).json("system")).rejects.toMatchObject({
    code: "FEED_UNREACHABLE",
  });
  client.close();
});

/** A client of a server that does something with each answer every few milliseconds, for ever. */
async function asking(forever: (response: ServerResponse) => void) {
  const server = createServer((_, response) => {
    const timer = setInterval(() => forever(response), 5);
    response.on("close", () => clearInterval(timer));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { feedClient } = await import("./feed-request.ts");
  const { port } = server.address() as AddressInfo;
  const client = feedClient({ url: `http://127.0.0.1:${port}/`, idleMs: 150, jsonMs: 300, longestMs: 3_600_000 });
  onTestFinished(() => {
    client.close();
    server.closeAllConnections();
    server.close();
  });
  return client;
}

test("interim answers without end are no answer", async () => {
  const client = await asking((response) => void response.writeProcessing());
  await expect(client.json("system")).rejects.toMatchObject({ code: "FEED_UNREACHABLE" });
  await expect(client.get("file")).rejects.toMatchObject({ code: "FEED_UNREACHABLE" });
});

test("JSON that drips is given up", async () => {
  const client = await asking((response) => void response.write(" "));
  await expect(client.json("system")).rejects.toMatchObject({ code: "FEED_UNREACHABLE" });
});

test("of JSON no more is read than may be needed", async () => {
  let sent = 0;
  const client = await asking((response) => {
    sent += 65_536;
    response.write(" ".repeat(65_536));
  });
  await expect(client.json("system")).rejects.toMatchObject({ code: "FEED_FOREIGN" });
  expect(sent).toBeLessThan(2 ** 20);
});
