import { existsSync } from "node:fs";
import { join } from "node:path";
import { studyOf } from "@fiducial/contract";
import { manifestOf } from "@fiducial/core";
import { describe, expect, test, vi } from "vitest";
import type { OpenNode } from "../compose.ts";
import { berg, hospital } from "../scratch/scratch-hospital.ts";
import { takeIn } from "../scratch/scratch-node.ts";

const second = { ...berg, studyUid: "2.25.161803", accession: "ACC-3" };

describe("destroying studies", () => {
  test("takes their bytes and what the vault keeps of them, and nothing of the patient's other studies", async () => {
    const { scratch, node, approvers, study, subject } = await hospital();
    const stays = await takeIn(scratch, node, second);
    const plan = await node.operations.planDestruction([study]);
    expect(plan.studies.map(({ objects }) => objects)).toEqual([3]);
    const shared = await shareFirstObject(node, study);
    const { approvals } = await node.operations.destroy([study, study], "retention-expired", approvers);
    expect(approvals).toHaveLength(1);
    expect(node.vault.studiesOf(subject)).toEqual([stays]);
    expect(node.objects.has(shared)).toBe(true);
    expect([...node.objects.digests()]).toHaveLength(7);
    expect(studyOf(node.store.state, study)).toMatchObject({ destruction: "done", instances: 0 });
    expect(node.projection.imaging.study(study)?.destruction).toBe("done");
    expect((await node.audit()).ok).toBe(true);
    await expect(node.operations.destroy([study], "rejected", approvers)).rejects.toMatchObject({
      code: "STUDY_DESTROYED",
    });
  });

  test("is refused as a whole when one of them is held; holds and retentions say so and end", async () => {
    const { node, approvers, study, other } = await hospital();
    const { operations } = node;
    const [steward] = approvers;
    const { hold, acts } = await operations.placeHold({ studies: [other], reason: "trial", matter: "A trial" }, [
      steward,
    ]);
    expect(acts).toHaveLength(1);
    const destroying = () => operations.destroy([study, other], "rejected", approvers);
    for (const unknown of [[study, "00".repeat(16)], []])
      await expect(operations.destroy(unknown, "rejected", approvers)).rejects.toMatchObject({ code: "STUDY_UNKNOWN" });
    await expect(destroying()).rejects.toMatchObject({ code: "STUDY_HELD" });
    expect([...node.objects.digests()]).toHaveLength(6);
    await operations.placeHold({ studies: [other], reason: "legal" }, [steward]);
    await expect(operations.releaseHold({ study: other }, [steward])).rejects.toMatchObject({ code: "HOLD_NOT_NAMED" });
    expect(await operations.releaseHold({ study: other, hold }, [steward])).toMatchObject({ hold });
    await operations.releaseHold({ study: other }, [steward]);
    await expect(operations.releaseHold({ study: other }, [steward])).rejects.toMatchObject({ code: "HOLD_UNKNOWN" });

    const until = "2099-12-31T23:59:59.999Z";
    await operations.setRetention({ study: other, until, rule: "ten years" }, [steward]);
    await expect(destroying()).rejects.toMatchObject({ code: "RETENTION_RUNNING" });
    const shorter = { study: other, until: "2020-01-01T00:00:00.000Z" };
    await expect(operations.setRetention(shorter, [steward])).rejects.toMatchObject({ code: "APPROVALS_TOO_FEW" });
    await operations.setRetention(shorter, approvers);
    await destroying();
    expect([...node.objects.digests()]).toEqual([]);
  });

  test("that a process died over is finished when the folder is opened next", async () => {
    const { scratch, node, approvers, study, subject } = await hospital();
    vi.spyOn(node.objects, "remove").mockImplementationOnce(() => {
      throw new Error("the process died");
    });
    await expect(node.operations.destroy([study], "rejected", approvers)).rejects.toThrow("the process died");
    const again = await scratch.open();
    expect([...again.objects.digests()]).toHaveLength(3);
    expect(again.vault.studiesOf(subject)).toEqual([]);
    expect(studyOf(again.store.state, study)?.destruction).toBe("done");
    expect(existsSync(join(scratch.data, "under-way.json"))).toBe(false);
  });
});

// Another patient's study that has an object of this one, byte for byte; returns the object's digest.
async function shareFirstObject({ vault }: OpenNode, study: string): Promise<string> {
  const [statement = ""] = vault.statementsOf(study);
  const { file } = vault.manifestItem(statement, 0)!.value as { file: string };
  const { items } = manifestOf([{ file }], new Uint8Array(32));
  await vault.write((writer) => {
    const subject = writer.subjectOf({ issuer: "", patientId: "another" });
    const objects = [{ item: 0, sopInstanceUid: "2.25.6", file }];
    const { handle } = writer.studyOf("2.25.5", subject);
    writer.keep({ statement: "22".repeat(32), subject, study: handle, manifest: items, objects });
  });
  return file;
}
