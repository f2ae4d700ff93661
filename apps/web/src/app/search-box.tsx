// One box for everything: an entry's number, an object's UID, words about a study.
import { ApiError } from "@fiducial/api";
import { IconSearch } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, type SubmitEvent, useRef, useState } from "react";
import { useWording } from "../i18n/language.tsx";
import { useKeys } from "../ui/keys.ts";
import { node } from "../ui/node.ts";
import { readSearch } from "./search.ts";

/** The search box. `/` goes to it, Escape leaves it. */
export function SearchBox(): ReactNode {
  const { t } = useWording();
  const navigate = useNavigate();
  const input = useRef<HTMLInputElement>(null);
  const [fault, setFault] = useState("");
  // What was looked for before is chosen whole, so that typing takes its place.
  useKeys({ "/": () => input.current?.select() });

  const find = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const search = readSearch(input.current?.value ?? "");
    setFault("");
    input.current?.blur();
    if (search.what === "entry") await navigate({ to: "/ledger/$index", params: { index: String(search.index) } });
    if (search.what === "studies") await navigate({ to: "/studies", state: { search: search.words } });
    if (search.what === "uid") {
      const index = await entryOfObject(search.uid);
      if (index !== undefined) await navigate({ to: "/ledger/$index", params: { index: String(index) } });
      else if (await isStudy(search.uid)) await navigate({ to: "/studies", state: { search: search.uid } });
      else setFault(t.shell.search.nothing);
    }
  };

  return (
    <search className="search">
      <form className="search-box" onSubmit={(event) => void find(event)}>
        <IconSearch size={16} aria-hidden />
        <input
          ref={input}
          type="search"
          name="search"
          autoComplete="off"
          aria-label={t.shell.search.label}
          placeholder={t.shell.search.hint}
          onKeyDown={(event) => event.key === "Escape" && input.current?.blur()}
          onInput={() => setFault("")}
        />
        <kbd className="key">/</kbd>
      </form>
      <p className="search-fault" role="status">
        {fault}
      </p>
    </search>
  );
}

async function entryOfObject(uid: string): Promise<number | undefined> {
  return unlessRefused(async () => (await node.lookup(uid)).versions.at(-1)?.index);
}

async function isStudy(uid: string): Promise<boolean> {
  const found = await unlessRefused(() => node.searchStudies({ search: uid, limit: 1 }));
  return (found?.studies.length ?? 0) > 0;
}

async function unlessRefused<Answer>(ask: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await ask();
  } catch (thrown) {
    if (thrown instanceof ApiError) return undefined;
    throw thrown;
  }
}
