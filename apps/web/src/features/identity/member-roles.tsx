// The roles of a person: held, and those that were withdrawn, each with the entry that says so.
import type { ActorRole } from "@fiducial/api";
import { IconCheck, IconIdBadge2, IconMinus } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useWording } from "../../i18n/language.tsx";
import { Card, Chip, Dot } from "../../ui/parts.tsx";
import { EntryLink } from "./entry-link.tsx";

/** The card. */
export function MemberRoles({ roles }: { readonly roles: readonly ActorRole[] }): ReactNode {
  const { t } = useWording();
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
              <Chip tone="holds" icon={IconCheck}>
                {words.granted}
              </Chip>
            ) : (
              <Chip icon={IconMinus}>{words.withdrawn}</Chip>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
