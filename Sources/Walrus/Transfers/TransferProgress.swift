/// The progress of a blob's transfer.
package enum TransferProgress: Equatable, Sendable {
    /// Bytes transferred so far, and the size of the blob if it is known. After a restart the count begins at 0 again.
    case transferred(bytes: Int, of: Int?)
    /// The completed fraction of the computation of the blob ID, 0 to 1.
    case computingID(Double)
}
