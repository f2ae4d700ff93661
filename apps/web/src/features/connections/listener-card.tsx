// What to enter at a modality so that it sends here: AE title, host, port, TLS. DICOM PS3.15 Annex H calls it the network configuration.
import type { DicomListener } from "@fiducial/api";
import { IconAlertTriangle, IconScan } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useWording } from "../../i18n/language.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import { Note } from "../../ui/notes.tsx";
import { Card, Pairs } from "../../ui/parts.tsx";

/** The card. */
export function ListenerCard({ listener }: { readonly listener: DicomListener | undefined }): ReactNode {
  const { t } = useWording();
  const words = t.connections.listener;
  if (listener === undefined)
    return (
      <Card title={words.title}>
        <Note icon={IconScan} title={words.none} says={words.noneSays} />
      </Card>
    );
  const { aeTitle, addresses, port, tls, onlyHere, callers } = listener;
  const values: readonly (readonly [string, string])[] = [
    [words.aeTitle, aeTitle],
    [words.host, addresses.length === 0 ? words.noAddress : addresses.join(words.or)],
    [words.port, String(port)],
    [words.tls, words.tlsOf[tls]],
  ];
  const text = () => values.map(([name, value]) => `${name}: ${value}`).join("\n");
  return (
    <Card title={words.title} says={words.says} aside={<CopyButton text={text} />}>
      <div className="card-body column gap-12">
        <Pairs
          of={values.map(([name, value]) => [
            name,
            <span key={name} className="listener-value">
              {value}
            </span>,
          ])}
        />
        <p className="size-12 second">{callers === undefined ? words.anybody : words.callers(callers.join(", "))}</p>
        {onlyHere && (
          <p className="row gap-8 size-13 tone tone-differs">
            <IconAlertTriangle size={16} aria-hidden />
            <span>{words.onlyHere}</span>
          </p>
        )}
      </div>
    </Card>
  );
}
