#!/usr/bin/env python3
"""Reads a native BlazeDB file, independently of the engine: written from engine/storage/FORMAT.md alone.

    read_blaze.py FILE < password        prints one JSON object a line: {"tree", "key", "value"} (hexadecimal)

The last line says {"sequence", "generation", "rows"}. Exit: 0 all read, 1 not readable (the reason is printed).
Needs python3-cryptography. Slots of kind 1 (Argon2id) need python3-argon2 as well, and are passed over without it.
"""
import hashlib
import hmac
import json
import struct
import sys

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

PAGE = 8192
MAGIC = bytes.fromhex("89424C415A450D0A")


class Refused(Exception):
    pass


def hkdf(key, salt, info):
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=salt, info=info).derive(key)


def nonce(number):
    return bytes(4) + struct.pack("<Q", number)


def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, at


class Reader:
    def __init__(self, path, password):
        with open(path, "rb") as file:
            self.file = file.read()
        self.unlock(password)
        self.header()

    # -- key area ------------------------------------------------------------------------------------------------

    def unlock(self, password):
        areas = []
        for offset in (0, 4096):
            block = self.file[offset:offset + 4096]
            if block[:8] != MAGIC or hashlib.sha256(block[:4064]).digest() != block[4064:]:
                continue
            version, page_bytes = struct.unpack_from("<II", block, 8)
            if version != 1 or page_bytes != PAGE:
                raise Refused("another version")
            areas.append((struct.unpack_from("<Q", block, 32)[0], block))
        if not areas:
            raise Refused("no sound key area")
        block = max(areas)[1]
        self.file_id = block[16:32]
        for number in range(8):
            slot = block[64 + 256 * number:64 + 256 * (number + 1)]
            kind = slot[0]
            cost, passes, lanes = struct.unpack_from("<III", slot, 4)
            salt = slot[24:56]
            if kind == 2:
                key = hashlib.pbkdf2_hmac("sha256", password, salt, cost, 32)
            elif kind == 1:
                try:
                    from argon2.low_level import Type, hash_secret_raw
                except ImportError:
                    continue
                key = hash_secret_raw(password, salt, passes, cost, lanes, 32, Type.ID, 19)
            else:
                continue
            try:
                self.data_key = AESGCM(key).decrypt(slot[120:132], slot[148:180] + slot[132:148], self.file_id + slot[:120])
                return
            except InvalidTag:
                continue
        raise Refused("no slot opens with this password")

    # -- header --------------------------------------------------------------------------------------------------

    def header(self):
        header_key = hkdf(self.data_key, self.file_id, b"blaze header")
        witness_key = hkdf(self.data_key, self.file_id, b"blaze witness")
        newest = None
        for slot, offset in ((0, 8192), (1, 12288)):
            block = self.file[offset:offset + 4096]
            if block[:8] != b"BLAZEHDR" or hmac.new(header_key, block[:4064], "sha256").digest() != block[4064:]:
                continue
            generation = struct.unpack_from("<Q", block, 8)[0]
            if generation % 2 == slot and (newest is None or generation > newest[0]):
                newest = (generation, block)
        if newest is None:
            raise Refused("no sound header")
        self.generation, block = newest
        witness = self.file[16384:16384 + 48]
        if witness[:8] == b"BLAZEWIT" and hmac.new(witness_key, witness[:16], "sha256").digest() == witness[16:]:
            if struct.unpack_from("<Q", witness, 8)[0] > self.generation:
                raise Refused("the newest header is lost")
        self.sequence = struct.unpack_from("<Q", block, 16)[0]
        self.catalogue = block[32:64]
        self.extent = struct.unpack_from("<II", block, 104)
        self.next_extent = struct.unpack_from("<II", block, 112)
        self.log_offset, self.lsn = struct.unpack_from("<QQ", block, 120)
        self.previous_tag = block[136:152]
        self.log_salt = block[152:184]
        self.durable = 0

    # -- pages ---------------------------------------------------------------------------------------------------

    def body(self, reference):
        page, tag = struct.unpack_from("<I16s", reference)
        sealed = self.file[page * PAGE:(page + 1) * PAGE]
        if len(sealed) < PAGE or sealed[40:56] != tag:
            raise Refused("page %d is not the one its parent names" % page)
        key = hkdf(self.data_key, sealed[:32], b"blaze page")
        try:
            return AESGCM(key).decrypt(nonce(struct.unpack_from("<Q", sealed, 32)[0]), sealed[56:] + tag, struct.pack("<I", page))
        except InvalidTag:
            raise Refused("page %d is damaged" % page) from None

    def run(self, reference):
        size, root, level = struct.unpack_from("<Q20sB", reference)
        if size == 0:
            return b""
        value = self.run_part(root, level)
        if len(value) != size:
            raise Refused("a run of another size")
        return value

    def run_part(self, reference, level):
        body = self.body(reference)
        kind, own_level, references, size = struct.unpack_from("<BBHI", body)
        if own_level != level or kind != (3 if level == 0 else 4):
            raise Refused("a run page of another kind")
        if level == 0:
            return body[8:8 + size]
        return b"".join(self.run_part(body[8 + 20 * i:28 + 20 * i], level - 1) for i in range(references))

    def rows(self, reference, level):
        body = self.body(reference)
        kind, own_level, cells = struct.unpack_from("<BBH", body)
        if own_level != level or kind != (1 if level == 0 else 2):
            raise Refused("a node of another kind")
        total = 0
        for i in range(cells):
            at, key_bytes = struct.unpack_from("<HH", body, 8 + 8 * i + 4)
            key = body[at:at + key_bytes]
            at += key_bytes
            if level > 0:
                count = int.from_bytes(body[at + 20:at + 26], "little")
                below = 0
                for row in self.rows(body[at:at + 20], level - 1):
                    below += 1
                    yield row
                if below != count:
                    raise Refused("a node with another number of rows")
                continue
            word = struct.unpack_from("<H", body, at)[0]
            rest = body[at + 2:at + 2 + (word & 0x7FFF)]
            yield key, self.run(rest) if word & 0x8000 else rest
            total += 1

    # -- everything ----------------------------------------------------------------------------------------------

    def trees(self):
        """Number to (name, {key: value}), with the log replayed."""
        trees = {}
        data = self.run(self.catalogue)
        if data:
            _, at = varint(data, 0)
            count, at = varint(data, at)
            for _ in range(count):
                number, at = varint(data, at)
                size, at = varint(data, at)
                name = data[at:at + size].decode()
                level = data[at + size]
                rows, at = varint(data, at + size + 1)
                reference = data[at:at + 20]
                at += 20
                found = list(self.rows(reference, level)) if rows else []
                if len(found) != rows or [key for key, _ in found] != sorted({key for key, _ in found}):
                    raise Refused("tree %s: rows missing or out of order" % name)
                trees[number] = (name, dict(found))
        commits = list(self.commits())
        for commit, number in commits:
            if number > self.durable and not self.has_its_values(commit):
                break  # cut short by a crash
            self.replay(trees, commit)
        return trees

    def entry(self, start, offset):
        """The entry at a place of the file: kind, payload, bytes; None if there is none."""
        place = start[0] * PAGE + offset
        head = self.file[place:place + 56]
        if len(head) < 56:
            return None
        size, kind, lsn = struct.unpack_from("<IB3xQ", head)
        end = place + 56 + size
        if lsn != self.lsn or head[24:40] != self.previous_tag or end > (start[0] + start[1]) * PAGE or end > len(self.file):
            return None
        key = hkdf(self.data_key, self.log_salt, b"blaze log")
        try:
            payload = AESGCM(key).decrypt(nonce(lsn), self.file[place + 56:end] + head[40:56], head[:40] + struct.pack("<Q", place))
        except InvalidTag:
            return None
        self.durable = max(self.durable, struct.unpack_from("<Q", head, 16)[0])
        return kind, payload, head[40:56], (56 + size + 7) // 8 * 8

    def commits(self):
        """Each commit, and the number of its last entry."""
        commit = b""
        if self.extent[1] == 0:
            return
        while True:
            found = self.entry(self.extent, self.log_offset)
            if found is None:
                found = self.entry(self.next_extent, 0)
                if found is None or found[0] != 1:
                    return
                self.extent, self.next_extent, self.log_offset = self.next_extent, struct.unpack("<II", found[1]), 0
            kind, payload, self.previous_tag, stride = found
            self.log_offset += stride
            self.lsn += 1
            if kind in (2, 3):
                commit += payload
            if kind == 3:
                yield commit, self.lsn - 1
                commit = b""

    def has_its_values(self, commit):
        at = 8
        while at < len(commit):
            code = commit[at]
            _, at = varint(commit, at + 1)
            if code == 5:
                continue
            size, at = varint(commit, at)
            at += size
            if code == 1:
                size, at = varint(commit, at)
                at += size
            elif code in (2, 6):
                if code == 6:
                    try:
                        self.run(commit[at:at + 32])
                    except Refused:
                        return False
                at += 32
        return True

    def replay(self, trees, commit):
        sequence = struct.unpack_from("<Q", commit)[0]
        if sequence != self.sequence + 1:
            raise Refused("a commit out of order")
        self.sequence = sequence
        at = 8
        while at < len(commit):
            code = commit[at]
            number, at = varint(commit, at + 1)
            if code == 5:
                del trees[number]
                continue
            size, at = varint(commit, at)
            key = commit[at:at + size]
            at += size
            if code == 1:
                size, at = varint(commit, at)
                trees[number][1][key] = commit[at:at + size]
                at += size
            elif code in (2, 6):
                trees[number][1][key] = self.run(commit[at:at + 32])
                at += 32
            elif code == 3:
                trees[number][1].pop(key, None)
            elif code == 4:
                trees[number] = (key.decode(), {})
            else:
                raise Refused("an unknown operation")


def main():
    try:
        reader = Reader(sys.argv[1], sys.stdin.buffer.read())
        trees = reader.trees()
    except Refused as reason:
        print(json.dumps({"refused": str(reason)}))
        return 1
    rows = 0
    for name, found in sorted(trees.values(), key=lambda tree: tree[0]):
        for key in sorted(found):
            print(json.dumps({"tree": name, "key": key.hex(), "value": found[key].hex()}))
            rows += 1
    print(json.dumps({"sequence": reader.sequence, "generation": reader.generation, "rows": rows}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
