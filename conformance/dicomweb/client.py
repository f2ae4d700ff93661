# Stores, finds and retrieves DICOM files with dicomweb-client: python client.py store|check <base address> <file>… ; prints one JSON object a line.
import io
import json
import os
import sys
import warnings

import pydicom
from dicomweb_client.api import DICOMwebClient
from PIL import Image
from pydicom.encaps import generate_frames
from requests import HTTPError

warnings.filterwarnings("ignore")


def store(client, paths):
    response = client.store_instances([pydicom.dcmread(path) for path in paths])
    yield {"stored": len(response.ReferencedSOPSequence), "failed": len(response.get("FailedSOPSequence", []))}


def frames_of(dataset):
    """The frames as they stand in the file; none where pydicom would have to guess."""
    count = int(dataset.get("NumberOfFrames", 1) or 1)
    if not dataset.get("PixelData"):
        return []
    if dataset.file_meta.TransferSyntaxUID.is_encapsulated:
        return list(generate_frames(dataset.PixelData, number_of_frames=count))
    bits = dataset.Rows * dataset.Columns * dataset.SamplesPerPixel * dataset.BitsAllocated
    if bits % 8 or str(dataset.file_meta.TransferSyntaxUID) == "1.2.840.10008.1.2.2":
        return []
    size = bits // 8
    return [dataset.PixelData[at * size : (at + 1) * size] for at in range(count)]


def checked(client, path):
    original = pydicom.dcmread(path)
    uids = (original.StudyInstanceUID, original.SeriesInstanceUID, original.SOPInstanceUID)
    found = {
        "file": path,
        "studies": len(client.search_for_studies(search_filters={"StudyInstanceUID": uids[0]})),
        "series": len(client.search_for_series(uids[0], search_filters={"SeriesInstanceUID": uids[1]})),
        "instances": len(client.search_for_instances(uids[0], uids[1], search_filters={"SOPInstanceUID": uids[2]})),
        "equal": client.retrieve_instance(*uids) == original,
    }
    metadata = client.retrieve_instance_metadata(*uids)
    found["metadata"] = pydicom.Dataset.from_json(metadata, lambda *_: b"").SOPInstanceUID == uids[2]
    wanted = frames_of(original)
    if wanted:
        numbers = list(range(1, len(wanted) + 1))
        got = client.retrieve_instance_frames(*uids, numbers)
        found["frames"] = [bytes(frame) for frame in got] == [bytes(frame) for frame in wanted]
        address = metadata["7FE00010"]["BulkDataURI"]
        found["bulk"] = b"".join(client.retrieve_bulkdata(address)) == b"".join(wanted)
        try:
            picture = client.retrieve_instance_rendered(*uids, media_types=("image/png",))
            found["picture"] = Image.open(io.BytesIO(picture)).size == (original.Columns, original.Rows)
        except HTTPError as error:
            found["picture"] = error.response.status_code
    return found


def check(client, paths):
    for path in paths:
        try:
            yield checked(client, path)
        except Exception as error:
            yield {"file": path, "error": f"{type(error).__name__}: {error}"[:80]}


steps = {"store": store, "check": check}
token = {"Authorization": "Bearer " + os.environ["FIDUCIAL_TOKEN"]}
for line in steps[sys.argv[1]](DICOMwebClient(sys.argv[2], headers=token), sys.argv[3:]):
    print(json.dumps(line))
