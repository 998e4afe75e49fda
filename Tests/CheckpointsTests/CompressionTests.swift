import Checkpoints
import Foundation
import StageKit
import TestSupport
import Testing

@Suite("Compressed objects")
struct CompressionTests {
  let place: Workplace
  let plain: ObjectFolder
  let objects: ObjectFolder

  init() throws {
    place = try Workplace()
    plain = place.objects
    objects = ObjectFolder(place.data, compression: .zstd)
  }

  /// What begins as a checkpoint does, and repeats itself.
  private static func checkpoint(_ length: Int, _ word: String = "word") -> [UInt8] {
    let text = #"{"content":"sha256:"# + (0..<length / 4).map { "\(word)\($0 % 997) " }.joined()
    return Array(text.utf8.prefix(length))
  }

  private func publish(_ bytes: [UInt8], in store: ObjectFolder) throws -> ObjectReference {
    let file = try place.attempt(bytes)
    try store.put([file])
    return ObjectReference(digest: file.digest, length: file.length)
  }

  private func size(of digest: Digest) throws -> Int { try #require(FileIdentity(plain.path(of: digest))).length }

  @Test("are checkpoints of 16 KiB and more, under the digest and with the length of their own bytes")
  func large() throws {
    let bytes = Self.checkpoint(1 << 20)
    let object = try publish(bytes, in: objects)
    #expect(object.digest == Digest(of: bytes))
    #expect(try size(of: object.digest) < bytes.count / 3)
    #expect(try plain.isCompressed(object.digest))
    for store in [plain, objects] {
      #expect(try store.get(object.digest).bytes() == bytes)
      #expect(try store.head(object.digest) == bytes.count)
      #expect(try store.isSound(object.digest, length: bytes.count))
      #expect(try !store.isSound(object.digest, length: bytes.count - 1))
    }
    #expect(try plain.list(after: nil, limit: 10) == [object.digest])
    #expect(try place.names(in: place.data.temporary(of: place.owner)) == [])
  }

  @Test("are not small checkpoints, nor what is no checkpoint")
  func others() throws {
    for bytes in [Self.checkpoint((16 << 10) - 1), Array(Self.checkpoint(1 << 20).dropFirst())] {
      let object = try publish(bytes, in: objects)
      #expect(try !objects.isCompressed(object.digest))
      #expect(try size(of: object.digest) == bytes.count)
    }
  }

  @Test(
    "of an exact number of blocks, and of many megabytes, come back whole", arguments: [1 << 17, 1 << 18, 40 << 20])
  func lengths(length: Int) throws {
    let bytes = Self.checkpoint(length)
    let object = try publish(bytes, in: objects)
    #expect(try plain.get(object.digest).withBytes { Digest(of: $0) } == object.digest)
    #expect(try plain.isSound(object.digest, length: length))
  }

  @Test("stay as they are when the same bytes are published again, in whichever form")
  func again() throws {
    let bytes = Self.checkpoint(100_000)
    for (first, second) in [(objects, plain), (plain, objects)] {
      let object = try publish(bytes, in: first)
      let before = FileIdentity(plain.path(of: object.digest))
      _ = try publish(bytes, in: second)
      #expect(FileIdentity(plain.path(of: object.digest)) == before)
      try plain.delete(object.digest)
    }
  }

  @Test("that are damaged anywhere are not sound, are given out to be refused, and are healed")
  func damage() throws {
    let bytes = Self.checkpoint(60_000)
    let object = try publish(bytes, in: objects)
    let path = objects.path(of: object.digest)
    let sound = try place.bytes(at: path)
    var generator = SeededGenerator(20_261_122)
    // Every byte of what stands before the first block, and some of the rest; the end is cut off, or more follows it.
    var damaged = (Array(0..<36) + (0..<40).map { _ in generator.below(sound.count) }).map { place in
      var copy = sound
      copy[place] ^= 1 << UInt8(generator.below(8))
      return copy
    }
    damaged += [sound.dropLast(), Array(sound.prefix(24)), Array(sound.prefix(10)), [], sound + [0], sound + sound]
      .map { Array($0) }
    for (index, copy) in damaged.enumerated() {
      try FileManager.default.removeItem(atPath: path)
      try Data(copy).write(to: URL(fileURLWithPath: path))
      // A bit that says nothing may be flipped without harm: then the bytes are the right ones.
      let isHarmless = try objects.get(object.digest).bytes() == bytes
      #expect(try objects.isSound(object.digest, length: bytes.count) == isHarmless, "damage \(index)")
      if isHarmless { #expect(index < 76 && copy.count == sound.count) }
    }
    try objects.put([try place.attempt(bytes)])
    #expect(try objects.isSound(object.digest, length: bytes.count))
    #expect(try place.names(in: place.data.quarantine).count == 1)
  }

  @Test("are also those whose own bytes look compressed, so that nothing is mistaken")
  func lookalike() throws {
    let object = try publish(Self.checkpoint(100_000), in: objects)
    let bytes = try place.bytes(at: objects.path(of: object.digest))
    let twin = try publish(bytes, in: plain)
    #expect(try plain.isCompressed(twin.digest))
    #expect(try plain.get(twin.digest).bytes() == bytes)
    #expect(try plain.head(twin.digest) == bytes.count)
  }

  @Test("leave nothing behind where the worker told something else")
  func wrongDigest() throws {
    let file = try place.attempt(Self.checkpoint(100_000))
    for lie in [
      AttemptFile(path: file.path, digest: Digest(sample: "lie"), length: file.length),
      AttemptFile(path: file.path, digest: file.digest, length: file.length + 1),
    ] {
      let failure = #expect(throws: StageFailure.self) { try objects.put([lie]) }
      #expect(failure?.code == .inputOutput)
    }
    #expect(try plain.list(after: nil, limit: 10) == [])
    #expect(
      try place.names(in: place.data.temporary(of: place.owner)) == [String(file.path.split(separator: "/").last!)])
  }

  @Test("stand in a job's tree under a name that says it, with their history")
  func tree() throws {
    let tree = JobTree(try #require(JobID("0123456789")), in: place.data)
    let unit = UnitID(.ocr, .page(7))
    let file = TreeFile(checkpointOf: unit)
    let versions = try (1...3).map { number in
      try publish(Self.checkpoint(number == 2 ? 100 : 50_000, "v\(number)"), in: objects)
    }
    let known = Set(versions.map(\.digest)).contains
    #expect(try tree.place(versions[0], at: file, history: nil, known: known) == .placed)
    #expect(try place.names(in: tree.path + "/03-ocr") == ["0007.json.zst"])
    #expect(FileIdentity(tree.path(of: file)) == FileIdentity(objects.path(of: versions[0].digest)))
    #expect(try tree.status(of: file, expected: versions[0], known: known) == .current)
    #expect(try tree.place(versions[0], at: file, history: nil, known: known) == .unchanged)
    // To a small one that stands as it is, and back.
    #expect(try tree.status(of: file, expected: versions[1], known: known) == .stale)
    #expect(try tree.place(versions[1], at: file, history: 1, known: known) == .placed)
    #expect(try place.names(in: tree.path + "/03-ocr") == ["0007.json"])
    #expect(try tree.place(versions[2], at: file, history: 2, known: known) == .placed)
    #expect(try place.names(in: tree.path + "/03-ocr") == ["0007.json.zst"])
    #expect(try place.names(in: tree.path + "/history/03-ocr") == ["0007.1.json.zst", "0007.2.json"])
    #expect(try tree.open("history/03-ocr/0007.1.json")?.bytes() == Self.checkpoint(50_000, "v1"))
    // What it says of its own length counts, before it is decompressed.
    #expect(try tree.open("history/03-ocr/0007.1.json", limit: 50_000) != nil)
    #expect(throws: StageFailure.self) { try tree.open("history/03-ocr/0007.1.json", limit: 49_999) }
    // Links of the history that are gone come back, and those no longer kept go.
    try FileManager.default.removeItem(atPath: tree.path + "/history/03-ocr/0007.1.json.zst")
    try tree.linkHistory([unit: [1: versions[0], 2: versions[1]]])
    #expect(try place.names(in: tree.path + "/history/03-ocr") == ["0007.1.json.zst", "0007.2.json"])
    try tree.linkHistory([unit: [2: versions[1]]])
    #expect(try place.names(in: tree.path + "/history/03-ocr") == ["0007.2.json"])
    #expect(try tree.withdraw(file, history: nil, known: known) == .placed)
    #expect(try place.names(in: tree.path + "/03-ocr") == [])
  }

  @Test("make way for a person's file beside them, which is kept")
  func strange() throws {
    let tree = JobTree(try #require(JobID("0123456789")), in: place.data)
    let file = TreeFile(checkpointOf: UnitID(.ocr, .page(7)))
    let object = try publish(Self.checkpoint(50_000), in: objects)
    let known = Set([object.digest]).contains
    #expect(try tree.place(object, at: file, history: nil, known: known) == .placed)
    try place.write("mine", to: tree.path + "/03-ocr/0007.json")
    #expect(try tree.status(of: file, expected: object, known: known) == .strange)
    #expect(try tree.place(object, at: file, history: nil, known: known) == .kept)
    #expect(try tree.open(file.path)?.bytes() == Array("mine".utf8))
  }

  @Test("of a worker's are handed on as a file that nobody can change")
  func sealed() throws {
    let object = try publish(Self.checkpoint(50_000), in: objects)
    let input = try objects.get(object.digest)
    #expect(write(input.descriptor, "x", 1) == -1)
    #expect(ftruncate(input.descriptor, 0) == -1)
    #expect(input.length == 50_000)
  }
}
