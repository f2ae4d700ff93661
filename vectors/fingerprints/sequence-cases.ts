// Objects without pixel data whose sequences come in every disguise. docs/formats/fingerprints.md § Sequences.
import {
  type Encoding,
  element,
  file,
  fragments,
  identity,
  implicitLittle as implicit,
  join,
  latin1,
  explicitLittle as le,
  sequence,
  syntaxes,
  tagBytes,
  uint32,
  undefinedLength,
} from "./object-bytes.ts";
import { type ObjectCase, objectBefore, objectWith } from "./object-case.ts";

const item = (encoding: Encoding): Uint8Array => element(encoding, "00080100", "SH", "T-1 ");

/** Returns every case. */
export function sequenceCases(): ObjectCase[] {
  return [...standardCases(), ...privateCases(), ...trialCases(), ...fragmentCases()];
}

function standardCases(): ObjectCase[] {
  const codes = (encoding: Encoding, isDefined: boolean, vr = "SQ"): Uint8Array =>
    sequence(
      encoding,
      "00081032",
      [item(vr === "UN" ? implicit : encoding), item(vr === "UN" ? implicit : encoding)],
      isDefined,
      vr,
    );
  const [first, second] = identity(implicit);
  const explicitInside = sequence(le, "00081032", [item(le), item(le)], true);
  const asUnknown = join(tagBytes(le, "00081032"), latin1("UN"), explicitInside.subarray(6));
  const group = "standard sequence";
  return [
    { title: "SQ of defined length", group, bytes: objectWith(codes(le, true)) },
    { title: "SQ of undefined length", group, bytes: objectWith(codes(le, false)) },
    { title: "UN of defined length", group, bytes: objectWith(codes(le, true, "UN")) },
    { title: "UN of undefined length", group, bytes: objectWith(codes(le, false, "UN")) },
    { title: "UN with explicit elements", group, bytes: objectWith(asUnknown) },
    {
      title: "implicit",
      group,
      bytes: file(syntaxes.implicitLittle, join(first, codes(implicit, true), second)),
    },
    { title: "an item without its delimiter", group, bytes: objectWith(withoutItemDelimiters()) },
    { title: "CS where a sequence should be", group: "CS", bytes: objectWith(element(le, "00081032", "CS", "CODE")) },
    { title: "UN that is no sequence", group: "CS", bytes: objectWith(element(le, "00081032", "UN", "CODE")) },
  ];
}

function withoutItemDelimiters(): Uint8Array {
  const open = join(tagBytes(le, "fffee000"), uint32(le, undefinedLength), item(le));
  const end = join(tagBytes(le, "fffee0dd"), uint32(le, 0));
  return element(le, "00081032", "SQ", join(open, open, end), undefinedLength);
}

function privateCases(): ObjectCase[] {
  const creator = element(le, "00290010", "LO", "FIDUCIAL TEST ");
  const hidden = (isDefined: boolean, vr: string): Uint8Array =>
    sequence(le, "00291010", [item(vr === "UN" ? implicit : le)], isDefined, vr);
  const asBytes = join(tagBytes(le, "fffee000"), uint32(le, item(implicit).length), item(implicit));
  const [first, second] = identity(implicit);
  const implicitObject = (isDefined: boolean): Uint8Array => {
    const block = join(
      element(implicit, "00290010", "LO", "FIDUCIAL TEST "),
      sequence(implicit, "00291010", [item(implicit)], isDefined),
    );
    return file(syntaxes.implicitLittle, join(first, second, block));
  };
  const group = "private sequence";
  return [
    { title: "private SQ of defined length", group, bytes: objectBefore(creator, hidden(true, "SQ")) },
    { title: "private SQ of undefined length", group, bytes: objectBefore(creator, hidden(false, "SQ")) },
    { title: "private UN of defined length", group, bytes: objectBefore(creator, hidden(true, "UN")) },
    { title: "private UN of undefined length", group, bytes: objectBefore(creator, hidden(false, "UN")) },
    { title: "private OB", group, bytes: objectBefore(creator, element(le, "00291010", "OB", asBytes)) },
    { title: "private, implicit, of defined length", group, bytes: implicitObject(true) },
    { title: "private, implicit, of undefined length", group, bytes: implicitObject(false) },
    {
      title: "private OW is never a sequence",
      group: "private OW",
      bytes: objectBefore(creator, element(le, "00291010", "OW", asBytes)),
    },
  ];
}

