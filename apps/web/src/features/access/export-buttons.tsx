// The list as a file, without pages: the same filter, the same rows, with names once they were asked for.
import { type AccessFilter, accessesFileName } from "@fiducial/api";
import { IconDownload } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { useWording } from "../../i18n/language.tsx";
import { node } from "../../ui/node.ts";
import { saveText } from "../../ui/receipt-link.ts";

const types = { csv: "text/csv", json: "application/json" } as const;

/** A button for each format. With a reason for which names were shown, the file has them, for the same reason. */
export function ExportButtons({
  filter,
  reason,
}: {
  readonly filter: AccessFilter;
  readonly reason: string | undefined;
}): ReactNode {
  const { t } = useWording();
  const [failed, setFailed] = useState(false);
  const save = async (format: "csv" | "json"): Promise<void> => {
    setFailed(false);
    try {
      const text =
        reason === undefined
          ? await node.accessesExport(format, filter)
          : await node.namedAccessesExport(format, { ...filter, reason });
      saveText(accessesFileName(format, filter, new Date().toISOString().slice(0, 10)), text, types[format]);
    } catch {
      setFailed(true);
    }
  };
  return (
    <>
      {(["csv", "json"] as const).map((format) => (
        <button key={format} type="button" className="button" onClick={() => void save(format)}>
          <IconDownload size={16} aria-hidden />
          {reason === undefined ? t.access.export : t.access.exportNamed} {format.toUpperCase()}
        </button>
      ))}
      {failed && (
        <p role="alert" className="size-12 tone tone-fails">
          {t.access.exportFailed}
        </p>
      )}
    </>
  );
}
