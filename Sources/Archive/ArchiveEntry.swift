/// One file of an archive, as its header tells: nothing of it is to be believed.
package struct ArchiveEntry: Hashable {
  package enum Kind: Hashable {
    case file
    /// A hard or symbolic link, a folder, a device, a pipe, a sparse file: whatever is no plain file.
    case other
  }

  /// Nil where the name is no text.
  package let path: String?
  package let kind: Kind
  /// Bytes; nil where the header does not tell.
  package let length: Int?
}
