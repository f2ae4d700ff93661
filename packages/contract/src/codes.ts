// All refusals and findings in one place: for the error translator, the forms and the reference.
import { accessFindings, accessRefusals } from "./access/codes.ts";
import { identityFindings, identityRefusals } from "./identity/codes.ts";
import { imagingFindings, imagingRefusals } from "./imaging/codes.ts";
import { type Finding, kernelFindings, kernelRefusals, type Refusal } from "./kernel/codes.ts";

/** Each table of codes by the room that owns it. A code stands in one of them, once. */
export const codeTables = {
  kernel: { refusals: kernelRefusals, findings: kernelFindings },
  identity: { refusals: identityRefusals, findings: identityFindings },
  imaging: { refusals: imagingRefusals, findings: imagingFindings },
  access: { refusals: accessRefusals, findings: accessFindings },
} as const satisfies Readonly<
  Record<
    string,
    { readonly refusals: Readonly<Record<string, Refusal>>; readonly findings: Readonly<Record<string, Finding>> }
  >
>;

const tables: readonly {
  readonly refusals: Readonly<Record<string, Refusal>>;
  readonly findings: Readonly<Record<string, Finding>>;
}[] = Object.values(codeTables);

const refusals = new Map<string, Refusal>(tables.flatMap((table) => Object.entries(table.refusals)));
const findings = new Map<string, Finding>(tables.flatMap((table) => Object.entries(table.findings)));

/** What a refusal's code means, or undefined when no contract knows it. */
export function refusalOf(code: string): Refusal | undefined {
  return refusals.get(code);
}

/** What a finding's code means, or undefined when no contract knows it. An act's refusal may be an observation's finding. */
export function findingOf(code: string): Finding | undefined {
  return findings.get(code) ?? refusals.get(code);
}
