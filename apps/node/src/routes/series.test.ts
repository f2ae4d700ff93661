// A study of many objects, looked at.
import { asFromPacs, smallObject } from "@fiducial/dicom/phantom";
import { expect, test, vi } from "vitest";
import { scratchNode, takeIn } from "../scratch/scratch-node.ts";
import { serve } from "../scratch/scratch-server.ts";
import { turnsDuring } from "../scratch/turns.ts";
import { study } from "./imaging.ts";

test("while a study of many objects is looked at, the node turns to others, and reads each chunk of headers once", async () => {
  const scratch = scratchNode();
  const node = await scratch.open();
  const many = { patientId: "P", patientName: "X", accession: "A", studyUid: "2.25.77", objects: 300 };
  const handle = await takeIn(scratch, node, many);
  const one = vi.spyOn(node.vault, "header");
  const { result, turns } = await turnsDuring(() => study(node, handle));
  const { seriesList } = result;
  expect(turns).toBeGreaterThanOrEqual(300 / 32);
  expect(one).not.toHaveBeenCalled();
  expect(seriesList.map(({ modality, objects }) => [modality, objects.length])).toEqual([["CT", 300]]);
  expect(seriesList[0]?.objects[0]).toMatchObject({ rows: 16, columns: 16, instanceNumber: 1 });
});

test("an object is shown in the version that DICOMweb gives, with all of its versions", async () => {
  const { client, server } = await serve({});
  const first = smallObject();
  const coerced = asFromPacs(first, { accessionNumber: "A-2", institutionName: "Archive", retrieveAeTitle: "ARCHIVE" });
  const altered = first.map((byte, at, { length }) => (at === length - 2 ? byte ^ 64 : byte));
  const given = async () => {
    const [{ study = "" } = {}] = (await client.studies()).studies;
    const [object] = (await client.study(study)).seriesList[0]?.objects ?? [];
    return {
      object,
      bytes: await client.object({ study, statementId: object?.statementId ?? "", item: object?.item ?? 0 }),
    };
  };
  for (const [bytes, shown, versions] of [
    [first, first, undefined],
    [altered, first, [1, 2]],
    [coerced, coerced, [1, 2, 3]],
  ] as const) {
    const { intake } = await client.openIntake();
    await client.takeObject(intake, new Blob([new Uint8Array(bytes)]));
    await client.registerIntake(intake);
    const { object, bytes: stored } = await given();
    expect(Buffer.from(stored).equals(shown)).toBe(true);
    expect(object?.versions?.map(({ version }) => version)).toEqual(versions);
    const headers = { authorization: `Bearer ${server.operatorToken}`, accept: "application/dicom;transfer-syntax=*" };
    const rows = await fetch(`${server.url}/dicomweb/instances`, {
      headers: { ...headers, accept: "application/dicom+json" },
    });
    const [row] = (await rows.json()) as Record<string, { Value: string[] }>[];
    const url = new URL(row?.["00081190"]?.Value[0] ?? "");
    const web = Buffer.from(
      await (
        await fetch(server.url + url.pathname, {
          headers: { ...headers, accept: 'multipart/related; type="application/dicom"; transfer-syntax=*' },
        })
      ).arrayBuffer(),
    );
    expect(web.includes(Buffer.from(shown))).toBe(true);
  }
});
