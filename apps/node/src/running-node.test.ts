import { readFileSync, renameSync, rmSync } from "node:fs";
import { createServer, type IncomingHttpHeaders } from "node:http";
import { request } from "node:https";
import { join } from "node:path";
import { connect } from "node:tls";
import { expect, onTestFinished, test } from "vitest";
import { falsePacs } from "./scratch/false-pacs.ts";
import { scratchCertificate, writeCertificate } from "./scratch/scratch-certificate.ts";
import { startScratch } from "./scratch/scratch-configuration.ts";
import { scratchNode } from "./scratch/scratch-node.ts";
import { soon } from "./scratch/scratch-server.ts";
import { boundedApp } from "./serving/bounded-app.ts";
import { watchCertificate } from "./serving/certificate.ts";
import { defaultLimits } from "./serving/limits.ts";

test("serves over TLS 1.2 and later, and another certificate as soon as there is one that can be used", async () => {
  const scratch = scratchNode();
  const files = { certificate: join(scratch.folder, "tls.pem"), key: join(scratch.folder, "tls.key") };
  const first = scratchCertificate();
  writeCertificate(files, first);
  const { server, reload, trail } = await startScratch(
    [`http.tls.certificate=${files.certificate}`, `http.tls.key=${files.key}`],
    {},
    scratch,
  );
  const told: string[] = [];
  trail.onEvent(({ event, outcome }) => void told.push(`${event} ${outcome}`));
  expect((await ask(server.port, first.certificate)).status).toBe(200);
  await expect(oldTls(server.port)).rejects.toMatchObject({ code: "ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION" });

  const second = scratchCertificate();
  writeCertificate(files, { certificate: second.certificate, key: first.key });
  reload();
  expect((await ask(server.port, first.certificate)).status).toBe(200);
  writeCertificate(files, second);
  reload();
  expect((await ask(server.port, second.certificate)).status).toBe(200);
  await expect(ask(server.port, first.certificate)).rejects.toThrow();
  expect(told).toEqual(["CERTIFICATE_CHANGED failed", "CERTIFICATE_CHANGED success"]);
});

test("with a certificate and no public address, cookies are Secure and __Host- as well, and names that are not this machine's stay with HTTPS", async () => {
  const scratch = scratchNode();
  const files = { certificate: join(scratch.folder, "tls.pem"), key: join(scratch.folder, "tls.key") };
  writeCertificate(files, scratchCertificate());
  const { server } = await startScratch(
    [`http.tls.certificate=${files.certificate}`, `http.tls.key=${files.key}`],
    {},
    scratch,
  );
  const headersAt = (path: string, method: string, host: string) =>
    new Promise<IncomingHttpHeaders>((resolve, reject) => {
      const headers = { host, "sec-fetch-site": "same-origin", "content-type": "application/json" };
      const to = { port: server.port, host: "127.0.0.1", path, method, headers, rejectUnauthorized: false };
      const asking = request(to, (answer) => resolve(answer.resume().headers));
      asking.on("error", reject).end(method === "POST" ? "{}" : undefined);
    });
  const own = `localhost:${server.port}`;
  const challenge = await headersAt("/api/v1/session/passkey/challenge", "POST", own);
  expect(
    challenge["set-cookie"]?.map((line) => [/^__Host-fiducial-passkey-/.test(line), /; Secure(?:;|$)/.test(line)]),
  ).toEqual([[true, true]]);
  const strict = async (host: string) => (await headersAt("/api/v1/health", "GET", host))["strict-transport-security"];
  expect([await strict(own), await strict("node.example")]).toEqual([undefined, "max-age=31536000"]);
});

