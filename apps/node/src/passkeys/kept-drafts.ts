// Drafts that wait for their signatures: in memory, for five minutes, each for the session that asked for it.
import { newHandle } from "../sign-in/secrets.ts";
import { promptMs } from "./challenges.ts";

/** A draft and where it is to be found. Times in milliseconds since 1970. */
export interface Kept<Draft> {
  readonly handle: string;
  readonly endsAt: number;
  readonly draft: Draft;
}

export interface KeptDrafts<Draft> {
  keep(session: string, draft: Draft): Kept<Draft>;
  /** A session's draft, which is gone from then on: a statement is signed once. Undefined when there is none of that session. */
  take(session: string, handle: string): Draft | undefined;
}

/** Keeps drafts; of one session so many, and so many in all: the oldest go first. */
export function keptDrafts<Draft>(nowMs: () => number, { ofSession = 8, most = 1000 } = {}): KeptDrafts<Draft> {
  const kept = new Map<string, Kept<Draft> & { readonly session: string }>();
  const drop = (isOver: () => boolean, isOne: (session: string) => boolean) => {
    for (const [handle, { session }] of kept) {
      if (!isOver()) return;
      if (isOne(session)) kept.delete(handle);
    }
  };
  return {
    keep: (session, draft) => {
      const handle = newHandle();
      const one = { handle, session, draft, endsAt: nowMs() + promptMs };
      kept.set(handle, one);
      const own = () => [...kept.values()].filter((other) => other.session === session).length;
      drop(
        () => own() > ofSession,
        (other) => other === session,
      );
      drop(
        () => kept.size > most,
        () => true,
      );
      return one;
    },
    take: (session, handle) => {
      const found = kept.get(handle);
      if (found?.session !== session) return undefined;
      kept.delete(handle);
      return nowMs() < found.endsAt ? found.draft : undefined;
    },
  };
}
