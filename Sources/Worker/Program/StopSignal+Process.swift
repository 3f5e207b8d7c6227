import Dispatch
import Glibc

extension StopSignal {
    /// A signal that this process raises for itself when the system sends it one of `numbers`, which then no longer
    /// kill it.
    package static func onProcessSignals(_ numbers: [Int32]) -> (signal: StopSignal, sources: SignalSources) {
        let signal = StopSignal()
        let queue = DispatchQueue(label: "okai.worker.signals")
        let sources = numbers.map { number in
            _ = Glibc.signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler { signal.raise() }
            source.activate()
            return source
        }
        return (signal, SignalSources(sources: sources))
    }

    /// Keeps the process listening for its signals.
    package struct SignalSources {
        fileprivate let sources: [any DispatchSourceSignal]
    }
}
