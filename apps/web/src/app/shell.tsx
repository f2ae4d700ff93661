// The frame around every page: bar above, rail at the side, tabs below on a phone.
import { IconBuildingHospital, IconFileDownload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useWording } from "../i18n/language.tsx";
import { handFiles } from "../ui/handed-files.ts";
import { useKeys } from "../ui/keys.ts";
import { Logo } from "../ui/logo.tsx";
import { healthQuery } from "../ui/node.ts";
import { useMay, useSession } from "../ui/session.ts";
import { homeOf, pageKeys } from "./destinations.ts";
import { useFileDrop } from "./file-drop.ts";
import { Gate } from "./gate.tsx";
import { HealthMark } from "./health-mark.tsx";
import { KeyList } from "./key-list.tsx";
import { LanguageMenu, ThemeMenu } from "./menus.tsx";
import { Rail } from "./rail.tsx";
import { SearchBox } from "./search-box.tsx";
import { UserMenu } from "./user-menu.tsx";

/** The frame. A file dropped anywhere goes to the verify page. */
export function Shell(): ReactNode {
  const { t } = useWording();
  const navigate = useNavigate();
  const [keysShown, showKeys] = useState(false);
  const allowed = useSession()?.permissions;
  const dropping = useFileDrop((files) => {
    handFiles(files);
    void navigate({ to: "/verify" });
  });
  useKeys({
    "?": () => showKeys(true),
    ...Object.fromEntries(pageKeys(allowed).map(({ key, to }) => [key, () => void navigate({ to })])),
  });
  return (
    <div className="app">
      <a className="skip" href="#content">
        {t.shell.skip}
      </a>
      <Bar />
      <Rail />
      <main id="content" className="main" tabIndex={-1}>
        <Gate />
      </main>
      {dropping && (
        <div className="drop-veil">
          <IconFileDownload size={40} stroke={1.5} aria-hidden />
          {t.shell.dropHere}
        </div>
      )}
      <KeyList shown={keysShown} close={() => showKeys(false)} />
    </div>
  );
}

function Bar(): ReactNode {
  const { t } = useWording();
  const { data } = useQuery(healthQuery);
  const maySearch = useMay("ledger.read");
  const home = homeOf(useSession()?.permissions);
  return (
    <header className="bar">
      <Link to={home} className="brand">
        <Logo />
        <span>{t.shell.name}</span>
      </Link>
      {data?.demo === true && <span className="demo">{t.shell.demo}</span>}
      {maySearch === false ? <span className="grow" /> : <SearchBox />}
      <HealthMark />
      <div className="row gap-4">
        <LanguageMenu />
        <ThemeMenu />
      </div>
      <UserMenu />
      {data !== undefined && (
        <div className="organization" title={data.log.origin}>
          <span className="organization-mark">
            <IconBuildingHospital size={18} stroke={1.75} aria-hidden />
          </span>
          <div className="organization-name">
            <div className="strong">{data.organization.name ?? data.organization.id}</div>
            <div className="size-12 third">{t.shell.ownLog}</div>
          </div>
        </div>
      )}
    </header>
  );
}
