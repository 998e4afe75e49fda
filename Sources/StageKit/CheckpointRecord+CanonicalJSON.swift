import CanonicalJSON

// Every message and every record has a few of these.

extension Digest: CanonicalEncodable, CanonicalDecodable {
  package func encode(into writer: inout CanonicalWriter) throws { writer.string(description) }

  package init(from reader: inout CanonicalReader) throws {
    let text = try reader.readString()
    guard let digest = Digest(text) else {
      throw reader.failure(.invalidValue("\"\(text)\" is no sha256 digest"))
    }
    self = digest
  }
}

extension UnitID: CanonicalEncodable, CanonicalDecodable {
  package func encode(into writer: inout CanonicalWriter) throws { writer.string(description) }

  package init(from reader: inout CanonicalReader) throws {
    let text = try reader.readString()
    guard let unit = UnitID(text) else {
      throw reader.failure(.invalidValue("\"\(text)\" names no unit"))
    }
    self = unit
  }
}

extension FileRecord: CanonicalEncodable, CanonicalDecodable {
  package func encode(into writer: inout CanonicalWriter) throws {
    writer.beginObject()
    writer.key("digest")
    try digest.encode(into: &writer)
    writer.key("length")
    writer.integer(length)
    writer.key("name")
    writer.string(name)
    writer.endObject()
  }

  package init(from reader: inout CanonicalReader) throws {
    var (name, length): (String?, Int?) = (nil, nil)
    var digest: Digest?
    try reader.beginObject()
    while let key = try reader.nextKey() {
      switch key {
      case "digest": digest = try Digest(from: &reader)
      case "length": length = try reader.readInteger(as: Int.self)
      case "name": name = try reader.readString()
      default: try reader.skipValue()
      }
    }
    self.init(
      name: try reader.require(name, "name"), digest: try reader.require(digest, "digest"),
      length: try reader.require(length, "length"))
  }
}

extension CheckpointRecord: CanonicalEncodable, CanonicalDecodable {
  package func encode(into writer: inout CanonicalWriter) throws {
    writer.beginObject()
    writer.key("content")
    try content.encode(into: &writer)
    writer.key("file")
    try file.encode(into: &writer)
    writer.key("files")
    try files.encode(into: &writer)
    writer.key("unit")
    try unit.encode(into: &writer)
    writer.endObject()
  }

  package init(from reader: inout CanonicalReader) throws {
    var (unit, content): (UnitID?, Digest?) = (nil, nil)
    var (file, files): (FileRecord?, [FileRecord]?) = (nil, nil)
    try reader.beginObject()
    while let key = try reader.nextKey() {
      switch key {
      case "content": content = try Digest(from: &reader)
      case "file": file = try FileRecord(from: &reader)
      case "files": files = try [FileRecord](from: &reader)
      case "unit": unit = try UnitID(from: &reader)
      default: try reader.skipValue()
      }
    }
    self.init(
      unit: try reader.require(unit, "unit"), content: try reader.require(content, "content"),
      file: try reader.require(file, "file"), files: try reader.require(files, "files"))
  }
}
