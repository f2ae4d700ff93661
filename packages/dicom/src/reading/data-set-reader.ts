// Reads a data set, whatever its encoding, with a stack of its own: depth costs no call stack, and values stay where they are. DICOM PS3.5 § 7.
import { DicomError } from "../dicom-error.ts";
import { dictionaryEntry } from "../dictionary/dictionary.ts";
import { groupOf, type Tag, tags, tagText } from "../dictionary/tag.ts";
import { isKnownVr } from "../dictionary/vr.ts";
import { chunkBytes } from "./byte-source.ts";
import { type ByteWindow, byteAt, holds, moveTo, tagAt, uint32At, windowOn } from "./byte-window.ts";
