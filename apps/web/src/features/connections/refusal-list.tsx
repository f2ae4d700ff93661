// What was refused of late: when, from where, why and what to do; never whose images they were.
import type { ConnectionList } from "@fiducial/api";
import { IconBan } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useWording } from "../../i18n/language.tsx";
import { Card, Dot } from "../../ui/parts.tsx";

/** The card; nothing where nothing was refused. */
export function RefusalList({ connections, refusals }: ConnectionList): ReactNode {
  const { t, formats } = useWording();
  const words = t.connections;
  if (refusals.length === 0) return undefined;
  const nameOf = (id: string) => connections.find((one) => one.id === id)?.name ?? id;
  return (
    <Card title={words.refusals} says={words.refusalsSays}>
      <ul className="entries">
        {refusals.map(({ connection, code, says, at }, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two refusals may be alike in everything.
          <li key={row}>
            <div className="entry-line connection">
              <Dot icon={IconBan} />
              <div className="grow">
                <div className="size-13 pretty">{words.faults[code] ?? says}</div>
                <div className="facts">
                  <span>{nameOf(connection)}</span>
                  <time dateTime={at}>{formats.moment(at)}</time>
                  <span className="mono">{code}</span>
                </div>
              </div>
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}
