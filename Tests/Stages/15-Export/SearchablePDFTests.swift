import DocumentModel
import Foundation
import QPDF
import StageKit
import TestSupport
import Testing

@testable import Export

@Suite("The searchable PDF", .enabled(if: CommandTool.pdftotext != nil, "pdftotext is not installed"))
struct SearchablePDFTests {
  private func text(_ pdf: [UInt8], _ arguments: [String] = []) throws -> String {
    let tool = try #require(CommandTool.pdftotext)
    let folder = try TemporaryFolder()
    let url = folder.file("it.pdf")
    try Data(pdf).write(to: url)
    _ = try PDFJob(arguments: ["--check", url.path]).run()
    return try tool.run(arguments + [url.path, "-"]).output
  }

  /// The places of words as the reader finds them.
  private func boxes(_ pdf: [UInt8]) throws -> [(String, BoundingBox)] {
    let pattern = /xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">([^<]*)</
    return try text(pdf, ["-bbox"]).matches(of: pattern).map { match in
      func number(_ text: Substring) -> Double { Double(text) ?? -1 }
      return (
        String(match.5),
        BoundingBox(left: number(match.1), top: number(match.2), right: number(match.3), bottom: number(match.4))
      )
    }
  }

  private static func box(_ left: Double, _ top: Double, _ right: Double, _ bottom: Double) -> BoundingBox {
    BoundingBox(left: left, top: top, right: right, bottom: bottom)
  }

  private static var scanned: MadeScan.Page {
    var page = MadeScan.Page()
    page.line([("Searchable", Self.box(40, 40, 110, 52)), ("text,", Self.box(118, 40, 150, 52))])
    page.line([("naïve", Self.box(40, 60, 80, 72)), ("日本𝄞", Self.box(90, 60, 130, 72))])
    return page
  }

  @Test("makes a page of a picture, its words in order, each over its place")
  func picture() throws {
    let pdf = try MadeScan.blank(Self.scanned).export(PDFExport.self)
    #expect(try text(pdf).split(whereSeparator: \.isWhitespace) == ["Searchable", "text,", "naïve", "日本𝄞"])
    let found = try boxes(pdf)
    let wanted = Self.scanned.lines.flatMap(\.words)
    #expect(found.count == wanted.count)
    for (word, found) in zip(wanted, found) {
      #expect(word.text == found.0)
      #expect(found.1.coverage(by: word.box.insetBy(-1)) > 0.95, "\(word.text): \(found.1) for \(word.box)")
      #expect(word.box.coverage(by: found.1.insetBy(-1)) > 0.95, "\(word.text): \(found.1) for \(word.box)")
    }
  }

  @Test("has the same bytes each time")
  func reproducible() throws {
    let scan = try MadeScan.blank(Self.scanned)
    #expect(try scan.export(PDFExport.self) == scan.export(PDFExport.self))
  }

  @Test("puts turned and slanted words where they stand", arguments: [QuarterTurn.right, .half, .left])
  func turned(turn: QuarterTurn) throws {
    var page = MadeScan.Page()
    let frame = UprightFrame(page: page.size, turn: turn)
    let places = [Self.box(40, 40, 100, 52), Self.box(106, 40, 150, 52)].map(frame.onPage)
    page.line([("Turned", places[0]), ("around", places[1])], turn: turn)
    let found = try boxes(try MadeScan.blank(page).export(PDFExport.self))
    #expect(found.map(\.0) == ["Turned", "around"])
    for (place, found) in zip(places, found) {
      #expect(place.coverage(by: found.1.insetBy(-1)) > 0.9, "\(found.1) for \(place)")
    }
  }

  @Test("keeps the words of a slanted line whole and in order, on one line as far as scans slant", arguments: [0.7, 3])
  func skewed(degrees: Double) throws {
    var page = MadeScan.Page()
    page.skew = degrees
    page.line(
      (0..<5).map { index in
        let left = 30 + Double(index) * 50
        let top = 100 + left * degrees * .pi / 180
        return ("word\(index)", Self.box(left, top, left + 42, top + 12))
      })
    let words = "word0 word1 word2 word3 word4"
    let text = try text(try MadeScan.blank(page).export(PDFExport.self))
    #expect(text.split(whereSeparator: \.isWhitespace).joined(separator: " ") == words)
    if degrees < 1 { #expect(text.hasPrefix(words)) }
  }

  @Test("gives right-to-left words in their reading order")
  func rightToLeft() throws {
    var page = MadeScan.Page()
    page.line(
      [("שלום", Self.box(200, 40, 250, 52)), ("עולם", Self.box(140, 40, 192, 52))], direction: .rightToLeft)
    let letters = try text(try MadeScan.blank(page).export(PDFExport.self)).unicodeScalars
      .filter { $0.isRightToLeft || $0 == " " }
    #expect(String(String.UnicodeScalarView(letters)) == "שלום עולם")
  }

  @Test("keeps numbers and Latin words within right-to-left words from their left", arguments: ["ב42", "הPDF", "א3.5"])
  func numbersInRightToLeft(word: String) throws {
    var page = MadeScan.Page()
    page.line([("שלום", Self.box(200, 40, 250, 52)), (word, Self.box(140, 40, 192, 52))], direction: .rightToLeft)
    let letters = try text(try MadeScan.blank(page).export(PDFExport.self)).unicodeScalars
      .filter { $0.isRightToLeft || $0.isLetter || $0.isNumeral || $0 == " " || $0 == "." }
    #expect(String(String.UnicodeScalarView(letters)).hasPrefix("שלום \(word)"))
  }

  @Test("lays text over the pages of a PDF that lack it, and over no other")
  func pdf() throws {
    var typed = MadeScan.Page()
    typed.line([("Original", Self.box(40, 90, 90, 102))], source: .textLayer)
    var scan = try MadeScan.pdf([typed, Self.scanned, Self.scanned])
    let all = try scan.export(PDFExport.self)
    let pages = try text(all).split(separator: "\u{C}", omittingEmptySubsequences: true)
    #expect(pages.count == 3)
    #expect(pages[0].split(whereSeparator: \.isWhitespace) == ["Original", "1"])
    #expect(pages[1].contains("Searchable text,") && pages[2].contains("Original 3") && pages[2].contains("naïve"))
    // The second page is turned by its rotation entry: words stand where they are seen.
    let turned = try boxes(all).filter { $0.0 == "Searchable" }
    #expect(turned.count == 2)
    for place in turned { #expect(place.1.coverage(by: Self.box(39, 39, 111, 53)) > 0.95, "\(place.1)") }

    scan.chosen = [3]
    let one = try text(try scan.export(PDFExport.self))
    #expect(one.contains("Original 3") && one.contains("Searchable") && !one.contains("Original 1"))
  }

  @Test("hands on a PDF that needs nothing, byte by byte")
  func untouched() throws {
    var typed = MadeScan.Page()
    typed.line([("Original", Self.box(40, 90, 90, 102))], source: .textLayer)
    let scan = try MadeScan.pdf([typed])
    #expect(try scan.export(PDFExport.self) == scan.source)
  }

  @Test("says which page could not be read")
  func gap() throws {
    var page = MadeScan.Page()
    page.gap = .imageTooLarge
    #expect(
      try text(try MadeScan.blank(page).export(PDFExport.self)).contains("Page 1 could not be read: image_too_large"))
  }
}
