// The files that a configuration names, by the setting that names each.
import type { Configuration } from "./schema.ts";

/** A file, and the setting that names it. */
export interface NamedFile {
  readonly setting: string;
  readonly path: string;
}

/** Files that hold secrets: passwords, tokens, private keys. */
export function secretFilesOf({ http, dicom, orthanc, pacs, signIn, metrics, siem }: Configuration): NamedFile[] {
  return present({
    "http.tls.key": http.tls.key,
    "dicom.tls.key": dicom.tls.key,
    "pacs.passwordFile": pacs.passwordFile,
    "signIn.clientSecretFile": signIn.clientSecretFile,
    "metrics.tokenFile": metrics.tokenFile,
    "siem.syslog.key": siem.syslog.key,
    ...Object.fromEntries(orthanc.map(({ passwordFile }, at) => [`orthanc[${at}].passwordFile`, passwordFile])),
  });
}

/** Every file that is read. */
export function readFilesOf(configuration: Configuration): NamedFile[] {
  const { http, dicom, pacs, peers, siem } = configuration;
  return [
    ...secretFilesOf(configuration),
    ...present({
      "http.tls.certificate": http.tls.certificate,
      "dicom.tls.certificate": dicom.tls.certificate,
      "dicom.tls.ca": dicom.tls.ca,
      "pacs.ca": pacs.ca,
      "siem.syslog.ca": siem.syslog.ca,
      "siem.syslog.certificate": siem.syslog.certificate,
      ...Object.fromEntries(peers.map(({ ca }, at) => [`peers[${at}].ca`, ca])),
    }),
  ];
}

function present(files: Readonly<Record<string, string | undefined>>): NamedFile[] {
  return Object.entries(files).flatMap(([setting, path]) => (path === undefined ? [] : [{ setting, path }]));
}
