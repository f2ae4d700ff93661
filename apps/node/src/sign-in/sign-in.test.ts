// The whole way in, by an issuer of somebody else: what lets in, what does not, and what stays when the issuer is away.
import { Problem } from "@fiducial/api";
import { describe, expect, onTestFinished, test } from "vitest";
import { type Browser, browser } from "../scratch/browser.ts";
import { outsideIssuer } from "../scratch/outside-issuer.ts";
import { scratchNode } from "../scratch/scratch-node.ts";
import { operatorOf } from "../scratch/scratch-server.ts";
import { type ServerOptions, startServer } from "../server.ts";

async function hospital(options: Partial<ServerOptions> = {}) {
  const issuer = await outsideIssuer();
  const node = await scratchNode().open();
  const signIn = { mode: "local", issuer: issuer.options, ...options.signIn } as const;
  const server = await startServer(node, { port: 0, host: "127.0.0.1", ...options, signIn });
  onTestFinished(() => server.close());
  issuer.serve(server.url);
  const { client } = operatorOf(server);
  return { issuer, node, server, client, url: server.url };
}

const sessionIn = ({ cookies }: Browser) => [...cookies].find(([name]) => name.startsWith("fiducial-session"))?.[1];
const asked = async (url: string, { visit }: Browser, path = "/api/v1/session"): Promise<Record<string, unknown>> => {
  const { status, text } = await visit(url + path, { headers: { accept: "application/json" } });
  return { status, ...(JSON.parse(text) as Record<string, unknown>) };
};
const codeIn = (text: string) => />([A-Z_]+)<\/p>/.exec(text)?.[1];

/** Begins, and stops before the node is told how it came out. */
async function untilCallback(url: string, who: Browser, path = "/sign-in"): Promise<string> {
  const { url: callback } = await who.follow(url + path, (next) => next.includes("/sign-in/callback"));
  expect(callback).toContain("/sign-in/callback?");
  return callback;
}

test("somebody signs in, is who the issuer says, in the roles of the groups, on the ledger, and comes back to the address", async () => {
  const { issuer, url, client, node } = await hospital();
  issuer.user = { id: "u1", name: "Una Berg", groups: ["RAD-DOC", "EVERYBODY", 7] };
  const una = browser();
  const callback = await untilCallback(url, una, "/sign-in?return=/studies%3Fmodality%3DCT");
  expect((await una.visit(callback)).headers.get("location")).toBe("/studies?modality=CT");
  const session = await asked(url, una);
  expect(session).toMatchObject({
    caller: "person",
    name: "Una Berg",
    roles: ["radiologist", "educator"],
    demoSignIn: false,
  });
  expect((await asked(url, una, "/api/v1/studies"))["status"]).toBe(200);
  expect(await asked(url, una, "/api/v1/people")).toMatchObject({ status: 403, permission: "members.administer" });
  const actor = await client.actor(String(session["actor"]));
  expect([actor.type, actor.roles.map(({ role }) => role).sort()]).toEqual(["person", ["educator", "radiologist"]]);

  issuer.user = { id: "u1", name: "Una Berg", groups: "RAD-MTR" };
  const again = browser();
  await again.follow(`${url}/sign-in`);
  expect(await asked(url, again)).toMatchObject({ actor: session["actor"], roles: ["technologist"] });
  const kinds = (await client.entries({ limit: 20 })).entries
    .filter(({ kind }) => kind.startsWith("identity.role."))
    .slice(0, 4)
    .map(({ kind }) => kind.replace("identity.role.", ""));
  expect(kinds.sort()).toEqual(["granted", "granted", "withdrawn", "withdrawn"].sort());
  expect(node.projection.identity.actors().filter(({ type }) => type === "person")).toHaveLength(1);
});

