import CPoppler
import DocumentModel

extension PopplerPage {
  private static let fieldLimit = 10_000  // fields on one page

  /// The form fields in the order of the page's annotations.
  ///
  /// - Parameter hasFullNames: whether names begin with those of the fields that they are within. Poppler puts such a name
  ///   together for ever where a field is within itself.
  package func formFields(hasFullNames: Bool = true) throws -> [FormField] {
    let list = poppler_page_get_form_field_mapping(pointer)
    defer { poppler_page_free_form_field_mapping(list) }
    var fields: [FormField] = []
    var node = list
    while let current = node, fields.count < Self.fieldLimit {
      defer { node = current.pointee.next }
      guard let data = current.pointee.data else { continue }
      let mapping = data.assumingMemoryBound(to: PopplerFormFieldMapping.self).pointee
      guard let field = mapping.field else { continue }
      // Unlike links, these areas are not turned with the page.
      let area = mapping.area
      fields.append(
        FormField(
          name: String(
            takingGLib: hasFullNames
              ? poppler_form_field_get_name(field) : poppler_form_field_get_partial_name(field)),
          label: String(takingGLib: poppler_form_field_get_alternate_ui_name(field)), value: Self.value(of: field),
          box: try placement().onPage(x1: area.x1, y1: area.y1, x2: area.x2, y2: area.y2)))
    }
    return fields.reversed()  // the list is built back to front
  }

  private static func value(of field: OpaquePointer) -> FormField.Value {
    switch poppler_form_field_get_field_type(field) {
    // The page shows asterisks, and so do exports.
    case POPPLER_FORM_FIELD_TEXT where poppler_form_field_text_is_password(field) != 0: .text("")
    case POPPLER_FORM_FIELD_TEXT: .text(String(takingGLib: poppler_form_field_text_get_text(field)) ?? "")
    case POPPLER_FORM_FIELD_BUTTON:
      switch poppler_form_field_button_get_button_type(field) {
      case POPPLER_FORM_BUTTON_CHECK: .checkBox(isOn: poppler_form_field_button_get_state(field) != 0)
      case POPPLER_FORM_BUTTON_RADIO: .radioButton(isOn: poppler_form_field_button_get_state(field) != 0)
      default: .none
      }
    case POPPLER_FORM_FIELD_CHOICE: .choice(chosen(field))
    case POPPLER_FORM_FIELD_SIGNATURE: .signature
    default: .none
    }
  }

  private static func chosen(_ field: OpaquePointer) -> [String] {
    let count = max(poppler_form_field_choice_get_n_items(field), 0)
    var items = (0..<count).filter { poppler_form_field_choice_is_item_selected(field, $0) != 0 }
      .compactMap { String(takingGLib: poppler_form_field_choice_get_item(field, $0)) }
    if items.isEmpty, let typed = String(takingGLib: poppler_form_field_choice_get_text(field)) { items = [typed] }
    return items
  }
}
