// Where passkeys are offered: by HTTPS and a host name, and at localhost for trials.
import { createHash } from "node:crypto";
import { declaredKeyFault } from "@fiducial/core";
import { expect, test } from "vitest";
import { relyingPartyAt } from "./relying-party.ts";

const offered = (url: string, mode: "local" | "production") => {
  try {
    return relyingPartyAt(url, mode).id;
  } catch (thrown) {
    return (thrown as { code: string }).code;
  }
};

test.each([
  ["https://fiducial.example", "fiducial.example", "fiducial.example"],
  ["https://fiducial.example:8443", "fiducial.example", "fiducial.example"],
  ["http://localhost:8400", "localhost", "PASSKEYS_NOT_OFFERED"],
  ["https://localhost:8400", "localhost", "localhost"],
  ["http://127.0.0.1:8400", "PASSKEYS_NOT_OFFERED", "PASSKEYS_NOT_OFFERED"],
  ["http://fiducial.example", "PASSKEYS_NOT_OFFERED", "PASSKEYS_NOT_OFFERED"],
  ["http://localhost.example", "PASSKEYS_NOT_OFFERED", "PASSKEYS_NOT_OFFERED"],
  ["https://10.0.0.7", "PASSKEYS_NOT_OFFERED", "PASSKEYS_NOT_OFFERED"],
  ["https://[2001:db8::7]", "PASSKEYS_NOT_OFFERED", "PASSKEYS_NOT_OFFERED"],
])("%s: %s for trials, %s in production", (url, local, production) => {
  expect([offered(url, "local"), offered(url, "production")]).toEqual([local, production]);
});

test("what a passkey declares is what a ledger registers", () => {
  const { declares } = relyingPartyAt("https://fiducial.example:8443", "production");
  expect(declares.rpIdHash).toBe(createHash("sha256").update("fiducial.example").digest("hex"));
  const publicKey = "5ccFxzWSmROh5EZ5svN7da6lIlW8UC4tRycMjOdldXM=";
  expect(declaredKeyFault({ algorithm: "WebAuthn-Ed25519", publicKey, webauthn: declares })).toBeUndefined();
});
