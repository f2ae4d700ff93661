// Sessions: what their cookie is, what is kept of them, who ends them, and when they end by themselves.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Role } from "@fiducial/contract";
import { describe, expect, onTestFinished, test } from "vitest";
import { browser } from "../scratch/browser.ts";
import { signInAs } from "../scratch/demo-visitor.ts";
import { outsideIssuer } from "../scratch/outside-issuer.ts";
import { scratchNode } from "../scratch/scratch-node.ts";
import { operatorOf, soon } from "../scratch/scratch-server.ts";
import { startServer } from "../server.ts";
import { digestOf } from "./secrets.ts";

async function demonstration() {
  const scratch = scratchNode();
  const node = await scratch.open();
  const clock = { now: Date.now() };
  const start = (port = 0) => startServer(node, { port, host: "127.0.0.1", nowMs: () => clock.now });
  const server = await start();
  const running = { server };
  onTestFinished(() => running.server.close());
  const { url } = server;
  const person = async (role: Role, visitor = browser()) => {
    const cookie = await signInAs(url, role, visitor);
    const ask = (path: string, init: RequestInit = {}) =>
      fetch(url + path, { ...init, headers: { cookie, ...init.headers } });
    const who = async () => ((await (await ask("/api/v1/session")).json()) as { caller: string }).caller;
    return { visitor, cookie, ask, who };
  };
  const again = async () => {
    await running.server.close();
    running.server = await start(Number(new URL(url).port));
  };
  return { scratch, node, clock, url, person, again, operator: () => operatorOf(running.server) };
}

const idIn = (cookie: string) => /fiducial-session-\w+=([^;]+)/.exec(cookie)?.[1] ?? "";
const post = { method: "POST", headers: { "sec-fetch-site": "same-origin" } };

describe("a session's cookie", () => {
  test("is HttpOnly and SameSite=Lax, and new at every sign-in, whatever the browser had", async () => {
    const { person, url } = await demonstration();
    const visitor = browser();
    const first = await person("auditor", visitor);
    const line = visitor.set.find((one) => one.startsWith("fiducial-session-")) ?? "";
    expect(line).toMatch(/; Path=\/; HttpOnly; SameSite=Lax$/);
    const second = await person("auditor", visitor);
    expect(idIn(second.cookie)).not.toBe(idIn(first.cookie));
    expect(await first.who()).toBe("anonymous");
    const fixed = browser();
    const [name = ""] = first.cookie.match(/fiducial-session-\w+/) ?? [];
    fixed.cookies.set(name, "an-id-that-an-attacker-knows");
    const victim = await person("auditor", fixed);
    expect(idIn(victim.cookie)).toMatch(/^[\w-]{43}$/);
    expect(
      (await fetch(`${url}/api/v1/studies`, { headers: { cookie: `${name}=an-id-that-an-attacker-knows` } })).status,
    ).toBe(401);
  });

  test("is __Host- and Secure where browsers come by HTTPS", async () => {
    const issuer = await outsideIssuer();
    const server = await startServer(await scratchNode().open(), {
      port: 0,
      host: "127.0.0.1",
      signIn: { mode: "local", issuer: issuer.options, publicUrl: "https://node.example" },
    });
    onTestFinished(() => server.close());
    issuer.serve("https://node.example");
    const visitor = browser();
    const { url: callback } = await visitor.follow(`${server.url}/sign-in`, (next) =>
      next.startsWith("https://node.example"),
    );
    await visitor.visit(callback.replace("https://node.example", server.url));
    const lines = visitor.set.filter((one) => one.includes("fiducial-"));
    expect(
      lines.map((line) =>
        /^__Host-fiducial-(?:session|sign-in)-\w{8}=.*; Path=\/; HttpOnly; Secure; SameSite=Lax$/.test(
          line.replace(/ Max-Age=\d+;| Expires=[^;]*;/g, ""),
        ),
      ),
    ).not.toContain(false);
    expect(lines.some((line) => line.startsWith("__Host-fiducial-session-"))).toBe(true);
  });
});

