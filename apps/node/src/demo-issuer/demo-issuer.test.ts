// The demonstration's issuer: who may be chosen, by whom, and where it does not run.

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { roles } from "@fiducial/contract";
import { describe, expect, test } from "vitest";
import { browser } from "../scratch/browser.ts";
import { signInAs } from "../scratch/demo-visitor.ts";
import { type Mutant, mutatedNode } from "../scratch/mutated-node.ts";
import { rawConnection, statusAndCode } from "../scratch/raw-connection.ts";
import { scratchNode } from "../scratch/scratch-node.ts";
import { serve } from "../scratch/scratch-server.ts";
import { type ServerOptions, startServer } from "../server.ts";
import { maySitHere } from "./at-this-machine.ts";
import { personas } from "./personas.ts";

const issuer = { issuer: "https://issuer.example", clientId: "node", roles: {} };

/** What comes of starting, as a code; "started" if it does. */
async function start(options: Partial<ServerOptions>, startIt = startServer): Promise<unknown> {
  const node = await scratchNode().open();
  try {
    await (await startIt(node, { port: 0, host: "127.0.0.1", ...options })).close();
    return "started";
  } catch (thrown) {
    return (thrown as { code?: unknown }).code;
  }
}

describe("it does not run", () => {
  test("in production", async () => {
    expect(await start({ signIn: { mode: "production" } })).toBe("DEMO_ISSUER_IN_PRODUCTION");
    const publicUrl = "https://node.example";
    expect(await start({ signIn: { mode: "production", issuer, publicUrl } })).toBe("started");
    expect(await start({ signIn: { mode: "production", issuer } })).toBe("ISSUER_INSECURE");
    const plain = { ...issuer, issuer: "http://issuer.example" };
    expect(await start({ signIn: { mode: "production", issuer: plain, publicUrl } })).toBe("ISSUER_INSECURE");
  });

  test("where others than this machine reach it", async () => {
    for (const host of ["0.0.0.0", "::"]) expect([host, await start({ host })]).toEqual([host, "DEMO_ISSUER_EXPOSED"]);
    expect(await start({ signIn: { mode: "local", publicUrl: "https://node.example" } })).toBe("DEMO_ISSUER_EXPOSED");
  });

  test.each<[string, Mutant, Partial<ServerOptions>]>([
    [
      "production",
      ["sign-in/sign-in.ts", 'if (mode === "production") throw new NodeError("DEMO_ISSUER_IN_PRODUCTION");', ""],
      { signIn: { mode: "production" } },
    ],
  ])("and would without the guard: %s", { timeout: 60_000 }, async (_, mutant, options) => {
    const door = pathToFileURL(join(mutatedNode(mutant), "src", "server.ts")).href;
    const { startServer: startIt } = (await import(door)) as { startServer: typeof startServer };
    expect(await start(options, startIt)).toBe("started");
  });
});

test("there is a persona for each role, each said to be of the demonstration, and each comes in with that role", async () => {
  const { server } = await serve({});
  expect(personas.map(({ role }) => role)).toEqual([...roles]);
  for (const { role, name } of personas) {
    expect(name).toMatch(/\(demo\)$/);
    const cookie = await signInAs(server.url, role, browser());
    const session = await (await fetch(`${server.url}/api/v1/session`, { headers: { cookie } })).json();
    expect(session).toMatchObject({ caller: "person", name, roles: [role], demoSignIn: true });
  }
});

test("one browser is one person after the other, by choosing, without leaving in between", async () => {
  const { server } = await serve({});
  const visitor = browser();
  for (const role of ["radiologist", "auditor", "radiologist"] as const) {
    const cookie = await signInAs(server.url, role, visitor);
    const session = await (await fetch(`${server.url}/api/v1/session`, { headers: { cookie } })).json();
    expect(session).toMatchObject({ caller: "person", roles: [role] });
  }
});

test("its page runs no script, says what it is in both languages, and is told to nobody under another name", async () => {
  const { server } = await serve({});
  for (const [language, says] of [
    ["en", "Demonstration"],
    ["de-DE,de;q=0.9", "Demonstration"],
  ] as const) {
    const visitor = browser();
    const { url } = await visitor.follow(`${server.url}/sign-in`);
    const page = await visitor.visit(url, { headers: { "accept-language": language } });
    expect(page.text).toContain(says);
    expect(page.text).toContain(`<html lang="${language.slice(0, 2)}">`);
    expect(page.text).not.toMatch(/<script|\son\w+=|javascript:/i);
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
  }
  const visitor = browser();
  const { url } = await visitor.follow(`${server.url}/sign-in`);
  const post = (headers: Record<string, string>, body = "persona=demo-auditor") =>
    visitor.visit(url, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
      body,
    });
  expect((await post({ origin: "https://evil.example" })).status).toBe(403);
  expect((await post({ "sec-fetch-site": "cross-site" })).status).toBe(403);
  expect((await post({ origin: server.url }, "persona=root")).status).toBe(400);
  expect((await browser().visit(`${server.url}/idp/choice/none`)).status).toBe(404);
  const discovery = await visitor.visit(`${server.url}/idp/.well-known/openid-configuration`);
  expect(discovery.headers.get("x-content-type-options")).toBe("nosniff");
});