test.each([
  ["half of a character", "A\ud800B", "AB"],
  ["a character at the end of what is kept", `${"a".repeat(199)}\u{1f600}b`, `${"a".repeat(199)}\u{1f600}`],
  ["many of four bytes", "\u{1f600}".repeat(250), "\u{1f600}".repeat(200)],
  ["a zero, a line and a break", "A\u0000B\nC\u2028D", "A B C D"],
  ["what turns the line around", "A\u202eB\u2066C", "ABC"],
  ["a family joined without width", "\u{1f469}\u200d\u{1f467}", "\u{1f469}\u200d\u{1f467}"],
  ["nothing to be seen", "\u202e\ufeff \u200b", "u-name"],
  ["no text", ["Una"], "u-name"],
])("somebody with %s in their name comes in, and is shown without it", async (_, name, shown) => {
  const { issuer, url, node } = await hospital();
  issuer.user = { id: "u-name", name: name as string, groups: ["RAD-MTR"] };
  const una = browser();
  await una.follow(`${url}/sign-in`);
  const session = await asked(url, una);
  expect(session).toMatchObject({ caller: "person", name: shown });
  expect(node.operations.people.personOf(String(session["actor"]))?.name).toBe(shown);
});

test("whoever belongs to no group that is named here is signed in, and may nothing", async () => {
  const { issuer, url } = await hospital();
  for (const groups of [["EVERYBODY"], undefined, 7, { "RAD-DOC": true }, ["constructor", "__proto__"]]) {
    issuer.user = { id: "u2", name: "Ubo", groups };
    const ubo = browser();
    await ubo.follow(`${url}/sign-in`);
    expect(await asked(url, ubo)).toMatchObject({
      caller: "person",
      roles: [],
      permissions: ["public", "session.own"],
    });
    expect(await asked(url, ubo, "/api/v1/entries")).toMatchObject({ status: 403, code: "NOT_ALLOWED" });
  }
});

test("somebody whom the organization retired does not come in any more", async () => {
  const { url, node } = await hospital();
  const una = browser();
  await una.follow(`${url}/sign-in`);
  const { actor } = await asked(url, una);
  await node.operations.members.revoke(String(actor), { reason: "ceased" }, true);
  const { status, text } = await browser().follow(`${url}/sign-in`);
  expect([status, codeIn(text)]).toEqual([403, "PERSON_RETIRED"]);
});

describe("nobody comes in", () => {
  const refused = async (url: string, who: Browser, callback: string, code: string) => {
    const { status, text } = await who.visit(callback);
    expect([status >= 400, codeIn(text), sessionIn(who)]).toEqual([true, code, undefined]);
    expect((await asked(url, who))["caller"]).toBe("anonymous");
  };

  test("with another state, a code of nobody, or none", async () => {
    const { url } = await hospital();
    for (const change of [
      (at: URL) => at.searchParams.set("state", "x".repeat(43)),
      (at: URL) => at.searchParams.delete("state"),
      (at: URL) => at.searchParams.set("code", "x".repeat(43)),
      (at: URL) => at.searchParams.delete("code"),
      (at: URL) => at.searchParams.set("iss", "https://elsewhere.example"),
    ]) {
      const who = browser();
      const at = new URL(await untilCallback(url, who));
      change(at);
      await refused(url, who, at.href, "SIGN_IN_REFUSED");
    }
  });

  test("with what another browser began", async () => {
    const { url } = await hospital();
    const [una, thief] = [browser(), browser()];
    const callback = await untilCallback(url, una);
    await refused(url, thief, callback, "SIGN_IN_LOST");
    await untilCallback(url, thief);
    await refused(url, thief, callback, "SIGN_IN_REFUSED");
  });

  test("with a code that was used", async () => {
    const { url } = await hospital();
    const una = browser();
    const callback = await untilCallback(url, una);
    const attempt = [...una.cookies];
    expect((await una.visit(callback)).status).toBe(302);
    const replayed = browser();
    for (const [name, value] of attempt) replayed.cookies.set(name, value);
    await refused(url, replayed, callback, "SIGN_IN_LOST");
  });

  test("with an attempt that was tried, though the cookie was kept", async () => {
    const { url } = await hospital();
    const una = browser();
    const callback = await untilCallback(url, una);
    const attempt = [...una.cookies];
    const wrong = new URL(callback);
    wrong.searchParams.set("code", "x".repeat(43));
    await refused(url, una, wrong.href, "SIGN_IN_REFUSED");
    for (const [name, value] of attempt) una.cookies.set(name, value);
    await refused(url, una, callback, "SIGN_IN_LOST");
  });

  const past = Math.floor(Date.now() / 1000) - 120;
  test.each([
    ["another nonce", { claims: { nonce: "x" } }],
    ["no nonce", { claims: { nonce: undefined } }],
    ["another audience", { claims: { aud: "somebody-else" } }],
    ["another issuer", { claims: { iss: "https://elsewhere.example" } }],
    ["an ID token that has expired", { claims: { exp: past, iat: past - 300 } }],
    ["a strange key", { strangeKey: true }],
  ])("with %s", async (_, lie) => {
    const { url, issuer } = await hospital();
    const who = browser();
    const callback = await untilCallback(url, who);
    issuer.lie = lie;
    await refused(url, who, callback, "SIGN_IN_REFUSED");
  });

  test("after more than ten minutes", async () => {
    let now = Date.now();
    const { url } = await hospital({ nowMs: () => now });
    const una = browser();
    const callback = await untilCallback(url, una);
    now += 601_000;
    await refused(url, una, callback, "SIGN_IN_LOST");
  });
});

