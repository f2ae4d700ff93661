// The list as a file, without pages: the same filter, the same rows.
import type { AccessFilter } from "@fiducial/api";
import { IconDownload } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { useWording } from "../../i18n/language.tsx";
import { node } from "../../ui/node.ts";

const types = { csv: "text/csv", json: "application/json" } as const;

/** A button for each format. */
export function ExportButtons({ filter }: { readonly filter: AccessFilter }): ReactNode {
  const { t } = useWording();
  const [failed, setFailed] = useState(false);
  const save = async (format: "csv" | "json"): Promise<void> => {
    setFailed(false);
    try {
      saveText(await node.accessesExport(format, filter), `accesses.${format}`, types[format]);
    } catch {
      setFailed(true);
    }
  };
  return (
    <>
      {(["csv", "json"] as const).map((format) => (
        <button key={format} type="button" className="button" onClick={() => void save(format)}>
          <IconDownload size={16} aria-hidden />
          {t.access.export} {format.toUpperCase()}
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

function saveText(text: string, name: string, type: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
