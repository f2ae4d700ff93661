// Who may not see who looked does not see it by FHIR either: neither as AuditEvent nor in the signed statements of Provenance.
import type { Bundle } from "@fiducial/fhir";
import { afterAll, beforeAll, expect, test } from "vitest";
import { browser } from "../../scratch/browser.ts";
import { signInAs } from "../../scratch/demo-visitor.ts";
import { type FhirHospital, fhirHospital } from "../../scratch/fhir-hospital.ts";
import { operatorOf, soon } from "../../scratch/scratch-server.ts";

let hospital: FhirHospital;
let reads: readonly string[];

beforeAll(async () => {
  hospital = await fhirHospital();
  const { server, client } = hospital;
  const cookie = await signInAs(server.url, "radiologist", browser());
  await (await fetch(`${server.url}/fhir/ImagingStudy`, { headers: { cookie } })).text();
  reads = await soon(async () => {
    const ids = (await client.all("AuditEvent")).map(({ id = "" }) => id);
    expect(ids).not.toEqual([]);
    return ids;
  });
});
afterAll(() => hospital.close());

async function asked(headers: Record<string, string>) {
  const ask = (path: string) => fetch(`${hospital.server.url}/fhir/${path}`, { headers });
  const idsOf = async (path: string) => {
    const { entry = [] } = (await (await ask(path)).json()) as Bundle;
    return entry.map(({ resource }) => resource?.id);
  };
  const status = async (path: string) => {
    const answer = await ask(path);
    const { issue } = (await answer.json()) as { issue?: { details?: { coding?: { code: string }[] } }[] };
    return [answer.status, issue?.[0]?.details?.coding?.[0]?.code];
  };
  return { idsOf, status };
}

test.each([
  ["technologist", false, true],
  ["radiologist", false, true],
  ["data-steward", true, true],
  ["auditor", true, true],
] as const)("a %s is shown readers: %s", async (role, mayReaders, mayLedger) => {
  const cookie = await signInAs(hospital.server.url, role, browser());
  const { idsOf, status } = await asked({ cookie });
  const [read = ""] = reads;
  const may = (allowed: boolean) => (allowed ? [200, undefined] : [403, "NOT_ALLOWED"]);
  expect(await status("AuditEvent")).toEqual(may(mayReaders));
  expect(await status(`AuditEvent/${read}`)).toEqual(may(mayReaders));
  expect(await status(`Provenance/${read}`)).toEqual(may(mayReaders));
  expect(await status("Provenance")).toEqual(may(mayLedger));
  const shown = await idsOf("Provenance?_count=100");
  expect(shown.length).toBeGreaterThan(5);
  expect(reads.some((id) => shown.includes(id))).toBe(mayReaders);
  expect((await idsOf(`Provenance?_id=${read}`)).includes(read)).toBe(mayReaders);
});

test("a machine that may audit the ledger and not see readers is shown none", async () => {
  const { client } = operatorOf(hospital.server);
  const token = async (...scopes: ("ledger.audit" | "ledger.read" | "accesses.read")[]) => {
    const { client: id, secret } = await client.addTokenClient({ name: scopes.join(), scopes });
    const { access_token } = await client.token({ client: id, secret });
    return asked({ authorization: `Bearer ${access_token}` });
  };
  expect(await (await token("ledger.audit", "ledger.read")).status("AuditEvent")).toEqual([403, "NOT_ALLOWED"]);
  expect(await (await token("accesses.read")).status("AuditEvent")).toEqual([200, undefined]);
});
