// QIDO-RS over HTTP: what matches is found at every level, what is sealed by keys, and nothing is told of whoever asks for nonsense. DICOM PS3.18 § 10.6.
import { describe, expect, test } from "vitest";
import { type DicomWebHospital, dicomWebHospital as hospital } from "../../../scratch/dicom-web.ts";
import { berg, coe } from "../../../scratch/scratch-hospital.ts";
import { member } from "../../../scratch/scratch-node.ts";
import { mostLookedAt } from "./candidates.ts";
import { searchQuery } from "./search-query.ts";

type Row = Record<string, { vr: string; Value?: unknown[] }>;

async function search({ get, base }: DicomWebHospital, path: string) {
  const answer = await get(`${base}${path}`, "application/dicom+json");
  const rows = answer.status === 200 ? ((await answer.json()) as Row[]) : [];
  return { status: answer.status, rows, warning: answer.headers.get("warning") };
}

/** What rows have under a tag. */
const values = (rows: readonly Row[], tag: string) => rows.map((row) => row[tag]?.Value?.[0]);
const studyUids = (rows: readonly Row[]) => values(rows, "0020000D");

describe("studies", () => {
  test("have the attributes that every answer has", async () => {
    const web = await hospital();
    const { rows, warning } = await search(web, `/studies?PatientID=${berg.patientId}`);
    expect(warning).toBeNull();
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      "00080050": { vr: "SH", Value: [berg.accession] },
      "00080061": { vr: "CS", Value: ["CT"] },
      "00081190": { vr: "UR", Value: [web.addresses.study] },
      "00100010": { vr: "PN", Value: [{ Alphabetic: berg.patientName }] },
      "00100020": { vr: "LO", Value: [berg.patientId] },
      "0020000D": { vr: "UI", Value: [berg.studyUid] },
      "00201206": { vr: "IS", Value: [1] },
      "00201208": { vr: "IS", Value: [3] },
    });
    expect(Object.keys(rows[0] as Row)).toEqual(Object.keys(rows[0] as Row).toSorted());
  });

  test("without a UID are in no answer", async () => {
    const web = await hospital();
    const { scratch, node } = web;
    await node.ingest([scratch.file("nameless.dcm", { attributes: { StudyInstanceUID: undefined, PatientID: "N" } })]);
    await node.projector.caughtUp(node.store.head().edge.size);
    expect(node.projection.imaging.count()).toBe(3);
    for (const path of ["/studies", "/series", "/instances"])
      expect(new Set(studyUids((await search(web, path)).rows))).toEqual(new Set([coe.studyUid, berg.studyUid]));
  });

  test("by whatever they are asked for", async () => {
    const web = await hospital();
    const asked: [string, string[]][] = [
      ["", [coe.studyUid, berg.studyUid]],
      [`StudyInstanceUID=${berg.studyUid}`, [berg.studyUid]],
      [`0020000D=${berg.studyUid},${coe.studyUid},1.2.3`, [coe.studyUid, berg.studyUid]],
      [`AccessionNumber=${coe.accession}`, [coe.studyUid]],
      ["AccessionNumber=ACC-*", [coe.studyUid, berg.studyUid]],
      ["PatientName=bergström*", [berg.studyUid]],
      ["PatientName=*a*", [coe.studyUid, berg.studyUid].filter((uid) => uid === berg.studyUid)],
      ["PatientName=Coe^Zo?", [coe.studyUid]],
      ["PatientName=Coe", []],
      ["ModalitiesInStudy=CT", [coe.studyUid, berg.studyUid]],
      ["ModalitiesInStudy=MR", []],
      ["PatientID=nobody", []],
      ["PatientID=PAT-*", [coe.studyUid, berg.studyUid]],
      [`PatientID=${berg.patientId}&AccessionNumber=${coe.accession}`, []],
      ["StudyDate=19000101-", [coe.studyUid, berg.studyUid]],
      ["StudyDate=-19000101", []],
      ["limit=1", [coe.studyUid]],
      ["limit=1&offset=1", [berg.studyUid]],
      ["offset=2", []],
      ["PatientID=&StudyDescription=", [coe.studyUid, berg.studyUid]],
    ];
    for (const [query, expected] of asked) {
      const { rows } = await search(web, `/studies?${query.replaceAll(/[ö^]/g, encodeURIComponent)}`);
      expect([query, studyUids(rows)]).toEqual([query, expected]);
    }
  });

  test("of an id belong to whoever gave it: an issuer tells two patients with one id apart", async () => {
    const web = await hospital();
    for (const [issuer, study] of [
      ["A", "2.25.31"],
      ["B", "2.25.32"],
      ["", "2.25.33"],
    ] as const) {
      const attributes = {
        PatientID: "SAME",
        IssuerOfPatientID: issuer,
        StudyInstanceUID: study,
        SOPInstanceUID: `${study}.1`,
        SeriesInstanceUID: `${study}.2`,
      };
      await web.node.ingest([web.scratch.file(`${study}.dcm`, { attributes })]);
    }
    await web.node.projector.caughtUp(web.node.store.head().edge.size);
    const of = async (query: string) => {
      const { rows } = await search(web, `/studies?${query}`);
      return rows.map((row) => [row["0020000D"]?.Value?.[0], row["00100021"]?.Value?.[0]]);
    };
    const all = [
      ["2.25.33", undefined],
      ["2.25.32", "B"],
      ["2.25.31", "A"],
    ];
    expect(await of("PatientID=SAME")).toEqual(all);
    expect(await of("PatientID=SAME&IssuerOfPatientID=A")).toEqual([all[2]]);
    expect(await of("PatientID=SAME&IssuerOfPatientID=C")).toEqual([]);
    expect(await of("IssuerOfPatientID=B")).toEqual([all[1]]);
  });

  test("are told as the ledger has them by now, when the patient was corrected", async () => {
    const web = await hospital();
    const approvers = [
      await member(web.scratch, web.node, "dora", "data-steward"),
      await member(web.scratch, web.node, "dan", "data-steward"),
    ] as const;
    await web.node.operations.correct(web.study, { patientId: "RIGHT", issuer: "" }, approvers);
    await web.node.projector.caughtUp(web.node.store.head().edge.size);
    expect((await search(web, `/studies?PatientID=${berg.patientId}`)).rows).toEqual([]);
    const { rows } = await search(web, "/studies?PatientID=RIGHT");
    expect(values(rows, "00100020")).toEqual(["RIGHT"]);
    expect(studyUids(rows)).toEqual([berg.studyUid]);
  });
});

