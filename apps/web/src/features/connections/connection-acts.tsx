// What can be done about a connection: test it, say that its error was seen, remove it.
import type { Connection } from "@fiducial/api";
import { type Icon, IconEye, IconRefresh, IconTrash } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useWording } from "../../i18n/language.tsx";
import { attentionQuery, connectionsQuery, healthQuery, node } from "../../ui/node.ts";

/** The buttons, each where it is of use. */
export function ConnectionActs({ connection }: { readonly connection: Connection }): ReactNode {
  const { t } = useWording();
  const words = t.connections;
  const { id, name, type, state, canTest, configured, lastError } = connection;
  // What the node asks by itself and still fails would have its error again at once.
  const isCaller = type === "dimse" || type === "stow";
  const canBeSeen = lastError !== undefined && (isCaller || state !== "failed");
  return (
    <span className="row wrap gap-8">
      {canTest && <Test connection={connection} />}
      {canBeSeen && (
        <Act icon={IconEye} word={words.seen} label={words.seenOf(name)} act={() => node.seenConnection(id)} />
      )}
      {!configured && (
        <Act icon={IconTrash} word={words.remove} label={words.removeOf(name)} act={() => node.removeConnection(id)} />
      )}
    </span>
  );
}

interface ActProperties {
  readonly icon: Icon;
  readonly word: string;
  readonly label: string;
  readonly act: () => Promise<unknown>;
}

function Act({ icon: Mark, word, label, act }: ActProperties): ReactNode {
  const { t } = useWording();
  const queries = useQueryClient();
  const acting = useMutation({
    mutationFn: act,
    onSettled: () =>
      Promise.all(
        [connectionsQuery, attentionQuery, healthQuery].map(({ queryKey }) => queries.invalidateQueries({ queryKey })),
      ),
  });
  return (
    <>
      <span role="status" className="size-12 second">
        {acting.isError && t.connections.notDone}
      </span>
      <button
        type="button"
        className="button small quiet"
        aria-label={label}
        disabled={acting.isPending}
        onClick={() => acting.mutate()}
        data-stop
      >
        <Mark size={15} aria-hidden />
        {word}
      </button>
    </>
  );
}

function Test({ connection: { id, name, lastTest } }: { readonly connection: Connection }): ReactNode {
  const { t, formats } = useWording();
  const words = t.connections;
  const queries = useQueryClient();
  const test = useMutation({
    mutationFn: () => node.testConnection(id),
    onSettled: () => queries.invalidateQueries({ queryKey: connectionsQuery.queryKey }),
  });
  const { tookMs, failure } = test.data?.lastTest ?? lastTest ?? {};
  const result = failure === undefined ? words.answered : words.notAnswered;
  const came = test.isPending
    ? words.testing
    : test.isError
      ? words.testFailed
      : tookMs !== undefined && result(formats.count(tookMs));
  return (
    <span className="row">
      <span role="status" className="size-12 second">
        {came}
      </span>
      <button
        type="button"
        className="button small"
        aria-label={words.testOf(name)}
        disabled={test.isPending}
        onClick={() => test.mutate()}
        data-stop
      >
        <IconRefresh size={15} aria-hidden />
        {words.test}
      </button>
    </span>
  );
}
