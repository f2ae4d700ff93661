// How the node is: its log, who vouches for it, and what is not as it should be.
import type { AskedWitness, Cosigner, Health, IntakeStanding, Trouble } from "@fiducial/api";
import { formatUtcTime, toHex } from "@fiducial/core";
import type { OpenNode } from "../compose.ts";
import { failingConnections } from "../connections/failing-connections.ts";
import { type DiskRoom, diskRoomOf, leastFreeBytes } from "../folder/disk-room.ts";
import type { PeerStanding } from "../witnesses/peer-watch.ts";

/** Tells how the node is, to anybody. */
export function health(node: OpenNode): Health {
  const { identity, witnesses } = node;
  const { size, rootHash } = node.replica.head();
  const latest = node.publication.latest();
  const room = diskRoomOf(node.folder.path);
  const troubles = troublesOf(node, room);
  return {
    status: troubles.length === 0 ? "ok" : "degraded",
    troubles,
    ordering: "local",
    demo: identity.demo === true,
    organization: { id: identity.organization, name: identity.organizationName },
    log: { origin: identity.origin, size, rootHash: toHex(rootHash) },
    ...(latest === undefined ? {} : { checkpoint: { ...latest, cosigners: cosignersOf(node, latest.note) } }),
    witnesses: witnesses.standings().map(askedWitness),
    ...(witnesses.witness === undefined ? {} : { witness: { key: witnesses.witness.key } }),
    backlog: size - node.projection.appliedSize(),
    intake: intakeOf(node),
    ...(room === undefined ? {} : { disk: rounded(room) }),
  };
}

function intakeOf({ inbox }: OpenNode): IntakeStanding {
  const { objects, studies, sinceMs, problem } = inbox.standing();
  return {
    objects,
    studies,
    ...(sinceMs === undefined ? {} : { oldest: formatUtcTime(sinceMs) }),
    ...(problem === undefined ? {} : { problem }),
  };
}

// The file names witnesses: replicas come with logs that several organizations share.
function cosignersOf({ witnesses }: OpenNode, note: string): Cosigner[] {
  return witnesses.cosignersOf(note).map(({ name, timestamp }) => ({ name, timestamp, replica: false }));
}

function askedWitness({ name, reached, size, problem, failingSinceMs }: PeerStanding): AskedWitness {
  return {
    name,
    ...(reached === undefined ? {} : { reached }),
    size,
    ...(problem === undefined ? {} : { problem }),
    ...(failingSinceMs === undefined ? {} : { failingSince: formatUtcTime(failingSinceMs) }),
  };
}

const gibibyte = 2 ** 30;

function rounded({ freeBytes, totalBytes }: DiskRoom): NonNullable<Health["disk"]> {
  const whole = (bytes: number) => Math.floor(bytes / gibibyte) * gibibyte;
  return { freeBytes: whole(freeBytes), totalBytes: whole(totalBytes) };
}

function troublesOf(node: OpenNode, room: DiskRoom | undefined): Trouble[] {
  const { problem } = node.inbox.standing();
  const late = node.witnesses.standings().filter(({ isLate }) => isLate);
  return [
    ...stopTroubles(node),
    ...(node.store.isKnownToDiffer() ? [{ code: "FILE_DIFFERS" as const }] : []),
    ...(problem === undefined ? [] : [{ code: "INTAKE_WAITING" as const, cause: problem }]),
    ...accessTroubles(node),
    ...connectionTroubles(node),
    ...(room !== undefined && room.freeBytes < leastFreeBytes ? [{ code: "DISK_LOW" as const }] : []),
    ...node.troublesBesides.flatMap((tell) => tell()),
    ...late.map(({ name, problem }) => ({
      code: "WITNESS_LATE" as const,
      witness: name,
      ...(problem === undefined ? {} : { cause: problem }),
    })),
  ];
}

// Of a log that was ended elsewhere it is said once, and not to start the node again.
function stopTroubles({ stops }: OpenNode): Trouble[] {
  const { replica, publication, ended } = stops();
  const isOther = (code: string | undefined) => code !== undefined && !(ended === true && code === "LOG_ENDED");
  return [
    ...(ended === true ? [{ code: "LOG_ENDED" as const }] : []),
    ...(isOther(replica) ? [{ code: "LEDGER_STOPPED" as const, cause: replica }] : []),
    ...(isOther(publication) ? [{ code: "PUBLICATION_STOPPED" as const, cause: publication }] : []),
  ];
}

// How many, and not which: what a hospital's systems are called is nobody's business.
function connectionTroubles({ connections }: OpenNode): Trouble[] {
  const { length: count } = failingConnections(connections);
  return count === 0 ? [] : [{ code: "CONNECTION_FAILS", count }];
}

function accessTroubles({ access }: OpenNode): Trouble[] {
  const { reads, inMemory, cause } = access.waiting();
  if (reads === 0 && cause !== "OUTBOX_DAMAGED") return [];
  const waiting = { reads, inMemory };
  return [{ code: "ACCESS_WAITING", waiting, ...(cause === undefined ? {} : { cause }) }];
}
