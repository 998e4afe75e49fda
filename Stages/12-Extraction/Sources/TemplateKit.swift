import Contracts

/// What a type's fields and line items are read with; kept from one document to the next.
final class TemplateKit {
  let template: Template?
  let labels: LabelFinder?
  let items: LineItemReader?

  init(_ type: DocumentClass) throws {
    template = try ShippedTemplates.template(for: type)
    labels = template.map(LabelFinder.init)
    // Line items are read where the type has them.
    let lists = try ShippedTemplates.decode(LineItemNames.Lists.self, "line-items")
    items = type == .invoice || type == .receipt ? template.map { LineItemReader(lists, $0) } : nil
  }
}
