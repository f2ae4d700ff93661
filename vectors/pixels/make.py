# Writes the vectors of this folder. The frames come from encoders, and the samples from arithmetic, that share no code with what the vectors check.
# Run with the packages of conformance/pixels/requirements.txt: python vectors/pixels/make.py
import base64
import json
import pathlib
import zlib

import imagecodecs
import jpeg_ls
import numpy as np
import rle

folder = pathlib.Path(__file__).parent
dicom = "1.2.840.10008.1.2"


def text(data):
    return base64.b64encode(bytes(data)).decode()


def describe(syntax, picture, bits, allocated=None, high=None, planar=0, photometric=None, floating=None):
    samples = 1 if picture.ndim == 2 else picture.shape[2]
    described = {
        "transferSyntaxUid": dicom + syntax,
        "rows": picture.shape[0],
        "columns": picture.shape[1],
        "samplesPerPixel": samples,
        "bitsAllocated": allocated or (8 if bits <= 8 else 16 if bits <= 16 else 32 if bits <= 32 else 64),
        "bitsStored": bits,
        "highBit": bits - 1 if high is None else high,
        "pixelRepresentation": int(picture.dtype.kind == "i"),
        "planarConfiguration": planar,
        "photometricInterpretation": photometric or ("RGB" if samples == 3 else "MONOCHROME2"),
        "numberOfFrames": 1,
    }
    return {**described, "floatBits": floating} if floating else described


def canonical(picture, bits):
    """The rules of fiducial-pixels-v1, said once more in numpy."""
    if picture.dtype.kind == "f":
        return picture.astype(picture.dtype.newbyteorder("<")).tobytes()
    if bits == 1:
        return np.packbits(picture.astype("u1") & 1, axis=None, bitorder="little").tobytes()
    size = 1 if bits <= 8 else 2 if bits <= 16 else 4 if bits <= 32 else 8
    return picture.astype(f"<{picture.dtype.kind}{size}").tobytes()


