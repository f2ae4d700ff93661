// Hosts the WebAssembly codecs of dcmjs-codecs: one instance, asked for one frame at a time, thrown away after any failure.
import { type CodecReports, codecReports } from "./codec-reports.ts";
import { invalidPixels } from "./pixel-error.ts";

/** The decoders of the module. */
export type CodecName = "DecodeJpeg" | "DecodeJpegLs" | "DecodeJpeg2000" | "DecodeHtJpeg2000" | "DecodeJpegXl";

/** What a decoder has to be told beside the frame. */
export interface CodecTask {
  readonly name: CodecName;
  readonly rows: number;
  readonly columns: number;
  readonly samples: number;
  /** Bits of the cells that it shall write. */
  readonly cellBits: 8 | 16;
  readonly signed: boolean;
  /** Whether YCbCr becomes RGB, as the frame's own markers say. DCT-based JPEG only. */
  readonly toRgb: boolean;
}

/** A running instance. */
export interface CodecHost {
  /** Decodes a frame into little-endian cells. Throws PIXEL_DATA_INVALID (refused) or NO_CODEC (variant). */
  decode(task: CodecTask, encoded: Uint8Array): Uint8Array;
  /** Tells whether this instance broke off or grew, and has to be replaced. */
  isSpent(): boolean;
}

/** Starts an instance of the compiled module. */
export async function startCodecHost(module: WebAssembly.Module): Promise<CodecHost> {
  const reports = codecReports();
  const instance = await WebAssembly.instantiate(
    module,
    imports(reports, () => codecs.memory.buffer),
  );
  const codecs = instance.exports as unknown as CodecExports;
  codecs._initialize();
  const initialBytes = codecs.memory.buffer.byteLength;
  let spent = false;
  return {
    isSpent: () => spent,
    decode(task, encoded) {
      reports.clear();
      let cells: Uint8Array;
      try {
        cells = run(codecs, task, encoded);
      } catch {
        spent = true;
        // Traps and thrown messages stay here: they may quote the frame, and tell a caller nothing more.
        throw reports.verdict() ?? invalidPixels("refused");
      }
      // Memory never shrinks, so a host that one huge frame made grow does not live on.
      spent = codecs.memory.buffer.byteLength > initialBytes;
      const verdict = reports.verdict();
      if (verdict !== undefined) throw verdict;
      return cells;
    },
  };
}

/** The part of the module's interface that decoding uses. Contexts, parameters and buffers are addresses in its memory. */
interface CodecExports extends Record<CodecName, (context: number, parameters: number) => void> {
  readonly memory: WebAssembly.Memory;
  _initialize(): void;
  CreateCodecsContext(): number;
  ReleaseCodecsContext(context: number): void;
  SetColumns(context: number, columns: number): void;
  SetRows(context: number, rows: number): void;
  SetBitsAllocated(context: number, bits: number): void;
  SetBitsStored(context: number, bits: number): void;
  SetSamplesPerPixel(context: number, samples: number): void;
  SetPixelRepresentation(context: number, representation: number): void;
  SetEncodedBufferSize(context: number, size: number): void;
  GetEncodedBuffer(context: number): number;
  GetDecodedBuffer(context: number): number;
  GetDecodedBufferSize(context: number): number;
  CreateDecoderParameters(): number;
  ReleaseDecoderParameters(parameters: number): void;
  SetConvertColorspaceToRgb(parameters: number, convert: number): void;
}

function run(codecs: CodecExports, task: CodecTask, encoded: Uint8Array): Uint8Array {
  const context = codecs.CreateCodecsContext();
  codecs.SetColumns(context, task.columns);
  codecs.SetRows(context, task.rows);
  codecs.SetSamplesPerPixel(context, task.samples);
  codecs.SetBitsAllocated(context, task.cellBits);
  codecs.SetBitsStored(context, task.cellBits);
  codecs.SetPixelRepresentation(context, task.signed ? 1 : 0);
  codecs.SetEncodedBufferSize(context, encoded.length);
  // The memory's buffer is replaced whenever it grows: never keep it across a call.
  new Uint8Array(codecs.memory.buffer).set(encoded, codecs.GetEncodedBuffer(context));
  const parameters = codecs.CreateDecoderParameters();
  codecs.SetConvertColorspaceToRgb(parameters, task.toRgb ? 1 : 0);
  codecs[task.name](context, parameters);
  const cells = new Uint8Array(
    codecs.memory.buffer,
    codecs.GetDecodedBuffer(context),
    codecs.GetDecodedBufferSize(context),
  ).slice();
  codecs.ReleaseDecoderParameters(parameters);
  codecs.ReleaseCodecsContext(context);
  return cells;
}

/** What the module asks of its host: to hear its messages, and the few WASI calls that its libraries make. */
function imports(reports: CodecReports, memory: () => ArrayBuffer): WebAssembly.Imports {
  const text = (address: number, size: number) =>
    latin1.decode(new Uint8Array(memory(), address, Math.min(size, longestMessage)));
  return {
    env: {
      onCodecsException: () => {
        throw invalidPixels("refused");
      },
      onCodecsInfo: (address: number, size: number) => reports.take(text(address, size)),
      onCodecsTrace: ignored,
      emscripten_notify_memory_growth: ignored,
    },
    wasi_snapshot_preview1: {
      proc_exit: () => {
        throw invalidPixels("refused");
      },
      fd_write(_descriptor: number, parts: number, count: number, writtenAt: number): number {
        const view = new DataView(memory());
        let line = "";
        let written = 0;
        for (let part = parts; part < parts + 8 * count; part += 8) {
          const size = view.getUint32(part + 4, true);
          line += text(view.getUint32(part, true), size);
          written += size;
        }
        reports.takeOutput(line);
        view.setUint32(writtenAt, written, true);
        return succeeded;
      },
      environ_sizes_get(countAt: number, sizeAt: number): number {
        const view = new DataView(memory());
        view.setUint32(countAt, 0, true);
        view.setUint32(sizeAt, 0, true);
        return succeeded;
      },
      // No environment, no clock, no files: decoding depends on the frame alone.
      environ_get: () => succeeded,
      clock_time_get: () => succeeded,
      fd_close: () => succeeded,
      fd_seek: () => succeeded,
    },
  };
}

const succeeded = 0;
const longestMessage = 256;
const latin1 = new TextDecoder("latin1");

function ignored(): void {
  // Progress that nobody asked for.
}
