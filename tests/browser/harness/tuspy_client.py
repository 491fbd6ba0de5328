# tuspy_client.py ENDPOINT TOKEN ENTRY FIELD FILE stop-at OFFSET | go-on URL: prints the upload's address, or where it went on.
import sys

from tusclient import client

endpoint, token, entry, field, file, act, value = sys.argv[1:]
tus = client.TusClient(endpoint, headers={"Authorization": f"Bearer {token}"})
slot = {"entry": entry, "field": field, "filename": "clip.mp4"}
if act == "stop-at":
    # With a checksum for each part.
    uploader = tus.uploader(file, chunk_size=1 << 20, metadata=slot, upload_checksum=True)
    uploader.upload(stop_at=int(value))
    print(uploader.url)
else:
    uploader = tus.uploader(file, chunk_size=1 << 20, url=value)
    print(uploader.offset)
    uploader.upload()
