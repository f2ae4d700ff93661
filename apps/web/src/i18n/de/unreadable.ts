// Why a file could not be read, in German; English has these sentences from the reader itself.

/** By the reader's code. */
export const unreadable: Readonly<Record<string, string>> = {
  EMPTY_FILE: "Sie enthält keine Bytes.",
  NOT_DICOM: "Sie ist weder eine DICOM-Datei noch ein bloßer DICOM-Datensatz.",
  IS_DIRECTORY: "Sie ist ein DICOMDIR, das Verzeichnis eines Datenträgers, und kein Objekt einer Studie.",
  TRUNCATED: "Sie endet mitten in einem Element oder vor einer nötigen Endmarke.",
  LENGTH_BEYOND_END: "Ein Wert soll länger sein, als das reicht, worin er steht.",
  SOURCE_CHANGED: "Sie änderte sich, während sie gelesen wurde.",
  NO_SOP_INSTANCE_UID: "Ihr fehlt die SOP Instance UID; nichts sagt, welches Objekt sie ist.",
};
