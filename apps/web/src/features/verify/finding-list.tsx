// Several files: one line each, with its verdict. The one that is chosen unfolds below.
import type { ReactNode } from "react";
import { useWording } from "../../i18n/language.tsx";
import { Card } from "../../ui/parts.tsx";
import { VerdictIcon } from "../../ui/verdict-band.tsx";
import { verdictWords } from "../../verifier/verdict-words.ts";
import type { Finding } from "../../verifier/verification.ts";

/** The card. */
export function FindingList({
  findings,
  chosen,
  choose,
}: {
  readonly findings: readonly Finding[];
  readonly chosen: Finding | undefined;
  readonly choose: (finding: Finding) => void;
}): ReactNode {
  const wording = useWording();
  const { t, formats } = wording;
  return (
    <Card title={t.verifyPage.list.title(findings.length)}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys. */}
      <section className="finding-list" aria-label={t.verifyPage.list.file} tabIndex={0}>
        <table className="plain-table">
          <thead>
            <tr>
              <th>{t.verifyPage.list.file}</th>
              <th>{t.verifyPage.list.verdict}</th>
              <th className="size-column">{t.verifyPage.list.size}</th>
            </tr>
          </thead>
          <tbody>
            {findings.map((finding, at) => {
              const { tone, icon, word } = verdictWords(finding, wording);
              return (
                // biome-ignore lint/suspicious/noArrayIndexKey: findings do not change their order, and names repeat.
                <tr key={at} className={finding === chosen ? "chosen" : ""}>
                  <td>
                    <button
                      type="button"
                      className="link"
                      aria-pressed={finding === chosen}
                      onClick={() => choose(finding)}
                    >
                      {finding.name}
                    </button>
                  </td>
                  <td>
                    <span className={`row gap-6 medium tone tone-${tone}`}>
                      <VerdictIcon icon={icon} size={16} />
                      {word}
                    </span>
                  </td>
                  <td className="size-column figures second">
                    {finding.sizeBytes === undefined ? "" : formats.bytes(finding.sizeBytes)}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
    </Card>
  );
}
