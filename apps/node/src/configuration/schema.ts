// The one schema of a node's configuration: environment names, options, help, docs/configuration.md and the checks are all made of it.
import { z } from "zod";
import { httpSection } from "./sections/http-section.ts";
import { dicomSection, foldersSection, orthancSection, pacsSection, peersSection } from "./sections/intake-sections.ts";
import { limitsSection } from "./sections/limits-section.ts";
import { nodeSettings } from "./sections/node-section.ts";
import { signInSection } from "./sections/sign-in-section.ts";
import { loggingSection, metricsSection, siemSection, telemetrySection } from "./sections/watching-sections.ts";

export const ConfigurationSchema = z.strictObject({
  ...nodeSettings,
  http: httpSection,
  dicom: dicomSection,
  folders: foldersSection,
  orthanc: orthancSection,
  pacs: pacsSection,
  peers: peersSection,
  signIn: signInSection,
  limits: limitsSection,
  logging: loggingSection,
  metrics: metricsSection,
  telemetry: telemetrySection,
  siem: siemSection,
});

/** A whole configuration, every default filled in. Paths are as they were given. */
export type Configuration = z.infer<typeof ConfigurationSchema>;

/** A configuration that holds, with an absolute data folder. */
export type WholeConfiguration = Configuration & { readonly data: string };
