// Reads PDUs from a stream in pieces of any size. Only the short ones are gathered; of data, each piece is passed on as it comes. DICOM PS3.8 § 9.3.
import { controlPdu } from "./control-pdu.ts";
import type { DimseLimits } from "./dimse-limits.ts";
import { type AbortReason, abortReasons, type Fragment, type Malformed, type Pdu, pduTypes } from "./pdu.ts";

/** What a stream holds. */
export type PduEvent = Pdu | Fragment | Malformed;

/** Reads one stream. */
export interface PduReader {
  /** Gives what ends with this piece, in order; fragments are views of it. After something malformed there is nothing more. */
  read(piece: Uint8Array): Generator<PduEvent, void>;
}

/** What comes next: a PDU's head, the body of one that is gathered, the head of a value in a P-DATA-TF, bytes of the value. */
type Step =
  | { readonly name: "head" }
  | { readonly name: "body"; readonly type: number; readonly length: number }
  | { readonly name: "value head"; readonly pduLeft: number }
  | { readonly name: "value"; readonly pduLeft: number; readonly left: number; readonly of: ValueHead };

type ValueHead = Pick<Fragment, "contextId" | "isCommand" | "isLast">;

/** Of a PDU: type, reserved, length. Of a value: length, presentation context, message control header; the last two are in the length. */
const headBytes = 6;

/** Opens a reader. It never throws, and holds no more than `controlBytes`. */
export function pduReader(limits: DimseLimits): PduReader {
  const gathered = gathering();
  let step: Step | undefined = { name: "head" };

  function advance(at: Step, rest: Uint8Array): Outcome | undefined {
    if (at.name === "value") return behindBytes(at, rest);
    const { whole, used } = gathered.take(rest, at.name === "body" ? at.length : headBytes);
    return whole === undefined ? undefined : { ...behind(at, whole, limits), used };
  }

  return {
    *read(piece) {
      let rest = piece;
      while (step !== undefined) {
        const outcome = advance(step, rest);
        if (outcome === undefined) return;
        step = outcome.next;
        rest = rest.subarray(outcome.used);
        if (outcome.found !== undefined) yield outcome.found;
      }
    },
  };
}

interface Outcome {
  readonly next: Step | undefined;
  readonly found?: PduEvent;
  /** Bytes taken of what came. */
  readonly used?: number;
}

function behind(step: Exclude<Step, { name: "value" }>, whole: Uint8Array, limits: DimseLimits): Outcome {
  if (step.name === "head") return behindHead(whole, limits);
  if (step.name === "value head") return behindValueHead(step.pduLeft, whole);
  const found = controlPdu(step.type, whole, limits);
  return found.type === "malformed" ? { next: undefined, found } : { next: { name: "head" }, found };
}

// The length is judged before anything is gathered.
function behindHead(head: Uint8Array, limits: DimseLimits): Outcome {
  const [type, length] = [head[0] as number, uint32At(head, 2)];
  if (type < pduTypes.associateRequest || type > pduTypes.abort) return malformed(abortReasons.unrecognizedPdu);
  const [least, most] = type === pduTypes.data ? [headBytes, limits.dataBytes] : [4, limits.controlBytes];
  if (length < least || length > most) return malformed(abortReasons.invalidParameter);
  return { next: type === pduTypes.data ? { name: "value head", pduLeft: length } : { name: "body", type, length } };
}

// PS3.8 § 9.3.5.1, Annex E.2.
function behindValueHead(pduLeft: number, head: Uint8Array): Outcome {
  const left = uint32At(head, 0) - 2;
  const room = pduLeft - headBytes - left;
  // What a value leaves of its PDU is nothing, or room for another.
  if (left < 0 || room < 0 || (room > 0 && room < headBytes)) return malformed(abortReasons.invalidParameter);
  const [contextId, control] = [head[4] as number, head[5] as number];
  const of = { contextId, isCommand: (control & 1) !== 0, isLast: (control & 2) !== 0 };
  return { next: { name: "value", pduLeft: pduLeft - headBytes, left, of } };
}

function behindBytes(step: Extract<Step, { name: "value" }>, rest: Uint8Array): Outcome | undefined {
  const bytes = rest.subarray(0, step.left);
  const used = bytes.length;
  const ends = used === step.left;
  if (used === 0 && !ends) return undefined;
  const next = behindValue(step, used);
  const isLast = step.of.isLast && ends;
  return used > 0 || isLast ? { next, used, found: { type: "fragment", ...step.of, bytes, isLast } } : { next, used };
}

function behindValue({ pduLeft, left, of }: Extract<Step, { name: "value" }>, taken: number): Step {
  if (taken < left) return { name: "value", pduLeft: pduLeft - taken, left: left - taken, of };
  return pduLeft === taken ? { name: "head" } : { name: "value head", pduLeft: pduLeft - taken };
}

function malformed(reason: AbortReason): Outcome {
  return { next: undefined, found: { type: "malformed", reason } };
}

function uint32At(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(at);
}

interface Gathered {
  readonly whole: Uint8Array | undefined;
  /** Bytes taken of what was given. */
  readonly used: number;
}

/** Puts together what comes in pieces and is wanted whole. It grows with what comes, not with what is announced. */
function gathering(): { take(from: Uint8Array, wanted: number): Gathered } {
  let bytes = new Uint8Array(0);
  let size = 0;
  return {
    take: (from, wanted) => {
      const used = Math.min(from.length, wanted - size);
      if (size === 0 && used === wanted) return { whole: from.subarray(0, wanted), used };
      if (size + used > bytes.length) {
        const grown = new Uint8Array(Math.min(wanted, Math.max(64, 2 * (size + used))));
        grown.set(bytes.subarray(0, size));
        bytes = grown;
      }
      bytes.set(from.subarray(0, used), size);
      size += used;
      if (size < wanted) return { whole: undefined, used };
      const whole = bytes.subarray(0, wanted);
      [bytes, size] = [new Uint8Array(0), 0];
      return { whole, used };
    },
  };
}
