// Where files come from: dropped, chosen, or a demo image altered on purpose.
import { IconFileUpload, IconFolderOpen } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useRef, useState } from "react";
import { useWording } from "../../i18n/language.tsx";
import { healthQuery } from "../../ui/node.ts";
import { useMay } from "../../ui/session.ts";
import { alteredCopy } from "./altered-copy.ts";

type Take = (files: readonly File[]) => void;

/** A button that opens the system's file dialog, for files or for a folder. */
export function FilePicker({
  take,
  className,
  folder = false,
  children,
}: {
  readonly take: Take;
  readonly className: string;
  readonly folder?: boolean;
  readonly children: ReactNode;
}): ReactNode {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" className={className} onClick={() => input.current?.click()}>
        {children}
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        {...(folder ? { webkitdirectory: "" } : {})}
        onChange={({ target }) => {
          const files = [...(target.files ?? [])];
          target.value = "";
          if (files.length > 0) take(files);
        }}
      />
    </>
  );
}

/** The page before anything was dropped. The whole window takes files; this says so. */
export function EmptyDrop({ take }: { readonly take: Take }): ReactNode {
  const { t } = useWording();
  const demo = useQuery(healthQuery).data?.demo === true;
  const maySee = useMay("studies.read") === true;
  return (
    <div className="card empty-drop">
      <div className="drop-zone">
        <span className="tone tone-accent">
          <IconFileUpload size={32} stroke={1.5} aria-hidden />
        </span>
        <h2 className="size-16 strong">{t.verify.empty}</h2>
        <p className="size-13 second">{t.verify.emptySays}</p>
        <div className="row wrap drop-actions">
          <FilePicker take={take} className="button primary">
            {t.verify.choose}
          </FilePicker>
          <FilePicker take={take} className="button" folder>
            <IconFolderOpen size={16} aria-hidden />
            {t.verifyPage.chooseFolder}
          </FilePicker>
        </div>
      </div>
      {demo && maySee && <Try take={take} />}
    </div>
  );
}

function Try({ take }: { readonly take: Take }): ReactNode {
  const { t } = useWording();
  const [busy, setBusy] = useState(false);
  const tryIt = async (): Promise<void> => {
    setBusy(true);
    const file = await alteredCopy().finally(() => setBusy(false));
    if (file !== undefined) take([file]);
  };
  return (
    <p className="row wrap size-13 second">
      {t.verifyPage.nothingAtHand}
      <button type="button" className="link" disabled={busy} onClick={() => void tryIt()}>
        {t.verifyPage.tryAltered}
      </button>
    </p>
  );
}
