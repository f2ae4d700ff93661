// Under which address a node is asked: FHIR, DICOMweb and sign-in tell the same, and believe a proxy only if it is declared and names the public host.
import { describe, expect, onTestFinished, test } from "vitest";
import { rawConnection, statusAndCode } from "../scratch/raw-connection.ts";
import { berg } from "../scratch/scratch-hospital.ts";
import { scratchNode, takeIn } from "../scratch/scratch-node.ts";
import { operatorLine } from "../scratch/scratch-server.ts";
import { startServer } from "../server.ts";

const issuer = { issuer: "http://localhost:1", clientId: "node", roles: {} };

/** Where FHIR and DICOMweb say that they are, and what beginning to sign in comes to. */
async function told(
  trustedProxies: readonly string[],
  lines: readonly string[],
  publicUrl = "https://fiducial.example",
) {
  const scratch = scratchNode();
  const node = await scratch.open();
  await takeIn(scratch, node, berg);
  const signIn = { mode: "local", publicUrl, issuer } as const;
  const server = await startServer(node, { port: 0, host: "127.0.0.1", trustedProxies, signIn });
  onTestFinished(() => server.close());
  const ask = (path: string, more: readonly string[] = []) => {
    const { write, answer } = rawConnection(server.url);
    write(`${[`GET ${path} HTTP/1.1`, ...lines, ...more, "Connection: close"].join("\r\n")}\r\n\r\n`);
    return answer;
  };
  const operator = [operatorLine(server)];
  const fhir = /"url":"([^"]*)\/fhir\/ImagingStudy/.exec(await ask("/fhir/ImagingStudy?_count=1", operator))?.[1];
  const full = /"fullUrl":"([^"]*)\/fhir\/ImagingStudy/.exec(await ask("/fhir/ImagingStudy?_count=1", operator))?.[1];
  const dicomWeb = /"([^"]*)\/dicomweb\/studies\//.exec(await ask("/dicomweb/studies", operator))?.[1];
  const [, begun] = statusAndCode(await ask("/sign-in", ["Accept: application/json"]));
  const [, refused] = statusAndCode(await ask("/api/v1/entries"));
  return { addresses: [...new Set([fhir, full, dicomWeb])], begun, refused };
}

const publicly = { addresses: ["https://fiducial.example"], begun: "ISSUER_UNREACHABLE", refused: "NOT_SIGNED_IN" };
const foreign = { addresses: ["http://backend:8400"], begun: "HOST_FOREIGN", refused: "HOST_FOREIGN" };
const declared = ["127.0.0.1"];

describe("a node that is known as https://fiducial.example", () => {
  test.each([
    ["asked at its name", [], ["Host: FIDUCIAL.example"]],
    ["asked at its name with the port that goes without saying", [], ["Host: Fiducial.example:443"]],
    [
      "through a declared proxy that says that port",
      declared,
      ["Host: fiducial.example:443", "X-Forwarded-Proto: https"],
    ],
    [
      "through one that tells host and that port",
      declared,
      ["Host: backend:8400", "X-Forwarded-Host: fiducial.example:443"],
    ],
    ["through a declared proxy that keeps the host", declared, ["Host: fiducial.example", "X-Forwarded-Proto: https"]],
    ["through one that tells the host", declared, ["Host: backend:8400", "X-Forwarded-Host: fiducial.example"]],
    [
      "through one that passes on what a client says",
      declared,
      ["Host: fiducial.example", "X-Forwarded-Host: evil.example"],
    ],
    ["by somebody who plays a proxy", [], ["Host: fiducial.example", "X-Forwarded-Host: evil.example"]],
  ])("%s, is at its name", async (_, proxies, lines) => {
    expect(await told(proxies, lines)).toEqual(publicly);
  });

  test.each([
    ["through a declared proxy that names another", declared, ["Host: backend:8400", "X-Forwarded-Host: evil.example"]],
    ["through one with a scheme of its own", declared, ["Host: backend:8400", "X-Forwarded-Proto: javascript"]],
    [
      "by somebody who plays a proxy",
      [],
      ["Host: backend:8400", "X-Forwarded-Host: fiducial.example", "X-Forwarded-Proto: https"],
    ],
  ])("%s, is where the request says, and no host of its own", async (_, proxies, lines) => {
    expect(await told(proxies, lines)).toEqual(foreign);
  });
});

test.each([
  ["https://fiducial.example", "fiducial.example:80"],
  ["https://fiducial.example:8443", "fiducial.example:443"],
  ["https://fiducial.example:8443", "fiducial.example"],
  ["http://fiducial.example", "fiducial.example:443"],
])("%s is not asked at %s", async (publicUrl, host) => {
  const { refused } = await told([], [`Host: ${host}`], publicUrl);
  expect(refused).toBe("HOST_FOREIGN");
});
