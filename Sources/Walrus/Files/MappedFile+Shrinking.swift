import Glibc

extension MappedFile {
    /// Lets this process end with one sentence and status 1 where a file becomes shorter while it is mapped.
    ///
    /// The system tells of that by SIGBUS, wherever the file is read.
    package static func endPlainlyWhereFilesShrink() {
        signal(SIGBUS) { _ in
            let words: StaticString = "a file became shorter while it was read\n"
            unsafe write(2, words.utf8Start, words.utf8CodeUnitCount)
            _exit(1)
        }
    }
}
