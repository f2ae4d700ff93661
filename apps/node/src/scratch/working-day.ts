// A small day's work at a node that runs: people sign in and out, machines ask and send, and something is refused to each of them.
import { apiClient } from "@fiducial/api";
import { smallObject } from "@fiducial/dicom/phantom";
import type { RequestedAssociation } from "../connections/dimse/requested-association.ts";
import type { RunningNode } from "../running-node.ts";
import { browser } from "./browser.ts";
import { signInAs } from "./demo-visitor.ts";
import { associate, store } from "./dimse-sender.ts";
import { coe } from "./scratch-hospital.ts";
import { member, type ScratchNode, takeIn } from "./scratch-node.ts";
import { operatorOf } from "./scratch-server.ts";

/** The settings that such a day takes. */
export const workingDaySettings = [
  "dicom.port=0",
  `dicom.callers=${JSON.stringify([{ aeTitle: "CT1", addresses: ["127.0.0.1"] }])}`,
];

/** What is left at the end of the day. */
export interface WorkingDay {
  /** One that is open still. */
  readonly association: RequestedAssociation;
}

/** Works at a node that has these settings. */
export async function workingDay(scratch: ScratchNode, running: RunningNode): Promise<WorkingDay> {
  await members(scratch, running);
  await people(running);
  await machines(running);
  return { association: await modalities(running) };
}

async function members(scratch: ScratchNode, { node }: RunningNode): Promise<void> {
  const study = await takeIn(scratch, node, { ...coe, objects: 2 });
  const dora = await member(scratch, node, "dora", "data-steward");
  const dan = await member(scratch, node, "dan", "data-steward");
  await node.operations.members.grant(dan.actor, "data-steward").catch(() => {});
  await node.operations.placeHold({ studies: [study], reason: "trial" }, [dora]);
  await node.operations.releaseHold({ study }, [dora]);
  await node.operations.destroy([study], "rejected", [dora, dan]);
  await takeIn(scratch, node, { ...coe, studyUid: "2.25.4711", objects: 2 });
}

async function people({ node, server: { url } }: RunningNode): Promise<void> {
  const cookie = await signInAs(url, "radiologist", browser());
  const [study] = node.projection.imaging.studies({ limit: 1 }).map((one) => one.study);
  await read(`${url}/api/v1/studies/${study}`, { headers: { cookie } });
  await read(`${url}/api/v1/session/end`, { method: "POST", headers: { cookie, "sec-fetch-site": "same-origin" } });
  await read(`${url}/sign-in/callback?state=x&code=y`);
  await read(`${url}/api/v1/studies`);
  await signInAs(url, "auditor", browser());
}

async function machines({ server }: RunningNode): Promise<void> {
  const { client, request } = operatorOf(server);
  await (await request("/api/v1/audits", { method: "POST" })).text();
  const { client: id, secret } = await client.addTokenClient({ name: "A script", scopes: ["ledger.read"] });
  for (const given of [secret, "a wrong one"]) {
    const form = new URLSearchParams({ grant_type: "client_credentials", client_id: id, client_secret: given });
    await read(`${server.url}/api/v1/token`, { method: "POST", body: form });
  }
  await apiClient({ baseUrl: server.url }).health();
}

async function modalities({ dicom }: RunningNode): Promise<RequestedAssociation> {
  const { port = 0 } = dicom ?? {};
  await store({ port }, smallObject({ seed: "sent" }));
  const verification = ["1.2.840.10008.1.1", "1.2.840.10008.1.2"] as const;
  await associate({ port, callingAe: "STRANGER" }, verification).catch(() => {});
  return associate({ port }, verification);
}

async function read(url: string, init: RequestInit = {}): Promise<void> {
  await (await fetch(url, init)).text();
}
