// The bytes that the log holds: indented to read, with the payload decoded, or byte by byte. Last, and folded on a phone.
import { fromBase64, utf8, utf8Decode } from "@fiducial/core";
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { Fragment, type ReactNode, useMemo, useState } from "react";
import { useWording } from "../../i18n/language.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import { Segments } from "../../ui/segments.tsx";

type Form = "json" | "payload" | "hex";

/** The card. */
export function RawBytes({ raw }: { readonly raw: string }): ReactNode {
  const { t, formats } = useWording();
  const words = t.ledger.entry;
  const [form, setForm] = useState<Form>("json");
  const [shown, setShown] = useState(() => !matchMedia("(max-width: 720px)").matches);
  const bytes = useMemo(() => utf8(raw), [raw]);
  const size = `${formats.count(bytes.length)} ${words.bytes}`;
  const Mark = shown ? IconChevronDown : IconChevronRight;
  return (
    <section className="card raw-card" aria-label={words.raw}>
      <div className="card-head">
        <button type="button" className="fold" aria-expanded={shown} onClick={() => setShown(!shown)}>
          <Mark size={16} aria-hidden />
          <h2>{words.raw}</h2>
        </button>
        <span className="size-12 third">{form === "hex" ? words.rawHexSays(size) : words.rawSays(size)}</span>
        <div className="to-end row">
          <Segments
            label={words.raw}
            value={form}
            options={[
              ["json", "JSON"],
              ["payload", words.payload],
              ["hex", "Hex"],
            ]}
            choose={setForm}
          />
          <CopyButton text={() => raw} />
        </div>
      </div>
      {shown && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys.
        <pre className="mono raw" tabIndex={0}>
          {form === "hex" ? hexLines(bytes) : <Indented text={form === "json" ? raw : payloadOf(raw)} />}
        </pre>
      )}
    </section>
  );
}

function Indented({ text }: { readonly text: string }): ReactNode {
  return indented(text)
    .split(/("(?:[^"\\]|\\.)*":)/)
    .map((part, at) =>
      // biome-ignore lint/suspicious/noArrayIndexKey: the text does not change its order.
      at % 2 === 1 ? <i key={at}>{part}</i> : <Fragment key={at}>{part}</Fragment>,
    );
}

function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}

function payloadOf(raw: string): string {
  try {
    const entry = JSON.parse(raw) as { readonly statement: { readonly payload: string } };
    const bytes = fromBase64(entry.statement.payload);
    return (bytes && utf8Decode(bytes)) ?? "";
  } catch {
    return "";
  }
}

function hexLines(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += 16) {
    const part = [...bytes.subarray(at, at + 16)];
    const hex = part.map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
    const text = part.map((byte) => (byte > 31 && byte < 127 ? String.fromCharCode(byte) : ".")).join("");
    lines.push(`${at.toString(16).padStart(6, "0")}  ${hex.padEnd(47)}  ${text}`);
  }
  return lines.join("\n");
}
