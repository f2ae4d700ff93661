import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyText, handle, maybeText, offsetTime, structureFaults, utcTime } from "../scratch/structure.ts";
import { imagingStudyOf, type StudyFact } from "./imaging-study.ts";

const fact: StudyFact = {
  study: "ab".repeat(16),
  organization: "cd".repeat(16),
  index: 7,
  recordedAt: "2026-02-03T04:05:06.789Z",
  status: "available",
  patient: "ef".repeat(16),
  studyUid: "1.2.3",
  accession: "A-1",
  started: "2026-02-01T10:00:00.000+01:00",
  description: "CT Abdomen",
  modalities: ["CT", "SR"],
  numberOfSeries: 1,
  numberOfInstances: 1,
  series: [
    {
      uid: "1.2.3.1",
      modality: "CT",
      number: 2,
      description: "axial",
      device: "12".repeat(16),
      instances: [{ sopInstanceUid: "1.2.3.1.1", sopClassUid: "1.2.840.10008.5.1.4.1.1.2", number: 1 }],
    },
  ],
};

describe("an ImagingStudy", () => {
  test("has the study's UIDs, accession number, times and counts where FHIR has them", () => {
    const study = imagingStudyOf(fact);
    expect(structureFaults(study)).toEqual([]);
    expect(study).toMatchObject({
      id: fact.study,
      meta: { versionId: "7", lastUpdated: "2026-02-03T04:05:06.789Z" },
      identifier: [{ system: "urn:dicom:uid", value: "urn:oid:1.2.3" }, { value: "A-1" }],
      status: "available",
      started: "2026-02-01T10:00:00.000+01:00",
      subject: { reference: `Patient/${fact.patient}` },
      endpoint: [{ reference: "Endpoint/dicomweb" }],
      numberOfSeries: 1,
      numberOfInstances: 1,
      series: [
        {
          uid: "1.2.3.1",
          number: 2,
          modality: { system: "http://dicom.nema.org/resources/ontology/DCM", code: "CT" },
          numberOfInstances: 1,
          performer: [{ actor: { reference: `Device/${"12".repeat(16)}` } }],
          instance: [{ uid: "1.2.3.1.1", number: 1, sopClass: { code: "urn:oid:1.2.840.10008.5.1.4.1.1.2" } }],
        },
      ],
    });
    expect(study.meta?.tag).toBeUndefined();
  });

  test("tells the day alone when nobody knows the offset", () => {
    expect(imagingStudyOf({ ...fact, started: "2026-02-01T23:59:00.000" }).started).toBe("2026-02-01");
  });

  test("is marked when its series are left out", () => {
    const study = imagingStudyOf({ ...fact, series: undefined });
    expect(study.meta?.tag?.map(({ code }) => code)).toEqual(["SUBSETTED"]);
    expect(study.series).toBeUndefined();
  });

  test("of which nothing is kept has a subject that is masked, and is nowhere to be retrieved", () => {
    const { study, organization, index, recordedAt, modalities, numberOfSeries, numberOfInstances } = fact;
    const gone = imagingStudyOf({
      ...{ study, organization, index, recordedAt, modalities, numberOfSeries, numberOfInstances },
      status: "cancelled",
    });
    expect(structureFaults(gone)).toEqual([]);
    expect(gone.subject).toEqual({
      extension: [{ url: "http://hl7.org/fhir/StructureDefinition/data-absent-reason", valueCode: "masked" }],
    });
    expect(gone.endpoint).toBeUndefined();
  });

  test("is well-formed whatever the headers hold", () => {
    const number = fc.option(fc.oneof(fc.integer(), fc.double()), { nil: undefined });
    const uid = fc.oneof(fc.constantFrom("1.2.3", "2.25.0", "1.02", `1.${"2".repeat(70)}`), anyText);
    const instances = fc.array(fc.record({ sopInstanceUid: uid, sopClassUid: uid, number }), { maxLength: 3 });
    const series = fc.array(
      fc.record({
        uid,
        modality: maybeText,
        number,
        description: maybeText,
        device: fc.option(handle, { nil: undefined }),
        instances,
      }),
      { maxLength: 3 },
    );
    const facts = fc.record({
      study: handle,
      organization: handle,
      index: fc.nat(),
      recordedAt: utcTime,
      status: fc.constantFrom("available" as const, "cancelled" as const),
      patient: fc.option(handle, { nil: undefined }),
      studyUid: fc.option(uid, { nil: undefined }),
      accession: maybeText,
      started: fc.option(fc.oneof(offsetTime, anyText), { nil: undefined }),
      description: maybeText,
      modalities: fc.array(fc.oneof(fc.stringMatching(/^[A-Z0-9_]{1,16}$/), anyText), { maxLength: 3 }),
      numberOfSeries: fc.nat(),
      numberOfInstances: fc.nat(),
      series: fc.option(series, { nil: undefined }),
    });
    fc.assert(
      fc.property(facts, (any) => {
        const made = imagingStudyOf(any);
        expect(structureFaults(made)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});
