"""Packs a source distribution anew without what differs from build to build: times, owners and order of its files."""

import gzip
import os
import sys
import tarfile

path, seconds = sys.argv[1], int(sys.argv[2])
with (
    tarfile.open(path) as packed,
    open(path + ".new", "wb") as raw,
    gzip.GzipFile("", "wb", fileobj=raw, mtime=seconds) as zipped,
    tarfile.open(fileobj=zipped, mode="w", format=tarfile.PAX_FORMAT) as target,
):
    for member in sorted(packed.getmembers(), key=lambda each: each.name):
        member.mtime = seconds
        member.uid = member.gid = 0
        member.uname = member.gname = ""
        member.pax_headers = {}
        target.addfile(member, packed.extractfile(member))
os.replace(path + ".new", path)
