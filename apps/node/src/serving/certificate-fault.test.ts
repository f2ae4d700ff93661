import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { scratchCertificate } from "../scratch/scratch-certificate.ts";
import { isCertificateFault } from "./certificate-fault.ts";

const failure = (url: string) =>
  fetch(url).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );

test("a certificate that is not trusted is told from nobody who answers", async () => {
  const { certificate: cert, key } = scratchCertificate();
  const server = createServer({ cert, key }, (_, response) => void response.end()).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const untrusted = await failure(`https://127.0.0.1:${port}`);
  expect(isCertificateFault(untrusted)).toBe(true);
  expect(isCertificateFault(new Error("wrapped", { cause: untrusted }))).toBe(true);
  expect(isCertificateFault(await failure(`http://127.0.0.1:${port}`))).toBe(false);
  expect(isCertificateFault(await failure("https://127.0.0.1:1"))).toBe(false);
  expect(isCertificateFault(undefined)).toBe(false);
});