describe("series and instances", () => {
  test("at every level", async () => {
    const web = await hospital();
    const { study, series, instance } = web.uids;
    expect(values((await search(web, `/studies/${study}/series`)).rows, "0020000E")).toEqual([series]);
    expect((await search(web, "/series?Modality=CT")).rows).toHaveLength(2);
    expect((await search(web, "/series?Modality=MR")).rows).toEqual([]);
    expect(values((await search(web, `/series?SeriesInstanceUID=${series}`)).rows, "00201209")).toEqual([3]);
    expect((await search(web, `/studies/${study}/instances`)).rows).toHaveLength(3);
    expect((await search(web, `/studies/${study}/series/${series}/instances?limit=2`)).rows).toHaveLength(2);
    const { rows } = await search(web, `/instances?SOPInstanceUID=${instance}`);
    expect(rows).toEqual([
      expect.objectContaining({
        "00080018": { vr: "UI", Value: [instance] },
        "00080056": { vr: "CS", Value: ["ONLINE"] },
        "00081190": { vr: "UR", Value: [web.addresses.instance] },
        "00280010": { vr: "US", Value: [16] },
      }),
    ]);
    expect((await search(web, `/instances?PatientID=${coe.patientId}`)).rows).toHaveLength(3);
    expect((await search(web, `/studies/${study}/series/1.2.3/instances`)).rows).toEqual([]);
    expect((await search(web, `/studies/1.2.3/instances`)).rows).toEqual([]);
  });

  test("show what is asked for, and no more", async () => {
    const web = await hospital();
    const path = `/studies/${web.uids.study}/instances?limit=1`;
    const [plain] = (await search(web, path)).rows;
    const [more] = (await search(web, `${path}&includefield=00281052,RescaleSlope&includefield=PatientName`)).rows;
    const [all] = (await search(web, `${path}&includefield=all`)).rows;
    expect([plain?.["00281052"], plain?.["00100010"]]).toEqual([undefined, undefined]);
    expect(more).toMatchObject({
      "00281052": expect.anything(),
      "00281053": expect.anything(),
      "00100010": expect.anything(),
    });
    expect(Object.keys(all as Row).length).toBeGreaterThan(Object.keys(more as Row).length);
  });
});

