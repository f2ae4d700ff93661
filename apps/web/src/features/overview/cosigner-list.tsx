// Who cosigned the newest checkpoint, and when.
import type { Health } from "@fiducial/api";
import { IconCircleCheck, IconUsers } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useWording } from "../../i18n/language.tsx";
import { Note, Skeletons } from "../../ui/notes.tsx";
import { Card } from "../../ui/parts.tsx";

/** The list. Waiting for witnesses is a state, not an error. */
export function CosignerList({ health }: { readonly health: Health | undefined }): ReactNode {
  const { t, formats } = useWording();
  const { overview } = t.ledger;
  const cosigners = health?.checkpoint?.cosigners ?? [];
  return (
    <Card title={overview.cosigners}>
      {health === undefined && <Skeletons rows={3} height={20} />}
      {health !== undefined && cosigners.length === 0 && (
        <Note icon={IconUsers} title={overview.checkpointNone} says={overview.noCosigners} />
      )}
      <ul className="cosigners">
        {cosigners.map(({ name, replica, timestamp }) => (
          <li key={name}>
            <span className="tone tone-holds">
              <IconCircleCheck size={16} aria-hidden />
            </span>
            <div className="grow">
              <div className="size-13 medium cut">{name}</div>
              <div className="size-12 third">{replica ? overview.replica : overview.witness}</div>
            </div>
            <time className="size-12 second figures" dateTime={new Date(timestamp * 1000).toISOString()}>
              {formats.clockSeconds(new Date(timestamp * 1000).toISOString())}
            </time>
          </li>
        ))}
      </ul>
    </Card>
  );
}
