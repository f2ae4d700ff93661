import { LedgerError } from "@fiducial/ledger";
import { VaultError } from "@fiducial/vault";
import Fastify from "fastify";
import { expect, test } from "vitest";
import { sendProblem } from "./problems.ts";

async function answerTo(thrown: Error): Promise<[number, string]> {
  const app = Fastify();
  app.get("/", (_, reply) => sendProblem(reply, thrown));
  const answer = await app.inject("/");
  return [answer.statusCode, answer.json().code];
}

test.each([
  ["a full disk under the vault", new VaultError("VAULT_FULL"), 507, "VAULT_FULL"],
  ["a full disk under the ledger", new LedgerError("DISK_FULL"), 507, "DISK_FULL"],
  ["what the vault does not have", new VaultError("STUDY_UNKNOWN"), 404, "STUDY_UNKNOWN"],
  ["what is the house's own affair", new VaultError("VAULT_CORRUPT"), 500, "INTERNAL"],
  ["what nobody foresaw", new Error("a patient's name"), 500, "INTERNAL"],
])(
  "%s is answered with its code where that is for whoever asks, else with INTERNAL",
  async (_, thrown, status, code) => {
    expect(await answerTo(thrown)).toEqual([status, code]);
  },
);
