// What people say of a study with a passkey: a hold, its end, a rejection. Behind one small button.
import type { StudyDetail } from "@fiducial/api";
import { holdPlaced, holdReleased, type RejectionReason, rejectionReasons, studyRejected } from "@fiducial/contract";
import { Menu } from "@mantine/core";
import { IconHandStop } from "@tabler/icons-react";
import { Fragment, type ReactNode, useState } from "react";
import { shortHex } from "../../i18n/formats.ts";
import { useWording } from "../../i18n/language.tsx";
import type { Act } from "../../ui/passkey/ceremony.ts";
import { Signing } from "../../ui/passkey/signing.tsx";
import { useMay, useSession } from "../../ui/session.ts";

/** The menu, for those whose roles may say any of it; the ledger decides. */
export function StudyActs({ study }: { readonly study: StudyDetail }): ReactNode {
  const { t } = useWording();
  const words = t.account.studyActs;
  const maySign = useMay("acts.sign") === true;
  const offered = useOffered(study);
  const [act, setAct] = useState<Act>();
  // What was just recorded is shown also where it leaves nothing to be said.
  if (act !== undefined)
    return (
      <div className="study-acts">
        <Signing act={act} done={() => setAct(undefined)} />
      </div>
    );
  if (!maySign || offered.length === 0) return null;
  const isReject = offered.some(([, one]) => one.kind === studyRejected.name);
  const isHold = offered.some(([, one]) => one.kind !== studyRejected.name);
  return (
    <Menu
      position="bottom-end"
      offset={6}
      withinPortal={false}
      withInitialFocusPlaceholder={false}
      transitionProps={{ duration: 0 }}
    >
      <Menu.Target>
        <button type="button" className="button">
          <IconHandStop size={16} aria-hidden />
          {words.titles[isHold === isReject ? "both" : isHold ? "hold" : "reject"]}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <p className="acts-note size-12 second">{words.says}</p>
        {offered.map(([says, one], at) => (
          <Fragment key={says}>
            {(at === 0 || one.kind === studyRejected.name) && offered[at - 1]?.[1].kind !== one.kind && (
              <Menu.Divider />
            )}
            <Menu.Item onClick={() => setAct(one)}>{says}</Menu.Item>
          </Fragment>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function useOffered(study: StudyDetail): readonly (readonly [says: string, act: Act])[] {
  const { t } = useWording();
  const words = t.account.studyActs;
  const roles: readonly string[] = useSession()?.roles ?? [];
  return sensibleActs(study, roles).map((act) => {
    if (act.kind === "imaging.hold.placed") return [words.hold, act];
    if (act.kind === "imaging.study.rejected") return [words.reject[act.reason] ?? act.reason, act];
    return [study.holds.length === 1 ? words.release : words.releaseOne(shortHex(act.hold ?? "")), act];
  });
}

type StudyAct = Extract<Act, { readonly study: string }>;

/** The acts that people with these roles may state and that say something new of a study: a hold where there is none, the end of each that there is, a rejection of what is neither rejected nor destroyed. */
export function sensibleActs(
  { study, notices, holds, rejection }: Pick<StudyDetail, "study" | "notices" | "holds" | "rejection">,
  roles: readonly string[],
): readonly StudyAct[] {
  const may = ({ by }: { readonly by: readonly string[] }) => by.some((one) => roles.includes(one));
  const isThere = !notices.includes("STUDY_DESTROYED");
  const reasons = Object.keys(rejectionReasons) as RejectionReason[];
  return [
    ...(may(holdPlaced) && isThere && holds.length === 0
      ? [{ kind: "imaging.hold.placed", study, reason: "legal" } as const]
      : []),
    ...(may(holdReleased) ? holds.map((hold) => ({ kind: "imaging.hold.released", study, hold }) as const) : []),
    ...(may(studyRejected) && isThere && rejection?.scope !== "study"
      ? reasons.map((reason) => ({ kind: "imaging.study.rejected", study, reason }) as const)
      : []),
  ];
}
