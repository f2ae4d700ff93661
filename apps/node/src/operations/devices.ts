// Devices of the organization: registered, so that studies name what acquired them; described in the vault alone.
import { registerActor } from "../founding/members.ts";
import { deviceKey, devicesByKey } from "../intake/device-directory.ts";
import { NodeError } from "../node-error.ts";
import type { Site } from "./site.ts";

/** A device as its images' headers describe it. */
export interface DeviceDescription {
  readonly name: string;
  readonly manufacturer: string;
  readonly model: string;
  readonly serial: string;
  readonly station?: string | undefined;
}

/** A registered device, with what the vault keeps of it. */
export interface Device extends Partial<DeviceDescription> {
  readonly name: string;
  readonly actor: string;
  readonly index: number;
  readonly retired: boolean;
}

/** Registers a device and resolves with its actor id. Rejects with DEVICE_INCOMPLETE when no image could be told to be its own, and with DEVICE_KNOWN. */
export function addDevice(site: Site, { name, ...given }: DeviceDescription): Promise<string> {
  return site.operating.take(async () => {
    const details = present(given);
    if (deviceKey(details) === undefined) throw new NodeError("DEVICE_INCOMPLETE");
    const { projection, caughtUp } = site.logs.current;
    await caughtUp();
    if (devicesByKey(projection, site.vault).has(deviceKey(details) as string)) throw new NodeError("DEVICE_KNOWN");
    const actor = await registerActor(site.author, site.household.root, { type: "device", name, details });
    await site.logs.current.caughtUp();
    return actor;
  });
}

/** Lists the devices on the current log, the oldest first. */
export async function listDevices({ logs, vault }: Site): Promise<Device[]> {
  await logs.current.caughtUp();
  const actors = logs.current.projection.identity.actors().filter(({ type }) => type === "device");
  return actors.map(({ id, index, retiredBy }) => {
    const { name = "", details = {} } = (vault.actorName(id) ?? {}) as { name?: string; details?: DeviceDescription };
    return { actor: id, index, retired: retiredBy !== null, ...details, name };
  });
}

// As the headers are read: without the spaces that DICOM pads values with.
function present(given: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const trimmed = Object.entries(given).map(([name, value]) => [name, value?.trim() ?? ""] as const);
  return Object.fromEntries(trimmed.filter(([, value]) => value !== ""));
}
