// Where the PACS behind a node is, and who asks it.

/** The PACS that keeps the bytes of what is registered. */
export interface PacsOptions {
  /** Where its paths of QIDO-RS begin, as http://pacs/dicom-web. DICOM PS3.18 § 10.6. */
  readonly qidoUrl: string;
  /** Where those of WADO-RS begin. DICOM PS3.18 § 10.4. */
  readonly wadoUrl: string;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  /** The roots that its certificate leads to, in PEM. */
  readonly ca?: string | undefined;
  /** Milliseconds without a byte after which it counts as not answering; half a minute, unless told. */
  readonly idleMs?: number | undefined;
  /** Milliseconds that an answer may take as a whole; ten minutes, unless told. */
  readonly longestMs?: number | undefined;
  /** Milliseconds between two looks at what may be released; ten seconds, unless told. */
  readonly pollMs?: number | undefined;
  /** Bytes of objects that were fetched and are kept for whoever asks next; 4 GiB, unless told. */
  readonly spoolBytes?: number | undefined;
}
