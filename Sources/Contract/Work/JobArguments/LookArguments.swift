/// The arguments of a job that fetches a blob and determines what the blob holds.
package struct LookArguments: WorkArguments {
    package static let kind = JobKind.look

    package var blob: BlobID

    package init(blob: BlobID) {
        self.blob = blob
    }
}
