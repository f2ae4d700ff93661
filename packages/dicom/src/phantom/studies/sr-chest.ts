// The final report on the chest CT: Comprehensive SR. DICOM PS3.3 § A.35.3; PS3.16 TID 2000, CID 7001, CID 7002.
import { type Attributes, dataSet } from "../attributes.ts";
import type { Moment } from "../moment.ts";
import { writePart10 } from "../part10.ts";
import { codeItem, container, imageItem, measurement, personItem, section, textItem } from "./content-item.ts";
import { chestStack } from "./ct-chest.ts";
import { ctImage } from "./ct-modules.ts";
import { type Code, coded, commonModules, type Examination, type SeriesFacts, uidIn } from "./modules.ts";
import type { Mark, PhantomObject } from "./phantom-study.ts";
import { hospital } from "./scene.ts";

const series: SeriesFacts = {
  modality: "SR",
  number: 90,
  description: "Report",
  protocol: undefined,
  bodyPart: undefined,
  station: "READ 3",
};

/** Writes the report on the CT of `examination`, on what `marks` show, as signed at `at`. */
export function* srChestObjects(
  examination: Examination,
  marks: readonly Mark[],
  at: Moment,
): Generator<PhantomObject> {
  const header = dataSet({
    ...commonModules(examination, series, { sopClass: "1.2.840.10008.5.1.4.1.1.88.33", instanceNumber: 1, at }),
    SeriesDate: at.date,
    SeriesTime: at.time,
    ReferencedPerformedProcedureStepSequence: [],
    ...documentModule(examination, at),
    ...container(
      ["18748-4", "LN", "Diagnostic Imaging Report"],
      [...context(examination), ...sections(examination, marks)],
    ),
    ContentTemplateSequence: [{ MappingResource: "DCMR", TemplateIdentifier: "2000" }],
  });
  yield { fileName: "SR-0001.dcm", sopInstanceUid: header["00080018"]?.value as string, bytes: writePart10(header) };
}

function documentModule(examination: Examination, at: Moment): Attributes {
  const { accessionNumber, description, procedure } = examination;
  return {
    CompletionFlag: "COMPLETE",
    VerificationFlag: "VERIFIED",
    VerifyingObserverSequence: [
      {
        VerifyingOrganization: hospital.name,
        VerificationDateTime: `${at.date}${at.time}${at.offset}`,
        VerifyingObserverName: hospital.radiologist,
        VerifyingObserverIdentificationCodeSequence: [],
      },
    ],
    ReferencedRequestSequence: [
      {
        StudyInstanceUID: uidIn(examination),
        ReferencedStudySequence: [],
        AccessionNumber: accessionNumber,
        PlacerOrderNumberImagingServiceRequest: `${accessionNumber}-O`,
        FillerOrderNumberImagingServiceRequest: accessionNumber,
        RequestedProcedureID: `${accessionNumber}-R`,
        RequestedProcedureDescription: description,
        RequestedProcedureCodeSequence: coded(procedure),
      },
    ],
    PerformedProcedureCodeSequence: coded(procedure),
    CurrentRequestedProcedureEvidenceSequence: [evidence(examination)],
  };
}

function evidence(examination: Examination): Attributes {
  const slices = Array.from(
    { length: chestStack.count },
    (_, index): Attributes => ({
      ReferencedSOPClassUID: ctImage,
      ReferencedSOPInstanceUID: uidIn(examination, 1, index + 1),
    }),
  );
  return {
    StudyInstanceUID: uidIn(examination),
    ReferencedSeriesSequence: [{ SeriesInstanceUID: uidIn(examination, 1), ReferencedSOPSequence: slices }],
  };
}

function context({ procedure }: Examination): Attributes[] {
  return [
    codeItem("HAS CONCEPT MOD", ["121058", "DCM", "Procedure reported"], procedure),
    codeItem(
      "HAS CONCEPT MOD",
      ["121049", "DCM", "Language of Content Item and Descendants"],
      ["en", "RFC5646", "English"],
    ),
    codeItem("HAS OBS CONTEXT", ["121005", "DCM", "Observer Type"], ["121006", "DCM", "Person"]),
    personItem("HAS OBS CONTEXT", ["121008", "DCM", "Person Observer Name"], hospital.radiologist),
  ];
}

const history: Code = ["11329-0", "LN", "History"];
const finding: Code = ["121071", "DCM", "Finding"];

function sections(examination: Examination, marks: readonly Mark[]): Attributes[] {
  const oneText = (heading: Code, concept: Code, text: string) =>
    section(heading, [textItem("CONTAINS", concept, text)]);
  return [
    oneText(history, history, `${examination.reason}.`),
    oneText(
      ["55111-9", "LN", "Current Procedure Descriptions"],
      ["121065", "DCM", "Procedure Description"],
      says.procedure,
    ),
    section(
      ["59776-5", "LN", "Findings"],
      [...marks.map(noduleItem), ...says.findings.map((text) => textItem("CONTAINS", finding, text))],
    ),
    oneText(["19005-8", "LN", "Impressions"], ["121073", "DCM", "Impression"], says.impression),
    oneText(["18783-1", "LN", "Recommendations"], ["121075", "DCM", "Recommendation"], says.recommendation),
  ];
}

const says = {
  procedure: "Helical CT of the chest after 80 ml of intravenous contrast, 8 mm slices.",
  findings: [
    "No enlarged lymph nodes. Heart and great vessels of normal size. No pleural effusion.",
    "Liver, spleen and bones as far as included without focal lesion.",
  ],
  impression: "Solid pulmonary nodule in the right upper lobe. No other cause of the cough is seen.",
  recommendation: "Low-dose CT in three months, or positron emission tomography, as agreed in the chest conference.",
} as const;

function noduleItem({ sopInstanceUid, diameterMm }: Mark): Attributes {
  const image = imageItem("INFERRED FROM", ctImage, sopInstanceUid);
  return textItem("CONTAINS", finding, `Solid nodule of ${diameterMm} mm with short strands in the right upper lobe.`, [
    measurement("INFERRED FROM", ["81827009", "SCT", "Diameter"], diameterMm, ["mm", "UCUM", "mm"], [image]),
  ]);
}
