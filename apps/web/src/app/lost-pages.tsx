// What stands where no page is, and where one failed.
import { IconBug, IconFileUnknown } from "@tabler/icons-react";
import { type ErrorComponentProps, Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useWording } from "../i18n/language.tsx";
import { Note } from "../ui/notes.tsx";
import { PageTitle } from "../ui/page-title.tsx";

/** There is nothing at this address. */
export function NotFound(): ReactNode {
  const { t } = useWording();
  return (
    <>
      <PageTitle title={t.shell.notFound.title} hidden />
      <div className="card">
        <Note icon={IconFileUnknown} title={t.shell.notFound.title} says={t.shell.notFound.says}>
          <Link to="/" className="button">
            {t.shell.notFound.back}
          </Link>
        </Note>
      </div>
    </>
  );
}

/** A page failed. */
export function Crashed({ error }: ErrorComponentProps): ReactNode {
  const { t } = useWording();
  return (
    <>
      <PageTitle title={t.shell.crashed.title} hidden />
      <div className="card">
        <Note
          icon={IconBug}
          tone="fails"
          title={t.shell.crashed.title}
          says={t.shell.crashed.says}
          code={error instanceof Error ? error.name : "ERROR"}
        >
          <button type="button" className="button" onClick={() => location.reload()}>
            {t.shell.crashed.reload}
          </button>
        </Note>
      </div>
    </>
  );
}
