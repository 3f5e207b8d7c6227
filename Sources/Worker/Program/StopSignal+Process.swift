import Dispatch
import Glibc

extension StopSignal {
    /// A stop signal that is raised when the system sends this process one of the signals `numbers`.
    ///
    /// Those signals no longer end the process. The process listens for them as long as `sources` exists.
    package static func onProcessSignals(_ numbers: [Int32]) -> (stop: StopSignal, sources: SignalSources) {
        let stop = StopSignal()
        let queue = DispatchQueue(label: "okai.worker.signals")
        let sources = numbers.map { number in
            _ = Glibc.signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler { stop.raise() }
            source.activate()
            return source
        }
        return (stop, SignalSources(sources: sources))
    }

    package struct SignalSources {
        fileprivate let sources: [any DispatchSourceSignal]
    }
}
