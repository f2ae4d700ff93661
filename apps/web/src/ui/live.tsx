// Whether the log has grown since the page was loaded. Events tell; lists decide when to show what is new.
import { parseNodeEvent, routes } from "@fiducial/api";
import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, use, useEffect, useMemo, useState } from "react";
import { useMay } from "./session.ts";

/** What events told so far. */
export interface Live {
  /** Whether events arrive. */
  readonly connected: boolean;
  /** How many entries the log had at the last event. */
  readonly size: number | undefined;
}

const Context = createContext<Live>({ connected: false, size: undefined });

/** Listens to the node's events for everything below. The browser connects again by itself. */
export function LiveProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const queries = useQueryClient();
  const [connected, setConnected] = useState(false);
  const [size, setSize] = useState<number>();
  const may = useMay("ledger.read") === true;
  useEffect(() => {
    if (!may) return;
    const source = new EventSource(routes.events.path);
    source.addEventListener("open", () => setConnected(true));
    source.addEventListener("error", () => setConnected(false));
    source.addEventListener("message", ({ data }: MessageEvent<string>) => {
      const event = parseNodeEvent(data);
      if (event === undefined) return;
      if (event.type === "grown") setSize(event.size);
      else void queries.invalidateQueries({ queryKey: ["connections"] });
      void queries.invalidateQueries({ queryKey: ["health"] });
    });
    return () => source.close();
  }, [queries, may]);
  const live = useMemo(() => ({ connected, size }), [connected, size]);
  return <Context value={live}>{children}</Context>;
}

/** Returns what events told. */
export function useLive(): Live {
  return use(Context);
}
