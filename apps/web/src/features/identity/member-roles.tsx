// The roles of a person: held, and those that were withdrawn, each with the entry that says so.
import type { Actor } from "@fiducial/api";
import type { Role } from "@fiducial/contract";
import { IconCheck, IconIdBadge2, IconMinus } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { useWording } from "../../i18n/language.tsx";
import { Card, Chip, Dot } from "../../ui/parts.tsx";
import { Signing } from "../../ui/passkey/signing.tsx";
import { EntryLink } from "./entry-link.tsx";
import { RoleGrant, useRoleActs } from "./role-acts.tsx";

/** The card. */
export function MemberRoles({ member }: { readonly member: Actor }): ReactNode {
  const { roles } = member;
  const { t } = useWording();
  const mayChange = useRoleActs(member);
  const [withdrawing, setWithdrawing] = useState<Role>();
  const words = t.identity.one;
  return (
    <Card title={words.roles}>
      {roles.length === 0 && <p className="card-body size-13 second">{words.noRoles}</p>}
      <ul className="entries">
        {roles.map(({ role, index, withdrawnBy }) => (
          <li key={index} className="member-line">
            <Dot icon={IconIdBadge2} tone={withdrawnBy === undefined ? "person" : "neutral"} />
            <div className="grow">
              <div className="size-13 strong">{t.words.roles[role] ?? role}</div>
              <div className="facts">
                <span>
                  {words.from} <EntryLink index={index} />
                </span>
                {withdrawnBy !== undefined && (
                  <span>
                    {words.until} <EntryLink index={withdrawnBy} />
                  </span>
                )}
              </div>
            </div>
            {withdrawnBy === undefined ? (
              <>
                <Chip tone="holds" icon={IconCheck}>
                  {words.granted}
                </Chip>
                {mayChange && role !== "administrator" && (
                  <button type="button" className="button small" onClick={() => setWithdrawing(role as Role)}>
                    {t.account.roleActs.withdraw}
                    <span className="unseen"> {t.words.roles[role] ?? role}</span>
                  </button>
                )}
              </>
            ) : (
              <Chip icon={IconMinus}>{words.withdrawn}</Chip>
            )}
          </li>
        ))}
      </ul>
      {withdrawing !== undefined && (
        <Signing
          act={{ kind: "identity.role.withdrawn", actor: member.actor, role: withdrawing }}
          done={() => setWithdrawing(undefined)}
        />
      )}
      {mayChange && withdrawing === undefined && <RoleGrant member={member} />}
    </Card>
  );
}
