// What the codecs say while they decode. They go on after damage and after markers that they do not know; whoever needs exact samples may not.
import { invalidPixels, noCodec, type PixelError } from "./pixel-error.ts";

/** Collects a codec's messages during one decoding. */
export interface CodecReports {
  /** Forgets everything before the next frame. */
  clear(): void;
  /** Takes a message of the JPEG or JPEG 2000 library. */
  take(message: string): void;
  /** Takes a line written to standard output or error, where HTJ2K and JPEG XL complain. */
  takeOutput(line: string): void;
  /** Returns why the samples cannot be trusted, or undefined when nothing was reported. */
  verdict(): PixelError | undefined;
}

/** Starts collecting. */
export function codecReports(): CodecReports {
  let count = 0;
  let verdict: PixelError | undefined;
  return {
    clear() {
      count = 0;
      verdict = undefined;
    },
    take(message) {
      // A loop that reports without end is a known way to keep JPEG 2000 decoders busy; throwing is the only way out of it.
      if (++count > mostMessages) throw invalidPixels("refused");
      if (damage.test(message)) verdict ??= invalidPixels("refused");
    },
    takeOutput(line) {
      if (line.trim() === "") return;
      verdict ??= unsupported.test(line) ? noCodec("variant") : invalidPixels("refused");
    },
    verdict: () => verdict,
  };
}

const mostMessages = 100_000;

// Of libjpeg's warnings these say that samples were made up; the others (bytes between markers, an unknown JFIF revision) do no harm.
const damage = /Corrupt JPEG data: (?:premature|bad|found)|Inconsistent progression/;

const unsupported = /not supported|ojph warning/;
