/// A rectangle on a picture, in pixels; the origin is the upper left corner of the picture.
struct Frame {
    var x: Double
    var y: Double
    var width: Double
    var height: Double

    var right: Double { x + width }
    var bottom: Double { y + height }

    func inset(_ margin: Double) -> Frame {
        Frame(x: x + margin, y: y + margin, width: width - 2 * margin, height: height - 2 * margin)
    }

    /// Removes the upper `height` pixels and returns them.
    mutating func removeTop(_ height: Double) -> Frame {
        defer { (y, self.height) = (y + height, self.height - height) }
        return Frame(x: x, y: y, width: width, height: height)
    }

    /// Removes the left `width` pixels and returns them.
    mutating func removeLeft(_ width: Double) -> Frame {
        defer { (x, self.width) = (x + width, self.width - width) }
        return Frame(x: x, y: y, width: width, height: height)
    }
}
