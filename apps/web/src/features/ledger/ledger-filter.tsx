// Which entries of the ledger: of a kind, with findings, recorded between two days. Whatever is chosen goes into the address.
import { newestContract } from "@fiducial/contract";
import { useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { LedgerSearch } from "../../app/addresses.ts";
import { useWording } from "../../i18n/language.tsx";

/** The controls. */
export function LedgerFilter({ search }: { readonly search: LedgerSearch }): ReactNode {
  const { t } = useWording();
  const { list } = t.ledger;
  const navigate = useNavigate();
  const change = (name: "kind" | "findings" | "from" | "to", value: string): void => {
    const { before: _, [name]: __, ...others } = search;
    void navigate({ to: "/ledger", search: value === "" ? others : { ...others, [name]: value } });
  };
  return (
    <search className="row wrap" aria-label={list.filter}>
      <select
        className="button choice"
        aria-label={list.kind}
        value={search.kind ?? ""}
        onChange={({ target }) => change("kind", target.value)}
      >
        <option value="">{list.all}</option>
        {newestContract.kinds.map(({ name }) => (
          <option key={name} value={name}>
            {t.kinds[name] ?? name}
          </option>
        ))}
      </select>
      <label className="row size-12 second">
        <input
          type="checkbox"
          checked={search.findings === "true"}
          onChange={({ target }) => change("findings", target.checked ? "true" : "")}
        />
        {list.withFindings}
      </label>
      {(["from", "to"] as const).map((name) => (
        <label key={name} className="row size-12 second">
          {list[name]}
          <input
            type="date"
            className="button small"
            value={search[name] ?? ""}
            onChange={({ target }) => change(name, target.value)}
          />
        </label>
      ))}
    </search>
  );
}
