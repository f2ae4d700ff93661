// Pages are complete and in one order however the log grows meanwhile, and what is read this way is recorded.
import type { Bundle, Resource } from "@fiducial/fhir";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type FhirClient, matchesIn } from "../../scratch/fhir-client.ts";
import { type FhirHospital, type FhirPerson, fhirHospital } from "../../scratch/fhir-hospital.ts";

let hospital: FhirHospital;
let client: FhirClient;

const person = (number: number, objects = 1) => ({
  person: {
    id: `P-${number}`,
    issuer: "",
    name: `Person^${number}`,
    uid: `2.25.9000${number}`,
    accession: `A-${number}`,
    // Not in the order in which they come.
    date: `2026010${((number * 3) % 7) + 1}`,
  } satisfies FhirPerson,
  objects,
});
const people = Array.from({ length: 7 }, (_, number) => person(number).person);

beforeAll(async () => {
  hospital = await fhirHospital(people);
  client = hospital.client;
});
afterAll(() => hospital.close());

const uidOf = (resource: Resource) =>
  (resource as { identifier?: { value: string }[] }).identifier?.[0]?.value.slice(8);

/** Pages through a search; between pages, `meanwhile` happens. */
async function paged(query: string, meanwhile: (page: number) => Promise<void>): Promise<Resource[]> {
  const found: Resource[] = [];
  let pages = 0;
  for (let page: Bundle | undefined = await client.search(query); page !== undefined; page = await client.next(page)) {
    found.push(...matchesIn(page));
    await meanwhile(pages++);
  }
  return found;
}

let newcomers = 100;
/** A new study comes in, and one that is there is extended. */
async function grow(page: number): Promise<void> {
  await hospital.takeIn(person(newcomers++).person);
  const extended = people[page % people.length] as FhirPerson;
  await hospital.takeIn({ ...extended, uid: extended.uid }, 2 + page);
}

describe.each([
  "",
  "&_sort=started",
  "&_sort=-started",
  "&_sort=_lastUpdated",
  "&_sort=-_lastUpdated",
  "&_lastUpdated=ge2020",
])("ImagingStudy?_count=2%s", (rest) => {
  test("gives every study that was there at first, once, in the order of one page, while others come in and are extended", async () => {
    const before = (await client.all(`ImagingStudy?_count=200${rest}`)).map(uidOf);
    const after = (await paged(`ImagingStudy?_count=2${rest}`, grow)).map(uidOf);
    expect(after).toEqual(before);
  });
});

test("Provenance gives every entry that was there at first, in both orders, while the log grows", async () => {
  for (const sort of ["", "&_sort=_lastUpdated", "&_sort=-_lastUpdated"]) {
    const { size } = hospital.node.store.head().edge;
    const found = await paged(`Provenance?_count=20${sort}`, grow);
    const indexes = found.map(({ meta }) => Number(meta?.versionId));
    const all = Array.from({ length: size }, (_, at) => at);
    expect(indexes).toEqual(sort === "&_sort=_lastUpdated" ? all : all.reverse());
  }
});

test("a page never holds more than was asked for, nor than the node gives", async () => {
  expect(matchesIn(await client.search("ImagingStudy?_count=3")).length).toBe(3);
  expect((await client.search("Provenance?_count=999999999")).entry?.length).toBeLessThanOrEqual(200);
});

test("a page that is asked for again holds the same", async () => {
  const first = await client.search("ImagingStudy?_count=2");
  const second = await client.next(first);
  await grow(0);
  const again = await client.next(first);
  expect(matchesIn(again as Bundle).map(({ id }) => id)).toEqual(matchesIn(second as Bundle).map(({ id }) => id));
  const self = second?.link?.find(({ relation }) => relation === "self")?.url ?? "";
  expect(matchesIn((await client.search(self)) as Bundle).map(({ id }) => id)).toEqual(
    matchesIn(second as Bundle).map(({ id }) => id),
  );
});

describe("what is shown of patients is recorded", () => {
  const recorded = async () => {
    await hospital.node.projector.caughtUp(hospital.node.store.head().edge.size);
    return hospital.node.projection.access.reads({ limit: 500 });
  };

  test("before the answer is there: a list, a study, a patient", async () => {
    const [study] = matchesIn(await client.search(`ImagingStudy?identifier=${people[3]?.uid}`));
    const { body: read } = await client.get<Resource>(`ImagingStudy/${study?.id}`);
    const [patient] = matchesIn(await client.search(`Patient?identifier=${people[3]?.id}`));
    const reads = await recorded();
    expect(reads).toContainEqual(expect.objectContaining({ what: "study-list", action: "search", studies: 1 }));
    expect(reads).toContainEqual(expect.objectContaining({ what: "study", action: "view", study: read.id }));
    expect(reads).toContainEqual(expect.objectContaining({ what: "study-list", action: "search", study: read.id }));
    expect(patient?.resourceType).toBe("Patient");
  });

  test("and is told as AuditEvents, by study, by patient, by id", async () => {
    const [study] = matchesIn(await client.search(`ImagingStudy?identifier=${people[4]?.uid}`));
    const [patient] = matchesIn(await client.search(`Patient?identifier=${people[4]?.id}`));
    await client.get(`ImagingStudy/${study?.id}`);
    await recorded();
    const byStudy = await client.all(`AuditEvent?entity=ImagingStudy/${study?.id}&_count=1`);
    expect(byStudy.length).toBeGreaterThanOrEqual(2);
    expect(JSON.stringify(byStudy)).toContain(`"Patient/${patient?.id}"`);
    const byPatient = await client.all(`AuditEvent?patient=Patient/${patient?.id}&_count=1`);
    expect(byPatient.map(({ id }) => id)).toEqual(byStudy.map(({ id }) => id));
    expect(matchesIn(await client.search(`AuditEvent?_id=${byStudy[0]?.id}`))).toEqual([byStudy[0]]);
    expect(await client.all("AuditEvent?date=lt2020")).toEqual([]);
    expect(await client.all(`AuditEvent?agent=Practitioner/${"0".repeat(32)}`)).toEqual([]);
    // Other entries are none.
    const [entry] = await client.all("Provenance?_sort=_lastUpdated");
    expect(await client.refusal(`AuditEvent/${entry?.id}`)).toEqual([404, "RESOURCE_UNKNOWN"]);
  });

  test("but the log's own words about nobody are not", async () => {
    const { size } = hospital.node.store.head().edge;
    for (const type of ["Provenance", "Organization", "Device", "Practitioner", "Endpoint", "StructureDefinition"])
      await client.search(type);
    expect(hospital.node.store.head().edge.size).toBe(size);
  });
});
