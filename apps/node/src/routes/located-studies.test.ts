// Whoever follows up a complaint finds which study it is about by a number that the letter has, is shown nothing else of it, and that is recorded.
import type { FoundPlace, Scope } from "@fiducial/api";
import type { Role } from "@fiducial/contract";
import { parseEntry } from "@fiducial/core";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import type { ObjectRecord } from "../intake/study-records.ts";
import { browser } from "../scratch/browser.ts";
import { signInAs } from "../scratch/demo-visitor.ts";
import { searchFor } from "../scratch/identifier-search.ts";
import { berg, coe, type Hospital, hospital, ofBerg } from "../scratch/scratch-hospital.ts";
import { operatorOf } from "../scratch/scratch-server.ts";
import { type RunningServer, startServer } from "../server.ts";

let place: Hospital;
let server: RunningServer;

beforeEach(async () => {
  place = await hospital();
  server = await startServer(place.node, { port: 0, host: "127.0.0.1" });
  onTestFinished(() => server.close());
});

async function as(role: Role): Promise<(path: string, body?: unknown) => Promise<Response>> {
  const cookie = await signInAs(server.url, role, browser());
  const headers = { cookie, "content-type": "application/json", "sec-fetch-site": "same-origin" };
  return (path, body) =>
    fetch(`${server.url}/api/v1${path}`, {
      headers,
      ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
    });
}

async function asMachine(scopes: Scope[]): Promise<(path: string, body: unknown) => Promise<Response>> {
  const { client } = operatorOf(server);
  const { client: id, secret } = await client.addTokenClient({ name: "machine", scopes });
  const { access_token: token } = await client.token({ client: id, secret });
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  return (path, body) => fetch(`${server.url}/api/v1${path}`, { headers, method: "POST", body: JSON.stringify(body) });
}

/** The searches on the log: by roles, of which study, of how many. */
function searches(): unknown[] {
  const all = place.node.store
    .entries(0, place.node.store.head().edge.size)
    .flatMap((bytes) => parseEntry(bytes) ?? []);
  const opens = all.map(({ statement }) => statement.content.open).filter(({ action }) => action === "search");
  return opens.map(({ roles, study, studies, outcome }) => [roles, study, studies, outcome]);
}

const objectUid = `${berg.studyUid}.1.0`;

test("an auditor finds a study's handle by what a letter has of it, to the letter, and nothing of the patient", async () => {
  const ask = await as("auditor");
  for (const text of [berg.accession, berg.studyUid, objectUid, place.study]) {
    const answer = await (await ask("/search", { text })).text();
    const { places } = JSON.parse(answer) as { places: FoundPlace[] };
    const histories = places.flatMap((found) => (found.type === "history" ? [found.history] : []));
    expect([text, histories.map(({ study }) => study)]).toEqual([text, [place.study]]);
    expect(Object.keys(histories[0] ?? {}).sort()).toEqual(["index", "modalities", "registeredAt", "study"]);
    expect(places.map(({ type }) => type)).not.toContain("study");
    expect(searchFor(ofBerg)(Buffer.from(answer))).toEqual([]);
  }
  for (const text of [
    berg.patientId,
    "Bergström",
    berg.accession.toLowerCase(),
    berg.accession.slice(1),
    "2.25.9",
    "%",
  ]) {
    const { places } = (await (await ask("/search", { text })).json()) as { places: FoundPlace[] };
    expect([text, places]).toEqual([text, []]);
  }
  const history = (await (await ask(`/entries?study=${place.study}`)).json()) as { entries: { kind: string }[] };
  expect(history.entries.map(({ kind }) => kind)).toContain("imaging.study.registered");
  expect((await ask(`/accesses?study=${place.study}`)).status).toBe(200);
  expect((await ask(`/studies/${place.study}`)).status).toBe(403);
  expect((await ask("/studies/search", { search: berg.accession })).status).toBe(403);
});

test("the search is recorded with the study that it found, one that finds none as well, and of neither the words", async () => {
  const ask = await as("auditor");
  await ask("/search", { text: coe.accession });
  await ask("/search", { text: "no such thing" });
  expect(searches()).toEqual([
    [["auditor"], place.other, 1, "permitted"],
    [["auditor"], undefined, 0, "permitted"],
  ]);
  const { accesses } = (await (await ask(`/accesses?study=${place.other}`)).json()) as { accesses: { what: string }[] };
  expect(accesses.map(({ what }) => what)).toContain("study-list");
});

test("a search by an object is recorded with the study to which its entry leads, whoever may ask so", async () => {
  const { node, study } = place;
  const [statementId = ""] = node.vault.statementsOf(study);
  const record = node.vault.manifestItem(statementId, 0)?.value as unknown as ObjectRecord | undefined;
  const file = record?.file;
  const machine = await asMachine(["ledger.read", "objects.verify"]);
  const auditor = await as("auditor");
  expect(await (await machine("/search", { text: objectUid })).text()).toContain(study);
  expect(await (await auditor("/search", { text: file })).text()).toContain(study);
  expect(searches()).toEqual([
    [[], study, 1, "permitted"],
    [["auditor"], study, 1, "permitted"],
  ]);
  const before = searches().length;
  // By its number or its id an entry tells what the ledger has.
  for (const text of [String(node.store.indexOf(statementId)), statementId]) await machine("/search", { text });
  expect(searches()).toHaveLength(before);
});

test("roles with studies find them as before, those without the ledger are told nothing", async () => {
  const typesFor = async (role: Role) => {
    const { places = [] } = (await (await (await as(role))("/search", { text: berg.accession })).json()) as {
      places?: FoundPlace[];
    };
    return places.map(({ type }) => type);
  };
  for (const role of ["technologist", "radiologist", "data-steward", "administrator"] as const)
    expect([role, await typesFor(role)]).toEqual([role, ["study"]]);
  for (const role of ["referrer", "reader", "educator", "patient"] as const)
    expect([role, await typesFor(role)]).toEqual([role, []]);
});

test("a SOP Instance UID leads whoever may see studies to the object in its study, beside the entry that registered it", async () => {
  const { node, study } = place;
  const [statementId = ""] = node.vault.statementsOf(study);
  for (const role of ["technologist", "radiologist", "data-steward", "administrator"] as const) {
    const { places } = (await (await (await as(role))("/search", { text: objectUid })).json()) as {
      places: FoundPlace[];
    };
    expect(places.map(({ type }) => type)).toEqual(["entry", "study"]);
    const [, found] = places;
    expect(found).toMatchObject({ study: { study }, object: { statementId } });
    const item = found?.type === "study" ? found.object?.item : undefined;
    const record = node.vault.manifestItem(statementId, item ?? -1)?.value as unknown as ObjectRecord | undefined;
    expect(record?.sopInstanceUid).toBe(objectUid);
  }
});