test("HTTPS is asked for behind a proxy that has it only where the proxy is declared", async () => {
  const strict = async (trustedProxies: string[], protocol: string) => {
    const app = boundedApp(defaultLimits, { trustedProxies });
    app.get("/seen", () => "seen");
    onTestFinished(() => app.close());
    const headers = { host: "fiducial.example", "x-forwarded-proto": protocol };
    return (await app.inject({ url: "/seen", remoteAddress: "10.0.0.1", headers })).headers[
      "strict-transport-security"
    ];
  };
  expect(await strict(["10.0.0.1"], "https")).toBe("max-age=31536000");
  expect([await strict(["10.0.0.1"], "http"), await strict([], "https")]).toEqual([undefined, undefined]);
});

test("a certificate that cannot be used refuses the start, and leaves nothing open", async () => {
  const scratch = scratchNode();
  const files = { certificate: join(scratch.folder, "tls.pem"), key: join(scratch.folder, "tls.key") };
  writeCertificate(files, { certificate: scratchCertificate().certificate, key: scratchCertificate().key });
  const started = startScratch([`http.tls.certificate=${files.certificate}`, `http.tls.key=${files.key}`], {}, scratch);
  await expect(started).rejects.toMatchObject({
    code: "CONFIGURATION_REFUSED",
    data: { codes: "CERTIFICATE_OF_OTHER_KEY" },
  });
  await scratch.open();
});

test("what a proxy says of somebody is believed from declared addresses, and from nobody else", async () => {
  const forwarded = {
    "x-forwarded-for": "203.0.113.9",
    "x-forwarded-proto": "https",
    "x-forwarded-host": "fiducial.example",
  };
  const seen = async (trustedProxies: string[], remoteAddress: string) => {
    const app = boundedApp(defaultLimits, { trustedProxies });
    app.get("/seen", ({ ip, protocol, host }) => ({ ip, protocol, host }));
    onTestFinished(() => app.close());
    return (await app.inject({ url: "/seen", remoteAddress, headers: { ...forwarded, host: "localhost" } })).json();
  };
  const believed = { ip: "203.0.113.9", protocol: "https", host: "fiducial.example" };
  expect(await seen(["10.0.0.0/8"], "10.1.2.3")).toEqual(believed);
  for (const [proxies, from] of [
    [[], "10.1.2.3"],
    [["10.0.0.0/8"], "192.168.0.1"],
    [["10.1.2.4"], "10.1.2.3"],
  ] as const)
    expect(await seen([...proxies], from)).toEqual({ ip: from, protocol: "http", host: "localhost" });
  // A client behind a proxy writes the field itself; the proxy adds who it saw.
  const app = boundedApp(defaultLimits, { trustedProxies: ["10.0.0.1"] });
  app.get("/seen", ({ ip }) => ip);
  onTestFinished(() => app.close());
  const answer = await app.inject({
    url: "/seen",
    remoteAddress: "10.0.0.1",
    headers: { host: "localhost", "x-forwarded-for": "127.0.0.1, 203.0.113.9" },
  });
  expect(answer.body).toBe("203.0.113.9");
});

test("nobody is let in by the address that a declared proxy tells, whatever it is", async () => {
  const { server } = await startScratch(["http.trustedProxies=127.0.0.1"]);
  const status = async (headers: Record<string, string>) =>
    (await fetch(`${server.url}/api/v1/studies`, { headers })).status;
  expect(await status({ authorization: `Bearer ${server.operatorToken}` })).toBe(200);
  for (const address of ["203.0.113.9", "127.0.0.1"]) expect(await status({ "x-forwarded-for": address })).toBe(401);
});

