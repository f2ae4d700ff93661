// What a search found, when it is more than one thing: a list below the box.
import type { FoundPlace } from "@fiducial/api";
import { sentenceText } from "@fiducial/api/sentences";
import { type Icon, IconHistory, IconListDetails, IconPhotoScan, IconUser } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useWording } from "../i18n/language.tsx";
import { addressOf } from "./search.ts";

/** The list. `leave` is called when one of them is chosen. */
export function SearchResults({
  places,
  leave,
}: {
  readonly places: readonly FoundPlace[];
  readonly leave: () => void;
}): ReactNode {
  const { t } = useWording();
  return (
    <ul className="search-results" aria-label={t.shell.search.found}>
      {places.map((place) => {
        const address = addressOf(place);
        return (
          <li key={JSON.stringify(address)}>
            <Link {...address} className="search-result" onClick={leave}>
              <Words place={place} />
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

function Words({ place }: { readonly place: FoundPlace }): ReactNode {
  const wording = useWording();
  const { t, formats } = wording;
  if (place.type === "entry") {
    const says = `${t.words.entryNumber(place.entry.index)} · ${formats.moment(place.entry.recordedAt)}`;
    return <Line icon={IconListDetails} title={sentenceText(place.entry, wording)} says={says} />;
  }
  if (place.type === "study") {
    const { description, modalities, instances, registeredAt } = place.study;
    const title = description ?? t.imaging.untitled(modalities.map(t.words.modality).join(", "));
    return (
      <Line
        icon={IconPhotoScan}
        title={title}
        says={`${t.words.objects(instances)} · ${formats.moment(registeredAt)}`}
      />
    );
  }
  if (place.type === "history") {
    const { modalities, registeredAt } = place.history;
    const title = t.shell.search.historyOf(t.imaging.untitled(modalities.map(t.words.modality).join(", ")));
    return <Line icon={IconHistory} title={title} says={t.imaging.registered(formats.moment(registeredAt))} />;
  }
  const { name, actor, type } = place.member;
  return <Line icon={IconUser} title={name ?? actor} says={t.words.actorTypes[type]} />;
}

function Line({
  icon: Mark,
  title,
  says,
}: {
  readonly icon: Icon;
  readonly title: string;
  readonly says: string;
}): ReactNode {
  return (
    <>
      <Mark size={17} stroke={1.75} aria-hidden />
      <span className="grow">
        <span className="size-13 strong">{title}</span>
        <span className="size-12 third">{says}</span>
      </span>
    </>
  );
}
