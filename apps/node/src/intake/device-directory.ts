// Which registered device made an object: found by manufacturer, model and serial number together, as headers give them.
import { directory } from "@fiducial/contract";
import type { Json } from "@fiducial/core";
import type { Store } from "@fiducial/ledger";
import type { Projection } from "@fiducial/projection";
import type { Vault } from "@fiducial/vault";

/** What is known of a device, or what an object's header says of its own. */
export type Equipment = Readonly<Record<string, Json | undefined>>;

/** Finds the registered device that made an object, by what its header says; undefined when there is none. */
export type DeviceDirectory = (equipment: Equipment | undefined) => string | undefined;

/** What a device is found by, or undefined when something of it is missing: then it can be no device's. */
export function deviceKey({ manufacturer, model, serial }: Equipment): string | undefined {
  const parts = [manufacturer, model, serial];
  return parts.every((part) => typeof part === "string" && part !== "") ? JSON.stringify(parts) : undefined;
}

/** The devices that are in use, by what they are found by. */
export function devicesByKey(projection: Projection, vault: Vault): ReadonlyMap<string, string> {
  const actors = projection.identity.actors().filter(({ type, retiredBy }) => type === "device" && retiredBy === null);
  const devices = new Map<string, string>();
  for (const { id } of actors) {
    const key = deviceKey((vault.actorName(id)?.["details"] ?? {}) as Equipment);
    if (key !== undefined) devices.set(key, id);
  }
  return devices;
}

/** Finds devices among those that the ledger knows now. */
export function deviceDirectory(projection: Projection, vault: Vault, store: Store): DeviceDirectory {
  let size = -1;
  let devices: ReadonlyMap<string, string> = new Map();
  return (equipment) => {
    const key = equipment === undefined ? undefined : deviceKey(equipment);
    if (key === undefined) return undefined;
    if (size !== projection.appliedSize()) {
      devices = devicesByKey(projection, vault);
      size = projection.appliedSize();
    }
    const actor = devices.get(key);
    return actor !== undefined && directory.actor(store.state, actor) !== undefined ? actor : undefined;
  };
}
