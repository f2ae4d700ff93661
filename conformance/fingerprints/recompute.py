"""Computes the fingerprints of DICOM objects from docs/formats/fingerprints.md, and from nothing else of this repository but the
value classes that belong to the scheme. Takes JSON lines {"path"} or {"bytes"} on standard input, writes JSON lines of digests.
With pydicom installed (python3-pydicom), it also says whether pydicom sees the same elements and the same frames."""
import hashlib
import hmac
import json
import os
import struct
import sys
import zlib

try:
    import pydicom
    from pydicom.dataelem import RawDataElement
    from pydicom.encaps import generate_pixel_data_frame

    pydicom.config.logger.setLevel("CRITICAL")
except ImportError:
    pydicom = None

LONG = {"OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV"}
SHORT = {"AE", "AS", "AT", "CS", "DA", "DS", "DT", "FD", "FL", "IS", "LO", "LT", "PN", "SH", "SL", "SS", "ST", "TM", "UI", "UL", "US"}
WIDTH = {"AT": 2, "OW": 2, "SS": 2, "US": 2, "FL": 4, "OF": 4, "OL": 4, "SL": 4, "UL": 4, "FD": 8, "OD": 8, "OV": 8, "SV": 8, "UV": 8}
IN_FRAGMENTS = {"OB", "OD", "OF", "OL", "OV", "OW"}
ITEM, ITEM_END, SEQUENCE_END = 0xFFFEE000, 0xFFFEE00D, 0xFFFEE0DD
PIXELS = (0x7FE00010, 0x7FE00008, 0x7FE00009)
UNDEFINED = 0xFFFFFFFF
BULK = 2**20
DROPPED = {0x00080001, 0xFFFCFFFC, 0x4FFE0001, 0xFFFAFFFA, 0x7FE00001, 0x7FE00002, 0x7FE00003}
DEFLATED = {"1.2.840.10008.1.2.1.99", "1.2.840.10008.1.2.4.95", "1.2.840.10008.1.2.4.205"}
HERE = os.path.dirname(os.path.abspath(__file__))

with open(os.path.join(HERE, "../../vectors/fingerprints/value-classes.json")) as table:
    CLASSES = {tag: name for name, tags in json.load(table).items() if isinstance(tags, list) for tag in tags}


class Malformed(Exception):
    """The bytes are not what they should be."""


class Element:
    """One element: a value, items, or fragments."""

    def __init__(self, tag, vr, big, value=None, items=None, fragments=None):
        self.tag, self.vr, self.big = tag, vr, big
        self.value, self.items, self.fragments = value, items, fragments


def value_class(tag):
    text = "%08x" % tag
    group = tag >> 16
    if text in CLASSES or group % 2 == 1:
        return CLASSES.get(text)
    if group == 0x0020:
        return CLASSES.get("002031xx") if 0x3100 <= tag & 0xFFFF <= 0x31FF else None
    return CLASSES.get(text[:2] + "xx" + text[4:])


