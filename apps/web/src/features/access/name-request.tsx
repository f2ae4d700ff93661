// Names of readers, for a reason: the reason is recorded before any name is shown.
import { ApiError } from "@fiducial/api";
import { IconUserSearch } from "@tabler/icons-react";
import { type FormEvent, type ReactNode, useState } from "react";
import { useWording } from "../../i18n/language.tsx";
import { node } from "../../ui/node.ts";
import { Card } from "../../ui/parts.tsx";

/** As the node has it: docs of `POST /api/v1/accesses/names`. */
const shortestReason = 8;
const longestReason = 500;
const namesAtOnce = 200;

/** The form. `named` is told of all names that are known then, and of the reason. */
export function NameRequest({
  readers,
  study,
  known,
  named,
}: {
  readonly readers: readonly string[];
  readonly study: string | undefined;
  readonly known: ReadonlyMap<string, string>;
  readonly named: (names: ReadonlyMap<string, string>, reason: string) => void;
}): ReactNode {
  const { t } = useWording();
  const [reason, setReason] = useState("");
  const [fault, setFault] = useState<string>();
  const ask = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (reason.trim().length < shortestReason) return setFault(t.access.reasonShort);
    try {
      const wanted = [...new Set(readers)].slice(0, namesAtOnce);
      const request = { readers: wanted, reason, ...(study === undefined ? {} : { study }) };
      const { names } = await node.accessNames(request);
      named(new Map([...known, ...names.map(({ reader, name }) => [reader, name] as const)]), reason.trim());
      setFault(undefined);
    } catch (error) {
      setFault(error instanceof ApiError ? (error.problem?.detail ?? error.code) : t.shell.failure.title);
    }
  };
  return (
    <Card title={t.access.names}>
      <form className="card-body column name-request" onSubmit={(event) => void ask(event)}>
        <p className="size-13 second">{known.size > 0 ? t.access.named : t.access.namesSays}</p>
        <div className="row wrap">
          <label className="row grow size-12 second">
            {t.access.reason}
            <input
              className="button reason"
              value={reason}
              maxLength={longestReason}
              placeholder={t.access.reasonHint}
              autoComplete="off"
              onChange={({ target }) => setReason(target.value)}
            />
          </label>
          <button type="submit" className="button">
            <IconUserSearch size={16} aria-hidden />
            {t.access.ask}
          </button>
        </div>
        {fault !== undefined && (
          <p role="alert" className="size-12 tone tone-fails">
            {fault}
          </p>
        )}
      </form>
    </Card>
  );
}
