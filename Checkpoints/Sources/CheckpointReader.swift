import CanonicalJSON
import StageKit

/// A checkpoint's bytes, verified; lends the payload without building a tree of it.
///
/// Valid only as long as the bytes it was given.
package struct CheckpointReader {
  package let header: CheckpointHeader
  private let payload: UnsafeRawBufferPointer

  /// Reads and verifies a checkpoint.
  ///
  /// - Parameters:
  ///   - unit: whose it has to be.
  ///   - file: the digest of the whole file, where it is known.
  ///   - content: the content digest it has to have, where it is known.
  /// - Throws: `StageFailure` with `checkpoint_corrupt` where the bytes are not what was recorded.
  package init(
    _ bytes: UnsafeRawBufferPointer, unit: UnitID, file: Digest? = nil, content: Digest? = nil
  ) throws {
    if let file, Digest(of: bytes) != file { throw Self.corrupt(unit, "is not the file that was recorded") }
    let place: Range<Int>
    do {
      place = try Self.placeOfPayload(in: bytes)
      header = try Self.header(bytes, around: place)
    } catch {
      throw Self.corrupt(unit, "has an envelope that cannot be read: \(error)")
    }
    payload = UnsafeRawBufferPointer(rebasing: bytes[place])
    guard header.format == CheckpointHeader.currentFormat else {
      throw Self.corrupt(unit, "has the format \(header.format.prefix(40)), not \(CheckpointHeader.currentFormat)")
    }
    guard header.unitID == unit else { throw Self.corrupt(unit, "belongs to \(header.unitID)") }
    // A whole file that is the recorded one holds the recorded content: hashing it once is enough.
    if file == nil || content == nil {
      guard try CheckpointEnvelope.contentDigest(files: header.files, payload: payload) == header.content else {
        throw Self.corrupt(unit, "has another content than its envelope says")
      }
    }
    if let content, header.content != content { throw Self.corrupt(unit, "has another content than was recorded") }
  }

  /// Decodes the payload, straight from the bytes.
  ///
  /// - Throws: `StageFailure` with `checkpoint_corrupt` where it is no such output.
  package func payload<Output: StageOutput>(as type: Output.Type) throws -> Output {
    guard Output.stage == header.stage else {
      throw Self.corrupt(header.unitID, "was asked for as one of \(Output.stage.rawValue)")
    }
    do {
      // The search for the payload's place has checked the grammar of all of it.
      return try CanonicalDecoder().decode(type, fromChecked: payload)
    } catch {
      throw Self.corrupt(header.unitID, "holds no \(Output.self): \(error)")
    }
  }

  /// Lends the payload's bytes: canonical JSON.
  package func withPayload<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R { try body(payload) }

  /// Reads a payload from an open checkpoint, its bytes mapped and not copied.
  package static func payload<Output: StageOutput>(
    of unit: UnitID, as type: Output.Type, in input: InputFile, file: Digest? = nil, content: Digest? = nil
  ) throws -> Output {
    try input.withBytes { bytes in
      if let file, let content { return try recorded(bytes, of: unit, as: type, file: file, content: content) }
      return try CheckpointReader(bytes, unit: unit, file: file, content: content).payload(as: type)
    }
  }

  /// Reads the payload of a file that is on record, in one pass over it: its digest vouches for its grammar.
  private static func recorded<Output: StageOutput>(
    _ bytes: UnsafeRawBufferPointer, of unit: UnitID, as type: Output.Type, file: Digest, content: Digest
  ) throws -> Output {
    guard Digest(of: bytes) == file else { throw corrupt(unit, "is not the file that was recorded") }
    var output: Output?
    var missing: Set<String> = ["content", "format", "stage", "unit"]
    func expect(_ value: UnsafeRawBufferPointer, _ wanted: String, _ member: String) throws {
      guard value.elementsEqual(wanted.utf8) else { throw corrupt(unit, "has another \(member) than was recorded") }
      missing.remove(member)
    }
    do {
      var reader = CanonicalReader(vouchedFor: bytes)
      try reader.beginObject()
      while let key = try reader.nextKey() {
        switch key {
        case "content": try expect(reader.passVouchedFor(), "\"\(content)\"", "content")
        case "format": try expect(reader.passVouchedFor(), "\"\(CheckpointHeader.currentFormat)\"", "format")
        case "payload" where Output.stage == unit.stage: output = try reader.decodeVouchedFor(type)
        case "stage": try expect(reader.passVouchedFor(), "\"\(unit.stage.rawValue)\"", "stage")
        case "unit":
          let subject = try CanonicalEncoder().encode(unit.subject)
          try expect(reader.passVouchedFor(), String(decoding: subject, as: UTF8.self), "unit")
        default: _ = reader.passVouchedFor()
        }
      }
      try reader.finish()
    } catch let failure as StageFailure {
      throw failure
    } catch {
      throw corrupt(unit, "holds no \(Output.self): \(error)")
    }
    guard missing.isEmpty, let output else {
      throw corrupt(unit, "has no \(missing.sorted().first ?? "payload of \(Output.stage.rawValue)")")
    }
    return output
  }

  /// Reads an open checkpoint's header, and verifies the whole.
  package static func header(
    of unit: UnitID, in input: InputFile, file: Digest? = nil, content: Digest? = nil
  ) throws -> CheckpointHeader {
    try input.withBytes { try CheckpointReader($0, unit: unit, file: file, content: content).header }
  }

  static func placeOfPayload(in bytes: UnsafeRawBufferPointer) throws -> Range<Int> {
    var reader = try CanonicalReader(bytes)
    var place: Range<Int>?
    try reader.beginObject()
    while let key = try reader.nextKey() {
      let value = try reader.rangeOfValue()
      guard key == "payload" else { continue }
      guard place == nil else { throw reader.failure(.duplicateKey("payload")) }
      place = value
    }
    try reader.finish()
    guard let place else { throw reader.failure(.missingKey("payload")) }
    return place
  }

  /// Decodes everything but the payload, in whose place stands null.
  static func header(
    _ bytes: UnsafeRawBufferPointer, around payload: Range<Int>
  ) throws -> CheckpointHeader {
    var envelope = Array(bytes[..<payload.lowerBound])
    envelope.append(contentsOf: "null".utf8)
    envelope.append(contentsOf: bytes[payload.upperBound...])
    return try CanonicalDecoder().decode(CheckpointHeader.self, from: envelope)
  }

  private static func corrupt(_ unit: UnitID, _ what: String) -> StageFailure {
    StageFailure(
      .checkpointCorrupt, "The checkpoint of \(unit) \(what).", page: unit.page,
      hint: "Resume the job: the unit runs again.")
  }
}
