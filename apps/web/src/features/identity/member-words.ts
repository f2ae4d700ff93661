// How a member is called and marked: people by their roles, all others by their name.
import type { Actor } from "@fiducial/api";
import { type Icon, IconAppWindow, IconBuildingCommunity, IconScan, IconSparkles, IconUser } from "@tabler/icons-react";
import type { Messages } from "../../i18n/messages.ts";
import type { Tone } from "../../ui/parts.tsx";

/** The types of members, people first. */
export const memberTypes = ["person", "ai", "device", "software", "organization"] as const;

/** Calls a member: a person by the roles held now, by name never. */
export function memberTitle({ type, name, roles }: Actor, t: Messages): string {
  if (type !== "person") return name ?? t.identity.unnamed;
  const held = roles.filter(({ withdrawnBy }) => withdrawnBy === undefined);
  return held.length === 0 ? t.identity.noRole : held.map(({ role }) => t.words.roles[role] ?? role).join(", ");
}

/** The icon of a type, and its tone: people and AI are told apart at a glance. */
export const memberMarks: Readonly<Record<Actor["type"], { readonly icon: Icon; readonly tone: Tone }>> = {
  person: { icon: IconUser, tone: "person" },
  ai: { icon: IconSparkles, tone: "ai" },
  device: { icon: IconScan, tone: "neutral" },
  software: { icon: IconAppWindow, tone: "neutral" },
  organization: { icon: IconBuildingCommunity, tone: "accent" },
};
