// Reads of the study that somebody has an accession number or a UID of. What was typed goes to the node in a body; the address has the handle.
import type { FoundPlace } from "@fiducial/api";
import { IconSearch } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, type SubmitEvent, useRef, useState } from "react";
import type { AccessesSearch } from "../../app/addresses.ts";
import { useWording } from "../../i18n/language.tsx";
import { findQuery } from "../../ui/node.ts";
import { studiesFound, type WantedStudy } from "./found-studies.ts";

/** The form. One study is gone to at once, several are there to choose from. */
export function StudyFinder({ search }: { readonly search: AccessesSearch }): ReactNode {
  const { t, formats } = useWording();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const [says, say] = useState("");
  const [several, setSeveral] = useState<readonly WantedStudy[]>([]);
  const clear = (): void => {
    say("");
    setSeveral([]);
  };
  const choose = (study: string): void => {
    clear();
    if (input.current !== null) input.current.value = "";
    const { lists: _, ...same } = search;
    void navigate({ to: "/accesses", search: { ...same, study } });
  };
  const find = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    clear();
    const text = (input.current?.value ?? "").trim().slice(0, 128);
    if (text === "") return;
    const places: readonly FoundPlace[] | undefined = await queries.fetchQuery(findQuery(text)).then(
      (found) => found.places,
      () => undefined,
    );
    if (places === undefined) return say(t.access.findFailed);
    const found = studiesFound(places, text);
    if (found.length === 0) return say(t.access.findNothing);
    if (found.length === 1) return choose((found[0] as WantedStudy).study);
    say(t.access.findSeveral);
    setSeveral(found);
  };
  return (
    <form className="row wrap study-finder" onSubmit={(event) => void find(event)}>
      <label className="row grow size-12 second">
        {t.access.findStudy}
        <input
          ref={input}
          name="study"
          className="button small reason"
          autoComplete="off"
          placeholder={t.access.findHint}
          onInput={clear}
        />
      </label>
      <button type="submit" className="button small">
        <IconSearch size={14} aria-hidden />
        {t.access.find}
      </button>
      <p className="size-12 second" role="status">
        {says}
      </p>
      {several.map(({ study, registeredAt, modalities }) => (
        <button key={study} type="button" className="button small" onClick={() => choose(study)}>
          {modalities.map(t.words.modality).join(", ")} · {t.imaging.registered(formats.moment(registeredAt))}
        </button>
      ))}
    </form>
  );
}