describe("what is kept", () => {
  test("opens nothing and names nobody; sessions outlive a start of the server", async () => {
    const { person, scratch, again, url } = await demonstration();
    const { cookie, who } = await person("auditor");
    const id = idIn(cookie);
    const digest = digestOf(id);
    for (const file of ["access.db", "access.db-wal"]) {
      const bytes = readFileSync(join(scratch.data, file));
      for (const text of [id, "Audra", "Fenn", "eyJ"])
        expect([file, text, bytes.includes(text)]).toEqual([file, text, false]);
    }
    const [name = ""] = cookie.match(/fiducial-session-\w+/) ?? [];
    for (const stolen of [digest.toString("hex"), digest.toString("base64url"), digest.toString("base64")])
      expect((await fetch(`${url}/api/v1/entries`, { headers: { cookie: `${name}=${stolen}` } })).status).toBe(401);
    await again();
    // Connections of before may break first.
    await soon(async () => expect(await who()).toBe("person"));
  });
});

describe("a session ends", () => {
  test("after half an hour without use, and what a page does by itself is none", async () => {
    const { person, clock } = await demonstration();
    const { ask, who } = await person("auditor");
    for (let time = 0; time < 3; time++) {
      clock.now += 20 * 60_000;
      expect((await ask("/api/v1/entries")).status).toBe(200);
    }
    clock.now += 20 * 60_000;
    for (const path of ["/api/v1/session", "/api/v1/health"]) await ask(path);
    await ask("/api/v1/entries", { headers: { "fiducial-unattended": "1" } });
    clock.now += 11 * 60_000;
    expect(await who()).toBe("anonymous");
  });

  test("after twelve hours in any case", async () => {
    const { person, clock } = await demonstration();
    const { ask, who } = await person("auditor");
    for (let minutes = 0; minutes < 12 * 60; minutes += 20) {
      expect((await ask("/api/v1/entries?limit=1")).status).toBe(200);
      clock.now += 20 * 60_000;
    }
    expect(await who()).toBe("anonymous");
  });

  test("when its owner ends it from elsewhere; nobody else's ends that way", async () => {
    const { person } = await demonstration();
    const [here, there, other] = [await person("auditor"), await person("auditor"), await person("reader")];
    const { sessions } = (await (await here.ask("/api/v1/sessions")).json()) as {
      sessions: { session: string; current: boolean }[];
    };
    expect(sessions.map(({ current }) => current).sort()).toEqual([false, true]);
    const elsewhere = sessions.find(({ current }) => !current)?.session ?? "";
    const end = (who: typeof here) => who.ask(`/api/v1/sessions/${elsewhere}/end`, post);
    expect((await end(other)).status).toBe(404);
    expect(await there.who()).toBe("person");
    expect((await end(here)).status).toBe(200);
    expect([await here.who(), await there.who(), await other.who()]).toEqual(["person", "anonymous", "person"]);
  });

  test("with all others of a person, when an administrator says so", async () => {
    const { person, operator } = await demonstration();
    const [one, two, admin] = [await person("auditor"), await person("auditor"), await person("administrator")];
    const { people } = await operator().client.signedInPeople();
    expect(people.map(({ name, sessions }) => [name, sessions]).sort()).toEqual([
      ["Adam Brandt (demo)", 1],
      ["Audra Fenn (demo)", 2],
    ]);
    const subject = people.find(({ sessions }) => sessions === 2)?.subject;
    expect((await one.ask(`/api/v1/people/${subject}/sessions/end`, post)).status).toBe(403);
    expect(await (await admin.ask(`/api/v1/people/${subject}/sessions/end`, post)).json()).toEqual({ ended: 2 });
    expect([await one.who(), await two.who(), await admin.who()]).toEqual(["anonymous", "anonymous", "person"]);
  });
});

