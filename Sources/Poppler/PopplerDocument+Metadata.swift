import CPoppler

extension PopplerDocument {
  /// The information dictionary and the version.
  package var metadata: PDFMetadata {
    PDFMetadata(
      title: String(takingGLib: poppler_document_get_title(pointer)),
      author: String(takingGLib: poppler_document_get_author(pointer)),
      subject: String(takingGLib: poppler_document_get_subject(pointer)),
      keywords: String(takingGLib: poppler_document_get_keywords(pointer)),
      creator: String(takingGLib: poppler_document_get_creator(pointer)),
      producer: String(takingGLib: poppler_document_get_producer(pointer)),
      creationDate: Self.utc(poppler_document_get_creation_date_time(pointer)),
      modificationDate: Self.utc(poppler_document_get_modification_date_time(pointer)), version: version)
  }

  package var permissions: PDFPermissions {
    PDFPermissions(rawValue: Int(poppler_document_get_permissions(pointer).rawValue)).intersection(.all)
  }

  /// Whether the file is encrypted as far as it can be told: a password was needed, or something is forbidden.
  ///
  /// An encryption with an empty user password that forbids nothing goes unseen, and matters to nobody.
  package var isEncrypted: Bool { neededPassword || permissions != .all }

  private var version: String {
    var (major, minor): (UInt32, UInt32) = (0, 0)
    poppler_document_get_pdf_version(pointer, &major, &minor)
    return "\(major).\(minor)"
  }

  private static func utc(_ date: OpaquePointer?) -> String? {
    guard let date else { return nil }
    defer { g_date_time_unref(date) }
    guard let utc = g_date_time_to_utc(date) else { return nil }
    defer { g_date_time_unref(utc) }
    return String(takingGLib: g_date_time_format(utc, "%Y-%m-%dT%H:%M:%SZ"))
  }
}
