# Decodes DICOM files with pydicom, pylibjpeg, pyjpegls and imagecodecs, and writes the samples of each frame as docs/formats/pixels.md defines them.
# python oracle.py <folder to write to> <DICOM file>… ; prints one JSON object a line: {file, transferSyntaxUid, frames: [name, …]} or {file, error}.
import json
import pathlib
import sys
import warnings
import zlib

import imagecodecs
import numpy as np
import pydicom
from pydicom.encaps import generate_frames
from pydicom.pixels import iter_pixels

warnings.filterwarnings("ignore")

deflated_frame = "1.2.840.10008.1.2.8.1"
jpeg = {"1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.4.51"}
jpeg_xl = {"1.2.840.10008.1.2.4.110", "1.2.840.10008.1.2.4.111", "1.2.840.10008.1.2.4.112"}


def pictures(dataset, syntax):
    """Yields each frame as an array of sample values."""
    count = int(dataset.get("NumberOfFrames", 1) or 1)
    if syntax == deflated_frame:
        for frame in generate_frames(dataset.PixelData, number_of_frames=count):
            yield unpacked(dataset, zlib.decompressobj(wbits=-15).decompress(frame))
    elif syntax in jpeg:
        for frame in generate_frames(dataset.PixelData, number_of_frames=count):
            yield imagecodecs.jpeg8_decode(frame)
    elif syntax in jpeg_xl:
        for frame in generate_frames(dataset.PixelData, number_of_frames=count):
            yield imagecodecs.jpegxl_decode(frame)
    else:
        yield from iter_pixels(dataset, raw=True)


def unpacked(dataset, data):
    shape = (dataset.Rows, dataset.Columns)
    if dataset.BitsAllocated == 1:
        return np.unpackbits(np.frombuffer(data, "u1"), bitorder="little")[: shape[0] * shape[1]].reshape(shape)
    return np.frombuffer(data, f"<u{dataset.BitsAllocated // 8}")[: shape[0] * shape[1]].reshape(shape)


def canonical(dataset, values):
    if values.dtype.kind == "f":
        return values.astype(values.dtype.newbyteorder("<")).tobytes()
    bits = dataset.BitsStored
    if bits == 1:
        return np.packbits(values.astype("u1"), axis=None, bitorder="little").tobytes()
    wide = (values.astype("i8") >> (dataset.HighBit + 1 - bits)) & ((1 << bits) - 1)
    if dataset.PixelRepresentation == 1:
        wide = np.where(wide >> (bits - 1), wide - (1 << bits), wide)
    size = 1 if bits <= 8 else 2 if bits <= 16 else 4
    return wide.astype(f"<{'i' if dataset.PixelRepresentation else 'u'}{size}").tobytes()


def decode(folder, number, path):
    dataset = pydicom.dcmread(path)
    if not any(name in dataset for name in ("PixelData", "FloatPixelData", "DoubleFloatPixelData")):
        return None
    syntax = str(dataset.file_meta.TransferSyntaxUID)
    frames = []
    for values in pictures(dataset, syntax):
        frames.append(f"{number}-{len(frames)}.samples")
        (folder / frames[-1]).write_bytes(canonical(dataset, values))
    return {"file": str(path), "transferSyntaxUid": syntax, "frames": frames}


folder = pathlib.Path(sys.argv[1])
for number, path in enumerate(sys.argv[2:]):
    try:
        found = decode(folder, number, path)
    except Exception as error:
        found = {"file": path, "error": f"{type(error).__name__}: {error}"}
    if found is not None:
        print(json.dumps(found))