class Reader:
    """Reads elements from bytes, strictly, from one place to another."""

    def __init__(self, data, implicit, big, position=0, level=0, is_object=False):
        self.data, self.implicit, self.big = data, implicit, big
        self.at, self.level, self.is_object = position, level, is_object

    def number(self, width, at):
        return int.from_bytes(self.data[at : at + width], "big" if self.big else "little")

    def tag(self, at):
        return self.number(2, at) << 16 | self.number(2, at + 2)

    def head(self, end):
        """Returns tag, VR (empty where there is none), length and where the value begins."""
        at = self.at
        tag = self.tag(at)
        if self.implicit:
            return tag, "", self.number(4, at + 4), at + 8
        letters = self.data[at + 4 : at + 6]
        vr = letters.decode("latin1")
        graphic = all(0x20 <= letter <= 0x7E for letter in letters)
        if not graphic and not (letters == b"\0\0" and int.from_bytes(self.data[at + 6 : at + 8], "little") != 0):
            return tag, "", self.number(4, at + 4), at + 8
        if vr in SHORT or (vr not in LONG and not (vr.isalpha() and vr.isupper() and vr.isascii())):
            return tag, vr if vr in SHORT else "??", self.number(2, at + 6), at + 8
        if at + 12 > end:
            raise Malformed
        return tag, vr, self.number(4, at + 8), at + 12

    def data_set(self, end, known, top=False):
        """Reads elements up to `end`; when that is not `known`, up to a delimiter."""
        elements, pixels = [], None
        while self.at < end:
            if end - self.at < 8:
                if top:
                    break
                raise Malformed
            tag = self.tag(self.at)
            if tag >> 16 == 0xFFFE:
                if known and tag != ITEM:
                    self.at += 8
                    continue
                if known and pixels is not None:
                    break
                if known:
                    raise Malformed
                if tag == ITEM_END:
                    self.at += 8
                return elements, pixels
            if top and tag == 0 and end - self.at <= 65536 and not any(self.data[self.at : end]):
                break
            start = self.at
            try:
                if top and tag == 0:
                    raise Malformed
                element = self.element(end, top)
            except Malformed:
                if top and pixels is not None:
                    self.at = start
                    break
                raise
            if top and element.tag in PIXELS:
                pixels = element
            else:
                elements.append(element)
        self.must_be_known(end, known)
        return elements, pixels

    def must_be_known(self, end, known):
        """What has no delimiter may end with what it is in, but not with the object."""
        if not known and self.is_object and end == len(self.data):
            raise Malformed

    def element(self, end, top):
        tag, vr, length, start = self.head(end)
        if length == UNDEFINED:
            return self.open_ended(tag, vr, start, end, top)
        if start + length > end:
            if not (top and tag in PIXELS):
                raise Malformed
            length = end - start
        self.at = start + length
        value = self.data[start : self.at]
        if top and tag in PIXELS:
            return Element(tag, vr, self.big, value=value)
        if vr == "SQ":
            return Element(tag, vr, self.big, items=Reader(value, self.implicit, self.big, level=self.level).sequence(len(value), True))
        return self.tried(tag, vr, value)

    def open_ended(self, tag, vr, start, end, top):
        self.at = start
        binary = vr == "" and value_class(tag) == "binary"
        if (top and tag in PIXELS) or vr in IN_FRAGMENTS or binary:
            return Element(tag, vr, self.big, fragments=self.fragments(end, top))
        reader = Reader(self.data, True, False, start, self.level, self.is_object) if vr == "UN" else self
        items = reader.sequence(end, False, vr == "UN")
        self.at = reader.at
        return Element(tag, vr, self.big, items=items)

    def fragments(self, end, top):
        found = []
        while True:
            if end - self.at < 8:
                if not top:
                    raise Malformed
                self.at = end
                return found
            tag, length = Reader(self.data, True, False).tag(self.at), int.from_bytes(self.data[self.at + 4 : self.at + 8], "little")
            self.at += 8
            if tag == SEQUENCE_END:
                return found
            if tag != ITEM or length == UNDEFINED or (self.at + length > end and not top):
                raise Malformed
            found.append(self.data[self.at : min(self.at + length, end)])
            self.at = min(self.at + length, end)

    def tried(self, tag, vr, value):
        """Reads a value as a sequence where only its bytes can tell."""
        kind = value_class(tag)
        may_hold_items = vr in ("", "UN", "OB") or vr not in SHORT | LONG
        if may_hold_items and (kind == "sequence" or (kind is None and self.level < 64)):
            inner = Reader(value, True, self.big and vr == "", level=self.level)
            certain = kind == "sequence" and vr == ""
            if kind == "sequence" and value == b"":
                return Element(tag, vr, self.big, items=[])
            if len(value) >= 8 and inner.tag(0) == ITEM:
                try:
                    return Element(tag, vr, self.big, items=inner.sequence(len(value), True, vr == "UN"))
                except Malformed:
                    if certain:
                        raise
        return Element(tag, vr, self.big, value=value)

    def sequence(self, end, known, unknown=False):
        """Reads items up to `end`; when that is not `known`, up to the delimiter."""
        items = []
        while self.at < end:
            if end - self.at < 8:
                raise Malformed
            tag, length = self.tag(self.at), self.number(4, self.at + 4)
            self.at += 8
            if tag == SEQUENCE_END and not known:
                return items
            if tag in (SEQUENCE_END, ITEM_END):
                continue
            if tag != ITEM or (length != UNDEFINED and self.at + length > end):
                raise Malformed
            item_end = end if length == UNDEFINED else self.at + length
            reader = Reader(self.data, self.implicit, self.big, self.at, self.level + 1, self.is_object)
            if unknown and item_end - self.at >= 8:
                stated, vr = reader.number(4, self.at + 4), self.data[self.at + 4 : self.at + 6].decode("latin1")
                if stated != UNDEFINED and self.at + 8 + stated > item_end and vr in SHORT | LONG:
                    reader.implicit = False
            items.append(reader.data_set(item_end, length != UNDEFINED)[0])
            self.at = reader.at
        self.must_be_known(end, known)
        return items


