// Which studies to list: modality, device, days of registration. All of it stands in the address.
import type { StudyPage } from "@fiducial/api";
import { IconFilterOff } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useWording } from "../../i18n/language.tsx";
import { actorsQuery } from "../../ui/node.ts";

const route = getRouteApi("/studies");
const devicesQuery = actorsQuery({ type: "device", limit: 200 });

/** The choices; `modalities` are those that the node has studies of. */
export function StudyFilters({ modalities }: { readonly modalities: StudyPage["modalities"] }): ReactNode {
  const { t, formats } = useWording();
  const search = route.useSearch();
  const navigate = useNavigate();
  const devices = useInfiniteQuery(devicesQuery).data?.pages.flatMap(({ actors }) => actors) ?? [];
  const words = t.imaging.filter;
  const choose = (name: keyof typeof search) => (value: string) => {
    const { [name]: _, ...others } = search;
    void navigate({
      to: "/studies",
      search: value === "" ? others : { ...others, [name]: value },
      state: (kept) => kept,
      replace: true,
    });
  };
  return (
    <search className="filters" aria-label={words.title}>
      <Choice label={words.modality} all={words.allModalities} value={search.modality} choose={choose("modality")}>
        {modalities.map(({ modality, studies }) => (
          <option key={modality} value={modality}>
            {words.ofModality(t.words.modality(modality), modality, formats.count(studies))}
          </option>
        ))}
      </Choice>
      {devices.length > 0 && (
        <Choice label={words.device} all={words.allDevices} value={search.device} choose={choose("device")}>
          {devices.map(({ actor, name }) => (
            <option key={actor} value={actor}>
              {name ?? actor}
            </option>
          ))}
        </Choice>
      )}
      <Day label={words.from} value={search.from} most={search.to} choose={choose("from")} />
      <Day label={words.to} value={search.to} least={search.from} choose={choose("to")} />
      {Object.values(search).some((value) => value !== undefined) && (
        <Link to="/studies" state={(kept) => kept} className="button small">
          <IconFilterOff size={15} aria-hidden />
          {t.imaging.clear}
        </Link>
      )}
    </search>
  );
}

function Choice({
  label,
  all,
  value = "",
  choose,
  children,
}: {
  readonly label: string;
  readonly all: string;
  readonly value?: string | undefined;
  readonly choose: (value: string) => void;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <select className="button choice" aria-label={label} value={value} onChange={(event) => choose(event.target.value)}>
      <option value="">{all}</option>
      {children}
    </select>
  );
}

function Day({
  label,
  value = "",
  least,
  most,
  choose,
}: {
  readonly label: string;
  readonly value?: string | undefined;
  readonly least?: string | undefined;
  readonly most?: string | undefined;
  readonly choose: (value: string) => void;
}): ReactNode {
  return (
    <label className="row gap-6 size-13 second">
      {label}
      <input
        type="date"
        className="button choice"
        value={value}
        {...(least !== undefined && { min: least })}
        {...(most !== undefined && { max: most })}
        onChange={(event) => choose(event.target.value)}
      />
    </label>
  );
}
