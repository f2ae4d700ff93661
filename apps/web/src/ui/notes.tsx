// States of a page in which it has nothing to show: empty, waiting, failed. Each says what is known and what to do next.
import { ApiError, type Permission, permissions, rolesAllowed } from "@fiducial/api";
import { type Icon, IconCloudOff, IconFileUnknown, IconLock, IconLogin2 } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useWording } from "../i18n/language.tsx";
import type { Tone } from "./parts.tsx";
import { signInAddress } from "./session.ts";

/** Something that takes the place of content: an icon, a sentence, an explanation, one or two actions, the code last. */
export function Note({
  icon: Mark,
  tone = "neutral",
  title,
  says,
  code,
  children,
}: {
  readonly icon: Icon;
  readonly tone?: Tone;
  readonly title: string;
  readonly says?: ReactNode;
  readonly code?: string | undefined;
  readonly children?: ReactNode;
}): ReactNode {
  const { t } = useWording();
  return (
    <div className="note appears">
      <span className={`tone-${tone} tone`}>
        <Mark size={32} stroke={1.5} aria-hidden />
      </span>
      <div className="column gap-4 grow">
        <h2 className="size-16 strong">{title}</h2>
        {says !== undefined && <p className="size-13 second">{says}</p>}
        {code !== undefined && (
          <p className="size-12 third row">
            {t.ledger.entry.code} <span className="mono second">{code}</span>
          </p>
        )}
        {children !== undefined && <div className="row wrap note-actions">{children}</div>}
      </div>
    </div>
  );
}

/** Says that a request failed: what happened, what still holds, what to do, the code last. */
export function Failure({ error, again }: { readonly error: Error; readonly again?: () => void }): ReactNode {
  const { t } = useWording();
  const { code, status, problem } =
    error instanceof ApiError ? error : { code: error.name, status: 0, problem: undefined };
  const gone = status === 404;
  if (code === "NOT_SIGNED_IN") return <SignInNote />;
  if (code === "NOT_ALLOWED" && Object.hasOwn(permissions, problem?.permission ?? ""))
    return <NotAllowed permission={problem?.permission as Permission} />;
  return (
    <Note
      icon={gone ? IconFileUnknown : IconCloudOff}
      tone={gone ? "neutral" : "fails"}
      title={gone ? t.shell.failure.gone : t.shell.failure.title}
      says={gone ? problem?.title : t.shell.failure.says}
      code={code}
    >
      {again !== undefined && !gone && (
        <button type="button" className="button" onClick={again}>
          {t.shell.failure.again}
        </button>
      )}
    </Note>
  );
}

/** Says that this is for others, and in which roles they are. */
export function NotAllowed({ permission }: { readonly permission: Permission }): ReactNode {
  const { t } = useWording();
  const roles = rolesAllowed(permission).map((role) => t.words.roles[role] ?? role);
  return (
    <Note
      icon={IconLock}
      title={t.shell.notAllowed.title}
      says={t.shell.notAllowed.says(t.shell.notAllowed.shows[permission], roles)}
      code="NOT_ALLOWED"
    >
      <Link to="/verify" className="button">
        {t.shell.notAllowed.verify}
      </Link>
    </Note>
  );
}

function SignInNote(): ReactNode {
  const { t } = useWording();
  return (
    <Note icon={IconLogin2} title={t.shell.signedOut.title} says={t.shell.signedOut.says} code="NOT_SIGNED_IN">
      <a className="button primary" href={signInAddress()}>
        {t.shell.signIn}
      </a>
    </Note>
  );
}

/** Lines in the size of what will stand there. */
export function Skeletons({ rows, height = 40 }: { readonly rows: number; readonly height?: number }): ReactNode {
  const { t } = useWording();
  return (
    <div className="column skeletons" role="status" aria-label={t.shell.loading}>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike.
        <span className="skeleton" key={row} style={{ height, width: `${100 - ((row * 7) % 24)}%` }} />
      ))}
    </div>
  );
}
