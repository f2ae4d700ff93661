// What is another organization's, or another person's, is nothing here: handles, ids, tokens and sessions that are good elsewhere, and those that are guessed.
import { roles } from "@fiducial/contract";
import { expect, test } from "vitest";
import { browser } from "../scratch/browser.ts";
import { signInAs } from "../scratch/demo-visitor.ts";
import { fhirClient, matchesIn } from "../scratch/fhir-client.ts";
import { berg } from "../scratch/scratch-hospital.ts";
import { takeIn } from "../scratch/scratch-node.ts";
import { refusal, serve } from "../scratch/scratch-server.ts";

/** A node of an organization with a study. */
async function organization() {
  const { scratch, node, server, client, request } = await serve({});
  const study = await takeIn(scratch, node, berg);
  const index = node.store.head().edge.size - 1;
  const entry = await client.entry(index);
  const fhir = fhirClient(server.url, server.operatorToken);
  return { scratch, node, server, client, request, study, index, entry, fhir };
}

test("handles and ids of another organization's log name nothing here", async () => {
  const [ours, theirs] = [await organization(), await organization()];
  const { client, fhir, node } = ours;
  expect(theirs.study).not.toBe(ours.study);
  const { actor = "" } = (await theirs.client.actors()).actors[0] ?? {};
  const { intake } = await theirs.client.openIntake();
  const asked = {
    study: () => client.study(theirs.study),
    accesses: () => client.studyAccesses(theirs.study),
    object: () => client.object({ study: theirs.study, statementId: theirs.entry.id, item: 0 }),
    "own study, their object": () => client.object({ study: ours.study, statementId: theirs.entry.id, item: 0 }),
    statement: () => client.statement(theirs.entry.id),
    actor: () => client.actor(actor),
    intake: () => client.takeObject(intake, new Blob(["x"])),
    registration: () => client.registerIntake(intake),
  };
  for (const [what, ask] of Object.entries(asked))
    expect([what, await refusal(ask())]).toEqual([what, expect.stringMatching(/_UNKNOWN$/)]);
  const theirResources = {
    ImagingStudy: theirs.study,
    Provenance: theirs.entry.id,
    Organization: actor,
    Patient: theirs.node.vault.subjectOfStudy(theirs.study),
  };
  for (const [type, id] of Object.entries(theirResources)) {
    expect([type, (await theirs.fhir.get(`${type}/${id}`)).status]).toEqual([type, 200]);
    expect([type, await fhir.refusal(`${type}/${id}`)]).toEqual([type, [404, "RESOURCE_UNKNOWN"]]);
  }
  expect(matchesIn(await fhir.search(`Provenance?target=ImagingStudy/${theirs.study}`))).toEqual([]);
  const page = await theirs.fhir.search("Provenance?_count=1");
  const token = page.link?.find(({ relation }) => relation === "next")?.url?.split("_page=")[1] ?? "";
  expect(await fhir.refusal(`Provenance?_page=${token}`)).toEqual([410, "PAGE_EXPIRED"]);
  for (const path of ["checkpoint", "tile/0/000", "tile/entries/000"])
    expect((await ours.request(`/logs/${theirs.node.identity.origin}/${path}`)).status).toBe(404);
  expect(node.identity.origin).not.toBe(theirs.node.identity.origin);
});

test("sessions, tokens and the operator's key of another organization open nothing here", async () => {
  const [ours, theirs] = [await organization(), await organization()];
  const ask = async (headers: Record<string, string>) => {
    const answer = await fetch(`${ours.server.url}/api/v1/entries`, { headers });
    return ((await answer.json()) as { code?: string }).code;
  };
  const cookie = await signInAs(theirs.server.url, "administrator", browser());
  const renamed = cookie.replaceAll(/fiducial-session-\w+/g, await ownCookieName(ours.server.url));
  for (const given of [cookie, renamed]) expect(await ask({ cookie: given })).toBe("NOT_SIGNED_IN");
  const { client: id, secret } = await theirs.client.addTokenClient({ name: "theirs", scopes: ["ledger.read"] });
  const { access_token: token } = await theirs.client.token({ client: id, secret });
  for (const given of [token, theirs.server.operatorToken])
    expect(await ask({ authorization: `Bearer ${given}` })).toBe("TOKEN_INVALID");
  expect(await refusal(ours.client.token({ client: id, secret }))).not.toBe("answered");
  expect(await refusal(ours.client.revokeTokenClient(id))).toBe("CLIENT_UNKNOWN");
});

test("a study's objects are reached by their own study only, and handles next to one are nobody's", async () => {
  const { client, study, entry, scratch, node } = await organization();
  const other = await takeIn(scratch, node, { ...berg, patientId: "PAT-2", studyUid: "2.25.2" });
  expect((await client.object({ study, statementId: entry.id, item: 0 })).length).toBeGreaterThan(0);
  expect(await refusal(client.object({ study: other, statementId: entry.id, item: 0 }))).toBe("OBJECT_UNKNOWN");
  for (const item of [3, 1000, 2 ** 31])
    expect(await refusal(client.object({ study, statementId: entry.id, item }))).toBe("OBJECT_UNKNOWN");
  const next = (BigInt(`0x${study}`) ^ 1n).toString(16).padStart(32, "0");
  expect(await refusal(client.study(next))).toBe("STUDY_UNKNOWN");
});

test("roles that are shown no studies are shown none by a handle that they know either", async () => {
  const { server, study, entry } = await organization();
  for (const role of roles.filter((one) => ["patient", "referrer", "reader", "auditor", "educator"].includes(one))) {
    const cookie = await signInAs(server.url, role, browser());
    const paths = [
      `/api/v1/studies/${study}`,
      `/api/v1/studies/${study}/objects/${entry.id}/0`,
      `/fhir/ImagingStudy/${study}`,
      `/dicomweb/studies/${berg.studyUid}`,
    ];
    for (const path of paths) {
      const { status } = await fetch(server.url + path, { headers: { cookie } });
      expect([role, path, status]).toEqual([role, path, 403]);
    }
  }
});

async function ownCookieName(url: string): Promise<string> {
  const cookie = await signInAs(url, "patient", browser());
  return /fiducial-session-\w+/.exec(cookie)?.[0] ?? "";
}
