// The rooms of a node's intakes, and the inbox in them.
import { join } from "node:path";
import type { Projection } from "@fiducial/projection";
import type { ConnectionBoard } from "../connections/connection-board.ts";
import { diskRoomOf } from "../folder/disk-room.ts";
import type { Stops } from "../logs/stops.ts";
import { isRegistered } from "../objects/registration.ts";
import type { Site } from "../operations/site.ts";
import { type Clock, processClock } from "./clock.ts";
import { deviceDirectory } from "./device-directory.ts";
import { type Inbox, type InboxOptions, inboxDefaults, openInbox } from "./inbox.ts";
import { openInboxMarks } from "./inbox-marks.ts";
import type { IntakeRooms } from "./intake.ts";
import { keptObjects } from "./kept-objects.ts";
import { registrar } from "./registrar.ts";
import { type Registrations, registrations } from "./registrations.ts";
import { studyGatherer } from "./study-gatherer.ts";

/** How a node's inbox differs from the usual. */
export interface InboxChoices extends Partial<InboxOptions> {
  readonly clock?: Clock;
}

/** Opens them. What was kept by a stopped process and neither acknowledged nor registered goes. */
export function openIntakeRooms(
  site: Site,
  projection: Projection,
  board: ConnectionBoard,
  stops: () => Stops,
  { clock = processClock, ...options }: InboxChoices = {},
): { readonly rooms: IntakeRooms; readonly inbox: Inbox } & Pick<Registrations, "onRegistered"> {
  const { folder, vault, logs, objects, fingerprints, nowMs } = site;
  const isOnLog = (file: string) => isRegistered(vault, logs, file);
  const marks = openInboxMarks(join(folder.path, "inbox.db"), objects.unregistered);
  const { tell, onRegistered } = registrations();
  const rooms: IntakeRooms = {
    registered: tell,
    pool: fingerprints,
    objectFolder: objects.folder,
    kept: keptObjects(objects, isOnLog, marks.has),
    gatherer: () => studyGatherer(vault, logs),
    registrar: registrar(site, deviceDirectory(projection, vault, logs.current.store)),
  };
  const stopped = () => stops().replica;
  const freeBytes = () => diskRoomOf(folder.path)?.freeBytes;
  const inbox = openInbox(
    { intake: rooms, objects, marks, board, clock, isRegistered: isOnLog, stopped, freeBytes, nowMs },
    { ...inboxDefaults, ...options },
  );
  return { rooms, inbox, onRegistered };
}
