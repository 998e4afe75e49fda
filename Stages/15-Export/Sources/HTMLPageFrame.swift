/// What stands around the document in its HTML page.
enum HTMLPageFrame {
  /// - Parameter language: ISO 639-1; nil where it is not known.
  static func head(title: TracedText, language: String?) -> TracedText {
    let lang = language.map { " lang=\"\(HTMLText.escape($0))\"" } ?? ""
    return """
      <!DOCTYPE html>
      <html\(lang)>
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="generator" content="Sheaf">
      <title>\(HTMLText.escape(title))</title>
      <style>
      \(style)
      </style>
      </head>
      <body>
      <main>

      """
  }

  static let foot = "</main>\n</body>\n</html>\n"

  private static let style = """
    :root { color-scheme: light dark; }
    body { font: 1rem/1.55 system-ui, sans-serif; margin: 0; }
    main { max-width: 46rem; margin: 0 auto; padding: 2rem 1rem 4rem; overflow-wrap: break-word; }
    h1, h2, h3, h4, h5, h6 { line-height: 1.25; margin: 1.6em 0 .6em; }
    table { border-collapse: collapse; margin: 1em 0; }
    th, td { border: 1px solid #8888; padding: .25em .6em; text-align: start; vertical-align: top; }
    thead th { background: #8882; }
    caption, figcaption, .caption { font-size: .9em; opacity: .85; text-align: start; padding: .3em 0; }
    figure { margin: 1.4em 0; }
    img { max-width: 100%; height: auto; }
    pre { overflow-x: auto; padding: .8em; background: #8881; }
    blockquote { margin: 1em 0; padding-inline-start: 1em; border-inline-start: 3px solid #8886; }
    ul.marked { list-style: none; }
    .formula { font-style: italic; text-align: center; }
    .subtitle { font-weight: 600; }
    .footnote { font-size: .9em; border-top: 1px solid #8884; padding-top: .3em; }
    .gap { border: 1px dashed #c44; padding: .6em; }
    """
}