function trialCases(): ObjectCase[] {
  const creator = element(le, "00290010", "LO", "FIDUCIAL TEST ");
  const itemOf = (content: Uint8Array): Uint8Array =>
    join(tagBytes(le, "fffee000"), uint32(le, content.length), content);
  const broken = join(itemOf(item(implicit)), latin1("more bytes"));
  const hidden = (value: Uint8Array): Uint8Array => objectBefore(creator, element(le, "00291010", "UN", value));
  const inner = element(implicit, "00091010", "UN", broken);
  return [
    { title: "begins like a sequence and is none", group: "broken", bytes: hidden(broken) },
    { title: "a sequence that holds one that is none", group: "broken within", bytes: hidden(itemOf(inner)) },
    { title: "64 sequences, and a trial within", group: "64 levels", bytes: nestedTrial(64, "SQ") },
    { title: "64 sequences sent as UN, and a trial within", group: "64 levels", bytes: nestedTrial(64, "UN") },
    { title: "63 sequences, and a trial within", group: "63 levels", bytes: nestedTrial(63, "SQ") },
    { title: "an item tag alone", group: "item tag", bytes: hidden(tagBytes(le, "fffee000")) },
    { title: "an empty item", group: "empty item", bytes: hidden(itemOf(new Uint8Array(0))) },
    {
      title: "an item too long for its value",
      group: "item too long",
      bytes: hidden(join(tagBytes(le, "fffee000"), uint32(le, 9), latin1("12345678"))),
    },
  ];
}

// A private value that is a sequence if it is tried, inside of that many standard ones.
function nestedTrial(levels: number, vr: string): Uint8Array {
  const hidden = join(tagBytes(le, "fffee000"), uint32(le, item(implicit).length), item(implicit));
  const nested = (left: number): Uint8Array => {
    const isTop = left === levels;
    const encoding = isTop || vr === "SQ" ? le : implicit;
    if (left === 0) return element(encoding, "00290001", "UN", hidden);
    return sequence(encoding, "0040a730", [nested(left - 1)], true, encoding === implicit ? "SQ" : vr);
  };
  return objectBefore(nested(levels));
}

function fragmentCases(): ObjectCase[] {
  const icon = (offsets: Uint8Array): Uint8Array => fragments("7fe00010", [offsets, latin1("\xff\xd8icon\xff\xd9")]);
  const sequenceOf = (pixels: Uint8Array, isDefined: boolean): Uint8Array =>
    sequence(le, "00880200", [pixels], isDefined);
  const implicitIcon = join(
    element(
      implicit,
      "00880200",
      "SQ",
      join(
        tagBytes(implicit, "fffee000"),
        uint32(implicit, undefinedLength),
        icon(new Uint8Array(0)).subarray(0, 4),
        icon(new Uint8Array(0)).subarray(8),
        tagBytes(implicit, "fffee00d"),
        uint32(implicit, 0),
        tagBytes(implicit, "fffee0dd"),
        uint32(implicit, 0),
      ),
      undefinedLength,
    ),
  );
  return [
    {
      title: "an icon in fragments, implicit",
      group: "icon",
      bytes: file(syntaxes.implicitLittle, join(...identity(implicit), implicitIcon)),
    },
    { title: "an icon in fragments", group: "icon", bytes: objectBefore(sequenceOf(icon(new Uint8Array(0)), true)) },
    {
      title: "an icon with an offset table",
      group: "icon",
      bytes: objectBefore(sequenceOf(icon(new Uint8Array(4)), false)),
    },
    {
      title: "a native icon",
      group: "native icon",
      bytes: objectBefore(sequenceOf(element(le, "7fe00010", "OB", latin1("icon")), true)),
    },
  ];
}
