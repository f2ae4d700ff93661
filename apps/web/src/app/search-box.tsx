// One box for everything: what leads to one thing goes there, what leads to several shows them.
import type { FoundPlace } from "@fiducial/api";
import { IconSearch } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useRouter } from "@tanstack/react-router";
import { type KeyboardEvent, type ReactNode, type SubmitEvent, useRef, useState } from "react";
import { useWording } from "../i18n/language.tsx";
import { rememberFound } from "../ui/found-by.ts";
import { useKeys } from "../ui/keys.ts";
import { findQuery } from "../ui/node.ts";
import { useMay } from "../ui/session.ts";
import { addressOf, placeMeant, typedEntry } from "./search.ts";
import { SearchResults } from "./search-results.tsx";

/** The search box. `/` goes to it, Escape leaves it. */
export function SearchBox(): ReactNode {
  const { t } = useWording();
  const seesStudies = useMay("studies.read") !== false;
  const findsStudies = useMay("studies.find") === true;
  const navigate = useNavigate();
  const router = useRouter();
  const queries = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const [found, show] = useState<readonly FoundPlace[]>([]);
  const [fault, setFault] = useState("");
  // What was looked for before is chosen whole, so that typing takes its place.
  useKeys({ "/": () => input.current?.select() });

  const { search } = t.shell;
  const nothing = seesStudies ? search.nothing : findsStudies ? search.nothingLocated : search.nothingButStudies;
  const clear = () => {
    show([]);
    setFault("");
  };
  const find = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    clear();
    const text = (input.current?.value ?? "").trim().slice(0, 128);
    if (text === "") return;
    const entry = typedEntry(text);
    if (entry !== undefined) return leave(() => navigate({ to: "/ledger/$index", params: { index: String(entry) } }));
    const { places } = await queries.fetchQuery(findQuery(text)).catch(() => ({ places: undefined }));
    rememberFound(places ?? [], text);
    if (places === undefined || places.length === 0) {
      setFault(places === undefined ? t.shell.search.failed : nothing);
      return leaveHistory();
    }
    const studies = places.filter(({ type }) => type === "study").length;
    const meant = placeMeant(places);
    if (meant !== undefined) return leave(() => navigate(addressOf(meant)));
    // Studies of one patient are a list, with what lists can do.
    if (studies === places.length) return leave(() => navigate({ to: "/studies", state: { search: text } }));
    show(places);
  };
  // A history that stays would seem to be what this number led to.
  const leaveHistory = async (): Promise<void> => {
    const { pathname, search: shown } = router.state.location;
    if (pathname === "/ledger" && "study" in shown) await navigate({ to: "/ledger", search: {} });
  };
  const leave = (go: () => Promise<void>): Promise<void> => {
    input.current?.blur();
    return go();
  };
  const escaped = ({ key }: KeyboardEvent) => {
    if (key !== "Escape") return;
    clear();
    input.current?.blur();
  };

  return (
    <search className="search" onKeyDown={escaped}>
      <form className="search-box" onSubmit={(event) => void find(event)}>
        <IconSearch size={16} aria-hidden />
        <input
          ref={input}
          type="search"
          name="search"
          autoComplete="off"
          aria-label={t.shell.search.label}
          placeholder={seesStudies || findsStudies ? t.shell.search.hint : t.shell.search.hintLedger}
          onInput={clear}
        />
        <kbd className="key">/</kbd>
      </form>
      <p className="search-fault" role="status">
        {fault}
      </p>
      {found.length > 0 && <SearchResults places={found} leave={clear} />}
    </search>
  );
}
