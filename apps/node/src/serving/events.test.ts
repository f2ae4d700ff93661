// Events: told as long as whoever listens may hear of them, and no longer.
import { expect, test } from "vitest";
import { browser } from "../scratch/browser.ts";
import { signInAs } from "../scratch/demo-visitor.ts";
import { serve } from "../scratch/scratch-server.ts";

test("a stream ends with the session that it was opened with, and others go on", async () => {
  const { node, server, client, request } = await serve({ heartbeatMs: 20 });
  const headers = { cookie: await signInAs(server.url, "auditor", browser()), "sec-fetch-site": "same-origin" };
  const listening = await fetch(`${server.url}/api/v1/events`, { headers });
  const others = (await request("/api/v1/events")).body?.getReader();
  const reader = listening.body?.getReader();
  const heard = async (given: typeof reader) => new TextDecoder().decode((await given?.read())?.value);
  for (let beats = 0; beats < 5; ) if ((await heard(reader)).includes("still here")) beats++;

  const { people } = await client.signedInPeople();
  await client.endSessionsOf(people[0]?.subject ?? "");
  for (let read = await reader?.read(); read?.done === false; ) read = await reader?.read();

  const { size } = node.replica.head();
  await node.registerActor({ type: "software", name: "viewer" });
  let text = "";
  while (!text.includes(`"size":${size + 1}`)) text += await heard(others);
  await others?.cancel();
  expect((await fetch(`${server.url}/api/v1/events`, { headers })).status).toBe(401);
});
