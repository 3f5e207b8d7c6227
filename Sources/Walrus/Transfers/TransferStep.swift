/// How far the transfer of a blob is.
package enum TransferStep: Equatable, Sendable {
    /// So many bytes have moved, `of` all where that is known; where they are asked for anew, they are fewer again.
    case moving(bytes: Int, of: Int?)
    /// The ID of the bytes is being computed, 0 to 1.
    case identifying(Double)
}
