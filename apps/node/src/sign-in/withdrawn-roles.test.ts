// A session has no more than the ledger still gives: whichever way a role was taken away, or a membership ended.
import { actorRetired, roleWithdrawn } from "@fiducial/contract";
import { expect, test } from "vitest";
import { browser } from "../scratch/browser.ts";
import { signInAs } from "../scratch/demo-visitor.ts";
import { signedBy } from "../scratch/own-program.ts";
import { member } from "../scratch/scratch-node.ts";
import { serve } from "../scratch/scratch-server.ts";

test("statements that others signed take roles and membership from sessions that are open", async () => {
  const { scratch, node, server, request } = await serve({});
  const headers = { cookie: await signInAs(server.url, "radiologist", browser()), "sec-fetch-site": "same-origin" };
  const asked = async (path: string) => fetch(`${server.url}/api/v1/${path}`, { headers });
  const { actor } = (await (await asked("session")).json()) as { actor: string };
  const administrator = await member(scratch, node, "adam", "administrator");
  const handIn = async (statement: unknown) => {
    const body = JSON.stringify({ statements: [statement] });
    const answer = await request("/api/v1/statements", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    });
    expect(await answer.json()).toMatchObject({ statements: [{ status: "accepted" }] });
  };
  expect((await asked("studies")).status).toBe(200);

  const withdrawal = { open: { actor, role: "radiologist" }, sealed: {} } as const;
  await handIn((await signedBy([administrator], roleWithdrawn, withdrawal)).whole);
  expect((await asked("studies")).status).toBe(403);
  expect(await (await asked("session")).json()).toMatchObject({ caller: "person", roles: [] });

  const retirement = { open: { actor, reason: "ceased" } as never, sealed: {} };
  await handIn((await signedBy([administrator], actorRetired, retirement)).whole);
  expect((await asked("studies")).status).toBe(401);
});
