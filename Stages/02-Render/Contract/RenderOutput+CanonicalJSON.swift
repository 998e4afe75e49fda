import CanonicalJSON
import DocumentModel
import StageKit

// As with stage 3, most of it are words.
extension RenderOutput: CanonicalDecodable {
  package init(from reader: inout CanonicalReader) throws {
    var size: PageSize?
    var raster: PageRaster?
    var preview: PageRaster?
    var verdict: TextLayerVerdict?
    var fonts: [Font]?
    var words: [Word]?
    var images: [ImageArea]?
    var links: [PageLink]?
    var formFields: [FormField]?
    var omissions: [Omission]?
    try reader.beginObject()
    while let key = try reader.nextKey() {
      switch key {
      case "fonts": fonts = try reader.decode([Font].self)
      case "formFields": formFields = try reader.decode([FormField].self)
      case "images": images = try reader.decode([ImageArea].self)
      case "links": links = try reader.decode([PageLink].self)
      case "omissions": omissions = reader.readNullIfPresent() ? nil : try reader.decode([Omission].self)
      case "preview": preview = try reader.decode(PageRaster.self)
      case "raster": raster = try reader.decode(PageRaster.self)
      case "size": size = try reader.decode(PageSize.self)
      case "verdict": verdict = try reader.decode(TextLayerVerdict.self)
      case "words": words = try reader.readWords()
      default: try reader.skipValue()
      }
    }
    self.init(
      size: try reader.require(size, "size"), raster: try reader.require(raster, "raster"),
      preview: try reader.require(preview, "preview"), verdict: try reader.require(verdict, "verdict"),
      fonts: try reader.require(fonts, "fonts"), words: try reader.require(words, "words"),
      images: try reader.require(images, "images"), links: try reader.require(links, "links"),
      formFields: try reader.require(formFields, "formFields"), omissions: omissions ?? [])
  }
}
