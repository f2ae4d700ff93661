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
  if (!maySign || offered.length === 0) return null;
  const isReject = offered.some(([, one]) => one.kind === studyRejected.name);
  const isHold = offered.some(([, one]) => one.kind !== studyRejected.name);
  if (act !== undefined)
    return (
      <div className="study-acts">
        <Signing act={act} done={() => setAct(undefined)} />
      </div>
    );
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

function useOffered({ study, history }: StudyDetail): readonly (readonly [says: string, act: Act])[] {
  const { t } = useWording();
  const words = t.account.studyActs;
  const roles: readonly string[] = useSession()?.roles ?? [];
  const may = ({ by }: { readonly by: readonly string[] }) => by.some((one) => roles.includes(one));
  const holds = openHolds(history);
  const offered: (readonly [string, Act])[] = [];
  if (may(holdPlaced)) offered.push([words.hold, { kind: "imaging.hold.placed", study, reason: "legal" }]);
  if (may(holdReleased))
    for (const hold of holds)
      offered.push([
        holds.length === 1 ? words.release : words.releaseOne(shortHex(hold)),
        { kind: "imaging.hold.released", study, hold },
      ]);
  if (may(studyRejected))
    for (const reason of Object.keys(rejectionReasons) as RejectionReason[])
      offered.push([words.reject[reason] ?? reason, { kind: "imaging.study.rejected", study, reason }]);
  return offered;
}

/** The holds that a study's history leaves. */
export function openHolds(
  history: readonly Pick<StudyDetail["history"][number], "index" | "kind" | "open">[],
): string[] {
  const holds = new Set<string>();
  for (const { kind, open } of [...history].sort((a, b) => a.index - b.index)) {
    const hold = String(open["hold"]);
    if (kind === holdPlaced.name) holds.add(hold);
    if (kind === holdReleased.name) holds.delete(hold);
  }
  return [...holds];
}
