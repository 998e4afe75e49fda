import EventLoop

/// A file as it can be asked for: whole, in part, or only if it has changed.
package struct FileResource: Sendable {
  package let file: OpenFile
  /// Its media type.
  package let type: String
  /// In quotes, as it goes over the wire.
  package let entityTag: String

  /// - Parameter entityTag: in quotes; nil makes one of the file's size, time and number.
  package init(_ file: OpenFile, type: String, entityTag: String? = nil) {
    self.file = file
    self.type = type
    self.entityTag = entityTag ?? Self.entityTag(of: file)
  }

  /// Changes whenever the file is replaced or written, as far as the file system tells.
  private static func entityTag(of file: OpenFile) -> String {
    let parts = [
      UInt64(bitPattern: file.size), file.inode, UInt64(bitPattern: file.modified.seconds),
      UInt64(bitPattern: file.modified.nanoseconds),
    ]
    return "\"" + parts.map { String($0, radix: 36) }.joined(separator: "-") + "\""
  }
}

extension Response {
  /// A file as the request wants it: 200, 206 with the one range that is asked for, 304 where the client has it
  /// already (RFC 9110, 13 and 14). The bytes go from the file to the socket.
  ///
  /// - Throws: 416 where the file has no such range, with the range that it has.
  package static func file(_ resource: FileResource, for request: Request) throws(HTTPFailure) -> Response {
    let size = resource.file.size
    var response = Response(
      .ok, headers: ["Content-Type": resource.type], body: .file(resource.file, offset: 0, length: size))
    response.headers["ETag"] = resource.entityTag
    response.headers["Last-Modified"] = HTTPDate.text(resource.file.modified.seconds)
    response.headers["Accept-Ranges"] = "bytes"

    let known = request.headers.list("If-None-Match")
    if !known.isEmpty, EntityTags.matchWeakly(known, resource.entityTag) {
      response.status = .notModified
      response.body = .empty
      return response
    }
    guard request.method == .get, let wanted = request.headers["Range"],
      EntityTags.allowRange(request.headers["If-Range"], resource.entityTag)
    else { return response }
    switch ByteRange.read(wanted, size: size) {
    case .whole: break
    case .part(let range):
      response.status = .partialContent
      response.headers["Content-Range"] = "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(size)"
      response.body = .file(resource.file, offset: range.lowerBound, length: range.upperBound - range.lowerBound)
    case .unsatisfiable:
      throw HTTPFailure(
        .rangeNotSatisfiable, "range_not_satisfiable", "The file has \(size) bytes, and none in that range.",
        headers: ["Content-Range": "bytes */\(size)", "Accept-Ranges": "bytes"])
    }
    return response
  }
}
