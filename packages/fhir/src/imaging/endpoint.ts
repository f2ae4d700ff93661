// Where objects are retrieved, as Endpoint: DICOMweb of the same node. FHIR R4 § 6.3.6; DICOM PS3.18 (WADO-RS).
import type { Endpoint } from "@medplum/fhirtypes";
import { systems } from "../kernel/systems.ts";
import { endpointId } from "./imaging-study.ts";

/** Makes the Endpoint of the DICOMweb service at an absolute address. */
export function endpointOf({ address, organization }: { address: string; organization: string }): Endpoint {
  return {
    resourceType: "Endpoint",
    id: endpointId,
    status: "active",
    connectionType: { system: systems.connectionType, code: "dicom-wado-rs", display: "DICOM WADO-RS" },
    managingOrganization: { reference: `Organization/${organization}` },
    payloadType: [{ text: "DICOM objects" }],
    payloadMimeType: ["application/dicom"],
    address,
  };
}
