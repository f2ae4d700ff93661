// Writes docs/configuration.md from the schema of the configuration. With --check it only compares.

import { join } from "node:path";
import { type Setting, secretVariable, settings } from "../apps/node/src/configuration/index.ts";
import { writeOrCheck } from "./documents/written-page.ts";

const example = {
  mode: "production",
  http: {
    host: "0.0.0.0",
    publicUrl: "https://fiducial.riverside.example",
    tls: { certificate: "/etc/fiducial/tls.pem", key: "/etc/fiducial/tls.key" },
  },
  dicom: { port: 11112, host: "0.0.0.0", callers: [{ aeTitle: "CT1", addresses: ["10.1.2.3"] }] },
  signIn: {
    issuer: "https://login.riverside.example",
    clientId: "fiducial",
    clientSecretFile: "/etc/fiducial/client-secret",
    roles: { "radiology-leads": ["administrator", "auditor"] },
  },
};

const path = join(import.meta.dirname, "..", "docs", "configuration.md");
writeOrCheck(path, page(), "node scripts/configuration-doc.ts");

function page(): string {
  return [
    "# Configuration",
    "",
    "<!-- Made by scripts/configuration-doc.ts from apps/node/src/configuration. -->",
    "",
    "A node has a default for everything: without any setting it runs for this machine alone. Settings come from four sources, of which a later one goes over an earlier:",
    "",
    "1. the defaults below;",
    "2. `fiducial.config.json` in the data folder, or the file that `--config` or `FIDUCIAL_CONFIG` names;",
    "3. the environment, by the names below; lists of texts with commas between, lists of objects as JSON. An empty variable counts as none;",
    "4. the command line: the options below, or `--set setting=value` for every setting.",
    "",
    "The file is JSON (RFC 8259), with the settings nested as their names have dots:",
    "",
    "```json",
    JSON.stringify(example, undefined, 2),
    "```",
    "",
    "`fiducial config check` tells everything that is wrong with a configuration, at once, with file, line and column, what is allowed, and which setting was probably meant; `fiducial config show` shows every setting with its value and who gave it. A start tells the same and refuses. Names in the environment that begin with `FIDUCIAL_` and are no setting are told and passed over.",
    "",
    "**Secrets** stand in no configuration file and on no command line (`SETTING_SECRET`): a setting whose name ends in `File` names a file that holds the secret, for its owner only, or the environment holds it under the same name without `_FILE`. They are never shown.",
    "",
    "**Production** (`mode`: `production`) refuses to start, with all reasons at once, with half a configuration, without an issuer of your own, with the demonstration's folder, where others could listen in, where everybody may send, with keys beside the data, and with files that others may read: [codes](errors.md#configuration).",
    "",
    ...sections().flatMap(([title, rows]) => ["", `## ${title}`, "", ...rows.flatMap(settingLines)]),
    "",
  ]
    .join("\n")
    .replaceAll(/\n{3,}/g, "\n\n");
}

function sections(): [title: string, rows: Setting[]][] {
  return [
    ...Map.groupBy(settings, ({ segments: [first = "", second], members }) =>
      second === undefined && members.length === 0 ? "the node" : first,
    ),
  ];
}

function settingLines({ path: name, environment, notes, allowed, default: usual, members }: Setting): string[] {
  const secret = notes.secretFile === true ? ` The secret itself: \`${secretVariable(name.split("."))}\`.` : "";
  const standard = usual === undefined ? (notes.usually ?? "none") : `\`${JSON.stringify(usual)}\``;
  return [
    `**\`${name}\`** ${notes.says}`,
    "",
    `- takes ${allowed}; default ${standard}`,
    `- \`${environment}\`${notes.flag === undefined ? "" : `, \`${notes.flag}\``}.${secret}`,
    ...members.map(
      ({ path: member, says, allowed: takes, default: common }) =>
        `- \`${member}\`: ${says} Takes ${takes}${common === undefined ? "" : `; default \`${JSON.stringify(common)}\``}.`,
    ),
    "",
  ];
}