test("a certificate is followed without anybody saying so, however its files are replaced", async () => {
  const { folder } = scratchNode();
  const files = { certificate: join(folder, "tls.pem"), key: join(folder, "tls.key") };
  const [first, second] = [scratchCertificate(), scratchCertificate()];
  writeCertificate(files, first);
  const seen: string[] = [];
  const watch = watchCertificate({
    files,
    pollMs: 5,
    changed: ({ cert }) => void seen.push(cert),
    failed: ({ fault }) => void seen.push(fault),
  });
  onTestFinished(() => watch.close());
  writeCertificate({ certificate: `${files.certificate}.new`, key: `${files.key}.new` }, second);
  renameSync(`${files.key}.new`, files.key);
  renameSync(`${files.certificate}.new`, files.certificate);
  await soon(() => expect(seen.at(-1)).toBe(second.certificate));
  rmSync(files.key);
  await soon(() => expect(seen.at(-1)).toBe("SETTING_FILE_UNREADABLE"));
});

test("the reference is a page for anybody, under the same policy as every answer", async () => {
  const { server } = await startScratch();
  const answer = await fetch(`${server.url}/api`, { headers: { "x-forwarded-for": "203.0.113.9" } });
  expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
  expect(answer.headers.get("content-security-policy")).toContain("script-src 'self'");
  expect(await answer.text()).toContain("/api/v1/openapi.json");
});

test("closes in order, and can be started again at once", async () => {
  const scratch = scratchNode();
  const first = await startScratch([], {}, scratch);
  await first.stop();
  const again = await startScratch([], {}, scratch);
  expect((await fetch(`${again.server.url}/api/v1/health`)).status).toBe(200);
});

test("what goes wrong while starting closes what was opened", async () => {
  const scratch = scratchNode();
  const taken = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => taken.once("listening", resolve));
  onTestFinished(() => void taken.close());
  const { port } = taken.address() as { port: number };
  await expect(startScratch([`http.port=${port}`], {}, scratch)).rejects.toMatchObject({ code: "EADDRINUSE" });
  await soon(() => scratch.open());
});

function ask(port: number, ca: string): Promise<{ readonly status: number | undefined }> {
  return new Promise((resolve, reject) => {
    request(
      { host: "127.0.0.1", port, ca, path: "/api/v1/health", agent: false, headers: { host: "localhost" } },
      (response) => {
        response.resume().once("end", () => resolve({ status: response.statusCode }));
      },
    )
      .once("error", reject)
      .end();
  });
}

function oldTls(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const ciphers = "DEFAULT@SECLEVEL=0";
    connect(
      { host: "127.0.0.1", port, rejectUnauthorized: false, maxVersion: "TLSv1.1", minVersion: "TLSv1", ciphers },
      resolve,
    ).once("error", reject);
  });
}

test("a node with a PACS behind lets go of what it holds, tells of it, and logs no address", async () => {
  const pacs = await falsePacs();
  const scratch = scratchNode();
  const file = join(scratch.folder, "node.log");
  const path = scratch.file("a.dcm");
  await pacs.store(readFileSync(path));
  await (await scratch.open()).ingest([path]);
  await scratch.close();
  const { node, stop } = await startScratch(
    [`pacs.qidoUrl=${pacs.url}`, `pacs.wadoUrl=${pacs.url}`, `logging.file=${file}`],
    {},
    scratch,
  );
  await soon(() => expect([...node.objects.digests()]).toEqual([]));
  const pacsLine = () => node.connections.list().find(({ type }) => type === "pacs");
  await soon(() => expect(pacsLine()).toMatchObject({ state: "works", releases: { waiting: 0 } }));
  expect(await node.connections.test("pacs")).toMatchObject({ state: "works" });
  await pacs.stop();
  expect(await node.connections.test("pacs")).toMatchObject({
    state: "failed",
    lastError: { code: "PACS_UNREACHABLE" },
  });
  await stop();
  const lines = readFileSync(file, "utf8").trim().split("\n");
  const events = lines.map((line) => JSON.parse(line) as { event: string; code?: string });
  expect(events.filter(({ event }) => event.startsWith("pacs."))).toMatchObject([
    { event: "pacs.works" },
    { event: "pacs.failed", code: "PACS_UNREACHABLE" },
  ]);
  expect(lines.join("\n")).not.toContain(new URL(pacs.url).host);
});
