#!/usr/bin/env python3
"""Makes the files of this folder from the source distribution of the PyPI package sslyze: `make.py sslyze-X.Y.Z.tar.gz`.

Only the certificates and what root program, version and day they are of is taken; no code."""
import base64
import hashlib
import pathlib
import re
import sys
import tarfile

HERE = pathlib.Path(__file__).parent
STORES = {"apple": "apple", "microsoft": "microsoft_windows", "android": "google_aosp", "openjdk": "openjdk"}
BLOCK = re.compile(r"-----BEGIN CERTIFICATE-----(.*?)-----END CERTIFICATE-----", re.S)

union = {}
with tarfile.open(sys.argv[1]) as package:
    files = {pathlib.PurePath(member.name).name: member for member in package.getmembers() if "/pem_files/" in member.name}
    read = lambda name: package.extractfile(files[name]).read().decode().replace("\r\n", "\n")
    for store, name in STORES.items():
        about = dict(re.findall(r"^(version|url|date_fetched): (.*)$", read(f"{name}.yaml"), re.M))
        subjects = dict(
            (digest, subject.strip("'\""))
            for subject, digest in re.findall(r"^- subject_name: (.*)\n  fingerprint: ([0-9a-f]{64})$", read(f"{name}.yaml"), re.M)
        )
        lines = []
        for block in BLOCK.findall(read(f"{name}.pem")):
            der = base64.b64decode(block)
            digest = hashlib.sha256(der).hexdigest()
            union[digest] = der
            lines.append(f"{digest} {subjects.get(digest, '')}".rstrip())
        version = about["version"] if about["version"] != "null" else "no version named"
        head = f"# {version}\n# {about['date_fetched']}\n# {about['url']}\n"
        (HERE / f"{store}.txt").write_text(head + "".join(line + "\n" for line in sorted(lines)))
(HERE / "certificates.der").write_bytes(b"".join(der for _, der in sorted(union.items())))
print(f"{len(union)} certificates")
