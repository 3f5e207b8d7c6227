internal import CLanes
internal import WalrusKernels
#if arch(x86_64)
internal import WalrusKernelsAVX2
internal import WalrusKernelsAVX512
#endif

/// The inner loops, compiled once for each kind of processor from the one folder `Sources/WalrusKernels`.
@safe struct Kernels: Sendable, CustomStringConvertible {
    typealias Absorb = @Sendable (UnsafePointer<UInt8>, UnsafeMutablePointer<UInt64>, UInt64, Bool) -> Void
    typealias Join =
        @Sendable (
            UnsafePointer<UInt64>, UnsafeMutablePointer<UInt64>, Int, UnsafePointer<UInt64>
        ) -> Void
    typealias Butterfly = @Sendable (UnsafeMutablePointer<UInt8>, Int, Int, UnsafePointer<UInt8>) -> Void

    let description: String
    let absorb: Absorb
    let joinAcross: Join
    let joinAlong: Join
    let butterflyForward: Butterfly
    let butterflyInverse: Butterfly

    /// For any processor.
    static let portable = unsafe Kernels(
        description: "portable",
        absorb: WalrusKernels.absorb,
        joinAcross: WalrusKernels.joinAcross,
        joinAlong: WalrusKernels.joinAlong,
        butterflyForward: WalrusKernels.butterflyForward,
        butterflyInverse: WalrusKernels.butterflyInverse
    )

    /// What this processor can run, the fastest last.
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
        absorb: WalrusKernelsAVX2.absorb,
        joinAcross: WalrusKernelsAVX2.joinAcross,
        joinAlong: WalrusKernelsAVX2.joinAlong,
        butterflyForward: WalrusKernelsAVX2.butterflyForward,
        butterflyInverse: WalrusKernelsAVX2.butterflyInverse
    )

    private static let avx512 = unsafe Kernels(
        description: "AVX-512",
        absorb: WalrusKernelsAVX512.absorb,
        joinAcross: WalrusKernelsAVX512.joinAcross,
        joinAlong: WalrusKernelsAVX512.joinAlong,
        butterflyForward: WalrusKernelsAVX512.butterflyForward,
        butterflyInverse: WalrusKernelsAVX512.butterflyInverse
    )
}
#endif