def read_object(data):
    """Returns the elements, the pixel data and the transfer syntax of an object."""
    at, syntax = meta_end(data)
    if syntax in DEFLATED:
        data, at = zlib.decompressobj(-15).decompress(data[at:]), 0
    implicit, big = seen_encoding(data, at) or stated_encoding(syntax)
    elements, pixels = Reader(data, implicit, big, at, is_object=True).data_set(len(data), True, top=True)
    return elements, pixels, syntax


def meta_end(data):
    at = 132 if data[128:132] == b"DICM" else 4 if data[:4] == b"DICM" else 0
    reader, syntax = Reader(data, False, False, at), None
    while reader.at + 8 <= len(data) and reader.tag(reader.at) >> 16 == 2:
        tag, vr, length, start = reader.head(len(data))
        if vr not in SHORT | LONG:
            tag, vr, length, start = Reader(data, True, False, reader.at).head(len(data))
        reader.at = start + length
        if tag == 0x00020010:
            syntax = data[start : reader.at].decode("latin1").rstrip(" \0")
    return reader.at, syntax


def seen_encoding(data, at):
    for big in (False, True):
        group = Reader(data, True, big).tag(at) >> 16
        if not 0 < group <= 0x28:
            continue
        for implicit in (False, True):
            _, vr, length, start = Reader(data, implicit, big, at).head(len(data))
            if (vr in SHORT | LONG) == (not implicit) and (length == UNDEFINED or start + length <= len(data)):
                return implicit, big
    return None


def stated_encoding(syntax):
    return syntax in ("1.2.840.10008.1.2", "1.2.840.113619.5.2"), syntax == "1.2.840.10008.1.2.2"


def reversed_numbers(value, width):
    whole = len(value) - len(value) % width
    return b"".join(value[at : at + width][::-1] for at in range(0, whole, width)) + value[whole:]


def u32(number):
    return struct.pack(">I", number)


def canonical(elements):
    """The canonical header, and each of its elements with its key."""
    creators = {}
    for element in elements:
        group, number = element.tag >> 16, element.tag & 0xFFFF
        if group % 2 == 1 and 0x10 <= number <= 0xFF and element.tag not in creators and element.value is not None:
            name = element.value.rstrip(b" \0")
            if name:
                creators[element.tag] = (name, element)
    keyed = []
    for element in elements:
        tag = element.tag
        group, number = tag >> 16, tag & 0xFFFF
        if number == 0 or group == 2 or tag in DROPPED or creators.get(tag, (None, None))[1] is element:
            continue
        creator = b""
        if group % 2 == 1 and number >= 0x1000:
            creator = creators.get(group << 16 | number >> 8, (b"",))[0]
        keyed.append(((group << 16 | number & 0xFF) if creator else tag, creator, element))
    keyed.sort(key=lambda key: key[:2])
    parts = [(tag, creator, encoded(tag, creator, element)) for tag, creator, element in keyed]
    return b"".join(part for _, _, part in parts), parts


def encoded(tag, creator, element):
    key = u32(tag) + (u32(len(creator)) + creator if (tag >> 16) % 2 == 1 else b"")
    if element.items:
        items = [canonical(item)[0] for item in element.items]
        form, content = 1, b"".join(u32(len(item)) + item for item in items)
    elif element.items is not None:
        form, content = 0, b""
    elif element.fragments is not None:
        form, content = 3, b"".join(u32(len(part)) + part for part in element.fragments[1:])
    else:
        form, content = value_form(element)
    return key + bytes([form]) + u32(len(content)) + content


def value_form(element):
    value = element.value
    if value_class(element.tag) == "text":
        value = value.rstrip(b" \0")
    elif element.big and element.vr in WIDTH:
        value = reversed_numbers(value, WIDTH[element.vr])
    if len(value) > BULK:
        return 2, u32(0) + u32(len(value)) + hashlib.sha256(value).digest()
    return 0, value


