// The refusals and findings of imaging.
import type { Finding, Refusal } from "../kernel/codes.ts";

export const imagingRefusals = {} as const satisfies Readonly<Record<string, Refusal>>;

export const imagingFindings = {
  STUDY_REGISTERED_BEFORE: { says: "A study with this handle was registered before; the earlier registration stands." },
  DEVICE_NOT_NAMED: { says: "No acquiring device is named." },
  DEVICE_UNKNOWN: { says: "The named acquiring device is not registered on this log." },
  DEVICE_RETIRED: { says: "The named acquiring device was retired before." },
} as const satisfies Readonly<Record<string, Finding>>;
