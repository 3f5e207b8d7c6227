import Foundation

/// A number of bytes as text for people, such as `3.9 KB`.
///
/// The units are decimal. A number below 100 has one decimal place, unless its unit is bytes.
package struct ByteCount: Equatable, Sendable, CustomStringConvertible {
    private let bytes: Double

    package init(_ bytes: Int) {
        self.bytes = Double(bytes)
    }

    package var description: String {
        let units = ["bytes", "KB", "MB", "GB", "TB"]
        var (value, unit) = (bytes, 0)
        while value.rounded() >= 1_000, unit < units.count - 1 { (value, unit) = (value / 1_000, unit + 1) }
        return unit == 0 || value >= 99.95
            ? "\(Int(value.rounded())) \(units[unit])" : String(format: "%.1f %@", value, units[unit])
    }
}
