import Foundation

extension ForestModel {
    /// Reads a file that ``writeONNX(_:)`` wrote.
    ///
    /// - Throws: ``ONNXError`` for any other file.
    package init(onnx bytes: Span<UInt8>) throws(ONNXError) {
        var contents = ONNXContents()
        try contents.readModel(bytes)
        let features: [String] = try contents.list("okai.features")
        let classes: [String] = try contents.list("okai.classes")
        guard let target = contents.metadata["okai.target"] else { throw .foreign("it names no target") }
        let trees = try contents.trees(features: features.count, classes: classes.count)
        guard !trees.isEmpty, !classes.isEmpty else { throw .foreign("it has no trees") }
        self.init(
            target: target,
            features: features,
            classes: classes,
            metadata: contents.metadata,
            trees: trees
        )
    }
}

/// What of an ONNX file matters here: the lists of its tree ensemble, and its metadata.
private struct ONNXContents {
    var metadata: [String: String] = [:]
    private var integers: [String: [Int]] = [:]
    private var floats: [String: [Float]] = [:]

    func list(_ key: String) throws(ONNXError) -> [String] {
        guard let text = metadata[key] else { throw .foreign("it has no \(key)") }
        do {
            return try JSONDecoder().decode([String].self, from: Data(text.utf8))
        } catch {
            throw .malformed(key)
        }
    }

    /// Calls `take` for each field of the message at `range`.
    private func each(
        _ bytes: Span<UInt8>,
        _ range: Range<Int>,
        _ take: (Int, ProtobufReader.Value) throws(ONNXError) -> Void
    ) throws(ONNXError) {
        var reader = ProtobufReader(range)
        while let field = try reader.next(bytes) { try take(field.number, field.value) }
    }

    private func text(_ bytes: Span<UInt8>, _ range: Range<Int>) -> String {
        String(decoding: range.map { bytes[$0] }, as: UTF8.self)
    }

    mutating func readModel(_ bytes: Span<UInt8>) throws(ONNXError) {
        var reader = ProtobufReader(0..<bytes.count)
        while let field = try reader.next(bytes) {
            switch (field.number, field.value) {
            case (7, .delimited(let graph)): try readGraph(bytes, graph)
            case (14, .delimited(let entry)): try readMetadata(bytes, entry)
            default: break
            }
        }
    }

    private mutating func readMetadata(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(ONNXError) {
        var (key, value) = ("", "")
        try each(bytes, range) { number, field throws(ONNXError) in
            guard case .delimited(let range) = field else { return }
            if number == 1 { key = text(bytes, range) } else if number == 2 { value = text(bytes, range) }
        }
        metadata[key] = value
    }

    private mutating func readGraph(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(ONNXError) {
        var reader = ProtobufReader(range)
        while let field = try reader.next(bytes) {
            guard field.number == 1, case .delimited(let node) = field.value else { continue }
            var attributes = ProtobufReader(node)
            while let attribute = try attributes.next(bytes) {
                guard attribute.number == 5, case .delimited(let range) = attribute.value else { continue }
                try readAttribute(bytes, range)
            }
        }
    }

    private mutating func readAttribute(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(ONNXError) {
        var name = ""
        var (integers, floats): ([Int], [Float]) = ([], [])
        try each(bytes, range) { number, value throws(ONNXError) in
            switch (number, value) {
            case (1, .delimited(let range)): name = text(bytes, range)
            case (7, .fixed32(let bits)): floats.append(Float(bitPattern: bits))
            case (8, .varint(let number)): integers.append(Int(truncatingIfNeeded: number))
            default: break
            }
        }
        self.integers[name] = integers
        self.floats[name] = floats
    }

    /// Puts the parallel lists together again, and checks that every number in them points somewhere.
    func trees(features: Int, classes: Int) throws(ONNXError) -> [DecisionTree] {
        let ids = integers["nodes_treeids"] ?? []
        let feature = integers["nodes_featureids"] ?? []
        let left = integers["nodes_truenodeids"] ?? []
        let right = integers["nodes_falsenodeids"] ?? []
        let threshold = floats["nodes_values"] ?? []
        guard [feature.count, left.count, right.count, threshold.count].allSatisfy({ $0 == ids.count }) else {
            throw .malformed("its node lists differ in length")
        }
        var trees: [DecisionTree] = []
        for index in ids.indices {
            if ids[index] == trees.count { trees.append(DecisionTree()) }
            guard ids[index] == trees.count - 1 else { throw .malformed("its trees are out of order") }
            let isLeaf = left[index] == 0 && right[index] == 0
            guard (0..<features).contains(feature[index]) else {
                throw .malformed("feature \(feature[index])")
            }
            trees[trees.count - 1].nodes.append(
                .init(
                    feature: isLeaf ? -1 : Int32(feature[index]),
                    threshold: threshold[index],
                    left: Int32(truncatingIfNeeded: left[index]),
                    right: Int32(truncatingIfNeeded: right[index])
                )
            )
        }
        try addVotes(to: &trees, classes: classes)
        for tree in trees { try check(tree) }
        return trees
    }

    private func addVotes(to trees: inout [DecisionTree], classes: Int) throws(ONNXError) {
        let treeIDs = integers["class_treeids"] ?? []
        let nodeIDs = integers["class_nodeids"] ?? []
        let labels = integers["class_ids"] ?? []
        let weights = floats["class_weights"] ?? []
        guard [nodeIDs.count, labels.count, weights.count].allSatisfy({ $0 == treeIDs.count }) else {
            throw .malformed("its vote lists differ in length")
        }
        for index in treeIDs.indices {
            let (tree, node) = (treeIDs[index], nodeIDs[index])
            guard trees.indices.contains(tree), trees[tree].nodes.indices.contains(node),
                (0..<classes).contains(labels[index]), let units = UInt32(exactly: weights[index])
            else { throw .malformed("vote \(index)") }
            // Zeros are written for runtimes that need them.
            guard units > 0 else { continue }
            if trees[tree].nodes[node].right == 0 {
                trees[tree].nodes[node].left = Int32(trees[tree].votes.count)
            }
            trees[tree].nodes[node].right += 1
            trees[tree].votes.append(.init(label: UInt16(labels[index]), units: units))
        }
    }

    private func check(_ tree: DecisionTree) throws(ONNXError) {
        for (index, node) in tree.nodes.enumerated() where !node.isLeaf {
            // Children come after their parent, so that no walk can go in circles.
            guard Int(node.left) > index, Int(node.right) > index,
                Int(max(node.left, node.right)) < tree.nodes.count
            else { throw .malformed("node \(index)") }
        }
    }
}
