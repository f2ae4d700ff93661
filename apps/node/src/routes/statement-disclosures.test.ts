// What opens statements that come over HTTP: what of it is kept, and what is refused.
import { type Kind, studyRegistered, studyRejected, studyTransferred } from "@fiducial/contract";
import { describe, expect, test } from "vitest";
import { signedBy } from "../scratch/own-program.ts";
import { berg, coe } from "../scratch/scratch-hospital.ts";
import { marker, registered, rejected, sent, served, size, told, unknownStudy } from "../scratch/submitting-program.ts";
import { traces } from "../scratch/traces.ts";

describe("what opens it", () => {
  test("is kept with the patient, as much as was given; who was sent images is a holder of copies; all of it is forgotten", async () => {
    const { scratch, node, client, ris, study, subject, approvers } = await served();
    const [transfer, silent, note] = [
      await signedBy([ris], studyTransferred, sent(study, { destination: marker })),
      await signedBy([ris], studyTransferred, sent(study, { destination: "unsaid" })),
      await signedBy([ris], studyRejected, rejected(study, { note: marker })),
    ];
    const part = { ...note.closed, disclosures: { note: note.disclosures["note"] as never } };
    expect(await told(client, transfer.whole, silent.closed, part)).toEqual([[], [], []]);
    expect(node.vault.disclosures(transfer.statement.id)?.disclosures).toEqual(transfer.disclosures);
    expect(Object.keys(node.vault.disclosures(note.statement.id)?.disclosures ?? {})).toEqual(["note"]);
    expect(node.vault.statementsOf(study)).toEqual(
      expect.arrayContaining([transfer, silent, note].map(({ statement }) => statement.id)),
    );
    expect(node.vault.holders(study).map(({ where }) => where)).toEqual([marker, "not stated"]);
    await node.operations.forget(subject, approvers);
    // What comes again after that brings nothing back.
    expect(await told(client, transfer.whole)).toEqual([[]]);
    expect(node.vault.disclosures(transfer.statement.id)).toBeUndefined();
    await scratch.close();
    expect(traces(scratch.data, [marker])).toEqual([]);
  });

  test("is kept once, when the node died between vault and ledger", async () => {
    const { node, client, ris, study, subject } = await served();
    const { whole, statement, disclosures } = await signedBy([ris], studyRejected, rejected(study, { note: marker }));
    await node.vault.write((writer) => writer.keep({ subject, study, statement: statement.id, disclosures }));
    expect(await told(client, whole)).toEqual([[]]);
    expect(node.vault.statementsOf(study).filter((id) => id === statement.id)).toHaveLength(1);
  });

  test("opens it, and is what the kind takes; else nothing of it is kept, stated or said", async () => {
    const { node, raw, client, ris, study, scratch } = await served();
    const before = size(node);
    const loose = {
      ...studyRejected,
      sealed: { ...studyRejected.sealed, safeParse: (data: unknown) => ({ success: true, data }) },
    };
    const sealing = (note: unknown) =>
      signedBy([ris], loose as Kind<never, never>, { ...(rejected(study) as object), sealed: { note } } as never);
    const { closed, disclosures } = await signedBy([ris], studyRejected, rejected(study, { note: marker }));
    const { note, instances } = disclosures as Record<string, { salt: string; value: unknown }>;
    const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    const given = [
      { note: { ...note, value: "other" } },
      { note: instances },
      { remark: note },
      { note: { ...note, salt: marker } },
      { note: { ...note, value: "deep" } },
      { toString: note },
      { note, instances: { ...note, value: null } },
    ].map((one) => ({ ...closed, disclosures: one }));
    const body = JSON.stringify({ statements: [...given, (await sealing({ name: marker })).whole] });
    const answer = await raw(body.replace('"deep"', deep));
    const text = await answer.text();
    const codes = (JSON.parse(text) as { statements: { code: string }[] }).statements.map(({ code }) => code);
    expect(codes).toEqual([...given.map(() => "DISCLOSURE_UNSUITED"), "SEALED_VALUE_INVALID"]);
    expect(text).not.toContain(marker);
    expect(await told(client, { ...closed, disclosures: given[0]?.disclosures as never })).toEqual([
      "DISCLOSURE_UNSUITED",
    ]);
    expect(size(node)).toBe(before);
    await scratch.close();
    expect(traces(scratch.data, [marker])).toEqual([]);
  });

  test("is about the patient whose study it is, and about one only", async () => {
    const { node, client, ris, study, other } = await served();
    const before = size(node);
    const amended = (patientId: string) => ({
      open: { study, modalities: ["CT"], series: 1, instances: 3, manifest: "5e".repeat(32) },
      sealed: { studyUid: berg.studyUid, subject: { issuer: "", patientId } },
      supersedes: { statement: node.vault.statementsOf(study)[0] as string, reason: "amended" as const },
    });
    const statements = [
      await signedBy([ris], studyRejected, rejected(unknownStudy, { note: marker })),
      await signedBy([ris], studyRegistered, registered("0b".repeat(16))),
      await signedBy([ris], studyRegistered, amended(coe.patientId)),
      await signedBy([ris], studyRegistered, amended("PAT-nobody")),
    ];
    expect(await told(client, ...statements.map(({ whole }) => whole))).toEqual(
      statements.map(() => "SUBJECT_NOT_ONE"),
    );
    expect([size(node), node.vault.statementsOf(other).length]).toEqual([before, 1]);
    expect(await told(client, (await signedBy([ris], studyRegistered, amended(berg.patientId))).whole)).toEqual([
      ["DEVICE_NOT_NAMED"],
    ]);
  });
});
