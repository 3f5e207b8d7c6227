/// The arguments of a look job.
package struct LookArguments: WorkArguments {
    package static let kind = JobKind.look

    package var blob: BlobID

    package init(blob: BlobID) {
        self.blob = blob
    }
}
