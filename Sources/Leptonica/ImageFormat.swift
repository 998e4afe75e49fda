/// The image formats told apart by their first bytes.
package enum ImageFormat: String, Codable, Sendable, Hashable, CaseIterable {
  case png, jpeg, tiff, webp, bmp, gif

  /// Known by magic number alone, never by a name; nil where the bytes are none of these.
  package init?(sniffing bytes: UnsafeRawBufferPointer) {
    func begins(_ magic: [UInt8], at offset: Int = 0) -> Bool {
      bytes.count >= offset + magic.count && magic.indices.allSatisfy { bytes[offset + $0] == magic[$0] }
    }
    if begins([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
      self = .png
    } else if begins([0xFF, 0xD8, 0xFF]) {
      self = .jpeg
    } else if begins([0x49, 0x49, 0x2A, 0]) || begins([0x4D, 0x4D, 0, 0x2A]) || begins([0x49, 0x49, 0x2B, 0])
      || begins([0x4D, 0x4D, 0, 0x2B])
    {
      self = .tiff
    } else if begins(Array("RIFF".utf8)) && begins(Array("WEBP".utf8), at: 8) {
      self = .webp
    } else if begins(Array("GIF8".utf8)) {
      self = .gif
    } else if begins(Array("BM".utf8)) && bytes.count >= 26 {
      self = .bmp
    } else {
      return nil
    }
  }
}
