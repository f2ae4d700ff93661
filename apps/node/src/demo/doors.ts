// Through which door of the node each deed of the story goes: the doors of real life, and no other.
import { join } from "node:path";
import type { Role } from "@fiducial/contract";
import { formatUtcTime, type JsonObject } from "@fiducial/core";
import { devices } from "@fiducial/dicom/phantom";
import type { OpenNode } from "../compose.ts";
import { NodeError } from "../node-error.ts";
import type { Cast } from "./cast.ts";
import { copyOf, countOf, inFolder, nameOf, objectsOf, patientNumber } from "./copies.ts";
import type { Deed } from "./deed.ts";
import type { Visit } from "./visits.ts";

/** What doing something takes. */
export interface Stage {
  readonly node: OpenNode;
  readonly cast: Cast;
  /** Handles of studies by name, as far as they have come up. */
  readonly studies: Map<string, string>;
}

type DeedOf<Does extends Deed["does"]> = Extract<Deed, { does: Does }>;

/** Does something at a moment (milliseconds since 1970) that the node's clock shows already. */
export async function perform(stage: Stage, deed: Deed, atMs: number): Promise<void> {
  const door = doors[deed.does] as (stage: Stage, deed: Deed, atMs: number) => Promise<unknown>;
  await door(stage, deed, atMs);
}

const doors: {
  readonly [Does in Deed["does"]]: (stage: Stage, deed: DeedOf<Does>, atMs: number) => Promise<unknown>;
} = {
  "device-installed": install,
  "person-joins": ({ cast }, { role }) => cast.join(role),
  "key-given": ({ cast }, { role }) => cast.giveKey(role),
  "objects-arrive": arrive,
  "study-transferred": (stage, { visit, direction, other, protocol, purpose }) =>
    state(stage, "imaging.study.transferred", visit, {
      open: { direction, purpose, instances: countOf(visit), outcome: "completed" },
      sealed: { destination: other, protocol },
    }),
  "copy-verified": verify,
  "series-rejected": (stage, { visit, role }) => {
    const instances = [...objectsOf(visit)].map(({ sopInstanceUid }) => sopInstanceUid);
    const open = { reason: "quality", scope: "series", instances: instances.length };
    return state(stage, "imaging.study.rejected", visit, { open, sealed: { instances }, role });
  },
  "hold-placed": async (stage, { visit, role }) => {
    const hold = { studies: [handleOf(stage, visit)], reason: "legal", matter: "Demonstration: a claim" } as const;
    return stage.node.operations.placeHold(hold, [await stage.cast.key(role)]);
  },
  "hold-released": async (stage, { visit, role }) =>
    stage.node.operations.releaseHold({ study: handleOf(stage, visit) }, [await stage.cast.key(role)]),
  "retention-set": async (stage, { visit, role, untilMs }) => {
    const rule = "Demonstration: ten years";
    const retention = { study: handleOf(stage, visit), until: formatUtcTime(untilMs), rule };
    return stage.node.operations.setRetention(retention, [await stage.cast.key(role)]);
  },
  "patient-corrected": async (stage, { visit, role, patient }) =>
    stage.node.operations.correct(handleOf(stage, visit), patientNumber(patient), [await stage.cast.key(role)]),
  "correction-completed": async (stage, { visit, role }) =>
    stage.node.operations.completeCorrection(handleOf(stage, visit), [await stage.cast.key(role)]),
  "record-read": read,
};

// A crash may have come between a device and the note of it.
async function install({ node }: Stage, { station }: DeedOf<"device-installed">): Promise<void> {
  const { manufacturer, model, serialNumber: serial } = devices[station];
  try {
    await node.operations.devices.add({ name: station, manufacturer, model, serial, station });
  } catch (thrown) {
    if (!(thrown instanceof NodeError && thrown.code === "DEVICE_KNOWN")) throw thrown;
  }
}

async function arrive(stage: Stage, { visit, from, to, copy }: DeedOf<"objects-arrive">): Promise<void> {
  const files = copy === "same" ? objectsOf(visit, from, to) : [copyOf(visit, copy)];
  const { studies } = await inFolder(files, (folder) => stage.node.ingest([folder]));
  const [registered] = studies;
  if (registered !== undefined) stage.studies.set(nameOf(visit), registered.study);
}

async function verify(stage: Stage, { visit, copy, role }: DeedOf<"copy-verified">): Promise<void> {
  const object = copyOf(visit, copy);
  const { verdict, changedAttributes } = await inFolder([object], (folder) =>
    stage.node.verify(join(folder, object.fileName)),
  );
  const changed = changedAttributes.map(({ path }) => path.replace(",", "").toUpperCase());
  const sealed = verdict === "identical" ? {} : { instances: [object.sopInstanceUid], changedAttributes: changed };
  await state(stage, "imaging.study.verified", visit, { open: { result: verdict, instances: 1 }, sealed, role });
}

async function read(stage: Stage, deed: DeedOf<"record-read">, atMs: number): Promise<void> {
  const { role, visit, does: _, ...facts } = deed;
  const { node, cast } = stage;
  const study = visit === undefined ? undefined : handleOf(stage, visit);
  const instances = visit !== undefined && facts.what === "images" ? countOf(visit) : undefined;
  const caller = await cast.caller(role, atMs);
  await node.access.before({ ...facts, caller, study, instances, address: wardAddress });
  // On a machine that is slow, the ledger may have kept a reader waiting for longer than readers wait.
  while (node.access.waiting().reads > 0) await node.access.catchUp();
}

/** Some workstation inside the hospital: of addresses only that is kept. */
const wardAddress = "10.20.0.7";

interface Said {
  readonly open: JsonObject;
  readonly sealed: JsonObject;
  /** Who signs with the own key; the gateway, unless told. */
  readonly role?: Role | undefined;
}

function state(stage: Stage, kind: string, visit: Visit, { open, sealed, role }: Said) {
  const { node, cast } = stage;
  const study = handleOf(stage, visit);
  const saying = { kind, open: { study, ...open }, sealed, basis: "seen" } as const;
  return node.operations.state(saying, {
    as: role === undefined ? [] : [cast.keyFile(role)],
    counterSigners: [],
  });
}

// What arrived before a crash is found again by one of its objects.
function handleOf({ node, studies }: Stage, visit: Visit): string {
  const known = studies.get(nameOf(visit));
  if (known !== undefined) return known;
  const [first] = objectsOf(visit, 0, 1);
  const versions = node.vault.versionsOf({ sopInstanceUid: first?.sopInstanceUid ?? "" });
  const found = versions.find(({ statement }) => node.store.indexOf(statement) !== undefined)?.study;
  if (found === undefined) throw new NodeError("STUDY_UNKNOWN");
  studies.set(nameOf(visit), found);
  return found;
}