describe("a page of another site", () => {
  test.each([
    ["cross-site", { "sec-fetch-site": "cross-site", origin: "https://evil.example" }],
    ["of another port of this machine", { "sec-fetch-site": "same-site", origin: "http://localhost:1" }],
    ["by an old browser", { origin: "https://evil.example" }],
    ["without an origin", { origin: "null" }],
    ["that says nothing", {}],
  ])("changes nothing in somebody's name: %s", async (_, headers) => {
    const { person } = await demonstration();
    const { ask, who } = await person("technologist");
    for (const path of ["/api/v1/intakes", "/api/v1/session/end"]) {
      const answer = await ask(path, { method: "POST", headers: headers as Record<string, string> });
      expect([path, answer.status, ((await answer.json()) as { code: string }).code]).toEqual([
        path,
        403,
        "ORIGIN_FOREIGN",
      ]);
    }
    expect(await who()).toBe("person");
  });

  test.each(["cross-site", "same-site"])(
    "reads nothing in somebody's name, and leaves no record of them: %s",
    async (site) => {
      const { person, node, operator } = await demonstration();
      const { ask, who } = await person("auditor");
      const { size } = node.store.head().edge;
      const navigation = { "sec-fetch-site": site, "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" };
      const codes = async (headers: Record<string, string>) =>
        Promise.all(
          [
            "/api/v1/studies?limit=1",
            "/dicomweb/studies/1.2.3/metadata",
            "/dicomweb/studies",
            "/fhir/ImagingStudy",
            "/api/v1/people",
          ].map(async (path) => {
            const text = await (await ask(path, { headers })).text();
            return /ORIGIN_FOREIGN/.exec(text)?.[0] ?? "judged otherwise";
          }),
        );
      expect(new Set(await codes(navigation))).toEqual(new Set(["ORIGIN_FOREIGN"]));
      expect(node.store.head().edge.size).toBe(size);
      for (const own of ["same-origin", "none"])
        expect(new Set(await codes({ ...navigation, "sec-fetch-site": own }))).toEqual(new Set(["judged otherwise"]));
      for (const path of ["/api/v1/health", "/fhir/metadata", "/sign-in"])
        expect([path, (await ask(path, { headers: navigation, redirect: "manual" })).status < 400]).toEqual([
          path,
          true,
        ]);
      expect(await who()).toBe("person");
      expect((await operator().request("/api/v1/studies", { headers: navigation })).status).toBe(200);
    },
  );

  test("one of the node's own may, and so may a token", async () => {
    const { person, url, operator } = await demonstration();
    const { ask } = await person("technologist");
    expect((await ask("/api/v1/intakes", post)).status).toBe(200);
    expect((await ask("/api/v1/intakes", { method: "POST", headers: { origin: url } })).status).toBe(200);
    const foreign = { method: "POST", headers: { origin: "https://evil.example", "sec-fetch-site": "cross-site" } };
    expect((await operator().request("/api/v1/intakes", foreign)).status).toBe(200);
  });
});

test("requests of one session are so many in a minute, and others do not feel it", async () => {
  const server = await startServer(await scratchNode().open(), {
    port: 0,
    host: "127.0.0.1",
    limits: { requestsPerMinute: 20 },
  });
  onTestFinished(() => server.close());
  const ask = async (cookie: string) =>
    (await fetch(`${server.url}/api/v1/entries?limit=1`, { headers: { cookie } })).status;
  const [one, other] = [
    await signInAs(server.url, "auditor", browser()),
    await signInAs(server.url, "auditor", browser()),
  ];
  const statuses = await Promise.all(Array.from({ length: 25 }, () => ask(one)));
  expect(statuses.filter((status) => status === 429)).toHaveLength(5);
  expect(await ask(other)).toBe(200);
  for (let time = 0; time < 30; time++) expect((await operatorOf(server).request("/api/v1/health")).status).toBe(200);
});