describe("what is said beside an answer", () => {
  test("that there is more, that names were matched by the letter", async () => {
    const web = await hospital();
    expect((await search(web, "/studies?limit=1")).warning).toMatch(/^299 /);
    expect((await search(web, "/studies?limit=2")).warning).toBeNull();
    expect((await search(web, "/studies?fuzzymatching=true")).warning).toMatch(/^299 /);
    expect((await search(web, "/studies?fuzzymatching=false")).warning).toBeNull();
  });

  test("that no more studies were opened", async () => {
    const web = await hospital();
    const fact = web.node.projection.imaging.studies({ limit: 1 })[0];
    const { studies } = web.node.projection.imaging;
    let given = 0;
    // As if there were many: the very study again and again, none of which is opened twice as often as one may.
    Object.assign(web.node.projection.imaging, {
      studies: ({ limit }: { limit: number }) => {
        given += limit;
        return Array.from({ length: limit }, () => fact);
      },
    });
    const { rows, warning } = await search(web, "/series?Modality=MR&ModalitiesInStudy=MR");
    Object.assign(web.node.projection.imaging, { studies });
    expect(rows).toEqual([]);
    expect(warning).toMatch(/^299 /);
    expect(given).toBeLessThanOrEqual(700);
    const most = (query: object) => mostLookedAt(searchQuery("study", query));
    expect(most({ PatientName: "A*", StudyDate: "20260101" })).toBe(10_000);
    expect(most({ PatientName: "A*", PatientSex: "F" })).toBe(1000);
  });
});

test("what is nonsense is refused, and not repeated", async () => {
  const web = await hospital();
  const asked = [
    ["PatientIDs=x", "MATCH_UNSUPPORTED"],
    ["00091001=x", "MATCH_UNSUPPORTED"],
    ["NumberOfStudyRelatedInstances=3", "MATCH_UNSUPPORTED"],
    ["Modality=CT", "MATCH_UNSUPPORTED"],
    ["00400275.00400009=x", "MATCH_UNSUPPORTED"],
    ["StudyInstanceUID=1.2.x", "REQUEST_INVALID"],
    ["StudyDate=2026-01-01", "REQUEST_INVALID"],
    ["StudyDate=-", "REQUEST_INVALID"],
    ["PatientID=a&PatientID=b", "REQUEST_INVALID"],
    ["PatientID=a&00100020=b", "REQUEST_INVALID"],
    [`PatientName=${"x".repeat(300)}`, "REQUEST_INVALID"],
    ["limit=-1", "REQUEST_INVALID"],
    ["limit=many", "REQUEST_INVALID"],
    ["includefield=Nothing", "MATCH_UNSUPPORTED"],
    [`StudyInstanceUID=${Array(600).fill("1.2").join()}`, "REQUEST_INVALID"],
  ] as const;
  for (const [query, code] of asked) {
    const answer = await web.get(`${web.base}/studies?${query}`);
    const text = await answer.text();
    expect([answer.status, (JSON.parse(text) as { code: string }).code]).toEqual([400, code]);
    expect(text).not.toContain(query.split("=")[1]?.slice(0, 40) || query);
  }
});

test("UIDs in the address and in the query do not contradict each other", async () => {
  const web = await hospital();
  const { code, base } = web;
  expect(await code(`${base}/studies/1.2.3/series?StudyInstanceUID=1.2.4`)).toEqual([400, "REQUEST_INVALID"]);
  expect(await code(`${base}/studies`, "application/dicom+xml")).toEqual([406, "NOT_ACCEPTABLE"]);
});