test.each([
  ["x-forwarded-for", "203.0.113.7"],
  ["x-forwarded-proto", "https"],
  ["x-forwarded-host", "localhost"],
  ["x-forwarded-port", "443"],
  ["x-real-ip", "203.0.113.7"],
  ["forwarded", "for=203.0.113.7"],
  ["via", "1.1 proxy"],
])(
  "whoever was passed on by a proxy, even one on this machine that names it, is not at this machine: %s",
  async (name, value) => {
    const { server } = await serve({});
    const headers = { [name]: value, "sec-fetch-site": "same-origin" };
    const begun = browser();
    const { url: choice } = await begun.follow(`${server.url}/sign-in`);
    const form = { "content-type": "application/x-www-form-urlencoded" };
    const body = "persona=demo-administrator";
    const statuses = [
      await begun.visit(`${server.url}/sign-in`, { headers }),
      await begun.visit(`${server.url}/sign-in/callback?code=a&state=b`, { headers }),
      await begun.visit(`${server.url}/idp/.well-known/openid-configuration`, { headers }),
      await begun.visit(choice, { headers }),
      await begun.visit(choice, { method: "POST", headers: { ...headers, ...form }, body }),
    ].map(({ status }) => status);
    expect(statuses).toEqual([421, 421, 421, 421, 421]);
    const here = await begun.visit(choice, {
      method: "POST",
      headers: { "sec-fetch-site": "same-origin", origin: server.url, ...form },
      body,
    });
    expect(here.status).toBe(303);
  },
);

describe("whoever a proxy passes on that says nothing of it", () => {
  test.each([
    ["as browsers say it", "http://hospital.example"],
    ["as browsers say it of pages that tell no referrer", "null"],
    ["not at all", undefined],
  ])("and writes this machine's name for the host, chooses nobody: the origin is told %s", async (_, origin) => {
    const { server } = await serve({});
    const begun = browser();
    const { url: choice, headers } = await begun.follow(`${server.url}/sign-in`);
    expect(headers.get("referrer-policy")).toBe("same-origin");
    const given = { "sec-fetch-site": "same-origin", "content-type": "application/x-www-form-urlencoded" };
    const body = "persona=demo-administrator";
    const from = async (said: string | undefined) =>
      begun.visit(choice, { method: "POST", headers: { ...given, ...(said && { origin: said }) }, body });
    expect((await from(origin)).status).toBe(403);
    expect((await from(server.url)).status).toBe(303);
  });

  test("in HTTP/1.0, as proxies do that nobody told otherwise, does not get to the choice", async () => {
    const { server } = await serve({});
    const { host } = new URL(server.url);
    for (const [version, status] of [
      ["0.9", 421],
      ["1.0", 421],
      ["1.1", 302],
    ] as const) {
      const { write, answer } = rawConnection(server.url);
      write(`GET /sign-in HTTP/${version}\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
      expect([version, statusAndCode(await answer)[0]]).toEqual([version, status]);
    }
  });
});

test.each([
  ["127.0.0.1", true],
  ["::1", true],
  ["::ffff:127.0.0.1", true],
  ["10.0.0.7", false],
  ["::ffff:10.0.0.7", false],
  ["2001:db8::7", false],
  [undefined, false],
])("from %s somebody sits at this machine: %s", (remoteAddress, sits) => {
  expect(maySitHere({ headers: {}, raw: { httpVersion: "1.1" }, socket: { remoteAddress } })).toBe(sits);
});

test("another client, another address to come back to, or no PKCE: it refuses", async () => {
  const { server } = await serve({});
  const { url } = await browser().follow(`${server.url}/sign-in`, (next) => next.includes("/idp/auth"));
  for (const change of [
    (at: URL) => at.searchParams.set("client_id", "somebody"),
    (at: URL) => at.searchParams.set("redirect_uri", "https://evil.example/"),
    (at: URL) => at.searchParams.delete("code_challenge"),
  ]) {
    const at = new URL(url);
    change(at);
    const { status, headers } = await browser().visit(at.href);
    const to = headers.get("location") ?? "";
    expect(status === 400 || to.includes("error=invalid_request")).toBe(true);
    expect(to).not.toContain("evil.example");
  }
});
