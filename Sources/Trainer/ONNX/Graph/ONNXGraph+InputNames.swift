extension ONNXGraph {
    /// The beginning of the names of the graph's own tensors, except ``features`` and the outputs.
    static let ownPrefix = "okai_"
    /// The graph's own names that do not begin with ``ownPrefix``.
    private static let ownNames: Set = [features, "label", "probabilities", "value"]

    /// The names of the graph's inputs, one per feature; nil if all features are numeric, because then the only input
    /// is ``features``.
    static func inputNames(_ inputs: [Model.Input]) -> [String]? {
        inputs.contains { $0.labels != nil } ? inputNames(inputs.map(\.name)) : nil
    }

    /// The names of the inputs for columns with these names: unique C identifiers, as ONNX demands.
    ///
    /// A column whose name is such an identifier keeps it, whatever columns come before. Of other columns with equal
    /// identifiers, and of columns with a name of the graph's own, the first gets `_2` after it, the next `_3`, ….
    static func inputNames(_ columns: [String]) -> [String] {
        let identifiers = columns.map(identifier)
        var taken = ownNames
        let kept = zip(columns, identifiers).map { column, identifier in
            column == identifier && taken.insert(identifier).inserted
        }
        // The last number after each identifier, so that thousands of equal identifiers take linear time.
        var numbers: [String: Int] = [:]
        return zip(identifiers, kept).map { identifier, isKept in
            var name = identifier
            while !isKept, !taken.insert(name).inserted {
                let number = numbers[identifier, default: 1] + 1
                numbers[identifier] = number
                name = "\(identifier)_\(number)"
            }
            return name
        }
    }

    /// The name with `_` for each Unicode scalar other than `A`-`Z`, `a`-`z`, `0`-`9` and `_`.
    ///
    /// One more `_` is in front of a digit, of ``ownPrefix``, and of nothing.
    private static func identifier(_ column: String) -> String {
        var name = ""
        for scalar in column.unicodeScalars {
            switch scalar {
            case "A"..."Z", "a"..."z", "0"..."9": name.unicodeScalars.append(scalar)
            default: name += "_"
            }
        }
        let isIdentifier = !(name.first?.isNumber ?? true) && !name.hasPrefix(ownPrefix)
        return isIdentifier ? name : "_\(name)"
    }
}