def attribute(elements, tag):
    for element in elements:
        if element.tag == tag and element.value is not None:
            return element
    return None


def short(elements, tag):
    element = attribute(elements, tag)
    if element is None or len(element.value) != 2:
        return 0
    return int.from_bytes(element.value, "big" if element.big and element.vr != "UN" else "little")


def words(elements, tag):
    element = attribute(elements, tag)
    return "" if element is None else element.value.decode("latin1").rstrip(" \0").lstrip(" ")


def leaves(elements, pixels, syntax):
    """The frames as byte strings."""
    text = words(elements, 0x00280008)
    digits = text[1:] if text.startswith("+") else text
    frames = int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 12 and int(digits) > 0 else 1
    if pixels.fragments is not None:
        return encapsulated(elements, pixels, frames, syntax or "")
    data = pixels.value
    if pixels.big and pixels.vr in ("OW", "OF", "OD"):
        data = reversed_numbers(data, WIDTH[pixels.vr])
    return native(elements, pixels.tag, data, frames)


def native(elements, tag, data, frames):
    size = frame_bits(elements, tag, len(data), frames)
    whole = min(frames, len(data) * 8 // size) if size else 0
    found = [bits(data, index * size, (index + 1) * size) for index in range(whole)]
    used = whole * size if whole < frames else -(-whole * size // 8) * 8
    left = len(data) * 8 - used
    if left >= 8 and not (left == 8 and whole == frames and used // 8 % 2 == 1):
        found.append(bits(data, used, len(data) * 8))
    return found


def frame_bits(elements, tag, length, frames):
    pixels = short(elements, 0x00280010) * short(elements, 0x00280011)
    if tag != 0x7FE00010:
        return pixels * (32 if tag == 0x7FE00008 else 64)
    samples, allocated = short(elements, 0x00280002), short(elements, 0x00280100)
    full = pixels * samples * allocated
    if samples == 3 and words(elements, 0x00280004) in ("YBR_FULL_422", "YBR_PARTIAL_422"):
        whole = -(-full * frames // 8)
        if length != whole + whole % 2:
            return pixels * 2 * allocated
    return full


def bits(data, start, end):
    if start % 8 == 0 and end % 8 == 0:
        return data[start // 8 : end // 8]
    number = int.from_bytes(data[start // 8 : -(-end // 8)], "little") >> start % 8
    return (number & (1 << (end - start)) - 1).to_bytes(-(-(end - start) // 8), "little")


def encapsulated(elements, pixels, frames, syntax):
    table, fragments = (pixels.fragments or [b""])[0], pixels.fragments[1:]
    tail = syntax[len("1.2.840.10008.1.2.4.") :] if syntax.startswith("1.2.840.10008.1.2.4.") else ""
    video = tail.split(".")[0] in [str(number) for number in range(100, 109)] and tail.split(".")[1:] in ([], ["1"])
    if fragments and (frames == 1 or video):
        return [b"".join(fragments)]
    if len(fragments) <= frames:
        return list(fragments)
    starts, places = 0, {}
    for index, fragment in enumerate(fragments):
        places[starts] = index
        starts += 8 + len(fragment)
    extended = attribute(elements, 0x7FE00001)
    if extended is not None and extended.value:
        offsets = [struct.unpack_from("<Q", extended.value, at)[0] for at in range(0, len(extended.value) - 7, 8)]
        offsets = offsets if len(extended.value) == 8 * frames else []
    else:
        offsets = [struct.unpack_from("<I", table, at)[0] for at in range(0, len(table) - 3, 4)] if len(table) == 4 * frames else []
    begins = [places.get(offset, -1) for offset in offsets]
    if begins and begins[0] == 0 and all(a < b for a, b in zip(begins, begins[1:])):
        return grouped(fragments, begins)
    markers = (b"\xff\xd8\xff", b"\xff\x4f\xff\x51", b"\xff\x0a", b"\x00\x00\x00\x0c")
    begins = [index for index, fragment in enumerate(fragments) if len(fragment) >= 4 and fragment.startswith(markers)]
    if len(begins) == frames and begins[0] == 0:
        return grouped(fragments, begins)
    return list(fragments)


def grouped(fragments, begins):
    return [b"".join(fragments[a:b]) for a, b in zip(begins, begins[1:] + [len(fragments)])]


def merkle(strings):
    """The Merkle tree hash, by its recursive definition."""
    if len(strings) == 0:
        return hashlib.sha256().digest()
    level = [hashlib.sha256(b"\0" + string).digest() for string in strings]
    while len(level) > 1:
        pairs = [hashlib.sha256(b"\1" + level[at] + level[at + 1]).digest() for at in range(0, len(level) - 1, 2)]
        level = pairs + level[len(pairs) * 2 :]
    return level[0]


def path_of(tag, creator):
    text = "%08x" % tag
    if creator:
        return text[:4] + ",xx" + text[6:] + "," + creator.decode("latin1")
    return text[:4] + "," + text[4:]


def salted(parts, salt):
    by_path = {}
    for tag, creator, part in parts:
        by_path[path_of(tag, creator)] = by_path.get(path_of(tag, creator), b"") + part
    return {
        path: hashlib.sha256(b"fiducial-attribute-v1\0" + hmac.new(salt, path.encode("utf-8"), "sha256").digest() + part).digest()
        for path, part in by_path.items()
    }


def fingerprint(data, salt):
    elements, pixels, syntax = read_object(data)
    header, parts = canonical(elements)
    attributes = salted(parts, salt)
    result = {"file": hashlib.sha256(data).hexdigest(), "frames": None, "frameCount": 0}
    mark = b"\0"
    if pixels is not None:
        frames = leaves(elements, pixels, syntax)
        root = merkle(frames)
        mark = b"\1" + u32(pixels.tag) + root
        result.update(frames=root.hex(), frameCount=len(frames), pydicomFrames=pydicom_frames(elements, pixels, frames))
    result["dataset"] = hashlib.sha256(b"fiducial-dataset-v1\0" + mark + header).hexdigest()
    result["header"] = hashlib.sha256(header).hexdigest()
    result["attributes"] = {path: digest.hex() for path, digest in attributes.items()}
    named = [digest + path.encode("utf-8") for path, digest in attributes.items()]
    result["attributesRoot"] = merkle([hashlib.sha256(b"fiducial-attribute-salt-v1\0" + salt).digest()] + named).hex()
    return result, elements


def pydicom_frames(elements, pixels, frames):
    """Whether pydicom cuts encapsulated pixel data into the same frames; None where it does not say."""
    if pydicom is None or pixels.fragments is None or not pixels.fragments[1:]:
        return None
    items = b"".join(b"\xfe\xff\x00\xe0" + struct.pack("<I", len(part)) + part for part in pixels.fragments)
    announced = words(elements, 0x00280008)
    try:
        seen = list(generate_pixel_data_frame(items + b"\xfe\xff\xdd\xe0\0\0\0\0", int(announced or 1)))
    except Exception:
        return None
    return seen == frames


def pydicom_elements(path, elements):
    """Whether pydicom sees the same tags and values at the top; None where it cannot read the file."""
    if pydicom is None:
        return None
    try:
        seen = pydicom.dcmread(path, force=True)
    except Exception:
        return None
    values = {}
    for element in elements:
        values[element.tag] = element.value
    for tag in seen.keys():
        raw = seen.get_item(tag)
        mine = values.get(int(tag))
        if int(tag) in PIXELS or mine is None or not isinstance(raw, RawDataElement):
            continue
        if (raw.value or b"") != mine:
            return False
    return {int(tag) for tag in seen.keys()} - set(PIXELS) == {tag for tag in values if tag >> 16 != 2}


def main():
    for line in sys.stdin:
        task = json.loads(line)
        if "path" in task:
            with open(task["path"], "rb") as file:
                data = file.read()
        else:
            data = b"".join(bytes.fromhex(part) if isinstance(part, str) else bytes.fromhex(part[0]) * part[1] for part in task["bytes"])
        try:
            result, elements = fingerprint(data, bytes.fromhex(task.get("attributeSalt", "")))
        except Malformed:
            print(json.dumps({"error": "malformed"}), flush=True)
            continue
        if "path" in task:
            result["pydicomElements"] = pydicom_elements(task["path"], elements)
        print(json.dumps(result), flush=True)


main()
