// Requests to feeds: a name that leads to a link-local machine is not followed, whatever it led to before.
import type dns from "node:dns";
import { expect, test, vi } from "vitest";

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
