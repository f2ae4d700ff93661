// The icon of a kind, and the tone in which its line stands.
import type { EntrySummary } from "@fiducial/api";
import { textIn } from "@fiducial/api/sentences";
import {
  type Icon,
  IconAddressBook,
  IconAppWindow,
  IconArchive,
  IconBan,
  IconBell,
  IconBuildingCommunity,
  IconCalendarTime,
  IconClipboardCheck,
  IconDownload,
  IconEraser,
  IconEye,
  IconFileText,
  IconFlag,
  IconIdBadge2,
  IconKey,
  IconKeyOff,
  IconLock,
  IconLockOpen,
  IconMessageReport,
  IconPhotoPlus,
  IconScale,
  IconScan,
  IconServer,
  IconShare,
  IconShieldCheck,
  IconShieldHalf,
  IconShieldQuestion,
  IconShieldX,
  IconSparkles,
  IconTransform,
  IconTrash,
  IconUserCheck,
  IconUserEdit,
  IconUserOff,
  IconUserPlus,
} from "@tabler/icons-react";
import type { Tone } from "../parts.tsx";

/** How an entry's line is marked. */
export interface EntryMark {
  readonly icon: Icon;
  readonly tone: Tone;
}

/** Marks an entry: the icon says what happened, the tone who did it, or how a comparison came out. */
export function markOf(entry: EntrySummary): EntryMark {
  if (entry.kind === "imaging.study.verified") return verdictMark(textIn(entry, "result"));
  const sent = entry.kind === "imaging.study.transferred" && textIn(entry, "direction") === "sent";
  const registered = entry.kind === "identity.actor.registered" ? actorIcons[textIn(entry, "type")] : undefined;
  const icon = sent ? IconShare : (registered ?? icons[entry.kind] ?? IconFileText);
  const type = entry.signers[0]?.type;
  return { icon, tone: sent ? "accent" : type === "person" || type === "ai" ? type : "neutral" };
}

/** Marks how a comparison came out: only what was altered is red. */
function verdictMark(verdict: string): EntryMark {
  return verdicts[verdict] ?? { icon: IconShieldQuestion, tone: "neutral" };
}

const verdicts: Readonly<Record<string, EntryMark>> = {
  identical: { icon: IconShieldCheck, tone: "holds" },
  "header-changed": { icon: IconShieldHalf, tone: "differs" },
  "same-pixels": { icon: IconShieldHalf, tone: "differs" },
  altered: { icon: IconShieldX, tone: "fails" },
  undecided: { icon: IconShieldHalf, tone: "neutral" },
  unknown: { icon: IconShieldQuestion, tone: "neutral" },
};

const actorIcons: Readonly<Record<string, Icon>> = {
  person: IconUserPlus,
  ai: IconSparkles,
  device: IconScan,
  software: IconAppWindow,
};

const icons: Readonly<Record<string, Icon>> = {
  "identity.log.created": IconFlag,
  "identity.organization.registered": IconBuildingCommunity,
  "identity.contract.activated": IconScale,
  "identity.actor.registered": IconUserPlus,
  "identity.actor.retired": IconUserOff,
  "identity.key.registered": IconKey,
  "identity.key.rotated": IconKey,
  "identity.key.recovered": IconKey,
  "identity.key.revoked": IconKeyOff,
  "identity.key.compromised": IconKeyOff,
  "identity.role.granted": IconIdBadge2,
  "identity.role.withdrawn": IconAddressBook,
  "identity.statement.disputed": IconMessageReport,
  "identity.log.sealed": IconArchive,
  "imaging.study.registered": IconServer,
  "imaging.study.extended": IconPhotoPlus,
  "imaging.study.derived": IconTransform,
  "imaging.study.transferred": IconDownload,
  "imaging.study.rejected": IconBan,
  "imaging.subject.corrected": IconUserEdit,
  "imaging.correction.notified": IconBell,
  "imaging.correction.completed": IconUserCheck,
  "imaging.hold.placed": IconLock,
  "imaging.hold.released": IconLockOpen,
  "imaging.retention.set": IconCalendarTime,
  "imaging.destruction.approved": IconClipboardCheck,
  "imaging.study.destroyed": IconTrash,
  "imaging.erasure.approved": IconClipboardCheck,
  "imaging.erasure.executed": IconEraser,
  "access.read.performed": IconEye,
};
