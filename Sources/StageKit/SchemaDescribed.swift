/// A type that says what its JSON looks like.
package protocol SchemaDescribed: SendableMetatype {
  static var schema: Schema { get }
}
