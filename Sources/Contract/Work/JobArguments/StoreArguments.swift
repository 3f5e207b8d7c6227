/// The arguments of a job that stores a file on Walrus.
package struct StoreArguments: WorkArguments {
    package static let kind = JobKind.store

    package var file: ChatFile
    package var chatFile: ChatFile? { file }

    package init(file: ChatFile) {
        self.file = file
    }
}
