/// Says whether an address may be connected to: 4 or 16 bytes in network order, and the port. It is asked with the very
/// address that the connection then goes to, so no second lookup of a name can get around it.
package typealias AddressRule = @Sendable (_ bytes: [UInt8], _ port: UInt16) -> Bool
