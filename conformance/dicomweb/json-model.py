# Writes the DICOM JSON Model of DICOM files as pydicom sees it, without pixel data: python json-model.py <file>… ; one JSON object a line, {"file", "model"} or {"file", "error"}.
import json
import sys
import warnings

import pydicom

warnings.filterwarnings("ignore")
pixels = {"7FE00008", "7FE00009", "7FE00010"}


def model(path):
    dataset = pydicom.dcmread(path, force=True)
    for keyword in ("PixelData", "FloatPixelData", "DoubleFloatPixelData"):
        if keyword in dataset:
            del dataset[keyword]
    return dataset.to_json_dict(suppress_invalid_tags=False)


for path in sys.argv[1:]:
    try:
        line = {"file": path, "model": model(path)}
    except Exception as error:
        line = {"file": path, "error": f"{type(error).__name__}: {error}"}
    print(json.dumps(line))
