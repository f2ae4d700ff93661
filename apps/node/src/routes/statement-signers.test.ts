// Statements over HTTP by who signed them and who hands them in.
import { apiClient } from "@fiducial/api";
import {
  correctionCompleted,
  correctionNotified,
  destructionApproved,
  erasureApproved,
  erasureExecuted,
  holdPlaced,
  readPerformed,
  studyDestroyed,
  studyRejected,
  studyTransferred,
  subjectCorrected,
} from "@fiducial/contract";
import { describe, expect, test } from "vitest";
import { signedBy } from "../scratch/own-program.ts";
import { member } from "../scratch/scratch-node.ts";
import { refusal } from "../scratch/scratch-server.ts";
import { forged, marker, rejected, sent, served, size, told } from "../scratch/submitting-program.ts";

describe("those who may hand in", () => {
  test("say nothing that their key may not: the contract decides by who signed, and strangers fill no table", async () => {
    const { scratch, node, client, ris, study } = await served();
    const rada = await member(scratch, node, "rada", "radiologist");
    const nobody = {
      ...ris,
      secret: { ...ris.secret, publicKey: { ...ris.secret.publicKey, bytes: new Uint8Array(32) } },
    };
    const transfer = await signedBy([rada], studyTransferred, sent(study, { destination: marker }));
    const hold = { open: { study, hold: "0c".repeat(16), reason: "legal" as const }, sealed: {} };
    const false_ = forged(await signedBy([ris], studyRejected, rejected(study)));
    const strange = await signedBy([nobody], studyRejected, rejected(study, { note: marker }));
    const before = [size(node), node.store.refusals(100).length];
    expect(await told(client, transfer.whole, false_, strange.whole, strange.closed)).toEqual([
      "ROLE_MISSING",
      "SIGNATURE_INVALID",
      "KEY_UNKNOWN",
      "KEY_UNKNOWN",
    ]);
    expect([size(node), node.store.refusals(100).length]).toEqual(before);
    expect(node.vault.disclosures(transfer.statement.id)).toBeUndefined();
    expect(await told(client, (await signedBy([rada], holdPlaced, hold)).closed)).toEqual(["ROLE_MISSING"]);
  });

  test("state nothing that the node itself does, whoever signed it", async () => {
    const { node, client, ris, approvers, study, subject } = await served();
    const before = size(node);
    const count = { receipts: 0, backups: 0, copies: 0 };
    const minute = `${new Date().toISOString().slice(0, 16)}:00.000Z`;
    const read = {
      ...{ readerType: "person", reader: approvers[0].actor, roles: [], what: "study", action: "view" },
      ...{ purpose: "TREAT", purposeBasis: "presumed", outcome: "permitted", minute, recorded: "before" },
    };
    const [dora, dan] = approvers;
    const statements = [
      await signedBy([dora], subjectCorrected, {
        open: { study, scopes: 0 },
        sealed: { from: { issuer: "", patientId: "A" }, to: { issuer: "", patientId: "B" } },
      }),
      await signedBy([ris], correctionNotified, {
        open: { study, scope: "0e".repeat(16), party: "holder" },
        sealed: {},
      }),
      await signedBy([dora], correctionCompleted, { open: { study }, sealed: {} }),
      await signedBy([dora, dan], destructionApproved, {
        open: { studies: [study], reason: "retention-expired" },
        sealed: {},
      }),
      await signedBy([ris], studyDestroyed, { open: { study, instances: 3, method: "keys" }, sealed: {} }),
      await signedBy([dora, dan], erasureApproved, { open: { subject, studies: [study] }, sealed: {} }),
      await signedBy([ris], erasureExecuted, {
        open: { subject, approval: "0d".repeat(32), survivors: count },
        sealed: {},
      }),
      await signedBy([ris], readPerformed, { open: read as never, sealed: {} }),
    ];
    expect(new Set(statements.map(({ statement }) => statement.content.kind))).toEqual(
      new Set((await client.log()).withheldKinds),
    );
    const closed = statements.map((one) => one.closed);
    expect(await told(client, ...closed)).toEqual(closed.map(() => "KIND_HAS_COMMAND"));
    expect(size(node)).toBe(before);
  });

  test("have the permission", async () => {
    const { server, operator, ris, study } = await served();
    const { client: id, secret } = await operator.client.addTokenClient({ name: "other", scopes: ["ledger.read"] });
    const { access_token: token } = await operator.client.token({ client: id, secret });
    const { closed } = await signedBy([ris], studyRejected, rejected(study));
    expect(await refusal(apiClient({ baseUrl: server.url, token }).submit([closed]))).toBe("NOT_ALLOWED");
    expect(await refusal(apiClient({ baseUrl: server.url }).submit([closed]))).toBe("NOT_SIGNED_IN");
  });
});
