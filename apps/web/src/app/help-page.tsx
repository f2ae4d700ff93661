// What this is, what it is for, the keys, the words, and the verifier to take away.
import { IconDownload, IconExternalLink } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useWording } from "../i18n/language.tsx";
import { PageTitle } from "../ui/page-title.tsx";
import { Card } from "../ui/parts.tsx";
import { KeyTable } from "./key-list.tsx";

/** The page. */
export function HelpPage(): ReactNode {
  const { t } = useWording();
  const { help, keys } = t.shell;
  return (
    <>
      <PageTitle title={help.title} />
      <div className="help-page">
        <div className="column gap-16">
          <Card title={help.what}>
            <p className="card-body">{help.whatSays}</p>
          </Card>
          <Card title={help.use}>
            <p className="card-body">{help.useSays}</p>
          </Card>
          <Card title={help.offline}>
            <div className="card-body column gap-12">
              <p>{help.offlineSays}</p>
              <div className="row wrap">
                <a className="button" href="/verifier.html" download="fiducial-verifier.html">
                  <IconDownload size={16} aria-hidden />
                  {help.saveVerifier}
                </a>
                <a className="button quiet" href="/verifier/">
                  <IconExternalLink size={16} aria-hidden />
                  {help.openVerifier}
                </a>
              </div>
            </div>
          </Card>
        </div>
        <Card title={keys.title}>
          <div className="card-body">
            <KeyTable />
          </div>
        </Card>
        <Glossary />
      </div>
    </>
  );
}

// Each word has an address of its own, to be pointed at.
function Glossary(): ReactNode {
  const { t } = useWording();
  const { title, says, terms } = t.glossary;
  return (
    <div className="glossary">
      <Card title={title}>
        <div className="card-body column gap-12">
          <p className="size-13 second">{says}</p>
          <dl>
            {Object.entries(terms).map(([key, { word, says: meaning }]) => (
              <div key={key} id={`word-${key}`}>
                <dt className="strong">{word}</dt>
                <dd>{meaning}</dd>
              </div>
            ))}
          </dl>
        </div>
      </Card>
    </div>
  );
}
