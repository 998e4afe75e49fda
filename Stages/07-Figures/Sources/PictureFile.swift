import Leptonica

/// A picture as a file: as it is stored, else JPEG for photographs and PNG for everything with few colours.
struct PictureFile {
  let bytes: [UInt8]
  let mediaType: String
  let suffix: String
  let width: Int
  let height: Int

  private static let photograph = 512  // colours among 256 × 256 samples: drawings with soft edges have fewer
  private static let coloured = 0.001  // of the pixels

  init(_ picture: PictureFetch.Picture, quality: Int) throws {
    switch picture {
    case .stored(let file): self.init(file)
    case .pixels(let image): try self.init(image, quality: quality)
    }
  }

  private init(_ file: StoredJPEG) {
    bytes = file.bytes
    (mediaType, suffix) = ("image/jpeg", "jpg")
    (width, height) = (file.width, file.height)
  }

  private init(_ image: RasterImage, quality: Int) throws {
    width = image.width
    height = image.height
    let colours = try image.colorCount(limit: Self.photograph)
    let isGrey = try image.depth <= 8 || image.colorShare() < Self.coloured
    let plain = isGrey ? try image.grey() : image
    // A grey photograph has at most 256 shades.
    if colours >= (isGrey ? 160 : Self.photograph) {
      bytes = try plain.jpeg(quality: quality)
      (mediaType, suffix) = ("image/jpeg", "jpg")
    } else {
      bytes = try (colours <= 2 && isGrey ? plain.thresholded(at: 128) : plain).png()
      (mediaType, suffix) = ("image/png", "png")
    }
  }
}
