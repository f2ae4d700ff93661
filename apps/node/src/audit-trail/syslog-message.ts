// A message of syslog, and its frame on a stream. RFC 5424 § 6, RFC 5425 § 4.3, PS3.15 A.6.

/** What stands in the header. */
export interface SyslogHeader {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly hostName: string;
  readonly processId: number;
  /** DICOM+RFC3881 for audit messages of DICOM. */
  readonly messageId: string;
}

// Facility 10, security and authorization; severity 5, normal but significant.
const priority = 10 * 8 + 5;

/** Writes a message whose text is UTF-8, with the mark that says so. */
export function syslogMessage({ at, hostName, processId, messageId }: SyslogHeader, text: string): string {
  const header = [`<${priority}>1`, at, word(hostName, 255), "fiducial", String(processId), word(messageId, 32), "-"];
  return `${header.join(" ")} \ufeff${text}`;
}

/** Frames a message by the number of its octets. */
export function syslogFrame(message: string): Buffer {
  const bytes = Buffer.from(message, "utf8");
  return Buffer.concat([Buffer.from(`${bytes.length} `), bytes]);
}

// Printable ASCII without spaces; a hyphen for nothing.
function word(text: string, most: number): string {
  const printable = text.replaceAll(/[^\x21-\x7e]/g, "").slice(0, most);
  return printable === "" ? "-" : printable;
}
