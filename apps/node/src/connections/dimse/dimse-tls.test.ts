import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, type TLSSocket } from "node:tls";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { NodeError } from "../../node-error.ts";
import { certificates, hasOpenssl } from "../../scratch/certificates.ts";
import { scratchListener, wire } from "../../scratch/scratch-listener.ts";
import { soon } from "../../scratch/scratch-server.ts";
import { echo } from "./echo.ts";

const folder = mkdtempSync(join(tmpdir(), "dimse-tls-"));
let made: ReturnType<typeof certificates>;
beforeAll(() => {
  if (hasOpenssl) made = certificates(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const peer = (port: number) => ({ host: "127.0.0.1", port, callingAe: "CT1", calledAe: "FIDUCIAL" });
const outcome = (asked: Promise<void>) =>
  asked.then(
    () => "answered",
    (thrown: NodeError) => thrown.code,
  );

describe.skipIf(!hasOpenssl)("with TLS", () => {
  test("an echo goes both ways, to whom one trusts", async () => {
    const { server, authority, stranger } = made;
    const { port, line } = await scratchListener({ tls: server });
    expect(await outcome(echo({ ...peer(port), tls: { ca: authority.cert } }))).toBe("answered");
    expect(await outcome(echo({ ...peer(port), tls: { ca: stranger.cert } }))).toBe("DIMSE_TLS_FAILED");
    expect(await outcome(echo({ ...peer(port), timeoutMs: 500 }))).not.toBe("answered");
    expect(line("dimse:ct1")).toMatchObject({ state: "works" });
  });

  test("callers without a certificate, or with a stranger's, are refused where one is asked for", async () => {
    const { server, authority, client, stranger } = made;
    const { port, line } = await scratchListener({
      tls: { ...server, ca: authority.cert, requireClientCertificate: true },
    });
    const tls = { ca: authority.cert };
    const { key, cert } = client;
    expect(await outcome(echo({ ...peer(port), tls: { ...tls, key, cert } }))).toBe("answered");
    expect(await outcome(echo({ ...peer(port), tls }))).toBe("DIMSE_TLS_FAILED");
    expect(await outcome(echo({ ...peer(port), tls: { ...tls, key: stranger.key, cert: stranger.cert } }))).toBe(
      "DIMSE_TLS_FAILED",
    );
    await soon(() => expect(line("dimse:-unknown")).toMatchObject({ lastError: { code: "DIMSE_TLS_FAILED" } }));
    expect(line("dimse:ct1")).toMatchObject({ state: "works" });
  });

  test("TLS before 1.2, rubbish, and who never shakes hands come to nothing, and others are served", async () => {
    const { server, authority } = made;
    const { port } = await scratchListener({ tls: server, limits: { artimMs: 300 } });
    const [rubbish, silent] = [wire(port), wire(port)];
    rubbish.write(Buffer.from("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
    const old: TLSSocket = connect({
      port,
      host: "127.0.0.1",
      maxVersion: "TLSv1.1",
      minVersion: "TLSv1",
      rejectUnauthorized: false,
      ciphers: "DEFAULT@SECLEVEL=0",
    });
    const refused = new Promise((resolve) =>
      old.once("error", resolve).once("secureConnect", () => resolve("connected")),
    );
    expect(await outcome(echo({ ...peer(port), tls: { ca: authority.cert } }))).toBe("answered");
    expect(await refused).toBeInstanceOf(Error);
    await Promise.all([rubbish.closed, silent.closed]);
  });

  test("half a description of TLS is refused at the start", async () => {
    const { server, stranger } = made;
    const descriptions = [
      { key: "", cert: "" },
      { key: server.key, cert: stranger.cert },
      { key: "no key", cert: server.cert },
      // Anybody's certificate of any authority that the machine knows would do.
      { ...server, requireClientCertificate: true },
    ];
    for (const tls of descriptions)
      await expect(scratchListener({ tls })).rejects.toMatchObject({
        code: "DIMSE_OPTIONS_INVALID",
        data: { option: "tls" },
      });
  });
});