test("the issuer is away: a page says so, the API by its code, and whoever is signed in stays so", async () => {
  const { url, issuer } = await hospital();
  const [una, other] = [browser(), browser()];
  await una.follow(`${url}/sign-in`);
  const callback = await untilCallback(url, other);
  await issuer.stop();
  const { status, text } = await other.visit(callback);
  expect([status, codeIn(text)]).toEqual([503, "ISSUER_UNREACHABLE"]);
  const answer = await fetch(`${url}/sign-in/callback?code=x&state=x`, { headers: { accept: "application/json" } });
  expect(Problem.parse(await answer.json()).code).toBe("SIGN_IN_LOST");
  expect(await asked(url, una)).toMatchObject({ caller: "person" });
  expect((await asked(url, una, "/api/v1/studies"))["status"]).toBe(200);
});

test("an issuer that was away at first is asked again", async () => {
  const { url, issuer } = await hospital();
  await issuer.stop();
  const una = browser();
  const json = { headers: { accept: "application/json" } };
  const away = await una.visit(`${url}/sign-in`, json);
  expect([away.status, Problem.parse(JSON.parse(away.text)).code]).toEqual([503, "ISSUER_UNREACHABLE"]);
  expect(away.headers.get("retry-after")).toBe("30");
  await issuer.start();
  await una.follow(`${url}/sign-in`);
  expect(await asked(url, una)).toMatchObject({ caller: "person" });
});

test("signing out ends the session here, and leads to the issuer's own sign-out", async () => {
  const { url, issuer } = await hospital();
  const una = browser();
  await una.follow(`${url}/sign-in`);
  const kept = new Map(una.cookies);
  const post = { method: "POST", headers: { origin: url, accept: "application/json" } };
  const { next } = JSON.parse((await una.visit(`${url}/api/v1/session/end`, post)).text) as { next: string };
  expect(new URL(next).origin).toBe(issuer.url);
  expect(new URL(next).searchParams.get("post_logout_redirect_uri")).toBe(`${url}/sign-in/ended`);
  const thief = browser();
  for (const [name, value] of kept) thief.cookies.set(name, value);
  expect(await asked(url, thief)).toMatchObject({ caller: "anonymous" });
});

test.each([
  "//evil.example",
  "https://evil.example/",
  "/\\evil.example",
  "/sign-in?x",
  "javascript:alert(1)",
  "/a\nb",
  "/%0d%0a",
])("%j is no place to come back to outside of the node", async (path) => {
  const { url } = await hospital();
  const una = browser();
  const callback = await untilCallback(url, una, `/sign-in?return=${encodeURIComponent(path)}`);
  const to = (await una.visit(callback)).headers.get("location") ?? "";
  expect(new URL(to, url).origin).toBe(url);
  expect(to.startsWith("/") && !to.startsWith("//")).toBe(true);
});

test("a way in under another host's name leads nowhere", async () => {
  const { url } = await hospital();
  const { port } = new URL(url);
  const { request } = await import("node:http");
  const status = await new Promise((resolve, reject) => {
    const asking = request(
      { host: "127.0.0.1", port, path: "/sign-in", headers: { host: "evil.example" } },
      (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      },
    );
    asking.on("error", reject).end();
  });
  expect(status).toBe(421);
});

test("sign-ins from one address are so many in a minute", async () => {
  const { url } = await hospital({ limits: { signInsPerMinute: 3 } });
  const statuses: number[] = [];
  for (let time = 0; time < 5; time++) statuses.push((await browser().visit(`${url}/sign-in`)).status);
  expect(statuses).toEqual([302, 302, 302, 429, 429]);
});
