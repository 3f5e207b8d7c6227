internal import CIntrinsics
internal import WalrusKernels
#if arch(x86_64)
internal import WalrusKernelsAVX2
internal import WalrusKernelsAVX512
#endif

/// The inner loops for one kind of processor.
///
/// All variants are compiled from the same folder, `Sources/WalrusKernels`.
@safe struct Kernels: Sendable, CustomStringConvertible {
    typealias Initialize = @Sendable (UnsafeMutablePointer<UInt64>) -> Void
    typealias Compress = @Sendable (UnsafePointer<UInt8>, UnsafeMutablePointer<UInt64>, UInt64, Bool) -> Void
    typealias Join =
        @Sendable (
            UnsafePointer<UInt64>, UnsafeMutablePointer<UInt64>, Int, UnsafePointer<UInt64>
        ) -> Void
    typealias Butterfly = @Sendable (UnsafeMutablePointer<UInt8>, Int, Int, UnsafePointer<UInt8>) -> Void

    let description: String
    let initialize: Initialize
    let compress: Compress
    let joinAcross: Join
    let joinAlong: Join
    let butterflyForward: Butterfly
    let butterflyInverse: Butterfly

    /// Runs on every processor.
    static let portable = unsafe Kernels(
        description: "portable",
        initialize: WalrusKernels.initialize,
        compress: WalrusKernels.compress,
        joinAcross: WalrusKernels.joinAcross,
        joinAlong: WalrusKernels.joinAlong,
        butterflyForward: WalrusKernels.butterflyForward,
        butterflyInverse: WalrusKernels.butterflyInverse
    )

    /// The variants that this processor can run; the fastest is last.
    static let runnable: [Kernels] = {
        var all = [portable]
        #if arch(x86_64)
        if processor_has_avx2() { all.append(avx2) }
        if processor_has_avx512() { all.append(avx512) }
        #endif
        return all
    }()

    static let fastest = runnable[runnable.count - 1]
}

#if arch(x86_64)
extension Kernels {
    private static let avx2 = unsafe Kernels(
        description: "AVX2",
        initialize: WalrusKernelsAVX2.initialize,
        compress: WalrusKernelsAVX2.compress,
        joinAcross: WalrusKernelsAVX2.joinAcross,
        joinAlong: WalrusKernelsAVX2.joinAlong,
        butterflyForward: WalrusKernelsAVX2.butterflyForward,
        butterflyInverse: WalrusKernelsAVX2.butterflyInverse
    )

    private static let avx512 = unsafe Kernels(
        description: "AVX-512",
        initialize: WalrusKernelsAVX512.initialize,
        compress: WalrusKernelsAVX512.compress,
        joinAcross: WalrusKernelsAVX512.joinAcross,
        joinAlong: WalrusKernelsAVX512.joinAlong,
        butterflyForward: WalrusKernelsAVX512.butterflyForward,
        butterflyInverse: WalrusKernelsAVX512.butterflyInverse
    )
}
#endif