def picture(bits, signed=False, samples=1, rows=5, columns=7):
    """A gradient with every kind of neighbour, and both ends of the range."""
    most = (1 << bits) - 1
    random = np.random.default_rng(bits * 10 + samples + 100 * signed)
    values = np.add.outer(np.arange(rows) * most // (2 * rows), np.arange(columns) * most // (2 * columns))
    values = np.stack([np.roll(values, shift, 1) for shift in range(samples)], -1) + random.integers(0, most // 8 + 1, (rows, columns, samples))
    values = np.clip(values, 0, most)
    values[0, 0, :] = most
    values[-1, -1, :] = 0
    values = values - (1 << (bits - 1)) if signed else values
    values = values if samples > 1 else values[:, :, 0]
    return np.ascontiguousarray(values.astype(("i" if signed else "u") + str(1 if bits <= 8 else 2 if bits <= 16 else 4)))


def case(title, clause, description, frame, samples):
    return {"title": title, "clause": clause, "input": {"description": description, "frame": text(frame)}, "output": {"samples": text(samples)}}


def refusal(title, clause, description, frame, code, **data):
    return {"title": title, "clause": clause, "input": {"description": description, "frame": text(frame)}, "output": {"error": code, **data}}


def write(name, cases):
    (folder / f"{name}.json").write_text(json.dumps(cases, indent=2) + "\n")


def native():
    cases = []
    for bits, signed in [(8, False), (8, True), (12, False), (12, True), (16, False), (16, True), (32, False), (32, True)]:
        shown = picture(bits, signed)
        kind = f"{bits} bits{', signed' if signed else ''}"
        little = shown.astype(shown.dtype.newbyteorder("<")).tobytes()
        cases.append(case(f"{kind}, little endian", "PS3.5 § 8.1.1", describe(".1", shown, bits), little, canonical(shown, bits)))
        big = shown.astype(shown.dtype.newbyteorder(">")).tobytes()
        cases.append(case(f"{kind}, big endian", "PS3.5 § A.3", describe(".2", shown, bits), big, canonical(shown, bits)))
    shown = picture(8, columns=8)
    cases.append(case("8 bits in 16 allocated", "PS3.5 § 8.1.1", describe(".1", shown, 8, 16), shown.astype("<u2").tobytes(), canonical(shown, 8)))
    shown = picture(24)
    cells = b"".join(int(value).to_bytes(3, "little") for value in shown.flat)
    cases.append(case("24 bits in 24 allocated", "PS3.5 § 8.1.1", describe(".1", shown, 24, 24), cells, canonical(shown, 24)))
    shown = picture(12)
    overlaid = shown | (np.arange(shown.size).reshape(shown.shape).astype("<u2") & 15) << 12
    cases.append(case("an overlay in the unused high bits is dropped", "PS3.5 § 8.1.2, PS3.3 § C.9.2", describe(".1", shown, 12), overlaid.astype("<u2").tobytes(), canonical(shown, 12)))
    cases.append(case("samples above unused low bits", "PS3.5 § 8.1.1", describe(".1", shown, 12, 16, 15), (shown.astype("<u2") << 4 | 5).tobytes(), canonical(shown, 12)))
    signed = picture(12, True)
    cases.append(case("negative samples not sign extended by their writer", "PS3.5 § 8.1.1", describe(".1", signed, 12), (signed.astype("<i2") & 0xFFF).astype("<u2").tobytes(), canonical(signed, 12)))
    colour = picture(8, samples=3)
    cases.append(case("colour by pixel", "PS3.3 § C.7.6.3.1.3", describe(".1", colour, 8), colour.tobytes() + b"\0", canonical(colour, 8)))
    planes = np.moveaxis(colour, 2, 0).tobytes()
    cases.append(case("colour by plane", "PS3.3 § C.7.6.3.1.3", describe(".1", colour, 8, planar=1), planes + b"\0", canonical(colour, 8)))
    deep = picture(16, samples=3)
    cases.append(case("16-bit colour by plane, big endian", "PS3.3 § C.7.6.3.1.3", describe(".2", deep, 16, planar=1), np.moveaxis(deep, 2, 0).astype(">u2").tobytes(), canonical(deep, 16)))
    full = picture(8, samples=3, columns=8)
    full[:, 1::2, 1:] = full[:, ::2, 1:]
    halved = b"".join(bytes([left[0], right[0], left[1], left[2]]) for row in full for left, right in zip(row[::2], row[1::2]))
    cases.append(case("chroma of every second column", "PS3.3 § C.7.6.3.1.2", describe(".1", full, 8, photometric="YBR_FULL_422"), halved, canonical(full, 8)))
    cases.append(case("the same picture with chroma in full", "PS3.3 § C.7.6.3.1.2", describe(".1", full, 8, photometric="YBR_FULL"), full.tobytes(), canonical(full, 8)))
    bits = picture(1, rows=3, columns=5)
    cases.append(case("single bits, packed", "PS3.5 § 8.1.1", describe(".1", bits, 1, 1), np.packbits(bits, axis=None, bitorder="little").tobytes(), canonical(bits, 1)))
    dirty = bytearray(np.packbits(bits, axis=None, bitorder="little").tobytes())
    dirty[-1] |= 0x80
    cases.append(case("bits after the last sample are dropped", "PS3.5 § 8.1.1", describe(".1", bits, 1, 1), dirty, canonical(bits, 1)))
    cases.append(case("single bits in bytes", "PS3.5 § 8.1.1", describe(".1", bits, 1, 8), bits.tobytes() + b"\0", canonical(bits, 1)))
    values = np.array([[0.0, -0.0, 1.5], [np.inf, -np.inf, np.nan]])
    for size in (32, 64):
        shown = values.astype(f"f{size // 8}")
        described = {"floating": size, "allocated": size}
        cases.append(case(f"{size}-bit floating point", "PS3.3 § C.7.6.24", describe(".1", shown, size, **described), shown.astype(f"<f{size // 8}").tobytes(), canonical(shown, size)))
        cases.append(case(f"{size}-bit floating point, big endian", "PS3.3 § C.7.6.24", describe(".2", shown, size, **described), shown.astype(f">f{size // 8}").tobytes(), canonical(shown, size)))
    wide = np.array([[0, 2**64 - 1, 2**40]], "u8")
    cases.append(case("64-bit integers", "PS3.5 § 8.1.1", describe(".1", wide, 64), wide.astype("<u8").tobytes(), canonical(wide, 64)))
    shown = picture(8)
    invalid = "PIXEL_DATA_INVALID"
    cases.append(refusal("one byte too few", "PS3.5 § 8.1.1", describe(".1", shown, 8), shown.tobytes()[:-1], invalid, reason="length"))
    cases.append(refusal("two bytes too many", "PS3.5 § 8.1.1", describe(".1", shown, 8), shown.tobytes() + b"\0\0", invalid, reason="length"))
    cases.append(refusal("more bits stored than allocated", "PS3.5 § 8.1.1", {**describe(".1", shown, 8), "bitsStored": 9}, shown.tobytes(), invalid, reason="description"))
    cases.append(refusal("a high bit outside of the cell", "PS3.5 § 8.1.1", {**describe(".1", shown, 8), "highBit": 8}, shown.tobytes(), invalid, reason="description"))
    cases.append(refusal("no rows", "PS3.3 § C.7.6.3", {**describe(".1", shown, 8), "rows": 0}, b"", invalid, reason="description"))
    odd = picture(8, samples=3)
    cases.append(refusal("chroma of every second of seven columns", "PS3.3 § C.7.6.3.1.2", describe(".1", odd, 8, photometric="YBR_FULL_422"), odd.tobytes(), invalid, reason="description"))
    cases.append(refusal("cells of 12 bits", "PS3.5 § 8.1.1", describe(".1", picture(12), 12, 12), bytes(53), "NO_CODEC", reason="variant"))
    cases.append(refusal("a transfer syntax nobody knows", "PS3.5 § 10", describe(".4.999", shown, 8), shown.tobytes(), "NO_CODEC", reason="syntax"))
    cases.append(refusal("video", "PS3.5 § 10", describe(".4.102", shown, 8), shown.tobytes(), "NO_CODEC", reason="syntax"))
    write("native", cases)


def run_length():
    cases = []
    for bits, signed, samples in [(8, False, 1), (12, False, 1), (16, True, 1), (32, False, 1), (8, False, 3), (16, False, 3)]:
        shown = picture(bits, signed, samples)
        described = describe(".5", shown, bits)
        raw = shown.astype(shown.dtype.newbyteorder("<")).tobytes()
        frame = rle.utils.encode_pixel_data(raw, rows=5, columns=7, samples_per_pixel=samples, bits_allocated=described["bitsAllocated"], number_of_frames=1, byteorder="<", photometric_interpretation="")
        cases.append(case(f"{bits} bits{', signed' if signed else ''}, {samples} of a pixel", "PS3.5 Annex G", described, frame, canonical(shown, bits)))
        if samples == 3 and bits == 8:
            cases.append(case("the planar configuration has no bearing on it", "PS3.5 § 8.2.2", {**described, "planarConfiguration": 1}, frame, canonical(shown, bits)))
    shown = picture(8, rows=1, columns=4)
    segment = lambda data, count=1, start=64: count.to_bytes(4, "little") + start.to_bytes(4, "little") + bytes(56) + bytes(data)
    flat = np.full((1, 4), 9, "u1")
    described = describe(".5", flat, 8)
    cases.append(case("a repeated byte", "PS3.5 § G.3.1", described, segment([253, 9]), canonical(flat, 8)))
    cases.append(case("a control byte without meaning", "PS3.5 § G.3.2", described, segment([128, 253, 9]), canonical(flat, 8)))
    cases.append(case("padding after the last run", "PS3.5 § G.3.2", described, segment([253, 9, 0, 0]), canonical(flat, 8)))
    for title, frame, reason in [
        ("a run beyond the picture", segment([252, 9]), "length"),
        ("a literal run beyond the segment", segment([3, 9, 9, 9]), "length"),
        ("a segment that ends early", segment([254, 9]), "length"),
        ("a repeated byte that is missing", segment([253]), "length"),
        ("more segments than bytes in a sample", segment([253, 9], 2), "header"),
        ("no segment", segment([253, 9], 0), "header"),
        ("a segment inside of the header", segment([253, 9], 1, 60), "header"),
        ("a segment outside of the frame", segment([253, 9], 1, 67), "header"),
        ("half a header", segment([])[:32], "header"),
    ]:
        cases.append(refusal(title, "PS3.5 § G.5", described, frame, "PIXEL_DATA_INVALID", reason=reason))
    write("rle", cases)


def deflated():
    deflate = lambda data: (stream := zlib.compressobj(wbits=-15)).compress(data) + stream.flush()
    bits = picture(1, rows=3, columns=5)
    packed = np.packbits(bits, axis=None, bitorder="little").tobytes()
    described = describe(".8.1", bits, 1, 1)
    shown = picture(16)
    deep = describe(".8.1", shown, 16)
    raw = shown.astype("<u2").tobytes()
    clause = "PS3.5 § A.4.13"
    cases = [
        case("single bits", clause, described, deflate(packed), canonical(bits, 1)),
        case("single bits, inflated to even length", clause, describe(".8.1", picture(1, rows=4, columns=6), 1, 1), deflate(np.packbits(picture(1, rows=4, columns=6), axis=None, bitorder="little").tobytes() + b"\0"), canonical(picture(1, rows=4, columns=6), 1)),
        case("16 bits", clause, deep, deflate(raw), canonical(shown, 16)),
        case("a fragment padded to even length", clause, deep, deflate(raw) + b"\0", canonical(shown, 16)),
        refusal("too short a frame", clause, deep, deflate(raw[:-2]), "PIXEL_DATA_INVALID", reason="length"),
        refusal("too long a frame", clause, deep, deflate(raw + bytes(2)), "PIXEL_DATA_INVALID", reason="length"),
        refusal("a frame that would grow a thousandfold", clause, deep, deflate(bytes(4_000_000)), "PIXEL_DATA_INVALID", reason="length"),
        refusal("no deflate stream", clause, deep, b"\xff" * 20, "PIXEL_DATA_INVALID", reason="refused"),
        refusal("half a deflate stream", clause, deep, deflate(raw)[:20], "PIXEL_DATA_INVALID", reason="refused"),
    ]
    write("deflated", cases)


def jpeg_lossless():
    clause = "PS3.5 § 8.2.1, T.81 § H"
    cases = []
    for bits in (2, 8, 10, 12, 16):
        for samples in (1, 3):
            shown = picture(bits, samples=samples)
            frame = imagecodecs.jpeg8_encode(shown, lossless=True, predictor=1, bitspersample=bits)
            cases.append(case(f"selection value 1, {bits} bits, {samples} of a pixel", clause, describe(".4.70", shown, bits), frame, canonical(shown, bits)))
    for predictor in range(2, 8):
        shown = picture(16)
        frame = imagecodecs.jpeg8_encode(shown, lossless=True, predictor=predictor, bitspersample=16)
        cases.append(case(f"selection value {predictor}", clause, describe(".4.57", shown, 16), frame, canonical(shown, 16)))
    signed = picture(16, True)
    frame = imagecodecs.jpeg8_encode(signed.view("u2"), lossless=True, predictor=1, bitspersample=16)
    cases.append(case("signed, 16 bits", clause, describe(".4.70", signed, 16), frame, canonical(signed, 16)))
    signed = picture(12, True)
    frame = imagecodecs.jpeg8_encode((signed & 0xFFF).astype("u2"), lossless=True, predictor=1, bitspersample=12)
    cases.append(case("signed, 12 bits without sign extension", clause, describe(".4.70", signed, 12), frame, canonical(signed, 12)))
    frame = imagecodecs.jpeg8_encode(signed.view("u2"), lossless=True, predictor=1, bitspersample=16)
    cases.append(case("signed, 12 bits sign extended in a stream of 16", clause, describe(".4.70", signed, 12), frame, canonical(signed, 12)))
    frame = imagecodecs.jpeg8_encode(picture(10), lossless=True, predictor=1, bitspersample=10)
    cases.append(case("10 bits where 12 are stored", clause, describe(".4.70", picture(10), 12), frame, canonical(picture(10), 12)))
    cases.append(refusal("10 bits where 12 signed are stored", clause, {**describe(".4.70", picture(10), 12), "pixelRepresentation": 1}, frame, "NO_CODEC", reason="variant"))
    ybr = picture(8, samples=3)
    frame = imagecodecs.jpeg8_encode(ybr, lossless=True, predictor=1, bitspersample=8)
    cases.append(case("YCbCr stays as it is", "PS3.3 § C.7.6.3.1.2", describe(".4.70", ybr, 8, photometric="YBR_FULL"), frame, canonical(ybr, 8)))
    lossy = imagecodecs.jpeg8_encode(picture(8))
    cases.append(refusal("a lossy frame under the name of a lossless syntax", clause, describe(".4.70", picture(8), 8), lossy, "NO_CODEC", reason="variant"))
    described = describe(".4.70", ybr, 8)
    invalid = "PIXEL_DATA_INVALID"
    cases.append(refusal("other rows than described", clause, {**described, "rows": 6}, frame, invalid, reason="mismatch"))
    cases.append(refusal("other samples of a pixel than described", clause, {**described, "samplesPerPixel": 1}, frame, invalid, reason="mismatch"))
    cases.append(refusal("half a frame", clause, described, frame[: len(frame) // 2 + 40], invalid, reason="refused"))
    cases.append(refusal("half a header", clause, described, frame[:12], invalid, reason="header"))
    cases.append(refusal("no JPEG at all", clause, described, b"GIF89a", invalid, reason="header"))
    cases.append(refusal("nothing", clause, described, b"", invalid, reason="header"))
    write("jpeg-lossless", cases)


def jpeg_dct():
    clause = "PS3.5 § 8.2.1, T.81 § F"
    shown = picture(8, rows=16, columns=24)
    frame = imagecodecs.jpeg8_encode(shown, level=90)
    cases = [case("baseline, grey", clause, describe(".4.50", shown, 8), frame, imagecodecs.jpeg8_decode(frame).tobytes())]
    cases.append(case("in a cell of 16 bits", clause, describe(".4.50", shown, 8, 16), frame, imagecodecs.jpeg8_decode(frame).tobytes()))
    colour = picture(8, samples=3, rows=16, columns=24)
    for subsampling in ("444", "422", "420"):
        frame = imagecodecs.jpeg8_encode(colour, level=90, subsampling=subsampling)
        cases.append(case(f"baseline, YCbCr {subsampling} becomes RGB", clause, describe(".4.50", colour, 8, photometric="YBR_FULL_422"), frame, imagecodecs.jpeg8_decode(frame).tobytes()))
    rgb = imagecodecs.jpeg8_encode(colour, level=90, colorspace="RGB", outcolorspace="RGB")
    cases.append(case("baseline, RGB stays RGB", clause, describe(".4.50", colour, 8), rgb, imagecodecs.jpeg8_decode(rgb, colorspace="RGB", outcolorspace="RGB").tobytes()))
    deep = picture(12, rows=16, columns=24)
    frame = imagecodecs.jpeg8_encode(deep, level=95, bitspersample=12)
    cases.append(case("extended, 12 bits", clause, describe(".4.51", deep, 12), frame, imagecodecs.jpeg8_decode(frame).astype("<u2").tobytes()))
    progressive = bytearray(imagecodecs.jpeg8_encode(shown, level=90))
    progressive[progressive.index(b"\xff\xc0") + 1] = 0xC2
    cases.append(refusal("progressive", "T.81 § G", describe(".4.50", shown, 8), progressive, "NO_CODEC", reason="variant"))
    arithmetic = bytes(progressive).replace(b"\xff\xc2", b"\xff\xc9")
    cases.append(refusal("arithmetic coding", "T.81 § D", describe(".4.51", shown, 8), arithmetic, "NO_CODEC", reason="variant"))
    write("jpeg-dct", cases)


def jpeg_lossless_ls():
    clause = "PS3.5 § 8.2.3, T.87"
    cases = []
    for bits, signed in [(2, False), (8, False), (8, True), (12, False), (12, True), (16, False), (16, True)]:
        shown = picture(bits, signed, rows=20, columns=13)
        stored = (shown.astype("i4") & ((1 << bits) - 1)).astype("u1" if bits <= 8 else "u2")
        frame = jpeg_ls.encode_buffer(stored.tobytes(), rows=20, columns=13, samples_per_pixel=1, bits_stored=bits)
        cases.append(case(f"{bits} bits{', signed' if signed else ''}", clause, describe(".4.80", shown, bits), frame, canonical(shown, bits)))
    for bits in (8, 12):
        colour = picture(bits, samples=3, rows=20, columns=13)
        for mode, name in enumerate(("by plane", "by line", "by sample")):
            source = np.moveaxis(colour, 2, 0) if mode == 0 else colour
            frame = jpeg_ls.encode_buffer(np.ascontiguousarray(source).tobytes(), rows=20, columns=13, samples_per_pixel=3, bits_stored=bits, interleave_mode=mode)
            cases.append(case(f"{bits}-bit colour interleaved {name}", clause, describe(".4.80", colour, bits), frame, canonical(colour, bits)))
    shown = picture(8, rows=16, columns=16)
    frame = jpeg_ls.encode_array(shown, lossy_error=3)
    cases.append(case("near-lossless", clause, describe(".4.81", shown, 8), frame, imagecodecs.jpegls_decode(bytes(frame)).tobytes()))
    described = describe(".4.80", picture(8, rows=20, columns=13), 8)
    whole = bytes(jpeg_ls.encode_array(picture(8, rows=20, columns=13)))
    cases.append(refusal("half a frame", clause, described, whole[:-10], "PIXEL_DATA_INVALID", reason="refused"))
    cases.append(refusal("other columns than described", clause, {**described, "columns": 14}, whole, "PIXEL_DATA_INVALID", reason="mismatch"))
    write("jpeg-ls", cases)


def jpeg_2000():
    clause = "PS3.5 § 8.2.4, T.800"
    encode = lambda shown, bits, **options: imagecodecs.jpeg2k_encode(shown, level=0, codecformat="j2k", bitspersample=bits, reversible=True, **options)
    cases = []
    for bits, signed in [(1, False), (8, False), (8, True), (12, False), (12, True), (16, False), (16, True)]:
        shown = picture(bits, signed)
        cases.append(case(f"{bits} bits{', signed' if signed else ''}", clause, describe(".4.90", shown, bits), encode(shown, bits), canonical(shown, bits)))
    shown = picture(12, True)
    unsigned = encode((shown & 0xFFF).astype("u2"), 12)
    cases.append(case("signed samples in an unsigned stream", clause, describe(".4.90", shown, 12), unsigned, canonical(shown, 12)))
    colour = picture(8, samples=3)
    for transform in (True, False):
        name = "with" if transform else "without"
        frame = encode(colour, 8, mct=transform)
        for photometric in ("YBR_RCT", "RGB"):
            cases.append(case(f"{photometric}, {name} the component transform", "PS3.3 § C.7.6.3.1.2", describe(".4.90", colour, 8, photometric=photometric), frame, canonical(colour, 8)))
    boxed = imagecodecs.jpeg2k_encode(shown.astype("u2") & 0xFFF, level=0, codecformat="jp2", bitspersample=12, reversible=True)
    cases.append(case("in a JP2 file, which PS3.5 forbids", "PS3.5 § A.4.4", describe(".4.90", shown, 12), boxed, canonical(shown, 12)))
    frame = encode(colour, 8)
    described = describe(".4.90", colour, 8)
    deep = picture(12, samples=3)
    cases.append(refusal("colour of more than 8 bits", clause, describe(".4.90", deep, 12), encode(deep, 12), "NO_CODEC", reason="variant"))
    irreversible = imagecodecs.jpeg2k_encode(colour, level=40, codecformat="j2k", reversible=False)
    cases.append(refusal("a lossy frame under the name of a lossless syntax", clause, described, irreversible, "NO_CODEC", reason="variant"))
    cases.append(refusal("half a frame", clause, described, frame[: len(frame) // 2], "PIXEL_DATA_INVALID", reason="refused"))
    cases.append(refusal("other rows than described", clause, {**described, "rows": 4}, frame, "PIXEL_DATA_INVALID", reason="mismatch"))
    cases.append(refusal("no codestream", clause, described, bytes(40), "PIXEL_DATA_INVALID", reason="header"))
    write("jpeg-2000", cases)


def high_throughput():
    clause = "PS3.5 § 8.2.14, T.814"
    cases = []
    for syntax in (".4.201", ".4.202"):
        for bits, signed, samples in [(8, False, 1), (8, True, 1), (12, True, 1), (16, False, 1), (16, True, 1), (8, False, 3), (12, False, 3), (16, True, 3)]:
            # The encoder announces the bits of the array's type.
            shown = picture(bits, signed, samples, rows=9, columns=11)
            frame = imagecodecs.htj2k_encode(shown, reversible=True)
            cases.append(case(f"{syntax[1:]}, {bits} bits{', signed' if signed else ''}, {samples} of a pixel", clause, describe(syntax, shown, bits), frame, canonical(shown, bits)))
    colour = picture(8, samples=3, rows=9, columns=11)
    frame = imagecodecs.htj2k_encode(colour, reversible=True)
    described = describe(".4.201", colour, 8)
    edges = np.kron([[0, 1], [1, 0]], np.full((8, 8), 255)).astype("u1")
    lossy = imagecodecs.htj2k_encode(edges, level=0.2, reversible=False)
    shown = imagecodecs.htj2k_decode(lossy)
    assert {0, 255} < set(shown.flat) and (shown != edges).any()
    cases.append(case("a lossy frame that overshoots both ends of the range", clause, describe(".4.203", edges, 8), lossy, shown.tobytes()))
    cases.append(refusal("a lossy frame under the name of a lossless syntax", clause, describe(".4.202", edges, 8), lossy, "NO_CODEC", reason="variant"))
    cases.append(refusal("a frame without its end", clause, described, frame[:-2], "PIXEL_DATA_INVALID", reason="refused"))
    cases.append(refusal("half a frame", clause, described, frame[: len(frame) // 2], "PIXEL_DATA_INVALID", reason="refused"))
    plain = imagecodecs.jpeg2k_encode(colour, level=0, codecformat="j2k", reversible=True)
    cases.append(refusal("JPEG 2000 without high throughput", clause, described, plain, "PIXEL_DATA_INVALID", reason="refused"))
    write("htj2k", cases)


def jpeg_xl():
    clause = "PS3.5 § 8.2.15, ISO/IEC 18181-1"
    cases = []
    for bits in (1, 5, 8, 10, 12, 15, 16):
        for samples in (1, 3):
            shown = picture(bits, samples=samples)
            frame = imagecodecs.jpegxl_encode(shown, lossless=True, bitspersample=bits)
            cases.append(case(f"{bits} bits, {samples} of a pixel", clause, describe(".4.110", shown, bits), frame, canonical(shown, bits)))
    shown = picture(8, rows=8, columns=16)
    boxed = imagecodecs.jpegxl_encode(shown, lossless=True, usecontainer=True)
    cases.append(case("in boxes", "ISO/IEC 18181-2", describe(".4.110", shown, 8), boxed, canonical(shown, 8)))
    plain = imagecodecs.jpegxl_encode(shown, lossless=True)
    described = describe(".4.110", shown, 8)
    cases.append(refusal("half a frame", clause, described, plain[: len(plain) // 2], "PIXEL_DATA_INVALID", reason="refused"))
    cases.append(refusal("other columns than described", clause, {**described, "columns": 15}, plain, "PIXEL_DATA_INVALID", reason="mismatch"))
    cases.append(refusal("signed samples, which JPEG XL does not have", clause, {**described, "pixelRepresentation": 1}, plain, "NO_CODEC", reason="variant"))
    colour = picture(8, samples=3, rows=16, columns=16)
    lossy = imagecodecs.jpegxl_encode(colour, distance=2)
    cases.append(refusal("a lossy frame under the name of the lossless syntax", clause, describe(".4.110", colour, 8), lossy, "NO_CODEC", reason="variant"))
    alpha = np.dstack([colour, colour[:, :, :1]])
    cases.append(refusal("a fourth channel", clause, describe(".4.110", colour, 8), imagecodecs.jpegxl_encode(alpha, lossless=True), "NO_CODEC", reason="variant"))
    write("jpeg-xl", cases)


for topic in (native, run_length, deflated, jpeg_lossless, jpeg_dct, jpeg_lossless_ls, jpeg_2000, high_throughput, jpeg_xl):
    topic()
