// Machines that may ask: actors of type software, so that what they did can be said of them.
import { randomBytes } from "node:crypto";
import { actorRetired } from "@fiducial/contract";
import { registerActor } from "../founding/members.ts";
import { state } from "./acts.ts";
import { keptWithActor } from "./members.ts";
import type { Site } from "./site.ts";

/** Registers software of the organization and resolves with its actor id. */
export function addSoftware({ author, household }: Site, name: string): Promise<string> {
  const actor = randomBytes(16).toString("hex");
  return registerActor(author, household.root, { type: "software", name, actor });
}

/** Ends an actor that is software, for good. Rejects with the contract's codes. */
export async function retireSoftware({ author, household }: Site, actor: string): Promise<void> {
  const saying = { open: { actor, reason: "ceased" as const }, sealed: {} };
  await state(author, actorRetired, saying, [household.root], keptWithActor(actor));
}
