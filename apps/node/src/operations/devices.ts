// Devices of the organization: registered, so that studies name what acquired them; described in the vault alone.
import { registerActor } from "../founding/members.ts";
import type { Site } from "./site.ts";

/** A device as its images' headers describe it. */
export interface DeviceDescription {
  readonly name: string;
  readonly manufacturer?: string | undefined;
  readonly model?: string | undefined;
  readonly serial?: string | undefined;
  readonly station?: string | undefined;
}

/** A registered device. */
export interface Device extends DeviceDescription {
  readonly actor: string;
  readonly index: number;
  readonly retired: boolean;
}

/** Registers a device and resolves with its actor id. */
export function addDevice(site: Site, { name, ...given }: DeviceDescription): Promise<string> {
  return site.operating.take(async () => {
    const details = Object.fromEntries(Object.entries(given).filter((entry) => entry[1] !== undefined)) as Record<
      string,
      string
    >;
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
